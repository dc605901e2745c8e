"""Pages: the vocabulary, the minerals, and what the rules can say."""

from __future__ import annotations

import minsight
from asked import answered
from minsight.service.answers import AboutAnswer
from minsight.service.pages import about_the_rules
from minsight.service.requests import AboutRequest
from minsight.service.service import Service


def test_the_whole_vocabulary_is_listed_in_the_order_of_the_rules(
    service: Service, rules: minsight.Rules
) -> None:
    known = rules.vocabulary
    found = answered(service, ask="vocabulary")["entries"]
    assert [one["id"] for one in found] == [
        *known.finding,
        *known.group,
        *known.measurement,
    ]


def test_words_find_the_entries_that_they_begin(service: Service) -> None:
    found = answered(service, ask="vocabulary", words="ferritin")["entries"]
    assert [one["id"] for one in found if one["kind"] == "measurement"] == ["ferritin"]
    groups = answered(service, ask="vocabulary", words="vegan", kind="group")["entries"]
    assert {one["kind"] for one in groups} == {"group"}


def test_a_mineral_comes_with_every_source_that_it_cites(service: Service) -> None:
    found = answered(service, ask="mineral", mineral="B12")
    assert found["profile"]["id"] == "cobalt"
    cited = {key for rule in found["rules"] for key in rule["sources"]}
    cited |= {key for fact in found["profile"]["foods"] for key in fact["sources"]}
    assert cited <= {source["id"] for source in found["sources"]}
    assert found["footer"]


def test_every_source_of_the_rules_is_told_with_its_address(
    service: Service, rules: minsight.Rules
) -> None:
    found = answered(service, ask="sources")["sources"]
    assert [one["id"] for one in found] == list(rules.catalogue.source)
    assert all(one["title"] for one in found)


def test_what_the_rules_can_say_is_told_weakest_first(rules: minsight.Rules) -> None:
    found = about_the_rules(rules, AboutRequest(), lessons=3)
    assert isinstance(found, AboutAnswer)
    assert [one.id for one in found.levels][:2] == ["no_pattern", "few_findings"]
    assert found.scored == rules.program.minerals
    assert found.lessons == 3

"""Names: every id, phrase and file stands for one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from minsight.compiler.checks.content import Content
from minsight.compiler.checks.identity import (
    ids_once,
    mineral_files,
    phrases_once,
    terms_once,
)
from minsight.compiler.documents import FindingDocument
from minsight.compiler.folder import Folder
from minsight.errors import Issue
from small_folder import rule_document, small_folder, with_rules


def told(
    check: Callable[[Content], Iterable[Issue]], folder: Folder
) -> list[tuple[str, str]]:
    return [(issue.message, issue.fix) for issue in check(Content(folder))]


def with_finding(**changed: object) -> Folder:
    """The small rules, in which the itch is changed."""
    folder = small_folder()
    findings = tuple(
        one.model_copy(update=changed) if one.id == "itch" else one
        for one in folder.findings
    )
    return replace(folder, findings=findings)


@pytest.mark.parametrize("check", [ids_once, phrases_once, terms_once, mineral_files])
def test_the_small_rules_name_everything_once(
    check: Callable[[Content], Iterable[Issue]],
) -> None:
    assert told(check, small_folder()) == []


# --- ids ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "id_", ["fever", "deep_well", "0-11mo", "alum_low", "serum_alum", "weary_picture"]
)
def test_an_id_means_one_thing_in_all_of_the_vocabulary(id_: str) -> None:
    ((message, fix),) = told(ids_once, with_finding(id=id_))
    assert message.startswith(f"the id `{id_}` is used twice, first at vocabulary/")
    assert fix == "rename one of them"


def test_a_rule_id_means_one_rule() -> None:
    rules = small_folder().rules["alum"]
    again = with_rules("alum", *rules, rules[0])
    ((message, _),) = told(ids_once, again)
    assert message.startswith("the id `alum.grey_nails` is used twice, first at alum/")


def test_an_id_that_is_used_three_times_is_told_once_for_each_again() -> None:
    folder = small_folder()
    fever = next(one for one in folder.findings if one.id == "fever")
    thrice = replace(folder, findings=(*folder.findings, fever, fever))
    assert len(told(ids_once, thrice)) == 2


def test_sources_clusters_signs_and_links_are_counted_among_themselves() -> None:
    folder = small_folder()
    doubled = replace(
        folder,
        sources=(*folder.sources, folder.sources[0]),
        clusters=(*folder.clusters, folder.clusters[0]),
        links=(*folder.links, folder.links[0]),
    )
    assert told(ids_once, doubled) == [
        (f"the id `{id_}` is used 2 times", "rename or remove one of them")
        for id_ in ("field_study", "nails", "alum_with_ochre")
    ]


def test_a_source_may_have_the_id_of_a_finding() -> None:
    folder = small_folder()
    named = folder.sources[0].model_copy(update={"id": "itch"})
    assert told(ids_once, replace(folder, sources=(named,))) == []


# --- phrases --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase", ["Always tired", "ALWAYS-TIRED!", "tiredness", "deep well", "infant"]
)
def test_words_mean_one_answer_however_they_are_spelled(phrase: str) -> None:
    ((message, fix),) = told(phrases_once, with_finding(synonyms=[phrase]))
    assert message.startswith(f"`{phrase}` means both `") or message.endswith(
        " and `itch`"
    )
    assert "`itch`" in message
    assert fix == "keep it with one of them"


def test_an_id_is_a_phrase_too() -> None:
    ((message, _),) = told(phrases_once, with_finding(label="Grey nails"))
    assert message == "`Grey nails` means both `grey_nails` and `itch`"


def test_one_entry_may_say_the_same_in_two_ways() -> None:
    assert told(phrases_once, with_finding(synonyms=["ITCH", "Itch!"])) == []


def test_an_answer_and_a_measurement_may_share_their_words() -> None:
    """Where one is asked for, the other is not."""
    assert told(phrases_once, with_finding(synonyms=["serum alum"])) == []


# --- terms ----------------------------------------------------------------------------


def with_terms(below: dict[str, str]) -> Folder:
    hpo = {"id": "HP:0000989", "label": "Pruritus", "match": "exact"}
    whole = small_folder().findings[5].model_dump() | {"hpo": hpo}
    assert whole["id"] == "itch"
    itch = FindingDocument.model_validate(whole)
    return replace(with_finding(hpo=itch.hpo), hpo_below=below)


def test_a_term_stands_below_a_finding_that_exists() -> None:
    assert told(terms_once, with_terms({"fever": "0000001 0000002"})) == []
    ((message, fix),) = told(terms_once, with_terms({"fevr": "0000001"}))
    assert (message, fix) == ("unknown finding `fevr`", "did you mean `fever`?")


def test_a_term_of_a_finding_is_below_none() -> None:
    assert told(terms_once, with_terms({"fever": "0000001 0000989"})) == [
        ("`HP:0000989` is a finding's own term", "write the file anew")
    ]


# --- files ----------------------------------------------------------------------------


def test_a_profile_names_the_mineral_of_its_folder() -> None:
    folder = small_folder()
    umber = folder.profiles["ochre"].model_copy(update={"id": "umber"})
    profiles = {**folder.profiles, "ochre": umber}
    assert told(mineral_files, replace(folder, profiles=profiles)) == [
        ("the profile names `umber` in the folder `ochre`", "write `id: ochre`")
    ]


def test_a_mineral_is_scored_exactly_when_it_has_rules() -> None:
    assert told(mineral_files, with_rules("ochre")) == [
        (
            "`ochre` is scored but has no rules",
            "write rules.yaml, or `scored: false`",
        )
    ]
    folder = small_folder()
    unscored = folder.profiles["ochre"].model_copy(update={"scored": False})
    profiles = {**folder.profiles, "ochre": unscored}
    assert told(mineral_files, replace(folder, profiles=profiles)) == [
        (
            "`ochre` has rules but is not scored",
            "write `scored: true`, or remove rules.yaml",
        )
    ]


@pytest.mark.parametrize("id_", ["ochre.itch", "alums.itch", "alu.itch"])
def test_a_rule_id_begins_with_its_mineral(id_: str) -> None:
    stray = rule_document(id_, "itch", {"supports": "supportive"})
    assert told(mineral_files, with_rules("alum", stray)) == [
        (f"the rule id `{id_}` belongs to another mineral", "start it with `alum.`")
    ]

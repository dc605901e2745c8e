"""What shells complete, what a mineral may be called, and which engine assesses."""

from __future__ import annotations

import pytest
import typer

import minsight
from minsight.knowledge.mineral_names import mineral_names
from minsight_cli.options import common
from minsight_cli.options.common import (
    EngineName,
    chosen_engine,
    complete_group,
    complete_mineral,
    complete_people,
    complete_phrase,
    forward_can_run,
    mineral_named,
)


def test_a_typed_beginning_is_completed_by_label_and_by_other_words(
    rules: minsight.Rules,
) -> None:
    for typed in ("spoon_na", "Spoon-sh", "koilon"):
        assert ("spoon_nails", rules.vocabulary.label("spoon_nails")) in list(
            complete_phrase(typed)
        )
    found = [id_ for id_, _ in complete_phrase("spoon")]
    assert len(found) == len(set(found))


def test_only_groups_are_offered_for_a_group(rules: minsight.Rules) -> None:
    offered = {id_ for id_, _ in complete_group("")}
    assert offered <= set(rules.vocabulary.group)
    assert "pregnant" in offered
    assert list(complete_group("spoon")) == []


def test_people_are_groups_and_life_stages(rules: minsight.Rules) -> None:
    stages = {g.id for g in rules.vocabulary.groups if g.category == "life_stage"}
    found = {id_ for id_, _ in complete_people("")}
    assert found == {id_ for id_, _ in complete_group("")} | stages
    assert list(complete_people("qqqq")) == []


def test_minerals_are_completed_by_their_id_in_any_case() -> None:
    assert list(complete_mineral("IO")) == [("iodine", "Iodine")]
    assert list(complete_mineral("xx")) == []


@pytest.mark.parametrize("text", ["iron", " Iron ", "FE", "fe"])
def test_a_mineral_is_known_by_id_name_and_symbol(
    text: str, rules: minsight.Rules
) -> None:
    assert mineral_named(text, rules).id == "iron"


@pytest.mark.parametrize(
    "text", ["Cobalt (vitamin B12)", "cobalt", "Vitamin B12", "b12", "Co"]
)
def test_a_name_in_brackets_is_a_name_too(text: str, rules: minsight.Rules) -> None:
    assert mineral_named(text, rules).id == "cobalt"


@pytest.mark.parametrize(
    ("text", "advice"),
    [("irn", "did you mean `iron`?"), ("qqqq", "`minsight learn` lists them")],
)
def test_an_unknown_mineral_is_refused_with_advice(
    text: str, advice: str, rules: minsight.Rules
) -> None:
    with pytest.raises(typer.BadParameter) as caught:
        mineral_named(text, rules)
    assert str(caught.value) == f"unknown mineral `{text}`; {advice}"


def test_no_two_minerals_share_a_name(rules: minsight.Rules) -> None:
    names = mineral_names(rules.catalogue.profiles)
    for profile in rules.catalogue.profiles:
        for called in (profile.id, profile.name, profile.symbol):
            assert names[called.lower()] == profile.id


@pytest.mark.parametrize("forward", [True, False])
def test_the_forward_engine_assesses_where_it_can_run_and_none_was_asked_for(
    forward: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(common, "forward_can_run", lambda: forward)
    assert chosen_engine(None) == ("forward" if forward else "reference")
    assert chosen_engine(EngineName.REFERENCE) == "reference"
    assert chosen_engine(EngineName.FORWARD) == "forward"


def test_whether_forward_can_run_is_whether_its_package_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(common, "find_spec", lambda _: None)
    assert not forward_can_run()

"""References: what is named exists, and what is claimed rests on what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from minsight.compiler.checks.content import Content
from minsight.compiler.checks.references import known_ids, known_references, sourced
from minsight.compiler.folder import Folder
from minsight.errors import Issue
from small_folder import rule_document, small_folder, with_rules

FOR = {"supports": "supportive"}
AGAINST = {"against": "brake", "points_to": "something else"}


def told(
    check: Callable[[Content], Iterable[Issue]], folder: Folder
) -> list[tuple[str, str]]:
    return [(issue.message, issue.fix) for issue in check(Content(folder))]


def reading(when: Any, then: dict[str, Any] = FOR, **more: Any) -> Folder:
    """The small rules, where alum has one rule alone."""
    return with_rules("alum", rule_document("alum.one", when, then, **more))


@pytest.mark.parametrize("check", [known_ids, known_references, sourced])
def test_the_small_rules_name_nothing_that_is_not_there(
    check: Callable[[Content], Iterable[Issue]],
) -> None:
    assert told(check, small_folder()) == []


# --- conditions -----------------------------------------------------------------------


@pytest.mark.parametrize("id_", ["itch", "deep_well", "0-11mo", "alum_low"])
def test_a_condition_may_read_findings_groups_stages_and_bands(id_: str) -> None:
    assert told(known_ids, reading(id_)) == []
    assert told(known_ids, reading({"all": ["weary_picture", id_]})) == []


def test_a_condition_reads_what_is_in_the_vocabulary_however_deep() -> None:
    deep = {"all": ["itch", {"any": ["fever", {"at_least": 1, "of": ["ithc"]}]}]}
    assert told(known_ids, reading(deep)) == [
        ("unknown finding, group, band or picture `ithc`", "did you mean `itch`?")
    ]


def test_a_measurement_itself_is_not_a_condition() -> None:
    ((message, _),) = told(known_ids, reading("serum_alum"))
    assert message == "unknown finding, group, band or picture `serum_alum`"


@pytest.mark.parametrize("id_", ["weary_picture", "alum_low"])
def test_only_what_can_be_denied_is_read_as_absent(id_: str) -> None:
    assert told(known_ids, reading({"absent": id_})) == [
        (f"`absent: {id_}` reads a picture or a band", "name a finding or a group")
    ]
    for fine in ("itch", "deep_well"):
        assert told(known_ids, reading({"absent": fine})) == []


# --- names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "more", "message"),
    [
        ({**AGAINST, "explains": ["ithc"]}, {}, "unknown finding `ithc`"),
        ({**AGAINST, "explains": ["deep_well"]}, {}, "unknown finding `deep_well`"),
        (FOR, {"ages": ["30y+"]}, "unknown life stage `30y+`"),
        (FOR, {"cluster": "nail"}, "unknown cluster `nail`"),
    ],
)
def test_what_a_rule_names_exists(
    then: dict[str, Any], more: dict[str, Any], message: str
) -> None:
    ((found, _),) = told(known_references, reading("itch", then, **more))
    assert found == message


@pytest.mark.parametrize(
    ("changed", "message", "fix"),
    [
        ({"parents": ["fevr"]}, "unknown finding `fevr`", "did you mean `fever`?"),
        ({"parents": ["deep_well"]}, "unknown finding `deep_well`", ""),
        ({"cluster": "skins"}, "unknown cluster `skins`", "did you mean `skin`?"),
    ],
)
def test_what_a_finding_names_exists(
    changed: dict[str, object], message: str, fix: str
) -> None:
    folder = small_folder()
    findings = tuple(
        one.model_copy(update=changed) if one.id == "itch" else one
        for one in folder.findings
    )
    ((found, advice),) = told(known_references, replace(folder, findings=findings))
    assert found == message
    assert fix in advice


def test_the_parent_of_a_group_is_a_group() -> None:
    folder = small_folder()
    baby = folder.groups[0].model_copy(update={"parents": ["itch"]})
    changed = replace(folder, groups=(baby, *folder.groups[1:]))
    ((message, _),) = told(known_references, changed)
    assert message == "unknown group `itch`"


def test_a_band_observes_findings_that_exist() -> None:
    folder = small_folder()
    (serum,) = folder.measurements
    band = serum.bands[0].model_copy(update={"parents": ["low_allum"]})
    changed = replace(
        folder, measurements=(serum.model_copy(update={"bands": [band]}),)
    )
    assert told(known_references, changed) == [
        ("unknown finding `low_allum`", "did you mean `low_alum`?")
    ]


@pytest.mark.parametrize("key", ["when", "risk"])
def test_a_link_joins_minerals_that_are_scored(key: str) -> None:
    folder = small_folder()
    step = "few_findings" if key == "when" else "weak"
    link = folder.links[0].model_copy(update={key: {"chalk": step}})
    ((message, _),) = told(known_references, replace(folder, links=(link,)))
    assert message == "unknown scored mineral `chalk`"


# --- sources --------------------------------------------------------------------------


def test_a_source_that_is_cited_exists() -> None:
    folder = reading("itch", sources=["hand_book"])
    assert told(sourced, folder) == [
        ("unknown source `hand_book`", "did you mean `handbook`?")
    ]


@pytest.mark.parametrize(
    ("grade", "sources", "refused"),
    [
        ("A", ["field_study"], False),
        ("A", ["old_letter", "field_study"], False),
        ("A", ["old_letter"], True),
        ("B", ["old_letter"], True),
        ("C", ["old_letter"], False),
    ],
)
def test_a_grade_above_c_rests_on_something_that_was_read(
    grade: str, sources: list[str], refused: bool
) -> None:
    found = told(sourced, reading("itch", grade=grade, sources=sources))
    issue = (
        f"grade {grade} without a source that was read",
        "write `grade: C`, or read the source and mark it",
    )
    assert found == [issue] * refused


def test_a_source_that_is_missing_was_not_read() -> None:
    folder = reading("itch", grade="A", sources=["xyzzy"])
    assert [message for message, _ in told(sourced, folder)] == [
        "unknown source `xyzzy`",
        "grade A without a source that was read",
    ]

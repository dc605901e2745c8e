"""The right side of the screen in words, exact to the character."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest
from textual.content import Content

import minsight
from minsight.assessment.model import ActedBrake, Assessment, Candidate, Reason
from minsight.intake.recognition import Unrecognised, recognise
from minsight.intake.subject import Subject
from minsight_cli.rendering.phrasing import inside
from minsight_cli.tui.state import State
from minsight_cli.tui.wording import (
    candidate_line,
    candidate_text,
    closing_text,
    meant,
    nothing_to_rank,
    person_line,
    urgency_line,
    urgency_text,
    warnings,
)

REASON = Reason(
    rule="iron.fatigue",
    says="for",
    kind="supports",
    matched=("fatigue",),
    matched_absent=(),
    strength="nonspecific",
    cluster="weakness",
    counted=False,
    because="Iron carries oxygen.",
    grade="B",
    sources=("one", "two"),
)
IRON = Candidate(
    mineral="iron",
    name="Iron",
    lack="iron deficiency",
    rank=1,
    level="typical_pattern",
    sentence="Fits the usual picture.",
    points=9,
    advice="Ask for a test.",
    reasons=(REASON,),
    against=(),
    context=(),
    brakes=(ActedBrake("b", "Too few answers.", "measured_low", "typical_pattern"),),
    missing=("fever", "pica"),
    tests=("first", "second", "third", "fourth"),
    look_alikes=(),
)


@pytest.fixture(scope="module")
def tired(rules: minsight.Rules) -> Assessment:
    return rules.assess(Subject(present=["fatigue"]), engine="reference")


def plain(lines: Iterable[Content]) -> list[str]:
    return [line.plain for line in lines]


@pytest.mark.parametrize(
    ("state", "saved", "line"),
    [
        (State(), True, "minsight explore  age unknown, sex unknown"),
        (
            State(age_days=30 * 365.25, sex="female"),
            False,
            "minsight explore  30 years, female  (not saved)",
        ),
    ],
)
def test_the_person_is_told_as_far_as_known(
    state: State, saved: bool, line: str
) -> None:
    assert person_line(state, saved=saved).plain == line


def test_urgency_is_the_sentence_of_the_rules_with_its_reasons(
    tired: Assessment, rules: minsight.Rules
) -> None:
    assert urgency_line(tired).plain == f"Urgency: {rules.catalogue.urgencies['none']}"
    assert plain(urgency_text(tired)) == []
    urgent = rules.assess(Subject(present=["seizure"]), engine="reference")
    told = [f"! {reason.message}" for reason in urgent.urgency.reasons]
    assert plain(urgency_text(urgent)) == told != []


def test_warnings_tell_what_is_at_odds_and_what_was_not_understood() -> None:
    left = [Unrecognised("qq\x07q", ()), Unrecognised("w" * 99, ())]
    assert warnings(["`a` and `b` cannot both be"], left).plain == (
        "At odds: `a` and `b` cannot both be. Both count as unknown until then.\n"
        f"Not understood, not judged: `qq\ufffdq` and `{'w' * 60}`."
        " If it may be urgent, get help."
    )
    assert warnings([], []).plain == ""


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (30, " 1 Iron        typical pattern"),
        (26, " 1 Iron    typical pattern"),
        (5, " 1 Iron  typical pattern"),
    ],
)
def test_a_candidate_has_its_level_at_the_right(columns: int, line: str) -> None:
    assert candidate_line(IRON, columns) == line


def test_a_long_name_is_cut_and_the_level_is_not() -> None:
    cobalt = msgspec.structs.replace(IRON, name="Cobalt (vitamin B12)", rank=12)
    assert candidate_line(cobalt, 30) == "12 Cobalt (vit typical pattern"


def test_all_of_a_candidate_is_told_line_by_line(
    tired: Assessment, rules: minsight.Rules
) -> None:
    label = rules.vocabulary.label
    assert plain(candidate_text(IRON, tired, rules)) == [
        "Fits the usual picture.",
        "Next step: Ask for a test.",
        (
            "+ fatigue (unspecific): Iron carries oxygen."
            " Counted once with the other signs of its kind. [grade B: one, two]"
        ),
        "Held back: Too few answers.",
        f"Worth asking: {label('fever')}; {label('pica')}",
        "Tests that would tell: first; second; third",
    ]


def test_what_a_reason_points_to_is_told(
    tired: Assessment, rules: minsight.Rules
) -> None:
    against = msgspec.structs.replace(
        REASON, says="against", kind="against", strength="note", points_to="an illness"
    )
    bare = msgspec.structs.replace(
        IRON, reasons=(), against=(against,), brakes=(), missing=(), tests=()
    )
    *_, last = plain(candidate_text(bare, tired, rules))
    assert last == (
        "- fatigue (worth knowing): Iron carries oxygen. Points to: an illness."
        " [grade B: one, two]"
    )


def test_why_there_is_no_candidate_is_told(
    tired: Assessment, rules: minsight.Rules
) -> None:
    ranked = msgspec.structs.replace(tired, candidates=(IRON,))
    empty = msgspec.structs.replace(tired, candidates=())
    assert nothing_to_rank(empty, rules, said_nothing=True).startswith(
        "Nothing was said yet."
    )
    assert nothing_to_rank(ranked, rules, said_nothing=False).startswith(
        "The ranking is not shown in an emergency."
    )
    nothing = nothing_to_rank(empty, rules, said_nothing=False)
    assert nothing.startswith("Nothing here points to a lack of ")
    for mineral in rules.program.minerals:
        assert inside(rules.profiles[mineral].name) in nothing
    left = (Unrecognised("qqqq", ()),)
    unread = msgspec.structs.replace(empty, unrecognised=left)
    assert nothing_to_rank(unread, rules, said_nothing=False).startswith(
        "Nothing that was understood here points to a lack of "
    )


def test_notes_stand_before_the_last_line_but_for_what_stands_on_top(
    tired: Assessment,
) -> None:
    noted = msgspec.structs.replace(
        tired,
        notes=("Taken as unknown: a.", "Too few answers."),
        footer="Not all.",
    )
    assert plain(closing_text(noted, notes=True)) == [
        "Note: Too few answers.",
        "Not all.",
    ]
    assert plain(closing_text(noted, notes=False)) == ["Not all."]


@pytest.mark.parametrize(
    ("words", "found", "lines"),
    [
        ("no fever", True, ["Enter takes: [-] Fever."]),
        ("fever, fever", False, ["Enter takes: [+] Fever."]),
        ("qqqq", False, ["Not understood: qqqq"]),
        ("qqqq", True, ["Enter goes to what was found."]),
        ("30 years, fever", True, ["Enter takes: age 30 years; [+] Fever."]),
    ],
)
def test_the_search_box_says_what_enter_does(
    words: str, found: bool, lines: list[str], rules: minsight.Rules
) -> None:
    meaning = recognise(words, rules.vocabulary)
    assert meant(meaning, rules.vocabulary, found=found).splitlines() == lines

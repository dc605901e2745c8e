"""Tally: counts agree with counting by hand, and parts add up to the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.ages import parse_age
from minsight.errors import FileError
from minsight.scales import LEVELS
from minsight.screening import Notice, Reject
from minsight.screening.pipeline import Screened
from minsight.screening.summary import tally as module
from minsight.screening.summary.strata import SEX_STRATA, STAGES, STRATA
from minsight.screening.summary.tally import OTHER, Tally
from random_laws import examples
from screened import QUESTIONS, Candidacy, Person, batches, persons, screened


def tally_of(*parts: Screened) -> Tally:
    found = Tally()
    for part in parts:
        found.add(part)
    return found


# --- by hand --------------------------------------------------------------------------


def stage_by_hand(age: str | None) -> str:
    if age is None:
        return "unknown"
    years = parse_age(age) / 365.25
    for below, name in (
        (0.5, "0-5mo"), (1, "6-11mo"), (4, "1-3y"), (9, "4-8y"), (14, "9-13y"),
        (19, "14-18y"), (50, "19-49y"), (65, "50-64y"),
    ):  # fmt: skip
        if years < below:
            return name
    return "65y+"


@given(people=st.lists(persons(), max_size=12))
def test_counts_are_those_of_plain_loops(people: Sequence[Person]) -> None:
    found = tally_of(screened(people))
    strata = [(stage_by_hand(p.age), p.sex or "unknown") for p in people]
    met = [
        (one, stratum)
        for person, stratum in zip(people, strata, strict=True)
        for one in person.candidates
    ]
    assert (found.rows, found.assessed, found.rejected) == (len(people), len(people), 0)
    assert found.people == Counter(strata)
    assert found.candidates == Counter((c.mineral, c.level, *s) for c, s in met)
    assert found.levels == Counter((c.mineral, c.level) for c, _ in met)
    assert found.urgencies == Counter(
        p.urgency if p.judged or p.urgency not in {"none", "routine"} else "not_judged"
        for p in people
    )
    highest = [
        max((c.level for c in p.candidates), key=LEVELS.index, default=LEVELS[0])
        for p in people
    ]
    assert found.highest == Counter(highest)
    assert found.reasons == Counter(rule for c, _ in met for rule in c.reasons)
    assert found.against == Counter(rule for c, _ in met for rule in c.against)


@given(people=st.lists(persons(), max_size=12))
def test_every_question_of_the_table_is_asked_of_everybody(
    people: Sequence[Person],
) -> None:
    found = tally_of(screened(people))
    asked = {"age_days", "sex", "ferritin", *QUESTIONS}
    assert dict(found.asked) == dict.fromkeys(asked, len(people))
    missing = {
        "age_days": sum(p.age is None for p in people),
        "sex": sum(p.sex is None for p in people),
        "ferritin": sum(p.ferritin is None for p in people),
    }
    for place, question in enumerate(QUESTIONS):
        missing[question] = sum(p.answers[place] is None for p in people)
    assert dict(found.unanswered) == missing


def test_the_highest_level_is_not_always_the_first() -> None:
    """A link can move magnesium ahead of what it keeps low."""
    moved = Candidacy("magnesium", "partial_pattern"), Candidacy("iron", "measured_low")
    found = tally_of(screened([Person(candidates=moved), Person()]))
    assert found.highest == {"measured_low": 1, "no_pattern": 1}


def test_a_row_with_two_bad_cells_is_one_row() -> None:
    bad = [
        Reject("f", 7, "fever", "mabye", "`mabye` is no answer"),
        Reject("f", 7, "pica", "perhaps", "`perhaps` is no answer"),
        Reject("f", 8, "fever", "x", "`x` is no answer"),
        Reject("f", 9, "", "1,2,3", "the row has 3 fields"),
    ]
    found = tally_of(screened([Person()], rejects=bad))
    assert (found.rows, found.assessed, found.rejected) == (4, 1, 3)
    assert found.reject_kinds == {"`…` is no answer": 2, "the row has 3 fields": 1}
    assert found.reject_columns == {"fever": 2, "pica": 1}


def test_a_file_that_cannot_be_read_is_counted_and_told() -> None:
    found = Tally(rejected_files=1)
    found.reject_file(Reject("a.csv", None, "", "", "`a.csv` is cut off"))
    assert found.rejected_files == 2
    assert list(found.notices) == [("a.csv", "not read to the end: `a.csv` is cut off")]


# --- ages -----------------------------------------------------------------------------


def test_stages_are_told_apart_at_ages_that_rules_name(rules: minsight.Rules) -> None:
    """Each stage begins where a clause of the program begins or ends a group."""
    atoms = {a for clause in rules.program.clauses for a in clause.body}
    named = {a.partition(":")[2] for a in atoms if a.startswith("age_")}
    for stage in STAGES[1:]:
        assert stage.from_days in {parse_age(age) for age in named}, stage.id


def test_each_stage_stands_once_with_each_sex() -> None:
    assert len(set(STRATA)) == len(STRATA) == (len(STAGES) + 1) * len(SEX_STRATA)


# --- adding up ------------------------------------------------------------------------


@examples(50)
@given(parts=st.lists(batches(), max_size=4), cut=st.integers(0, 4))
def test_merging_is_adding_all_at_once(parts: list[Screened], cut: int) -> None:
    whole, first, second = tally_of(*parts), tally_of(*parts[:cut]), Tally()
    for part in parts[cut:]:
        second.add(part)
    first.merge(second)
    assert first.to_json() == whole.to_json()


@examples(40)
@given(parts=st.tuples(batches(), batches(), batches()))
def test_merging_is_associative_and_commutes(
    parts: tuple[Screened, Screened, Screened],
) -> None:
    left, right, backwards = tally_of(parts[0]), tally_of(parts[1]), tally_of(parts[2])
    left.merge(tally_of(parts[1]))
    left.merge(tally_of(parts[2]))
    right.merge(tally_of(parts[2]))
    whole = tally_of(parts[0])
    whole.merge(right)
    backwards.merge(tally_of(*parts[1::-1]))
    assert left.to_json() == whole.to_json() == backwards.to_json()


@given(parts=st.lists(batches(), max_size=2))
def test_a_tally_is_read_as_it_was_written(parts: list[Screened]) -> None:
    written = tally_of(*parts)
    read = Tally.from_json(written.to_json())
    assert read == written
    assert read.to_json() == written.to_json()


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{}", b'{"tally": 2}', Tally().to_json().replace(b"0", b"-1")]
)
def test_what_is_no_tally_is_refused(text: bytes) -> None:
    with pytest.raises(FileError, match="no tally"):
        Tally.from_json(text)


def test_kinds_of_rejects_are_bounded_in_any_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Beyond the bound kinds go into one; what was added when changes nothing."""
    monkeypatch.setattr(module, "MOST_KINDS", 3)
    parts = [
        screened([], rejects=[Reject("f", row, name, "", f"reason {name}")])
        for row, name in enumerate("edcbaedcab")
    ]
    forwards, backwards = tally_of(*parts), tally_of(*reversed(parts))
    assert forwards.reject_columns == {"a": 2, "b": 2, "c": 2, OTHER: 4}
    assert forwards.to_json() == backwards.to_json()
    half = tally_of(*parts[:5])
    half.merge(tally_of(*parts[5:]))
    assert half.to_json() == forwards.to_json()


def test_notices_of_files_stand_apart() -> None:
    told = [Notice("a", "odd", 2), Notice("b", "odd"), Notice("a", "odd", 1)]
    assert dict(tally_of(screened([], notices=told)).notices) == {
        ("a", "odd"): 3,
        ("b", "odd"): 0,
    }

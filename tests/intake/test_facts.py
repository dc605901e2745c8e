"""Facts: answers become atoms, each on its side of every boundary, unknown as none."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight import Measurement, Subject
from minsight.ages import parse_age
from minsight.compiler.compile import compile_folder
from minsight.intake.answers import enter
from minsight.intake.facts import age_atoms, given_atoms, said_atom, value_atoms
from minsight.intake.measurements import Value
from minsight.logic import atoms
from places import SMALL_RULES

SMALL: Final = compile_folder(SMALL_RULES)


def test_what_was_said_is_an_atom_and_what_was_not_is_none() -> None:
    subject = Subject(
        present=["grey nails"],
        absent=["fever"],
        unsure=["itch"],
        groups=["deep well"],
        not_groups=["expecting"],
        sex="f",
    )
    answers = enter(subject, SMALL.vocabulary)
    assert given_atoms(answers, SMALL.program, SMALL.vocabulary) == {
        atoms.observed("grey_nails"),
        atoms.excluded("fever"),
        atoms.in_group("deep_well"),
        atoms.outside_group("expecting"),
        atoms.of_sex("female"),
    }


def test_nothing_said_gives_nothing() -> None:
    answers = enter(Subject(), SMALL.vocabulary)
    assert given_atoms(answers, SMALL.program, SMALL.vocabulary) == frozenset()


def test_an_age_and_a_value_stand_beside_what_was_said() -> None:
    subject = Subject(measurements=[Measurement("serum alum", 5, "ug/L")], age="30")
    answers = enter(subject, SMALL.vocabulary)
    found = given_atoms(answers, SMALL.program, SMALL.vocabulary)
    assert found == {
        *age_atoms(parse_age("30"), SMALL.program),
        atoms.value_below("serum_alum", 10),
        atoms.value_below("serum_alum", 20),
    }


@pytest.mark.parametrize(
    ("id_", "present", "atom"),
    [
        ("itch", True, atoms.observed("itch")),
        ("itch", False, atoms.excluded("itch")),
        ("deep_well", True, atoms.in_group("deep_well")),
        ("deep_well", False, atoms.outside_group("deep_well")),
    ],
)
def test_a_finding_is_observed_and_a_group_belonged_to(
    id_: str, present: bool, atom: atoms.Atom
) -> None:
    assert said_atom(id_, SMALL.vocabulary, present=present) == atom


@pytest.mark.parametrize(
    ("value", "below"), [(9.99, [10, 20]), (10, [20]), (19.99, [20]), (20, [])]
)
def test_a_value_at_its_limit_is_not_below_it(value: float, below: list[int]) -> None:
    found = set(value_atoms(Value("serum_alum", value), SMALL.program))
    expected = {
        (atoms.value_below if cutoff in below else atoms.value_from)(
            "serum_alum", cutoff
        )
        for cutoff in (10, 20)
    }
    assert found == expected


def test_a_value_that_no_band_reads_gives_nothing() -> None:
    assert list(value_atoms(Value("serum_chalk", 3), SMALL.program)) == []


@given(days=st.floats(0, 45_656))
def test_an_age_lies_on_one_side_of_every_boundary(days: float) -> None:
    found = set(age_atoms(days, SMALL.program))
    assert len(found) == len(SMALL.program.ages)
    for age in SMALL.program.ages:
        older = parse_age(age) <= days
        assert (atoms.age_from(age) in found) is older
        assert (atoms.age_below(age) in found) is not older

"""Facts: answers become atoms, each on its side of every boundary, unknown as none."""

from __future__ import annotations

from math import inf, nextafter
from operator import ge, gt, le, lt
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight import Measurement, Subject
from minsight.ages import parse_age
from minsight.compiler.compile import compile_folder
from minsight.intake.answers import enter
from minsight.intake.facts import age_atoms, given_atoms, said_atom, value_atoms
from minsight.intake.measurements import Value, limited
from minsight.intake.subject import Comparator
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


# --- values that are known on one side of a number only -------------------------------


@pytest.mark.parametrize(
    ("number", "comparator", "told"),
    [
        (5, "<", {"below 10", "below 20"}),
        (10, "<", {"below 10", "below 20"}),
        (10, "<=", {"below 20"}),
        (15, "<", {"below 20"}),
        (25, "<", set()),
        (25, ">", {"from 10", "from 20"}),
        (20, ">=", {"from 10", "from 20"}),
        (15, ">", {"from 10"}),
        (5, ">", set()),
    ],
)
def test_a_limit_gives_what_holds_of_all_values_beyond_it(
    number: float, comparator: Comparator, told: set[str]
) -> None:
    value = limited("serum_alum", number, comparator)
    sides = {"below": atoms.value_below, "from": atoms.value_from}
    assert set(value_atoms(value, SMALL.program)) == {
        sides[side]("serum_alum", float(cutoff))
        for side, cutoff in (one.split() for one in told)
    }


_STANDS: Final = {"<": lt, "<=": le, ">": gt, ">=": ge}


@given(
    number=st.sampled_from([5, 9.5, 10, 10.5, 15, 19.5, 20, 25]) | st.floats(0.01, 40),
    comparator=st.sampled_from(["<", "<=", ">", ">="]),
    data=st.data(),
)
def test_a_limit_gives_what_every_value_beyond_it_gives_and_no_more(
    number: float, comparator: Comparator, data: st.DataObject
) -> None:
    """The values tried lie at the number, at each cutoff and next to all of them."""
    told = set(value_atoms(limited("serum_alum", number, comparator), SMALL.program))
    at = [0.0, 1e6, number, *(c.value for c in SMALL.program.cutoffs)]
    near = [n for x in at for n in (x, nextafter(x, 0), nextafter(x, inf))]
    tried = [*near, data.draw(st.floats(0, 100))]
    beyond = [x for x in tried if _STANDS[comparator](x, number)]
    given_by_each = [
        set(value_atoms(Value("serum_alum", x), SMALL.program)) for x in beyond
    ]
    assert all(told <= own for own in given_by_each)
    assert told == set.intersection(*given_by_each)

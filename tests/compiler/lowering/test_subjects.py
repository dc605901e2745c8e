"""What follows about a subject: taxonomy, groups, life stages, bands and pictures."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.ages import parse_age
from minsight.compiler.conditions import names_of
from minsight.compiler.documents import BandDocument, Derivation
from minsight.compiler.lowering.builder import ProgramBuilder
from minsight.compiler.lowering.subjects import (
    bounds_of,
    lower_bands,
    lower_findings,
    lower_groups,
    lower_life_stages,
    lower_pictures,
)
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import Program
from minsight.logic.reference import Reference
from small_folder import small_folder


def _lowered() -> Program:
    """All that follows about a subject in the small rules, read or not."""
    folder, builder = small_folder(), ProgramBuilder()
    names = names_of(folder)
    lower_findings(builder, folder.findings)
    lower_groups(builder, names, folder.groups)
    lower_life_stages(builder, folder.life_stages)
    lower_bands(builder, names, folder.measurements)
    lower_pictures(builder, names, folder.pictures)
    return Program(builder.strata(), (), (), (), (), "")


REFERENCE = Reference(_lowered())
AGES = ("12mo", "20y", "50y", "10y", "60y")


def follows(*given_: Atom) -> set[Atom]:
    """What follows from what was given."""
    return set(REFERENCE.closure(frozenset(given_)) - set(given_))


def aged(text: str) -> list[Atom]:
    days = parse_age(text)
    return [
        atoms.age_from(age) if days >= parse_age(age) else atoms.age_below(age)
        for age in AGES
    ]


def groups_of(*given_: Atom) -> tuple[set[str], set[str]]:
    """The groups that the subject is known to be in, and to be outside of."""
    holds = REFERENCE.closure(frozenset(given_))
    folder = small_folder()
    ids = [g.id for g in folder.groups] + [s.id for s in folder.life_stages]
    return (
        {id_ for id_ in ids if atoms.in_group(id_) in holds},
        {id_ for id_ in ids if atoms.outside_group(id_) in holds},
    )


# --- taxonomy -------------------------------------------------------------------------


def test_a_finding_observes_what_it_is_a_kind_of() -> None:
    assert follows(atoms.observed("grey_nails")) == {atoms.observed("nail_change")}
    assert follows(atoms.observed("nail_change")) == set()


def test_what_is_excluded_has_no_kinds() -> None:
    assert follows(atoms.excluded("nail_change")) == {
        atoms.excluded("grey_nails"), atoms.excluded("ridged_nails"),
    }  # fmt: skip
    assert follows(atoms.excluded("grey_nails")) == set()


def test_a_group_is_within_what_it_is_a_kind_of() -> None:
    assert follows(atoms.in_group("deep_well")) == {atoms.in_group("well_water")}
    assert follows(atoms.outside_group("well_water")) == {
        atoms.outside_group("deep_well")
    }
    assert follows(atoms.outside_group("deep_well")) == set()


# --- groups ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "inside", "outside"),
    [
        ("6mo", {"baby", "0-11mo"}, {"expecting", "1-19y", "20y+"}),
        ("12mo", {"1-19y"}, {"baby", "expecting", "0-11mo", "20y+"}),
        ("15", {"1-19y"}, {"baby", "0-11mo", "20y+"}),
        ("20", {"20y+"}, {"baby", "0-11mo", "1-19y"}),
        ("60", {"20y+"}, {"baby", "expecting", "0-11mo", "1-19y"}),
    ],
)
def test_an_age_decides_the_groups_that_are_made_of_ages(
    age: str, inside: set[str], outside: set[str]
) -> None:
    """A woman of 15 may be expecting; a child and one of 60 are known not to be."""
    assert groups_of(*aged(age)) == (inside, outside)


def test_an_unknown_age_leaves_groups_of_ages_unknown() -> None:
    assert groups_of() == (set(), set())


def test_a_sex_rules_a_group_out_and_never_in() -> None:
    assert groups_of(atoms.of_sex("male")) == (set(), {"expecting"})
    assert groups_of(atoms.of_sex("female")) == (set(), set())


def test_a_group_that_needs_an_answer_too_is_left_open_without_it() -> None:
    worker = atoms.in_group("mill_worker")
    assert "mill_elder" in groups_of(worker, *aged("50"))[0]
    assert "mill_elder" not in groups_of(worker, *aged("49"))[0]
    inside, outside = groups_of(*aged("50"))
    assert "mill_elder" not in inside | outside


# --- values ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "age", "low"),
    [
        (9, None, True),
        (9, "2", True),
        (15, None, False),
        (15, "19", False),
        (15, "20", True),
        (25, "20", False),
    ],
)
def test_a_value_is_in_a_band_by_a_limit_that_is_for_its_subject(
    value: float, age: str | None, low: bool
) -> None:
    given_ = [
        (atoms.value_below if value < cutoff else atoms.value_from)(
            "serum_alum", cutoff
        )
        for cutoff in (10, 20)
    ]
    found = follows(*given_, *(aged(age) if age else []))
    assert (atoms.band("alum_low") in found) == low
    assert (atoms.observed("low_alum") in found) == low


@pytest.mark.parametrize(("value", "inside"), [(4, False), (5, True), (10, False)])
def test_a_line_of_two_bounds_is_met_between_them(value: float, inside: bool) -> None:
    band = BandDocument.model_validate(
        {
            "id": "alum_open",
            "label": "Alum in between",
            "cutoffs": [{"from": 5, "below": 10}],
            "sources": ["mill"],
            "grade": "C",
        }
    )
    (alum,) = small_folder().measurements
    builder = ProgramBuilder()
    lower_bands(
        builder,
        names_of(small_folder()),
        [alum.model_copy(update={"bands": [band]})],
    )
    given_ = [
        (atoms.value_below if value < cutoff else atoms.value_from)(alum.id, cutoff)
        for cutoff in (5, 10)
    ]
    program = Program(builder.strata(), (), (), (), (), "")
    found = Reference(program).closure(frozenset(given_))
    assert (atoms.band("alum_open") in found) == inside


# --- pictures -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("present", "pictures"),
    [
        (["tiredness"], set()),
        (["tiredness", "sleepiness"], {"weary_picture"}),
        (["sleepiness", "night_cramps"], {"weary_picture"}),
        (["tiredness", "blue_tongue"], set()),
        (
            ["tiredness", "night_cramps", "blue_tongue"],
            {"weary_picture", "blue_weary_picture"},
        ),
    ],
)
def test_a_picture_is_what_its_condition_says(
    present: list[str], pictures: set[str]
) -> None:
    found = follows(*map(atoms.observed, present))
    names = [picture.id for picture in small_folder().pictures]
    assert {name for name in names if atoms.picture(name) in found} == pictures


# --- bounds ---------------------------------------------------------------------------


def test_bounds_are_those_that_are_written() -> None:
    whom = {"from": "6mo", "below": "12y", "sex": "female"}
    assert bounds_of(Derivation.model_validate(whom)) == [
        atoms.age_from("6mo"), atoms.age_below("12y"), atoms.of_sex("female"),
    ]  # fmt: skip
    assert bounds_of(Derivation.model_validate({"when": "itch"})) == []


@given(
    days=st.floats(0, 40_000),
    sex=st.none() | st.sampled_from(["female", "male"]),
    said=st.sets(st.sampled_from(["deep_well", "well_water", "mill_worker"])),
)
def test_nobody_whose_answers_agree_is_in_a_group_and_outside_it(
    days: float, sex: str | None, said: set[str]
) -> None:
    known: Iterable[Atom] = [
        *aged(f"{days:.4f}d"),
        *([] if sex is None else [atoms.of_sex(sex)]),
        *map(atoms.in_group, said),
    ]
    inside, outside = groups_of(*known)
    assert not inside & outside
    assert said <= inside

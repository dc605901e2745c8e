"""Gates, brakes and levels on the small rules, worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight import Subject
from minsight.compiler.documents import Gate
from minsight.compiler.folder import Folder
from minsight.compiler.lowering import lower
from minsight.compiler.lowering.levels import gate_body
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.backend import BackendName
from minsight.logic.reference import Reference
from minsight.scales import LEVELS
from random_laws import examples
from small_folder import small_folder
from strategies import ages_and_sex

ADULT = atoms.age_from("20y")
WELL = atoms.in_group("well_water")


def level_of(
    given: Iterable[Atom], mineral: str = "alum", folder: Folder | None = None
) -> str:
    holds = Reference(lower(folder or small_folder())).closure(frozenset(given))
    (level,) = (name for name in LEVELS if atoms.level(mineral, name) in holds)
    return level


def seen(*ids: str) -> list[Atom]:
    return [atoms.observed(id_) for id_ in ids]


# --- gates ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gate", "body"),
    [
        (
            {"findings": {"strength": "supportive", "clusters": 2}},
            [atoms.clusters("alum", "supportive", 2)],
        ),
        (
            {"findings": {"strength": "characteristic"}, "risk": "moderate"},
            [
                atoms.clusters("alum", "characteristic", 1),
                atoms.risk("alum", "moderate"),
            ],
        ),
        (
            {"combination": {"effect": "strong", "carried_by": "group"}},
            [atoms.combination("alum", "strong", "group")],
        ),
        ({"measured": "low"}, [atoms.measured_low("alum")]),
        ({"urgent": True}, [atoms.urgent("alum")]),
    ],
)
def test_a_gate_wants_all_that_it_names(
    gate: dict[str, object], body: list[Atom]
) -> None:
    assert gate_body("alum", Gate.model_validate(gate)) == body


@pytest.mark.parametrize(
    ("given_", "level"),
    [
        ([], "no_pattern"),
        (seen("tiredness"), "few_findings"),
        ([atoms.in_group("mill_elder")], "few_findings"),
        (seen("itch"), "few_findings"),
        ([*seen("itch"), WELL], "partial_pattern"),
        (seen("itch", "tiredness"), "few_findings"),
        (seen("grey_nails"), "partial_pattern"),
        (seen("grey_nails", "pale_smear"), "typical_pattern"),
        ([*seen("pale_smear"), WELL], "typical_pattern"),
        ([*seen("grey_nails"), atoms.in_group("mill_worker")], "typical_pattern"),
        (seen("low_alum"), "measured_low"),
        ([atoms.value_below("serum_alum", 10)], "measured_low"),
    ],
)
def test_one_open_gate_is_enough_and_the_highest_counts(
    given_: list[Atom], level: str
) -> None:
    """At an unknown age, so that no brake of adults acts."""
    assert level_of(given_) == level


def test_a_mineral_that_is_silent_has_no_level_whatever_was_found() -> None:
    folder = small_folder()
    silent = folder.profiles["alum"].model_copy(update={"silent_unless": "mill_worker"})
    folder = replace(folder, profiles={**folder.profiles, "alum": silent})
    low = seen("low_alum", "grey_nails")
    assert level_of(low, folder=folder) == "no_pattern"
    speaking = [*low, atoms.in_group("mill_worker")]
    assert level_of(speaking, folder=folder) == "measured_low"


# --- brakes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "level"),
    [
        (seen("grey_nails", "pale_smear"), "typical_pattern"),
        ([*seen("grey_nails", "pale_smear"), ADULT], "partial_pattern"),
        ([*seen("grey_nails", "pale_smear"), ADULT, WELL], "typical_pattern"),
        (
            [*seen("grey_nails"), atoms.in_group("mill_worker"), ADULT],
            "typical_pattern",
        ),
        ([*seen("low_alum", "grey_nails", "pale_smear"), ADULT], "measured_low"),
    ],
)
def test_an_adult_without_a_cause_is_held_at_a_part_of_the_picture(
    given_: list[Atom], level: str
) -> None:
    """A cause, a combination that a group carries and a low value are exceptions."""
    assert level_of(given_) == level


def test_a_mineral_may_do_without_the_brake_of_adults() -> None:
    """Ochre does; alum does not, and both have their typical picture here."""
    given_ = [*seen("red_patches"), atoms.in_group("deep_well"), ADULT]
    assert level_of(given_, "ochre") == "typical_pattern"


@pytest.mark.parametrize(
    ("given_", "level"),
    [
        ([*seen("itch", "fever"), WELL], "few_findings"),
        ([*seen("itch", "grey_nails", "fever"), WELL], "partial_pattern"),
        ([*seen("grey_nails", "fever")], "few_findings"),
        (seen("itch", "fever"), "few_findings"),
        (seen("low_alum", "fever"), "measured_low"),
        (seen("fever"), "no_pattern"),
    ],
)
def test_what_explains_all_lowers_to_few_and_what_does_not_by_one(
    given_: list[Atom], level: str
) -> None:
    """Fever explains itch and tiredness. It lowers nothing under the lowest level."""
    assert level_of(given_) == level


def test_a_cap_holds_a_typical_picture_at_a_part_of_it(
    small: minsight.Rules, engine: BackendName
) -> None:
    """And brings nothing lower than that, nor below what was there without it."""
    typical, part = ["red_patches"], ["nail_change", "night_cramps"]
    for present, groups, free, capped in (
        (typical, ["deep_well"], "typical_pattern", "partial_pattern"),
        (part, [], "partial_pattern", "partial_pattern"),
    ):
        levels = []
        for said in (present, [*present, "hoarseness"]):
            subject = Subject(present=said, groups=groups, age="40y")
            found = small.assess(subject, engine=engine).candidates
            levels.append({c.mineral: c.level for c in found}["ochre"])
        assert levels == [free, capped]


def test_each_stage_stands_on_the_one_before() -> None:
    """Typical by the gates; the adult brake does nothing, contrary evidence does."""
    given_ = frozenset([*seen("grey_nails", "itch", "fever"), WELL, ADULT])
    holds = Reference(lower(small_folder())).closure(given_)
    highest = [
        next(
            name
            for name in reversed(LEVELS)
            if atoms.reached("alum", name, stage) in holds
        )
        for stage in range(5)
    ]
    assert highest == [
        "typical_pattern",  # the gates
        "typical_pattern",  # adult
        "typical_pattern",  # contrary_explains_all
        "partial_pattern",  # contrary
        "partial_pattern",  # capped
    ]


PROGRAM = lower(small_folder())
ANSWERS = [atoms.observed(finding.id) for finding in small_folder().findings]
ANSWERS += [atoms.in_group(group.id) for group in small_folder().groups]


@examples(40)
@given(said=st.sets(st.sampled_from(ANSWERS), max_size=8), more=ages_and_sex(PROGRAM))
def test_brakes_only_lower_and_never_hide_what_was_found(
    said: set[Atom], more: frozenset[Atom]
) -> None:
    holds = Reference(PROGRAM).closure(frozenset(said | more))
    for mineral in PROGRAM.minerals:
        steps = [
            max(
                (
                    number
                    for number, name in enumerate(LEVELS)
                    if atoms.reached(mineral, name, stage) in holds
                ),
                default=0,
            )
            for stage in range(5)
        ]
        assert steps == sorted(steps, reverse=True)
        assert (steps[0] == 0) == (steps[-1] == 0)
        assert atoms.level(mineral, LEVELS[steps[-1]]) in holds

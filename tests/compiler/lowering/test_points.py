"""Points of the small rules, added up by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from minsight.compiler.folder import Folder
from minsight.compiler.lowering import lower
from minsight.compiler.lowering.builder import ProgramBuilder
from minsight.compiler.lowering.evidence import MineralRules
from minsight.compiler.lowering.points import lower_points
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.reference import Reference
from small_folder import rule_document, small_folder, with_rules

FOR = {"supports": "supportive"}
UNSPECIFIC = {"supports": "nonspecific"}
WELL = atoms.in_group("well_water")
ELDER = atoms.in_group("mill_elder")


def points(given: Iterable[Atom], folder: Folder | None = None) -> int:
    reference = Reference(lower(folder or small_folder()))
    return reference.points(reference.closure(frozenset(given)))["alum"]


def seen(*ids: str) -> list[Atom]:
    return [atoms.observed(id_) for id_ in ids]


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ([], 0),
        (seen("tiredness"), 1),
        (seen("itch"), 2),
        (seen("grey_nails"), 4),
        ([*seen("grey_nails"), atoms.outside_group("20y+")], 2),
        (seen("grey_nails", "pale_smear", "itch", "tiredness"), 4 + 4 + 2 + 1),
        ([WELL], 2),
        ([ELDER], 1),
        ([WELL, ELDER], 2 + 1),
        ([*seen("grey_nails"), atoms.in_group("mill_worker")], 4 + 3),
        (seen("fever"), -3),
        (seen("itch", "fever"), 2 - 3),
        (seen("hoarseness"), 0),
        (seen("low_alum"), 0),
    ],
)
def test_points_are_those_of_what_counts(given: list[Atom], total: int) -> None:
    """Notes, context and measured values order nothing."""
    assert points(given) == total


def test_a_second_finding_of_a_cluster_adds_a_little_once() -> None:
    """Three of the skin: the strongest, and one more point for the others."""
    rules = [
        rule_document(f"alum.{id_}", id_, FOR, cluster="skin")
        for id_ in ("itch", "red_patches", "fever")
    ]
    folder = with_rules("alum", *rules)
    assert points(seen("itch"), folder) == 2
    assert points(seen("itch", "fever"), folder) == 2 + 1
    assert points(seen("itch", "fever", "red_patches"), folder) == 2 + 1


def test_one_answer_that_meets_two_rules_is_one_finding() -> None:
    """Grey nails are changed nails, which is no second finding."""
    wide = rule_document("alum.wide", "nail_change", FOR)
    grey = rule_document("alum.grey", "grey_nails", FOR)
    ridged = rule_document("alum.ridged", "ridged_nails", FOR)
    folder = with_rules("alum", wide, grey, ridged)
    assert points(seen("nail_change"), folder) == 2
    assert points(seen("grey_nails"), folder) == 2
    assert points(seen("grey_nails", "nail_change"), folder) == 2
    assert points(seen("grey_nails", "ridged_nails"), folder) == 2 + 1


def test_a_second_unspecific_finding_of_a_cluster_adds_nothing() -> None:
    rules = [
        rule_document(f"alum.{id_}", id_, UNSPECIFIC, cluster="skin")
        for id_ in ("itch", "fever")
    ]
    assert points(seen("itch", "fever"), with_rules("alum", *rules)) == 1


def test_unspecific_findings_add_two_points_at_most() -> None:
    """Beside a finding that supports, an unspecific one of its cluster adds none."""
    ids = ("fever", "hoarseness", "blue_tongue", "night_cramps")
    rules = [rule_document(f"alum.{id_}", id_, UNSPECIFIC) for id_ in ids]
    folder = with_rules("alum", *rules)
    totals = [points(seen(*ids[:count]), folder) for count in range(5)]
    assert totals == [0, 1, 2, 2, 2]


def test_risks_add_three_points_at_most_and_one_group_counts_once() -> None:
    well, deep, elder = (
        rule_document(f"alum.{id_}", id_, {"risk": "strong"})
        for id_ in ("well_water", "deep_well", "mill_elder")
    )
    folder = with_rules("alum", well, deep, elder)
    assert points([WELL], folder) == 2
    assert points([atoms.in_group("deep_well")], folder) == 2
    assert points([atoms.in_group("deep_well"), ELDER], folder) == 3


@pytest.mark.parametrize(
    ("effect", "worth"),
    [("weak", 0), ("moderate", 1), ("strong", 3), ("very_strong", 3)],
)
def test_a_combination_is_worth_its_effect(effect: str, worth: int) -> None:
    both = rule_document(
        "alum.both", {"all": ["itch", "fever"]}, {"combination": effect}
    )
    assert points(seen("itch", "fever"), with_rules("alum", both)) == worth


def test_each_contrary_finding_takes_away() -> None:
    against = {"against": "brake", "points_to": "something else"}
    rules = [rule_document(f"alum.{id_}", id_, against) for id_ in ("itch", "fever")]
    assert points(seen("itch", "fever"), with_rules("alum", *rules)) == -6


def test_a_sum_without_entries_is_not_there() -> None:
    """Of alum only the risk and the cap on risks is left."""
    folder = with_rules(
        "alum", rule_document("alum.well", "well_water", {"risk": "weak"})
    )
    rules = MineralRules("alum", folder)
    (one,) = lower_points(ProgramBuilder(), rules, folder.levels.points, base_rate=0)
    assert (one.entries, one.cap) == (((atoms.evidence("alum.well"), 0),), 3)

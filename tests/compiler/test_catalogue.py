"""The catalogue of a rule folder: places of rules, and conditions of what is told."""

from __future__ import annotations

import pytest

from minsight.compiler.catalogue import catalogue_of
from minsight.compiler.folder import read_folder
from minsight.knowledge.catalogue import Catalogue, Fit
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from places import SMALL_RULES

ITCH, NAILS, TIRED = map(atoms.observed, ("itch", "grey_nails", "tiredness"))
MILL = atoms.in_group("mill_worker")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    folder, issues = read_folder(SMALL_RULES)
    assert folder is not None, issues
    return catalogue_of(folder)


def test_each_rule_knows_its_file_and_line(catalogue: Catalogue) -> None:
    for rule in catalogue.rules:
        file, line = rule.place.split(":")
        written = (SMALL_RULES / file).read_text("utf-8").splitlines()[int(line) - 1]
        assert rule.id in written


@pytest.mark.parametrize(
    ("name", "given", "fits"),
    [
        ("mill_skin", {MILL}, False),
        ("mill_skin", {MILL, ITCH}, True),
        ("mill_skin", {ITCH, NAILS}, False),
        ("two_itches", {ITCH}, False),
        ("two_itches", {ITCH, TIRED}, True),
    ],
)
def test_a_condition_holds_as_it_is_written(
    catalogue: Catalogue, name: str, given: set[Atom], fits: bool
) -> None:
    (one,) = (one for one in catalogue.look_alikes if one.id == name)
    assert one.when.holds(given) is fits


def test_a_food_is_kept_from_whom_any_of_its_kinds_is(catalogue: Catalogue) -> None:
    bread, with_cress = catalogue.profile["alum"].foods
    assert bread.unless is None
    assert isinstance(with_cress.unless, Fit)
    assert with_cress.unless.holds({atoms.in_group("baby")})
    assert not with_cress.unless.holds({atoms.in_group("well_water")})

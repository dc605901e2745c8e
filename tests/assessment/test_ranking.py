"""The order of candidates, and a mineral that goes before the others of its link."""

from hypothesis import given
from hypothesis import strategies as st

from minsight.assessment.ranking import ranked
from minsight.knowledge.catalogue import Link

LEVELS = {
    "magnesium": "partial_pattern",
    "potassium": "typical_pattern",
    "calcium": "partial_pattern",
    "iron": "partial_pattern",
    "zinc": "no_pattern",
}
POINTS = {"magnesium": 3, "potassium": 7, "calcium": 5, "iron": 5, "zinc": 0}
BASE_RATES = {"magnesium": 1, "potassium": 1, "calcium": 1, "iron": 0, "zinc": 1}


def link(first: str | None, *others: str) -> Link:
    return Link("a_link", "text", "B", (), first, others)


def test_level_comes_before_points_and_points_before_base_rate() -> None:
    order = ranked(LEVELS, POINTS, BASE_RATES, [])
    assert order == ["potassium", "iron", "calcium", "magnesium"]


def test_equals_stand_in_the_order_of_their_names() -> None:
    same = dict.fromkeys(LEVELS, 1)
    levels = dict.fromkeys(LEVELS, "few_findings")
    assert ranked(levels, same, same, []) == sorted(LEVELS)


def test_what_goes_first_moves_before_the_others_of_its_level() -> None:
    links = [link("magnesium", "potassium"), link("magnesium", "calcium", "iron")]
    order = ranked(LEVELS, POINTS, BASE_RATES, links)
    assert order == ["potassium", "magnesium", "iron", "calcium"]


def test_what_already_stands_first_does_not_move() -> None:
    order = ranked(LEVELS, POINTS, BASE_RATES, [link("potassium", "calcium")])
    assert order == ["potassium", "iron", "calcium", "magnesium"]


def test_a_link_without_a_first_moves_nothing() -> None:
    plain = ranked(LEVELS, POINTS, BASE_RATES, [])
    assert ranked(LEVELS, POINTS, BASE_RATES, [link(None, "potassium")]) == plain


@given(st.permutations(["magnesium", "potassium", "calcium", "iron"]))
def test_a_link_loses_nobody_and_moves_only_its_first(names: list[str]) -> None:
    first, other, *rest = names
    levels = dict.fromkeys(names, "partial_pattern")
    before = ranked(levels, POINTS, BASE_RATES, [])
    after = ranked(levels, POINTS, BASE_RATES, [link(first, other)])
    assert after.index(first) < after.index(other)
    assert [m for m in after if m != first] == [m for m in before if m != first]
    assert set(rest) < set(after)

"""Drawings show what the tables say, and are told to those who do not see them."""

from __future__ import annotations

from collections import Counter

import minsight
from minsight.screening.report.drawings import (
    MOST_BARS,
    MOST_REASONS,
    _label,
    draw_levels,
    draw_missing,
    draw_reasons,
    draw_stages,
)
from minsight.screening.report.figures import Figures
from minsight.screening.summary.frequency import Frequent
from minsight.screening.summary.tally import Tally

ALL = Figures(0)
GIRLS, MEN = ("1-3y", "female"), ("19-49y", "male")
IRON = {
    ("iron", "typical_pattern", *GIRLS): 4,
    ("iron", "partial_pattern", *MEN): 2,
}
ZINC = {("zinc", "few_findings", *MEN): 5}


def tally(candidates: dict[tuple[str, str, str, str], int]) -> Tally:
    return Tally(
        assessed=30,
        people=Counter({GIRLS: 10, MEN: 20}),
        candidates=Counter(candidates),
        asked=Counter({"fever": 30, "pica": 10}),
        unanswered=Counter({"fever": 3, "pica": 5}),
    )


def test_levels_are_drawn_above_the_lowest_and_with_it_if_somebody_has_it(
    rules: minsight.Rules,
) -> None:
    above, every = draw_levels(tally(IRON | ZINC), rules, ALL)
    assert above.title.startswith("Persons above few findings")
    assert above.alternative == "Stacked bars. Iron: 6 persons."
    assert every.alternative == "Stacked bars. Iron: 6 persons; Zinc: 5 persons."
    (only,) = draw_levels(tally(IRON), rules, ALL)
    assert only.title == above.title
    assert draw_levels(Tally(), rules, ALL) == []


def test_a_hidden_count_is_neither_drawn_nor_told(rules: minsight.Rules) -> None:
    (above,) = draw_levels(tally(IRON), rules, Figures(3))
    assert above.alternative == "Stacked bars. Iron: \N{EN DASH} persons."
    assert draw_levels(tally(IRON), rules, Figures(5)) == []


def test_a_heat_map_stands_for_each_sex_with_the_part_of_each_age_group(
    rules: minsight.Rules,
) -> None:
    (girls, table), (men, _) = draw_stages(tally(IRON), rules, ALL)
    assert girls.title.endswith(": female")
    assert girls.alternative == "Heat map. Iron, 1-3y: 40 %."
    assert men.alternative == "Heat map. Iron, 19-49y: 10 %."
    assert table.rows == (("everybody", "10", "0"), ("Iron", "4", "0"))
    assert draw_stages(tally(ZINC), rules, ALL) == []


def test_a_part_that_would_tell_a_hidden_count_has_no_shade(
    rules: minsight.Rules,
) -> None:
    (_, _), (men, table) = draw_stages(tally(IRON), rules, Figures(3))
    assert men.alternative == "Heat map. nobody."
    assert table.rows[1] == ("Iron", "0", "<3")


def test_questions_are_drawn_by_the_part_that_is_missing(
    rules: minsight.Rules,
) -> None:
    drawing = draw_missing(tally({}), rules, ALL)
    assert drawing is not None
    label = rules.vocabulary.label
    assert drawing.alternative == (
        f"Bars. {label('pica')}: 50 % of those asked; {label('fever')}: 10 % of those"
        " asked."
    )
    assert draw_missing(Tally(), rules, ALL) is None
    many = Tally(asked=Counter({f"q{n:03d}": 1 for n in range(MOST_BARS + 9)}))
    cut = draw_missing(many, rules, ALL)
    assert cut is not None
    assert cut.alternative.endswith(f"; {MOST_BARS - 3} more in the table.")


def test_what_was_met_is_drawn_with_its_minerals_and_its_part() -> None:
    met = [Frequent("Fatigue", ("Iron", "Zinc"), ("iron.fatigue",), 3)]
    drawing = draw_reasons(met, tally({}), ALL, title="Met")
    assert drawing is not None
    assert drawing.title == "Met"
    assert drawing.alternative == "Bars. Fatigue Iron, Zinc: 3 (10 %) persons."
    assert draw_reasons([], tally({}), ALL, title="Met") is None
    cut = draw_reasons(met * (MOST_REASONS + 5), tally({}), ALL, title="Met")
    assert cut is not None
    assert cut.alternative.endswith(f"; {MOST_REASONS - 3} more in the table.")


def test_labels_are_short_and_no_two_are_the_same() -> None:
    long = "x" * 60
    assert _label(f"{long}\nshort", 0) == f"{'x' * 45}\u2026\nshort"
    assert _label("y" * 46, 0) == "y" * 46
    assert len({_label(long, place) for place in range(5)}) == 5

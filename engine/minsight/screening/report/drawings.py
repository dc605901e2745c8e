"""Drawings: charts of a tally with their titles and what they show, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from minsight.assessment.engine import Engine
from minsight.scales import LEVELS
from minsight.screening.report import charts, tables
from minsight.screening.report.charts import Bar, Cell
from minsight.screening.report.figures import Figures
from minsight.screening.report.tables import (
    FOLDED,
    STANDING_OUT,
    WHO,
    Table,
    mineral_name,
)
from minsight.screening.summary.frequency import Frequent
from minsight.screening.summary.strata import SEX_STRATA
from minsight.screening.summary.tally import Tally

MOST_BARS: Final = 30
MOST_REASONS: Final = 20
_MOST_LETTERS: Final = 46
_UNSEEN: Final = "\N{ZERO WIDTH SPACE}"
_TOLD: Final = 3
"""How many bars or cells the text in place of a chart names."""


class Drawing(msgspec.Struct, frozen=True):
    """A chart: its title, the SVG, what it shows for those who do not see it."""

    title: str
    svg: str
    alternative: str


def draw_levels(tally: Tally, rules: Engine, shown: Figures) -> list[Drawing]:
    """Persons by mineral and level: above the lowest level, then all."""
    above = "Persons above few findings, by mineral and level"
    every = "Persons by mineral and level, those with few findings included"
    found = [_by_level(above, STANDING_OUT, tally, rules, shown)]
    if any(one == FOLDED for _, one in tally.levels):
        found.append(_by_level(every, LEVELS[:0:-1], tally, rules, shown))
    return [drawing for drawing in found if drawing is not None]


def _by_level(
    title: str, chosen: Sequence[str], tally: Tally, rules: Engine, shown: Figures
) -> Drawing | None:
    counts = tally.levels
    parts: dict[tuple[str, str], int] = {}
    ends = []
    for mineral in tables.by_count(counts, chosen):
        label, own = mineral_name(mineral, rules), [counts[mineral, c] for c in chosen]
        drawn = {(label, c): shown.drawn(n) for c, n in zip(chosen, own, strict=True)}
        parts |= {key: persons for key, persons in drawn.items() if persons}
        ends.append(Bar(label, sum(drawn.values()), shown.sum(own)))
    if not parts:
        return None
    return Drawing(
        title, charts.stacked(ends, parts), f"Stacked bars. {_first(ends, 'persons')}"
    )


def draw_stages(
    tally: Tally, rules: Engine, shown: Figures
) -> list[tuple[Drawing, Table]]:
    """A heat map for each sex, of the part of each age group that stands out.

    All have the same minerals and age groups, and one scale of shades.
    """
    shares = {
        (mineral, age, sex): persons / tally.people[age, sex]
        for (mineral, age, sex), persons in tables.outstanding(tally).items()
        if not shown.hides(persons) and not shown.hides(tally.people[age, sex])
    }
    if not shares:
        return []
    found = []
    for sex in SEX_STRATA:
        if any(tally.people[age, sex] for age in tables.stages_of(tally)):
            drawing = _heat_map(sex, shares, tally, rules, shown)
            found.append((drawing, tables.stages(tally, rules, shown, sex=sex)))
    return found


_Shares: TypeAlias = Mapping[tuple[str, str, str], float]


def _heat_map(
    sex: str, shares: _Shares, tally: Tally, rules: Engine, shown: Figures
) -> Drawing:
    cells: list[Cell] = []
    ages = tables.stages_of(tally)
    for age in ages:
        everybody = shown.count(tally.people[age, sex])
        cells.append(Cell("everybody", age, None, everybody))
    counts, most = tables.outstanding(tally), max(shares.values())
    for mineral in tables.by_count(tally.levels, STANDING_OUT):
        for age in ages:
            people = tally.people[age, sex]
            persons = counts.get((mineral, age, sex), 0)
            share = shares.get((mineral, age, sex), None if persons else 0.0)
            shade = share / most if people and share is not None else None
            written = shown.share(persons, people) if persons else ""
            if shown.hides(persons):
                written = shown.count(persons)
            cells.append(Cell(mineral_name(mineral, rules), age, shade, written))
    highest = sorted(
        (cell for cell in cells if cell.shade), key=lambda c: c.shade or 0, reverse=True
    )
    told = (f"{c.row}, {c.column}: {c.written}" for c in highest[:_TOLD])
    title = f"Part of each age group above few findings, by mineral: {WHO[sex]}"
    alternative = f"Heat map. {'; '.join(told) or 'nobody'}."
    return Drawing(title, charts.heat_map(cells), alternative)


def draw_missing(tally: Tally, rules: Engine, shown: Figures) -> Drawing | None:
    """The questions that most of those asked left open."""
    names = tables.by_missing(tally)[:MOST_BARS]
    if not names:
        return None
    bars = [
        Bar(
            _label(tables.question(name, rules), names.index(name)),
            100 * shown.drawn(tally.unanswered[name]) / tally.asked[name],
            shown.share(tally.unanswered[name], tally.asked[name])
            or shown.count(tally.unanswered[name]),
        )
        for name in names
    ]
    drawn = charts.bars(bars, unit="per cent of the persons asked", whole=100)
    title = "Missing answers: the part of those asked who gave none, by question"
    return Drawing(title, drawn, f"Bars. {_first(bars, 'of those asked')}")


def draw_reasons(
    met: Sequence[Frequent], tally: Tally, shown: Figures, *, title: str
) -> Drawing | None:
    """What was met in most persons, with the minerals that it speaks of."""
    bars = [
        Bar(
            _label(f"{one.label}\n{', '.join(one.minerals)}", place),
            shown.drawn(one.persons),
            _with_share(one.persons, tally.assessed, shown),
        )
        for place, one in enumerate(met[:MOST_REASONS])
    ]
    if not bars:
        return None
    drawn = charts.bars(bars, unit="persons")
    return Drawing(title, drawn, f"Bars. {_first(bars, 'persons')}")


def _with_share(persons: int, of: int, shown: Figures) -> str:
    share = shown.share(persons, of)
    return shown.count(persons) + (f" ({share})" if share else "")


def _label(text: str, place: int) -> str:
    """The text with short lines; no two of a chart are the same, seen or unseen."""
    lines = (
        line if len(line) <= _MOST_LETTERS else f"{line[: _MOST_LETTERS - 1].rstrip()}…"
        for line in text.split("\n")
    )
    return "\n".join(lines) + _UNSEEN * place


def _first(bars: Iterable[Bar], unit: str) -> str:
    """The first bars in words."""
    ordered = list(bars)
    told = (
        f"{' '.join(bar.label.split()).rstrip(_UNSEEN)}: {bar.written} {unit}"
        for bar in ordered[:_TOLD]
    )
    more = f"; {len(ordered) - _TOLD} more in the table" if len(ordered) > _TOLD else ""
    return f"{'; '.join(told)}{more}."

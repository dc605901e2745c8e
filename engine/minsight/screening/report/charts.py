"""Charts: numbers as static SVG, which stands in a page and loads nothing.

A chart holds no title: the page has it, where it wraps and is read aloud. Levels are
told apart by lightness, so that they differ in grey print and for the colour-blind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import altair as alt
import msgspec
import vl_convert

from minsight.scales import LEVELS

WIDTH: Final = 560
"""In pixels; so wide a chart fits a page of 600, on a screen or printed."""
_ROW: Final = 22
LABEL: Final = 150
COLUMN: Final = 70
"""How wide the labels and a column of a heat map with few columns are."""
LINE: Final = 13
"""What a second line of a label adds to the height of its row."""
INK: Final = "#1a1a1a"
BLUE: Final = "#2f7ebc"
FROM_LIGHT_TO_DARK: Final = ("#f1f5f9", "#08306b")
SHADES: Final[dict[str, str]] = dict(
    zip(LEVELS[1:], ("#dbe3ea", "#9ac8e0", "#2f7ebc", "#08306b"), strict=True)
)
"""The colour of each level, the highest darkest."""
_DARK: Final = 0.5
"""From this part of the scale on, ink is white."""
_CONFIG: Final = {
    "font": "sans-serif",
    "background": None,
    "view": {"stroke": None},
    "text": {"fontSize": 12, "color": INK},
    "axis": {
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelColor": INK, "titleColor": INK, "gridColor": "#d0d5da",
        "domain": False, "ticks": False, "labelPadding": 6,
    },
    "axisY": {"grid": False, "labelLimit": 300},
    "legend": {
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelColor": INK, "titleColor": INK, "orient": "top", "symbolType": "square",
    },
}  # fmt: skip


_WHOLE: Final = alt.Axis(format=",d", tickMinStep=1)
"""An axis of whole numbers."""


class Bar(msgspec.Struct, frozen=True):
    """A bar, what is written at its end, and its label in one line or two."""

    label: str
    length: float
    written: str


class Cell(msgspec.Struct, frozen=True):
    """A cell of a heat map; its shade is from 0 to 1, or None for no colour."""

    row: str
    column: str
    shade: float | None
    written: str


def stacked(ends: Sequence[Bar], parts: Mapping[tuple[str, str], int]) -> str:
    """Bars in the given order, in parts by level, the highest level first.

    `parts` gives the persons by label of the bar and level.
    """
    levels = [name for name in reversed(SHADES) if any(p[1] == name for p in parts)]
    words = [name.replace("_", " ") for name in levels]
    rows = [
        {"label": label, "level": words[levels.index(level)], "persons": persons,
         "place": levels.index(level)}
        for (label, level), persons in parts.items()
    ]  # fmt: skip
    shades = alt.Scale(domain=words, range=[SHADES[name] for name in levels])
    drawn = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(stroke="white", strokeWidth=0.7, height=_ROW - 6)
        .encode(
            y=_labels(ends),
            x=alt.X("persons:Q", title="persons", stack="zero", axis=_WHOLE),
            color=alt.Color("level:N", title="level", sort=words, scale=shades),
            order="place:Q",
        )
    )
    return _svg(alt.layer(drawn, _written(ends)), height=_ROW * len(ends))


def bars(data: Sequence[Bar], *, unit: str, whole: float | None = None) -> str:
    """Bars in the given order; the axis ends at `whole`, if that is given."""
    scale = alt.Scale(domain=[0, whole]) if whole else alt.Scale()
    drawn = (
        alt.Chart(_values(data))
        .mark_bar(color=BLUE, height=_ROW - 8)
        .encode(
            y=_labels(data), x=alt.X("length:Q", title=unit, scale=scale, axis=_WHOLE)
        )
    )
    lines = sum(1 + bar.label.count("\n") for bar in data)
    height = _ROW * len(data) + LINE * (lines - len(data))
    return _svg(alt.layer(drawn, _written(data)), height=height)


def heat_map(cells: Sequence[Cell]) -> str:
    """Rows and columns in the order in which they first stand in the cells."""
    rows = list(dict.fromkeys(cell.row for cell in cells))
    columns = list(dict.fromkeys(cell.column for cell in cells))
    top = alt.Axis(orient="top", labelAngle=0)
    base = alt.Chart(_values(cells)).encode(
        y=alt.Y("row:N", sort=rows, title=None),
        x=alt.X("column:N", sort=columns, title="age group", axis=top),
    )
    shades = alt.Scale(domain=[0, 1], range=list(FROM_LIGHT_TO_DARK))
    drawn = (
        base.transform_filter("datum.shade !== null")
        .mark_rect(stroke="white")
        .encode(color=alt.Color("shade:Q", scale=shades, legend=None))
    )
    ink = alt.condition(f"datum.shade > {_DARK}", alt.value("white"), alt.value(INK))
    written = base.mark_text().encode(text="written:N", color=ink)
    width = min(WIDTH, LABEL + COLUMN * len(columns))
    return _svg(alt.layer(drawn, written), height=(_ROW + 4) * len(rows), width=width)


def _labels(bars: Iterable[Bar]) -> Any:
    """The labels of bars, in their order, with their line breaks."""
    labels = [bar.label for bar in bars]
    up = LINE / 2 * max((label.count("\n") for label in labels), default=0)
    axis = alt.Axis(
        labelExpr="split(datum.label, '\\n')", labelLineHeight=LINE, labelOffset=-up
    )
    return alt.Y("label:N", sort=labels, title=None, axis=axis)


def _written(ends: Sequence[Bar]) -> Any:
    text = alt.Chart(_values(ends)).mark_text(align="left", dx=4)
    return text.encode(y=_labels(ends), x="length:Q", text="written:N")


def _values(data: Iterable[Bar | Cell]) -> Any:
    return alt.InlineData(values=[msgspec.structs.asdict(one) for one in data])


def _svg(chart: Any, *, height: int, width: int = WIDTH) -> str:
    spec = chart.to_dict(validate=False) | {  # checking takes a third of the time
        "width": width,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 8, "right": 12, "top": 4, "bottom": 4},
        "config": _CONFIG,
    }
    svg: str = vl_convert.vegalite_to_svg(spec)
    return re.sub(r' xmlns(:xlink)?="[^"]*"', "", svg)  # a page needs no namespaces

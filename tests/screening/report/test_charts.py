"""Charts are SVG that stands in a page, says its words and loads nothing."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from minsight.screening.report.charts import (
    SHADES,
    Bar,
    Cell,
    bars,
    heat_map,
    stacked,
)

BARS = (Bar("Iron", 6, "six"), Bar("Zinc\nand copper", 2, "two"))


def texts(svg: str) -> list[str]:
    """All that is written in a drawing."""
    return [text for text in re.findall(r">([^<>]+)</t", svg) if text.strip()]


DRAWN = {
    "bars": bars(BARS, unit="persons"),
    "part": bars(BARS, unit="per cent", whole=100),
    "stacked": stacked(
        BARS,
        {
            ("Iron", "typical_pattern"): 4,
            ("Iron", "few_findings"): 2,
            ("Zinc\nand copper", "few_findings"): 2,
        },
    ),
    "heat map": heat_map(
        [
            Cell("everybody", "1-3y", None, "10"),
            Cell("Iron", "1-3y", 1.0, "40 %"),
            Cell("Iron", "4-8y", 0.1, "4 %"),
        ]
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_whole_and_loads_nothing(name: str) -> None:
    svg = DRAWN[name]
    assert ET.fromstring(svg).tag == "svg"
    assert "xmlns" not in svg
    assert not re.search(r"https?:|<script|<image|href=|@import|url\((?!#)", svg)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bars", ["Iron", "Zinc", "and copper", "six", "two", "persons"]),
        ("part", ["Iron", "six", "per cent", "100"]),
        ("stacked", ["Iron", "six", "typical pattern", "few findings", "persons"]),
        ("heat map", ["everybody", "Iron", "1-3y", "4-8y", "10", "40 %", "4 %"]),
    ],
)
def test_labels_and_numbers_are_text(name: str, words: list[str]) -> None:
    written = texts(DRAWN[name])
    for word in words:
        assert word in written, word


def test_levels_have_the_shades_of_their_height_and_only_those_there_are() -> None:
    svg = DRAWN["stacked"]
    assert SHADES["typical_pattern"] in svg
    assert SHADES["few_findings"] in svg
    assert SHADES["measured_low"] not in svg
    assert "measured low" not in texts(svg)


def test_a_dark_cell_is_written_in_white_and_one_without_a_shade_is_not_drawn() -> None:
    svg = DRAWN["heat map"]
    (dark,) = re.findall(r"<text[^>]*>40 %</text>", svg)
    (light,) = re.findall(r"<text[^>]*>4 %</text>", svg)
    assert 'fill="white"' in dark
    assert 'fill="white"' not in light


def test_text_is_escaped() -> None:
    svg = bars([Bar("<b> & co", 1, "<1>")], unit="x")
    assert "<b>" not in svg
    assert ET.fromstring(svg) is not None
    assert "&lt;b&gt; &amp; co" in svg

"""The pictures of the walk through the page, which the page drew: `make pictures`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from asked import raw
from minsight.service import Service
from places import ROOT

FOLDER: Final = ROOT / "docs" / "pictures"
PICTURES: Final = sorted(FOLDER.iterdir())
WALK: Final = (ROOT / "docs" / "classroom.md").read_text(encoding="utf-8")
MOST_BYTES: Final = 30_000
SVG: Final = "{http://www.w3.org/2000/svg}"
SAID: Final = ("always tired, craving ice", "no fever", "28-year-old woman")


def texts_of(path: Path) -> list[str]:
    """The texts of a picture without their blanks, which lines end in."""
    found = ET.parse(path).iter(f"{SVG}text")
    return ["".join(text.itertext()).replace(" ", "") for text in found]


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_small_and_asks_for_nothing(path: Path) -> None:
    assert path.stat().st_size < MOST_BYTES
    assert f"](pictures/{path.name})" in WALK
    drawn = ET.parse(path)
    tags = {element.tag.removeprefix(SVG) for element in drawn.iter()}
    assert tags == {"svg", "style", "g", "rect", "path", "text", "tspan"}
    image = drawn.find(f".//{SVG}g[@role='img']")
    assert image is not None
    assert image.get("aria-label", "").startswith("Drawing of ")


def test_the_first_picture_is_the_proof_of_the_walk(service: Service) -> None:
    """What the rules say now stands in it; else `make pictures` draws it anew."""
    assert "always tired, craving ice, no fever, 28-year-old woman" in WALK
    asked = {"ask": "explain", "subject": {"present": SAID}, "minerals": ["iron"]}
    (proof,) = json.loads(service.answer(raw(asked)))["record"]["proofs"]
    drawn = texts_of(FOLDER / "why-iron.svg")
    for step in proof["steps"]:
        says = step["says"].replace(" ", "")
        if step["kind"] in ("rule", "cluster"):
            says = says.replace("iron.", "").replace("_", "")
        assert says in drawn

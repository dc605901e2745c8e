"""The lesson: what it says of each step is what the rules say."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest

from banned import banned_in
from command_line import CommandLine
from lesson import STEPS, Step, command_of
from places import ROOT

PAGE: Final = ROOT / "docs" / "whatif.md"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.title)
def test_a_step_ends_where_the_lesson_says(command: CommandLine, step: Step) -> None:
    outcome = command.run("whatif", *step.words, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    record = json.loads(outcome.out)
    (iron,) = (one for one in record["minerals"] if one["mineral"] == "iron")
    assert iron["after"]["level"] == step.level
    before, after = (iron[side]["points"] for side in ("before", "after"))
    told = "same" if before == after else "more" if before < after else "fewer"
    assert told == step.points
    assert record["urgency"]["level"]["after"] == step.urgency


def test_the_lesson_goes_from_the_start_to_the_picture_and_back() -> None:
    assert len(STEPS) == 10
    levels = [step.level for step in STEPS]
    assert "typical_pattern" in levels
    assert levels[0] == levels[-1] == "few_findings"


def test_every_step_stands_on_the_page_and_claims_no_more_than_the_rules() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\$ (.*)$", page, re.MULTILINE)[:10] == [
        command_of(step.words) for step in STEPS
    ]
    assert banned_in(page) == []

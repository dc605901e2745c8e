"""Scales: up to a step, and one step down, on every scale alike."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from minsight.scales import (
    EFFECTS,
    LEVELS,
    STRENGTHS,
    URGENCIES,
    WEIGHTS,
    at_or_below,
    one_lower,
)

SCALES = pytest.mark.parametrize(
    "scale", [STRENGTHS, WEIGHTS, EFFECTS, LEVELS, URGENCIES]
)


@SCALES
def test_up_to_a_step_are_those_before_it_and_itself(scale: Sequence[str]) -> None:
    for number, step in enumerate(scale):
        assert list(at_or_below(scale, step)) == list(scale[: number + 1])
    assert list(at_or_below(scale, None)) == []


@SCALES
def test_each_step_but_the_lowest_has_one_below(scale: Sequence[str]) -> None:
    lowest, *others = scale
    assert [one_lower(scale, step) for step in others] == list(scale[:-1])
    assert one_lower(scale, lowest) == lowest
    assert one_lower(scale, None) is None


@SCALES
def test_a_step_of_another_scale_is_an_error(scale: Sequence[str]) -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        at_or_below(scale, "middling")

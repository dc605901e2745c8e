"""The urgency that an unknown age leaves open, for tables."""

from __future__ import annotations

import polars as pl
import pytest

import minsight
from minsight.logic.atoms import Atom
from minsight.scales import URGENCIES
from minsight.screening.results.urgency import OPEN, MoreUrgent, highest_step

EMERGENCY = URGENCIES.index("emergency")


@pytest.mark.parametrize(
    ("columns", "numbers"),
    [
        (
            {"fever": [True, True, False], "age_days": [None, 9000.0, None]},
            [4, None, 0],
        ),
        ({"fever": [True, False]}, [EMERGENCY, 0]),
        ({"fever": [True, True], "baby": [False, True]}, [0, EMERGENCY]),
        ({"fever": [True], "expecting": [True]}, [0]),
    ],
)
def test_only_an_age_that_is_not_known_leaves_an_urgency_open(
    small: minsight.Rules, columns: dict[str, list[object]], numbers: list[int | None]
) -> None:
    table = pl.DataFrame(
        columns, schema_overrides={"age_days": pl.Float64}, strict=False
    )
    marked = MoreUrgent(small, table.columns).marked(table)
    assert marked[OPEN].to_list() == numbers
    assert marked.drop(OPEN).equals(table)


@pytest.mark.parametrize(
    ("unsure", "numbers"),
    [
        ([["fever"], ["expecting"]], [EMERGENCY, 0]),
        ([None, ["fever"]], [None, 0]),
        ([["fever", "expecting"], []], [EMERGENCY, None]),
        ([None, ["baby"]], [None, 0]),
    ],
)
def test_what_is_unsure_leaves_open_what_it_would_bring(
    small: minsight.Rules, unsure: list[list[str] | None], numbers: list[int | None]
) -> None:
    table = pl.DataFrame(
        {
            "fever": [None, None],
            "baby": [True, None],
            "expecting": [None, None],
            "age_days": [100.0, 9000.0],
            "unsure": unsure,
        },
        schema_overrides=dict.fromkeys(("fever", "expecting"), pl.Boolean),
        strict=False,
    )
    marked = MoreUrgent(small, table.columns).marked(table)
    assert marked[OPEN].to_list() == numbers
    assert marked.drop(OPEN).equals(table)


def test_the_highest_step_that_holds_is_told() -> None:
    scale = pl.Enum(["low", "middle", "high"])
    steps = [(name, Atom(name)) for name in ("low", "middle", "high")]
    table = pl.DataFrame({"middle": [True, False, True], "high": [True, False, False]})
    found = table.select(highest_step(steps, scale).alias("found"))["found"].to_list()
    assert found == ["high", "low", "middle"]

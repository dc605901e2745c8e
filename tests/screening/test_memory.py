"""What a screening needed is let go with it: nothing stays behind in a long process.

No engine may even wait for Python's collector, which in a process with many objects of
its own comes seldom, while the memory behind a query is Polars's and not counted.
`benchmarks/soak_tables.py` measures the memory of a process over many calls.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd
import polars as pl
import pytest

import minsight

ANSWERS: Final = {"id": ["a", "b"], "tiredness": ["yes", "maybe"], "age": [30, 40]}
CALLS: Final = 2


def in_memory(rules: minsight.Rules, _: Path) -> None:
    rules.assess_table(pl.DataFrame(ANSWERS))


def by_pandas(rules: minsight.Rules, _: Path) -> None:
    rules.assess_table(pd.DataFrame(ANSWERS))


def lazily(rules: minsight.Rules, _: Path) -> None:
    found = rules.assess_table(pl.LazyFrame(ANSWERS))
    pl.collect_all([found.results, found.rejects, found.notices])


def by_file(rules: minsight.Rules, folder: Path) -> None:
    source = folder / "people.csv"
    pl.DataFrame(ANSWERS).write_csv(source)
    rules.screen([source], folder / "results.parquet", force=True)
    gc.collect()  # `csv` reads lines from what holds it, a circle that Python sees


@pytest.fixture
def without_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def kept() -> Counter[str]:
    """How many objects there are of each type of Polars and of ours."""
    types = Counter(type(one) for one in gc.get_objects())
    ours = ("polars", "minsight")
    return Counter(
        {
            f"{type_.__module__}.{type_.__qualname__}": count
            for type_, count in types.items()
            if str(type_.__module__).startswith(ours)
        }
    )


@pytest.mark.usefixtures("without_collector")
@pytest.mark.parametrize("way", [in_memory, by_pandas, lazily, by_file])
def test_nothing_stays_of_a_call(
    way: Callable[[Any, Path], None], small: minsight.Rules, tmp_path: Path
) -> None:
    way(small, tmp_path)  # what is made once is made now
    before = kept()
    for _ in range(CALLS):
        way(small, tmp_path)
    assert kept() - before == Counter()

"""What several test files share: the shipped rules, loaded once, and the engines."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

import minsight
from minsight.bundle import rules_folder
from minsight.rules import Engine

ENGINES: list[Engine] = ["reference"]
if find_spec("durable_rules_engine") is not None:  # absent where Python is above 3.12
    ENGINES.append("forward")


@pytest.fixture(scope="session")
def rules() -> Iterator[minsight.Rules]:
    """The shipped rules, compiled afresh."""
    with minsight.load(rules_folder(), cache=False) as loaded:
        yield loaded


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine that can run here: one test, every backend."""
    chosen: Engine = request.param
    return chosen

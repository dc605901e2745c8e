"""What several test files share: the shipped rules, loaded once, and the engines."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

import accuracy
import gold
import minsight
from command_line import CommandLine
from minsight.assessment.engine import Engine
from minsight.compiler.bundle import rules_folder

FORWARD_CAN_RUN = find_spec("durable_rules_engine") is not None
"""False where Python is above 3.12; `test_cli_check` says what is shown there."""

ENGINES: list[Engine] = ["reference", *(["forward"] if FORWARD_CAN_RUN else [])]  # type: ignore[list-item]  # a literal in a display
collect_ignore = [] if FORWARD_CAN_RUN else ["test_forward.py", "test_agreement.py"]


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How the rules and the reading of phrases do, after every run of the tests."""
    with minsight.load(rules_folder()) as loaded:
        terminalreporter.section("published cases")
        terminalreporter.write_line(accuracy.as_text(loaded))
        terminalreporter.section("phrases")
        terminalreporter.write_line(gold.as_text(loaded))


@pytest.fixture(scope="session")
def command(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """The command line with a cache of its own."""
    return CommandLine(tmp_path_factory.getbasetemp() / "cache")

"""What several test files share: the shipped rules, loaded once, and the engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import accuracy
import gold
import hypothetical
import minsight
import random_laws
from command_line import PLAIN, CommandLine
from engines import ENGINES, FORWARD_CAN_RUN
from minsight.compiler.bundle import rules_folder
from minsight.logic.backend import BackendName

collect_ignore = [] if FORWARD_CAN_RUN else ["backends/test_forward.py"]


random_laws.load_profile()


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same variables whatever they are outside; a test sets what it is about."""
    around = {**PLAIN, "XDG_CACHE_HOME": str(cache_in(tmp_path_factory))}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in around.items():
            if value is None:
                patch.delenv(name, raising=False)
            else:
                patch.setenv(name, value)
        yield


def cache_in(folders: pytest.TempPathFactory) -> Path:
    """The cache of the compiled rules, which the tests share with nobody."""
    return folders.getbasetemp() / "cache"


@pytest.fixture(scope="session")
def rules() -> Iterator[minsight.Rules]:
    """The shipped rules, compiled afresh."""
    with minsight.load(rules_folder(), cache=False) as loaded:
        yield loaded


@pytest.fixture(scope="session")
def small() -> minsight.Rules:
    """The small rules of `data/small_rules`, which can be worked out by hand."""
    return hypothetical.small()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> BackendName:
    """Each engine that can run here: one test, every backend."""
    chosen: BackendName = request.param
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
    return CommandLine(cache_in(tmp_path_factory))

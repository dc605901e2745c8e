"""The examples of the docstrings run."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import minsight
import minsight_cli
from engines import FORWARD_CAN_RUN

MODULES = [
    found.name
    for package in (minsight, minsight_cli)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not found.name.endswith("__main__")
    and (FORWARD_CAN_RUN or found.name != "minsight.backends.forward")
]


@pytest.mark.parametrize("name", ["minsight", *MODULES])
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [test for name in MODULES for test in finder.find(import_module(name))]
    assert sum(bool(test.examples) for test in examples) >= 12

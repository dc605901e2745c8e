"""Random laws: one place says how many examples each of them tries."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from places import ROOT


def test_the_number_of_examples_is_stated_in_one_place() -> None:
    stating = {
        path.name
        for path in (ROOT / "tests").rglob("*.py")
        if "max_examples=" in path.read_text(encoding="utf-8")
    }
    assert stating == {"random_laws.py", Path(__file__).name}


def test_a_variable_multiplies_every_number() -> None:
    told = (
        "import random_laws as laws; laws.load_profile();"
        "from hypothesis import settings;"
        "print(laws.examples(7).max_examples, settings().max_examples)"
    )
    around = {**os.environ, "MINSIGHT_EXAMPLES": "3", "PYTHONPATH": "tests/support"}
    found = subprocess.run(
        [sys.executable, "-c", told],
        cwd=ROOT,
        env=around,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == ["21", "300"]

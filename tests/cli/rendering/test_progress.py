"""The line of progress names a file as it is called, whatever it is called."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from minsight_cli.rendering import progress


@pytest.mark.parametrize("name", ["[/];x.csv", "[red]x.csv", "a\u202eb\x1b[2J.csv"])
def test_a_file_may_have_any_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    watched = Console(file=shown, force_terminal=True, width=100, color_system=None)
    monkeypatch.setattr(progress, "terminal", lambda **_: watched)
    batches: list[Any] = [SimpleNamespace(rows=2)]
    assert list(progress.rows_with_progress(name, iter(batches))) == batches
    told = {"a\u202eb\x1b[2J.csv": "a<U+202E>b\ufffd[2J.csv"}
    assert told.get(name, name) in shown.getvalue()

"""`doctor` tells what is in use, and what is wrong with it."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import pytest

import minsight
from minsight.compiler import cache
from minsight_cli.commands import doctor as module
from minsight_cli.commands.doctor import doctor


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    lines = capsys.readouterr().out.splitlines()
    return {line[:13].strip(): line[14:] for line in lines}


def test_each_line_has_a_name_and_a_value(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    doctor()
    lines = told(capsys)
    assert list(lines) == [
        "minsight", "python", "engine", "rules", "rules version", "fingerprint",
        "contents", "cache",
    ]  # fmt: skip
    assert lines["python"].startswith(platform.python_version())
    assert lines["fingerprint"] == rules.fingerprint
    assert lines["contents"].startswith(f"{len(rules.catalogue.rules)} rules, ")


@pytest.mark.parametrize("forward", [True, False])
def test_it_says_which_engine_assesses_and_why(
    forward: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "forward_can_run", lambda: forward)
    doctor()
    engine = told(capsys)["engine"]
    assert engine.startswith("forward (" if forward else "reference; ")
    assert ("durable-rules, which supports Python up to 3.12" in engine) is not forward


@pytest.mark.parametrize(("stands", "writable"), [(True, True), (False, False)])
def test_a_cache_that_cannot_be_written_is_told(
    stands: bool,
    writable: bool,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "cache"
    if stands:
        folder.mkdir()
    monkeypatch.setattr(cache, "cache_folder", lambda: folder)
    asked: list[Path] = []

    def access(path: Path, mode: int) -> bool:
        if mode != os.F_OK:
            asked.append(path)
            return writable
        return path.exists()

    monkeypatch.setattr(os, "access", access)
    shown = module._cache()
    assert asked == [folder if stands else tmp_path]
    assert shown.startswith(str(folder))
    assert ("cannot be written; rules are compiled at each" in shown) is not writable

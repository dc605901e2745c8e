"""A session of Spark says in one line why there is none, and is quiet otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from minsight.errors import BackendError
from minsight_cli.commands.screen import spark_session as module
from minsight_cli.commands.screen.spark_session import (
    _has_java,
    _java_kept_quiet,
    _started,
    _why_not_started,
    reason_of,
)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("it is cut off", "it is cut off"),
        ("\nfirst\nsecond", "first"),
        (
            "An error occurred while calling o1.load.\n: java.io.IOException: gone",
            "java.io.IOException: gone",
        ),
        ("[A_B.C] Wrong. SQLSTATE: 42K03", "Wrong."),
        (
            (
                "Job failed: Traceback (most recent call last):\n"
                '  File "x.py", line 1\nValueError: odd\n\tat java'
            ),
            "ValueError: odd",
        ),
        ("", "ValueError"),
        ("x" * 999, "x" * 300),
    ],
)
def test_the_reason_of_an_error_is_one_line(said: str, reason: str) -> None:
    assert reason_of(ValueError(said)) == reason


def test_an_old_java_is_told_apart_from_other_failures() -> None:
    old = "Exception: java.lang.UnsupportedClassVersionError: org/apache/spark"
    assert _why_not_started(ValueError("x"), old) == (
        "Spark needs Java 17 or later; `java -version` tells which is here"
    )
    assert _why_not_started(ValueError("no master"), "").startswith(
        "Spark did not start: no master; look whether the master answers"
    )


def test_java_is_looked_for_in_its_home_or_on_the_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert not _has_java()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert _has_java()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("PATH", str(java.parent))
    assert not _has_java(), "a home that is set is where it must be"


def test_without_java_it_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    monkeypatch.setattr(module, "_has_java", lambda: False)
    with pytest.raises(BackendError, match="Spark needs Java 17 or later, and there"):
        _started(None)


def test_what_java_says_is_kept_and_standard_error_comes_back(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MINSIGHT_TRACEBACK", raising=False)
    with _java_kept_quiet() as kept:
        os.write(2, b"many things")
        kept.seek(0)
        assert kept.read() == b"many things"
    os.write(2, b"ours")
    assert capfd.readouterr().err == "ours"


def test_with_a_traceback_wanted_java_is_heard(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINSIGHT_TRACEBACK", "1")
    with _java_kept_quiet() as kept:
        os.write(2, b"many things")
        assert kept.read() == b""
    assert capfd.readouterr().err == "many things"

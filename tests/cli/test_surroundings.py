"""Any width, any locale, any name of a file: all is said, and can be copied."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from command_line import CommandLine, Outcome, finished, is_one_paragraph, said
from minsight_cli.app import COMMANDS

WIDTHS: Final = (40, 200)
DEEP: Final = (
    "a folder, its name is long/so long that no line holds it/and wide: 疲れた"
)
SURVEY: Final = "id,fatigue\n1,yes\n2,green\n"
HELD: Final = "Zoë, 疲れた"
"""What no old encoding can say."""
ASCII: Final[Mapping[str, str | None]] = {"PYTHONIOENCODING": "ascii"}
POSIX: Final[Mapping[str, str | None]] = {
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}
UNKNOWN: Final[Mapping[str, str | None]] = {"LC_ALL": None, "LANG": "xx_XX.UTF-8"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose path is long, with a survey of which one row is rejected."""
    deep = tmp_path / DEEP
    deep.mkdir(parents=True)
    (deep / "my survey.csv").write_text(SURVEY, encoding="utf-8")
    monkeypatch.chdir(deep)
    return deep


# --- widths ---------------------------------------------------------------------------


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_path_of_a_run_can_be_copied(
    command: CommandLine, folder: Path, columns: int
) -> None:
    survey, out = folder / "my survey.csv", folder / "my results.csv"
    report = ("--report", str(folder / "my report.html"))
    words = ("screen", str(survey), "--output", str(out), *report)
    outcome = command.run(*words, columns=columns)
    assert (outcome.code, outcome.err) == (1, "")
    for name in ("csv", "csv.rejects", "csv.manifest.json"):
        assert whole(f"`{folder}/my results.{name}`", outcome)
    assert whole(f"`{folder}/my report.html`", outcome)
    again = command.run(*words, "--resume", columns=columns)
    assert whole(f"`{out}`", again)
    survey.write_text("id,fatigue\n", encoding="utf-8")
    verified = command.run("verify", f"{out}.manifest.json", columns=columns)
    assert verified.code == 1
    assert whole(f"`{survey}`", verified)


def whole(text: str, outcome: Outcome) -> bool:
    """Whether a text stands in one line of the output."""
    return any(text in line for line in outcome.out.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_of_a_help_stands_on_a_line_of_its_own(
    command: CommandLine, name: str
) -> None:
    examples = [
        line
        for line in command.run(name, "--help", columns=400).out.splitlines()
        if line.startswith(("  minsight ", "  echo "))
    ]
    assert examples != []
    for columns in WIDTHS:
        lines = command.run(name, "--help", columns=columns).out.splitlines()
        assert [line for line in examples if line not in lines] == []


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_option_of_a_help_is_whole(command: CommandLine, columns: int) -> None:
    wide = command.run("whatif", "--help", columns=400).out.split()
    narrow = command.run("whatif", "--help", columns=columns).out.split()
    assert narrow == wide
    assert "--start-measure" in wide


# --- locales --------------------------------------------------------------------------


CHECK: Final = ("check", "always tired", HELD, "--all")
SCREEN: Final = ("screen", "my survey.csv", "--output", "my results.csv", "--force")


@pytest.mark.parametrize(
    ("args", "env"),
    [
        (CHECK, ASCII),
        (CHECK, POSIX),
        (CHECK, UNKNOWN),
        (SCREEN, POSIX),
        (("learn", "iron", "--rules-too"), ASCII),
        (("screen", "--help"), POSIX),
    ],
)
def test_every_locale_is_told_the_same_as_far_as_it_has_the_characters(
    command: CommandLine,
    folder: Path,
    args: tuple[str, ...],
    env: Mapping[str, str | None],
) -> None:
    known = "utf-8" if env is UNKNOWN else "ascii"
    plain, outcome = command.run(*args), command.process(*args, env=env)
    assert folder == Path.cwd()
    assert outcome.code == plain.code
    assert outcome.err == plain.err == ""
    assert outcome.out == plain.out.encode(known, errors="replace").decode()


def test_a_tree_is_drawn_with_what_the_terminal_has(command: CommandLine) -> None:
    outcome = command.process("explain", "spoon nails", "--mineral", "iron", env=ASCII)
    assert (outcome.code, outcome.err) == (0, "")
    assert "`-- " in outcome.out


@pytest.mark.parametrize("env", [ASCII, POSIX], ids=["ascii", "C"])
def test_what_is_typed_is_read_as_utf8_everywhere(
    command: CommandLine, tmp_path: Path, env: Mapping[str, str | None]
) -> None:
    """And what is not UTF-8 is refused in words, and asked for again."""
    kept, typed = tmp_path / "ann.json", tmp_path / "typed"
    typed.write_bytes(b"28\nf\nm\xfcde\n" + f"tired, {HELD}\n\n\nstop\n".encode())
    with typed.open("rb") as stdin:
        words = ("interview", "--save", str(kept))
        outcome = finished(command.spawn(*words, env=env, stdin=stdin))
    assert (outcome.code, outcome.err) == (0, "")
    assert "`m?de` is not valid text; enter it as UTF-8" in said(outcome.out)
    assert json.loads(kept.read_bytes())["told"] == [f"tired, {HELD}"]


# --- names that are not text ----------------------------------------------------------

BROKEN: Final = b"caf\xe9.csv".decode(errors="surrogateescape")
"""A name of a time before UTF-8."""


def test_a_file_whose_name_is_not_text_is_told_among_the_rejects(
    command: CommandLine, folder: Path
) -> None:
    (folder / BROKEN).write_text(SURVEY, encoding="utf-8")
    outcome = command.run("screen", ".", "--output", "../out.csv")
    assert (outcome.code, outcome.err) == (1, "")
    with (folder.parent / "out.csv.rejects").open(encoding="utf-8", newline="") as file:
        rejects = {one["file"]: one for one in csv.DictReader(file)}
    assert list(rejects) == ["caf?.csv", "my survey.csv"]
    assert "rename it" in rejects["caf?.csv"]["reason"]
    assert rejects["my survey.csv"]["row"] == "2"


@pytest.mark.parametrize(
    "args",
    [
        (BROKEN, "--output", "out.csv"),
        ("my survey.csv", "--output", BROKEN),
        ("my survey.csv", "--output", "out.csv", "--rejects", BROKEN),
        ("my survey.csv", "--output", "out.csv", "--report", BROKEN),
        ("my survey.csv", "--output", "out.csv", "--map", BROKEN),
    ],
)
def test_a_run_that_could_not_name_its_files_is_refused_in_words(
    command: CommandLine, folder: Path, args: tuple[str, ...]
) -> None:
    (folder / BROKEN).write_text(SURVEY, encoding="utf-8")
    outcome = command.run("screen", *args, "--force")
    assert (outcome.code, outcome.out) == (2, "")
    assert is_one_paragraph(outcome.err)
    assert "`caf?.csv` has a name that is not valid text" in outcome.err
    assert len(list(folder.iterdir())) == 2


# --- what may not be read -------------------------------------------------------------


@pytest.fixture
def closed(folder: Path) -> Iterator[Path]:
    """A folder that nobody but root may look into, with a survey."""
    inside = folder / "closed"
    inside.mkdir()
    (inside / "one more.csv").write_text(SURVEY, encoding="utf-8")
    inside.chmod(0)
    yield inside
    inside.chmod(0o700)


def test_no_file_is_lost_in_a_folder_that_may_not_be_read(
    command: CommandLine, folder: Path, closed: Path
) -> None:
    """Root reads it; to others it is told among the rejects."""
    outcome = command.run("screen", str(folder), "--output", "../out.csv")
    assert (outcome.code, outcome.err) == (1, "")
    told = (folder.parent / "out.csv.rejects").read_text(encoding="utf-8")
    may = os.access(closed, os.R_OK)
    assert said(outcome.out).startswith(f"{4 if may else 2} rows of ")
    assert (f"`{closed}` is a folder that cannot be read" in told) == (not may)


def test_a_cache_that_may_not_be_read_harms_nothing(
    command: CommandLine, closed: Path
) -> None:
    cache: Any = {"XDG_CACHE_HOME": str(closed)}
    assert command.run("check", "fatigue", **cache) == command.run("check", "fatigue")
    outcome = command.run("doctor", **cache)
    assert (outcome.code, outcome.err) == (0, "")
    may = os.access(closed, os.W_OK)
    assert ("cannot be written" in outcome.out) == (not may)

"""A name is a name: whatever stands in it, the file of just that name is meant."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyreadstat
import pytest

import minsight
from command_line import CommandLine, one_mineral_rules
from minsight.api import Rules
from minsight.errors import FileError
from minsight.screening.runs.manifest import manifest_of, read_manifest
from minsight.screening.runs.trace import traced_subject
from minsight.screening.runs.verify import verify
from places import SMALL_RULES

NAMES: Final = (
    "data[1]",
    "d*",
    "d?ta1",
    "{data1,data2}",
    "~",
    "~root",
    "%41%20",
    "two words",
    " ",
    'it\'s "so"',
    "two\nlines",
    "-data1",
    "--force",
    "s3:",
    "file:data1",
    "year=2020",
    "$HOME",
    "d\\ata1",
    "#1",
    "[bold]x",
)
"""What a shell or a library could take for a pattern, a home, an option or an address.

As patterns, some of them mean `data1`, which stands beside them and holds others.
"""
BROKEN: Final = os.fsdecode(b"a\xff")


def table(person: str) -> pl.DataFrame:
    answers = {"itch": ["yes"], "fatigue": ["yes"]}  # of the small rules, of all
    return pl.DataFrame({"id": [person], "age": ["30"], **answers})


def as_transport(frame: pl.DataFrame, path: Path) -> None:
    pyreadstat.write_xport(frame, str(path.absolute()), file_format_version=5)


def as_lines(frame: pl.DataFrame, path: Path) -> None:
    (person,) = frame["id"]
    record = f'{{"subject_id": "{person}", "present": ["itch"]}}\n'
    path.write_text(record, encoding="utf-8")


WRITERS: Final[dict[str, Callable[[pl.DataFrame, Path], object]]] = {
    ".csv": lambda frame, path: path.write_text(frame.write_csv(), encoding="utf-8"),
    ".jsonl": as_lines,
    ".parquet": lambda frame, path: path.write_bytes(_bytes(frame.write_parquet)),
    ".xlsx": lambda frame, path: path.write_bytes(_bytes(frame.write_excel)),
    ".xpt": as_transport,
}
RESULTS: Final = (".csv", ".parquet", ".xlsx")


def _bytes(write: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, from where all names are seen."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def fill(folder: Path, name: str, ending: str) -> Path:
    """A file of this name, with two that it could be taken for beside it."""
    folder.mkdir(exist_ok=True)
    for other in ("data1", "data2"):
        WRITERS[ending](table("another"), folder / f"{other}{ending}")
    WRITERS[ending](table("meant"), folder / f"{name}{ending}")
    return folder / f"{name}{ending}"


def screened(rules: Rules, *given: Path, output: Path, **options: Any) -> list[str]:
    """Those who are in the results of a run that verifies, by their ids."""
    run = rules.screen(given, output, **options)
    inputs = [(one.name, one.assessed) for one in run.manifest.inputs]
    assert inputs == [(str(path), 1) for path in given]
    manifest = manifest_of(output)
    assert verify(read_manifest(manifest), manifest.parent, rules).is_same
    if output.suffix == ".parquet":
        frame = pl.read_parquet(output.read_bytes())
    else:
        frame = pl.read_csv(output.read_bytes())
    return frame["subject_id"].unique(maintain_order=True).to_list()


@pytest.mark.parametrize("ending", WRITERS)
def test_every_reader_takes_a_name_as_it_stands(ending: str, small: Rules) -> None:
    given = [fill(Path(), name, ending) for name in NAMES]
    assert screened(small, *given, output=Path("out.csv")) == ["meant"]


@pytest.mark.parametrize("ending", RESULTS)
def test_every_writer_takes_a_name_as_it_stands(ending: str, small: Rules) -> None:
    given = fill(Path("people"), "data1", ".csv")
    for number, name in enumerate(NAMES):
        folder = Path(str(number))
        folder.mkdir()
        small.screen(given, folder / f"{name}{ending}", rejects=folder / f"{name}.no")
        made = {path.name for path in folder.iterdir()}
        assert made == {f"{name}{ending}", f"{name}{ending}.manifest.json"}


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_is_of_just_that_name(name: str, small: Rules) -> None:
    """Inputs, parts of several inputs, results and map in a folder of that name."""
    fill(Path("data1"), "in1", ".parquet")
    folder = Path(name)
    folder.mkdir()
    given = [folder / f"in{number}.parquet" for number in (1, 2)]
    for path in given:
        WRITERS[".parquet"](table(path.stem), path)
    mapped = folder / "map.yaml"
    mapped.write_text("id: id\nothers: by_name\n", encoding="utf-8")
    out = folder / "out.parquet"
    assert screened(small, *given, output=out, map=mapped) == ["in1", "in2"]
    again = small.screen(given, out, map=mapped, resume=True)
    assert again.skipped == 2
    assert traced_subject(out, "in2", small).subject_id == "in2"


@pytest.mark.parametrize("name", ["-data1", "~[1]*"])
def test_names_on_the_command_line(name: str, command: CommandLine) -> None:
    one_mineral_rules(Path(name))
    given = fill(Path("people"), "data1", ".csv").replace(f"{name}.csv")
    options = [f"--rules={name}", f"--output={name}.tsv", f"--report={name}.html"]
    outcome = command.run("screen", *options, "--", str(given))
    assert outcome.code == 0, outcome.err
    assert Path(f"{name}.html").stat().st_size > 1_000
    assert command.run("verify", "--", f"{name}.tsv.manifest.json").code == 0
    drafted = command.run("map", f"--output={name}.yaml", "--", str(given))
    assert (drafted.code, Path(f"{name}.yaml").is_file()) == (0, True)


def test_what_has_a_name_that_is_no_text_is_refused_before_the_work(
    small: Rules,
) -> None:
    """Results and manifests are text and could not name it."""
    given, broken = (fill(Path(), name, ".csv") for name in ("data1", BROKEN))
    shutil.copytree(SMALL_RULES, BROKEN)
    ways: list[tuple[Rules, Path, str, dict[str, Any]]] = [
        (small, broken, "out.csv", {}),
        (small, given, f"{BROKEN}.parquet", {}),
        (small, given, "out.csv", {"rejects": f"{BROKEN}.rejects"}),
        (small, given, "out.csv", {"map": f"{BROKEN}.yaml"}),
        (minsight.load(BROKEN), given, "out.csv", {}),
    ]
    for rules, file, output, options in ways:
        with pytest.raises(FileError, match="is not valid text here"):
            rules.screen(file, output, **options)
        assert not Path("out.csv").exists()

"""The walk of `docs/screening.md`: from an export of a survey to whom to see.

Its commands are run for the page, on the made-up survey in `examples/`.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from command_line import CommandLine
from places import ROOT

PAGE: Final = ROOT / "docs" / "screening.md"
BEGINS: Final = "<!-- The walk: `make golden` writes it by `tests/support/walk.py`. -->"
ENDS: Final = "<!-- The end of the walk. -->"
SURVEY: Final = "antenatal_redcap.csv"
DICTIONARY: Final = "antenatal_redcap_dictionary.csv"
MAP: Final = "antenatal.map.yaml"
RESULTS: Final = "results.csv"
DRAFT: Final = ("map", SURVEY, "--codebook", DICTIONARY, "--output", MAP)
CHECK: Final = ("map", SURVEY, "--check", MAP)
SCREEN: Final = (
    "screen", SURVEY, "--map", MAP, "--output", RESULTS, "--report", "report.html",
    "--by", "village",
)  # fmt: skip
_LISTED: Final = ("subject_id", "age", "urgency", "reported", "cells")

_OPENING: Final = f"""\
## A walk: from an export of REDCap to whom to see

A district asks women at antenatal visits with a form of REDCap. The files of this walk,
[{SURVEY}](../examples/{SURVEY}) and its
[data dictionary](../examples/{DICTIONARY}),
are made up. First a map is drafted:
"""
_MAP: Final = """\
It is a text file to look over. Here the dictionary says what the codes mean, that the
haemoglobin is in g/dL, and that `interviewer_sex` is not the sex of the woman:

```yaml
{}```

Where a line is wrong, change it; what should not be read, list under `ignored`. Then
see what each column becomes, before anybody is assessed:
"""
_SCREEN: Final = """\
Nothing would be rejected: `<5` counts as what it proves, `clotted` and `-99` are no
values. Now everybody is assessed:
"""
_WHOM: Final = f"""\
Who should be seen stands in `{RESULTS}.urgent.csv`, the most urgent first, with what
was reported and the cell that it stood in (some of its columns):
"""
_CLOSING: Final = """\
One woman is told as "not judged": she went home before the form was filled in, and not
all that was written of her was understood. Look at her row; it is no "all is well". The
report in `report.html` opens without a network, counts by village, and says what was
not understood and how good the data are. Keep the results, the list and the report as
you keep the survey itself: they name people. `minsight verify
results.csv.manifest.json` says later whether the files are still those of this run.
"""


@cache
def as_section() -> str:
    """The section, with what every command prints."""
    with TemporaryDirectory() as cache, _in_folder() as folder:
        command = CommandLine(Path(cache))
        drafted, checked = _run(command, DRAFT), _run(command, CHECK)
        written = (folder / MAP).read_text(encoding="utf-8")
        screened = _run(command, SCREEN)
        listed = _table(folder / f"{RESULTS}.urgent.csv")
    parts = (
        _OPENING, drafted, _MAP.format(written), checked, _SCREEN, screened, _WHOM,
        listed, _CLOSING,
    )  # fmt: skip
    return "\n".join((BEGINS, *parts, ENDS))


def as_page() -> str:
    """The page with the walk between its marks."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{as_section()}{after}"


@contextmanager
def _in_folder() -> Iterator[Path]:
    """A folder of its own with the survey, in which commands are run."""
    before = Path.cwd()
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file in (SURVEY, DICTIONARY):
            shutil.copy(ROOT / "examples" / file, folder)
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)


def _run(command: CommandLine, words: tuple[str, ...]) -> str:
    """A command and what it prints, as a block."""
    outcome = command.run(*words)
    printed = (outcome.out + outcome.err).strip("\n")
    return f"```console\n$ minsight {' '.join(words)}\n{printed}\n```\n"


def _table(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[row[name] for name in _LISTED] for row in csv.DictReader(file)]
    cells = [[re.sub(r"([|<])", r"\\\1", cell) for cell in row] for row in rows]
    lines = [_LISTED, ["---"] * len(_LISTED), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"

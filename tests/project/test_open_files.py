"""Libraries get open files, never names: they read more into a name than there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from places import ROOT

_READS_OR_WRITES: Final = re.compile(
    r"(scan|read|sink|write)_(csv|parquet|ipc|ndjson|json|excel|ods|delta|xport|sav"
    r"|parquet_schema|parquet_metadata)|Workbook|copyfile"
)
"""Calls that would take a name, whatever object they are called on."""
_HERE: Final = {
    "questions/xlsform.py": {"Workbook"},  # of bytes
    "screening/sources/delimited.py": {"scan_csv"},  # of bytes
    "screening/sources/codebooks.py": {"read_excel"},  # of bytes
    "screening/sources/tables.py": {
        "read_parquet_schema", "read_xport", "scan_parquet",
    },
    "screening/sources/workbooks.py": {"read_excel"},  # of bytes
    "screening/sinks/excel.py": {"Workbook"},
    "screening/sinks/parquet.py": {
        "copyfile", "read_parquet", "scan_parquet", "sink_parquet", "write_parquet",
    },
    "screening/sinks/tables.py": {"write_csv"},
}  # fmt: skip
"""The modules where libraries read and write, and what tests/screening/test_names.py
tries there. Whoever adds a call hands it an open file and tries it too."""


def test_only_a_few_modules_let_libraries_read_and_write() -> None:
    found: dict[str, set[str]] = {}
    for name, call in _calls(ROOT / "engine", ROOT / "cli"):
        if "/spark/" not in name:  # which reads where it runs, not here
            found.setdefault(name, set()).add(call)
    expected = {f"engine/minsight/{k}": calls for k, calls in _HERE.items()}
    assert expected == found


def _calls(*folders: Path) -> Iterator[tuple[str, str]]:
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "attr", "")
            if name and _READS_OR_WRITES.fullmatch(name):
                yield path.relative_to(ROOT).as_posix(), name

"""Codebooks: what a program keeps beside its data, of columns and of their codes.

A data dictionary of REDCap and an XLSForm are files of their own; SPSS and Stata keep
labels in the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from minsight.errors import FileError, missing_extra
from minsight.files.regular import bytes_of
from minsight.screening.sources.workbooks import refuse_huge

_FIELD: Final = "variable / field name"
_CHOICES: Final = "choices, calculations, or slider labels"
_SELECT: Final = re.compile(r"select_(?:one|multiple)\s+(\S+)")
_YES_NO: Final = {
    "yesno": {"1": "Yes", "0": "No"},
    "truefalse": {"1": "True", "0": "False"},
}


class Coded(msgspec.Struct, frozen=True):
    """What a column asks, what each code in it means, and what is noted of it."""

    label: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    note: str = ""


class Codebook(msgspec.Struct, frozen=True):
    """What columns ask, by their names in lower case."""

    columns: Mapping[str, Coded] = {}

    def of(self, name: str) -> Coded:
        """What the column asks; one of a single choice asks for that.

        REDCap calls such columns `symptoms___2`, forms of ODK `symptoms/pale`.
        """
        key = name.lower()
        for known in (key, key.rpartition("/")[2], key.rpartition("-")[2]):
            if known in self.columns:
                return self.columns[known]
        for between in ("___", "/", "."):
            question, found, code = key.rpartition(between)
            asked = self.columns.get(question.rpartition("/")[2]) if found else None
            choice = dict(asked.codes).get(code) if asked else None
            if asked and choice:
                return Coded(f"{asked.label} (choice={choice})")
        return Coded()


def codebook_of(path: Path) -> Codebook:
    """The codebook of a file: a data dictionary of REDCap, or an XLSForm.

    Raises:
        FileError: when it cannot be read, or is neither.
    """
    try:
        raw = bytes_of(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot read the codebook `{path}`: {reason}") from None
    if raw.startswith(b"PK\x03\x04"):
        return _of_xlsform(raw, str(path))
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig", "replace"))))
    named = [
        {(k or "").strip().lower(): v or "" for k, v in r.items() if k} for r in rows
    ]
    if not named or _FIELD not in named[0]:
        raise FileError(
            f"`{path}` is no data dictionary of REDCap and no XLSForm; save it as it"
            " comes from the program"
        )
    return Codebook({row[_FIELD].strip().lower(): _of_field(row) for row in named})


def _of_field(row: Mapping[str, str]) -> Coded:
    kind = row.get("field type", "").strip().lower()
    codes = _YES_NO.get(kind) or dict(_pairs(row.get(_CHOICES, "")))
    label, note = (_plain(row.get(f"field {what}", "")) for what in ("label", "note"))
    return Coded(label, tuple(codes.items()), note)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Codes and labels, written `1, Never | 2, Often`."""
    for part in text.split("|"):
        code, between, label = part.partition(",")
        if between and label.strip():
            yield code.strip().lower(), _plain(label)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def _of_xlsform(raw: bytes, name: str) -> Codebook:
    try:
        import fastexcel
    except ImportError:
        raise missing_extra(f"`{name}`", "excel") from None
    refuse_huge(io.BytesIO(raw), name)
    try:
        book = fastexcel.read_excel(raw)
    except fastexcel.FastExcelError:
        raise FileError(f"`{name}` is damaged, or is no workbook") from None
    if not {"survey", "choices"} <= set(book.sheet_names):
        raise FileError(
            f"`{name}` has no sheets `survey` and `choices`, as XLSForms do"
        )
    survey, choices = (
        book.load_sheet(sheet, dtypes="string").to_polars().rows(named=True)
        for sheet in ("survey", "choices")
    )
    lists: dict[str, list[tuple[str, str]]] = {}
    for row in choices:
        code = (row.get("name") or row.get("value") or "").strip().lower()
        lists.setdefault((row.get("list_name") or "").strip(), []).append(
            (code, _label(row))
        )
    return Codebook(
        {
            (row.get("name") or "").strip().lower(): Coded(
                _label(row), tuple(_chosen(row.get("type") or "", lists))
            )
            for row in survey
            if row.get("name")
        }
    )


def _label(row: Mapping[str, str | None]) -> str:
    found = next((k for k in row if k.lower().startswith("label")), None)
    return _plain(row[found] or "") if found else ""


def _chosen(
    kind: str, lists: Mapping[str, Sequence[tuple[str, str]]]
) -> Sequence[tuple[str, str]]:
    match = _SELECT.match(kind.strip())
    return lists.get(match[1], ()) if match else ()

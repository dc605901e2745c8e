"""Tables over HTTP: people by the thousand, as lines that come while they are read."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, Final

import msgspec
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from minsight.api import Rules
from minsight.errors import FileError, MinsightError
from minsight_cli.serving.replying import GUARDED, RefusalError
from minsight_cli.serving.settings import ServeSettings
from minsight_cli.serving.work import WorkThreads, read_body

ENDING_OF: Final = {
    "text/csv": ".csv",
    "application/json": ".json",
    "application/fhir+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
}
"""What a file of people is called, by the kind of the body."""
NDJSON: Final = "application/x-ndjson"
SCREEN: Final = "/api/screen"
_AT_ONCE: Final = 1 << 16


class ScreenReject(msgspec.Struct, frozen=True):
    """A row that was not assessed: which, where in it, and why."""

    row: int | None
    column: str
    value: str
    reason: str


class ScreenEnd(msgspec.Struct, frozen=True):
    """The last line: without it, the answer is not whole."""

    rows: int
    assessed: int
    rejected: int
    version: str
    fingerprint: str


async def screen_table(
    request: Request, rules: Rules, work: WorkThreads, settings: ServeSettings
) -> Response:
    """The assessment records of a table, its rejects, and what it came to.

    Raises:
        RefusalError: when the table is too large, too slow, or none that can be read.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    keep_going = request.query_params.get("keep_going") == "true"
    with TemporaryFile() as given:
        await read_body(request, given.write, settings, is_upload=True)
        make = partial(
            _screened,
            rules,
            given,
            ending=ENDING_OF.get(kind, ".csv"),
            keep_going=keep_going,
        )
        try:
            made = await work.done(make, is_long=True)
        except MinsightError as error:
            what, _, advice = str(error).rpartition("; ")
            raise RefusalError(
                422,
                what or advice,
                advice=advice if what else "see docs/screening.md for what is read",
                where="body",
            ) from None
    pieces = iterate_in_threadpool(_pieces(made))
    return StreamingResponse(pieces, media_type=NDJSON, headers=GUARDED)


def _pieces(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while piece := made.read(_AT_ONCE):
            yield piece


def _screened(
    rules: Rules, given: IO[bytes], *, ending: str, keep_going: bool
) -> IO[bytes]:
    """The whole answer, in a file without a name, ready to be read."""
    with TemporaryDirectory(prefix="minsight-") as folder:
        people = Path(folder) / f"people{ending}"
        given.seek(0)
        with people.open("wb") as copy:
            while piece := given.read(_AT_ONCE):
                copy.write(piece)
        output, aside = Path(folder) / "records.jsonl", Path(folder) / "rejects.csv"
        try:
            run = rules.screen(
                people,
                output,
                rejects=aside,
                urgent_list=False,
                keep_going=keep_going,
            )
        except MinsightError as error:
            told = str(error).replace(f"{Path(folder)}{os.sep}", "")
            raise FileError(told) from None
        end = ScreenEnd(
            rows=run.manifest.rows,
            assessed=run.manifest.assessed,
            rejected=run.manifest.rejected,
            version=rules.version,
            fingerprint=rules.fingerprint,
        )
        made = TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
        _copy(output, made)
        for reject in _rejects(aside):
            _line(made, {"reject": reject})
        _line(made, {"end": end})
        made.seek(0)
        return made


def _copy(path: Path, made: IO[bytes]) -> None:
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            made.write(piece)


def _line(made: IO[bytes], value: Any) -> None:
    made.write(msgspec.json.encode(value) + b"\n")


def _rejects(aside: Path) -> Iterator[ScreenReject]:
    if not aside.exists():
        return
    with aside.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            row = int(cells["row"]) if cells["row"] else None
            yield ScreenReject(row, cells["column"], cells["value"], cells["reason"])

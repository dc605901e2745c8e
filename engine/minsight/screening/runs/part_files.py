"""Part files: what is kept in a folder of an input, or of some that are read as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Final, TypeAlias

import msgspec
import polars as pl

from minsight.screening.pipeline import Screened
from minsight.screening.rejects import BETWEEN_FILES, Reject
from minsight.screening.rows import ROW
from minsight.screening.runs.unread import UnreadPhrases
from minsight.screening.sinks import files_of, write_part
from minsight.screening.summary.tally import Tally

_ABOUT: Final = "about.json"
_TALLY: Final = "tally.json"
_WHOM: Final = "whom-"
Keep: TypeAlias = Callable[[pl.DataFrame], object]
"""Takes the results of one batch after another."""


class Held(msgspec.Struct, frozen=True):
    """An input, known by name and content, and what became of its rows."""

    name: str
    digest: str
    assessed: int = 0
    rejected: int = 0


class _About(msgspec.Struct, frozen=True):
    """Why an input was not read to its end, and how much its part holds."""

    problem: str
    rows: int
    inputs: tuple[Held, ...]


class FinishedPart(msgspec.Struct, frozen=True):
    """The finished part of one input, or of some that were read as one."""

    folder: Path

    @property
    def results(self) -> list[Path]:
        """The Parquet files of the results, in order."""
        return files_of(self.folder)

    @property
    def assessments(self) -> Path:
        """The full assessments, a line each."""
        return self.folder / "assessments.jsonl"

    @property
    def rejected(self) -> Path:
        """The rejected rows, a line each."""
        return self.folder / "rejects.jsonl"

    @property
    def rejects(self) -> Iterator[Reject]:
        """The rejected rows, in order."""
        with self.rejected.open("rb") as lines:
            for line in lines:
                yield msgspec.json.decode(line, type=Reject)

    @property
    def whom(self) -> list[Path]:
        """The Parquet files of the urgent people, in order, if a list was wanted."""
        return sorted(self.folder.glob(f"{_WHOM}*.parquet"))

    @property
    def unread(self) -> Path:
        """The counts of what was not understood, if they were wanted."""
        return self.folder / "unread.sqlite"

    @property
    def problem(self) -> str:
        """Why the input was not read to its end."""
        return self._about.problem

    @property
    def rows(self) -> int:
        """How many rows of results it holds."""
        return self._about.rows

    @property
    def persons(self) -> int:
        """How many persons these rows are of."""
        return sum(one.assessed for one in self.inputs)

    @property
    def inputs(self) -> tuple[Held, ...]:
        """The inputs, in their order."""
        return self._about.inputs

    @property
    def tally(self) -> Tally:
        return Tally.from_json((self.folder / _TALLY).read_bytes())

    @property
    def _about(self) -> _About:
        return msgspec.json.decode((self.folder / _ABOUT).read_bytes(), type=_About)


class PartWriter:
    """Writes what becomes of one input, or of some read as one, into a folder."""

    def __init__(
        self,
        folder: Path,
        inputs: Sequence[Held],
        results: Keep,
        assessments: IO[bytes],
        rejects: IO[bytes],
        unread: UnreadPhrases | None,
    ) -> None:
        self._folder, self._inputs, self._unread = folder, inputs, unread
        self._results, self._assessments, self._rejects = results, assessments, rejects
        self._problem = ""
        self._tally = Tally()
        self._assessed, self._rejected = Counter[str](), Counter[str]()
        self._rows = self._lists = 0
        self.part: FinishedPart | None = None
        """What was written, once it is whole."""

    @property
    def has_failed(self) -> bool:
        """Whether the input was not read to its end."""
        return bool(self._problem)

    def add(self, screened: Screened, *others: Screened) -> None:
        """Keep a batch, or several of which the rows are among each other."""
        every = (screened, *others)
        if others:
            screened = in_order(every, [one.name for one in self._inputs])
        self._results(self._in_files(screened.results))
        self._rows += screened.results.height
        self._assessments.writelines(screened.records)
        self._reject(screened.rejects)
        if screened.whom.height:
            name = f"{_WHOM}{self._lists:06d}.parquet"
            write_part(self._in_files(screened.whom), self._folder / name)
            self._lists += 1
        for one in every:
            self._count(one)
            self._tally.add(one)
            if self._unread is not None:
                self._unread.add(one.unread)

    def fail(self, name: str, problem: str) -> None:
        """Say that the input ends here because it is damaged."""
        reject = Reject(name, None, "", "", problem)
        self._reject([reject])
        self._problem = problem
        self._tally.reject_file(reject)

    def close(self) -> None:
        """Write what is known at the end."""
        self._tally.files += 0 if self._problem else len(self._inputs)
        inputs = tuple(
            Held(
                one.name, one.digest, self._assessed[one.name], self._rejected[one.name]
            )
            for one in self._inputs
        )
        about = _About(self._problem, self._rows, inputs)
        (self._folder / _ABOUT).write_bytes(msgspec.json.encode(about))
        (self._folder / _TALLY).write_bytes(self._tally.to_json())

    def _count(self, screened: Screened) -> None:
        rejected = {(one.file, one.row) for one in screened.rejects}
        persons = screened.results[ROW].unique()
        if len(self._inputs) == 1:
            self._assessed[self._inputs[0].name] += len(persons)
            self._rejected[self._inputs[0].name] += len(rejected)
            return
        self._rejected.update(file for file, _ in rejected)
        for place, number in (persons // BETWEEN_FILES).value_counts().iter_rows():
            self._assessed[self._inputs[place].name] += number

    def _in_files(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows, each with its number in its own file."""
        if len(self._inputs) == 1:
            return rows
        return rows.with_columns(pl.col(ROW) % BETWEEN_FILES)

    def _reject(self, rejects: Iterable[Reject]) -> None:
        self._rejects.writelines(msgspec.json.encode(one) + b"\n" for one in rejects)


def in_order(every: Sequence[Screened], names: Sequence[str]) -> Screened:
    """The rows of several tables of files of these names, in the order of the files.

    It has what is written of them: results, rejects, records and whom to see.
    """
    place = {name: number for number, name in enumerate(names)}
    lines = [
        line
        for one in every
        for line in b"".join(one.records).splitlines(keepends=True)
    ]
    persons = pl.concat(one.results[ROW].unique(maintain_order=True) for one in every)
    rejects = (reject for one in every for reject in one.rejects)
    return msgspec.structs.replace(
        every[0],
        results=pl.concat(one.results for one in every).sort(ROW, maintain_order=True),
        rejects=tuple(sorted(rejects, key=lambda r: (place[r.file], r.row))),
        records=[lines[n] for n in persons.arg_sort()] if lines else (),
        whom=pl.concat(one.whom for one in every).sort(ROW),
    )

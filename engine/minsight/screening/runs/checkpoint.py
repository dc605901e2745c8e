"""Parts: what is finished of a run that is not, file by file, in a folder of its own.

Each input that was screened to its end leaves one folder here, which appears under its
name only when it is whole. When all are there, the outputs are put together from them
and take their places. A run that is killed leaves this folder and nothing else; the
next one goes on from it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Final, TypeAlias

import msgspec
import polars as pl

from minsight.assessment.record import assessment_json
from minsight.screening.pipeline import Screened
from minsight.screening.rejects import Reject
from minsight.screening.sinks import files_of
from minsight.screening.summary.tally import Tally

_KEY: Final = "key"
_REJECTS: Final = "rejects.jsonl"
_PUBLISHING: Final = "publishing"
_FINISHED: Final = "part-"
_UNFINISHED: Final = "unfinished-"
Keep: TypeAlias = Callable[[pl.DataFrame], object]
"""Takes the results of one batch after another."""


class FinishedPart(msgspec.Struct, frozen=True):
    """The finished part of one input."""

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
    def rejects(self) -> Iterator[Reject]:
        """The rejected rows, in order."""
        with (self.folder / _REJECTS).open("rb") as lines:
            for line in lines:
                yield msgspec.json.decode(line, type=Reject)

    @property
    def problem(self) -> str:
        """Why the input was not read to its end."""
        return (self.folder / "problem").read_text(encoding="utf-8")

    @property
    def tally(self) -> Tally:
        return Tally.from_json((self.folder / "tally.json").read_bytes())


class PartWriter:
    """Writes what becomes of one input into a folder."""

    def __init__(
        self, folder: Path, results: Keep, assessments: IO[str], rejects: IO[bytes]
    ) -> None:
        self._folder = folder
        self._results, self._assessments, self._rejects = results, assessments, rejects
        self._problem = ""
        self._tally = Tally()

    def add(self, screened: Screened) -> None:
        """Keep a batch."""
        self._results(screened.results)
        for _, assessment in screened.assessments:
            self._assessments.write(assessment_json(assessment) + "\n")
        self._reject(screened.rejects)
        self._tally.add(screened)

    def fail(self, name: str, problem: str) -> None:
        """Say that the input ends here because it is damaged."""
        reject = Reject(name, None, "", "", problem)
        self._reject([reject])
        self._problem = problem
        self._tally.reject_file(reject)

    def close(self) -> None:
        """Write what is known at the end."""
        self._tally.files += not self._problem
        (self._folder / "problem").write_text(self._problem, encoding="utf-8")
        (self._folder / "tally.json").write_bytes(self._tally.to_json())

    def _reject(self, rejects: Iterable[Reject]) -> None:
        self._rejects.writelines(msgspec.json.encode(one) + b"\n" for one in rejects)


class FinishedParts:
    """The folder of an unfinished run.

    `key` stands for all that decides its parts. `waiting` gives the place in a folder
    where the results of an input wait.
    """

    def __init__(
        self,
        folder: Path,
        key: str,
        waiting: Callable[[Path], AbstractContextManager[Keep]],
    ) -> None:
        self.folder = folder
        self._key, self._waiting = key, waiting

    @property
    def exists(self) -> bool:
        """Whether an earlier run left something finished."""
        return any(self.folder.glob(f"{_FINISHED}*"))

    @property
    def is_of_this_run(self) -> bool:
        """Whether there is something of a run with the same rules, map and options."""
        kept = self.folder / _KEY
        return kept.is_file() and kept.read_text(encoding="utf-8") == self._key

    @property
    def is_publishing(self) -> bool:
        """Whether outputs had begun to take their places."""
        return (self.folder / _PUBLISHING).exists()

    def begin(self, *, resume: bool) -> None:
        """Make the folder; what is in it stays only to resume the same run."""
        if self.folder.exists() and not (resume and self.is_of_this_run):
            shutil.rmtree(self.folder)
        self.folder.mkdir(exist_ok=True)
        (self.folder / _KEY).write_text(self._key, encoding="utf-8")
        for left in self.folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left)

    def find(self, name: str, digest: str) -> FinishedPart | None:
        """The part of an input, if it is finished."""
        folder = self._folder_of(name, digest)
        return FinishedPart(folder) if folder.exists() else None

    @contextmanager
    def writing(self, name: str, digest: str) -> Iterator[PartWriter]:
        """A part to fill, which is there when all went well, and else not at all."""
        folder = self._folder_of(name, digest)
        unfinished = folder.with_name(_UNFINISHED + folder.name)
        unfinished.mkdir()
        part = FinishedPart(unfinished)
        with (
            self._waiting(unfinished) as results,
            part.assessments.open("w", encoding="utf-8", newline="\n") as assessments,
            (unfinished / _REJECTS).open("wb") as rejects,
        ):
            writer = PartWriter(unfinished, results, assessments, rejects)
            yield writer
            writer.close()
        unfinished.rename(folder)

    def publish(self, made: Mapping[Path, Path]) -> None:
        """Let files of this folder take their places, in order; then it is gone.

        What is not there is removed at its place: it would be of an earlier run.
        """
        (self.folder / _PUBLISHING).touch()
        for target, path in made.items():
            if path.exists():
                path.replace(target)
            else:
                target.unlink(missing_ok=True)
        self.discard()

    def discard(self) -> None:
        """Leave nothing of the folder."""
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def discard_if_empty(self) -> None:
        """Leave no folder of a run of which nothing was finished."""
        if not self.exists:
            self.discard()

    def _folder_of(self, name: str, digest: str) -> Path:
        hashed = hashlib.sha256(f"{digest}\n{name}".encode(errors="surrogateescape"))
        return self.folder / f"{_FINISHED}{hashed.hexdigest()[:32]}"

"""Checkpoint: what is finished of a run that is not, in a folder of its own.

Each input that was screened to its end leaves one folder here, which appears under its
name only when it is whole; small ones that were read as one leave one together. When
all are there, the outputs are put together from them and take their places. A run that
is killed leaves this folder, and beside outputs that stand elsewhere what was ready of
them; the next one goes on from it or tidies it up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec

from minsight.errors import FileError, Remedy
from minsight.screening.runs.manifest import relative
from minsight.screening.runs.part_files import FinishedPart, Held, Keep, PartWriter
from minsight.screening.runs.unread import unread_phrases

_KEY: Final = "key"
_TARGETS: Final = "targets.json"
_WORDS: Final = "words"
_PUBLISHING: Final = "publishing"
_FINISHED: Final = "part-"
_FAILED: Final = "failed-"
_UNFINISHED: Final = "unfinished-"
_AT_ONCE: Final = 1 << 20


class FinishedParts:
    """The folder of an unfinished run.

    `targets` are what it writes, in the order of publishing. `key` stands for all that
    decides its parts. `waiting` gives the place in a folder where the results of an
    input wait. `words` stand for the list that they are read with; with `unread`, what
    is not understood is counted.
    """

    def __init__(
        self,
        folder: Path,
        key: str,
        waiting: Callable[[Path], AbstractContextManager[Keep]],
        targets: Sequence[Path],
        *,
        words: str = "",
        unread: bool = False,
    ) -> None:
        self._words, self._unread = words, unread
        self.folder = folder
        self._key, self._waiting, self._targets = key, waiting, targets

    @property
    def exists(self) -> bool:
        """Whether an earlier run left something finished."""
        return any(self.folder.glob(f"{_FINISHED}*"))

    @property
    def is_of_this_run(self) -> bool:
        """Whether there is something of a run with the same rules, map and options."""
        kept = self.folder / _KEY
        return kept.is_file() and kept.read_text(encoding="utf-8") == self._key

    def is_publishing(self, target: Path) -> bool:
        """Whether an earlier run had begun to let this output take its place."""
        begun = (self.folder / _PUBLISHING).exists()
        return begun and _absolute(target) in self._earlier_targets()

    def refuse_other_words(self, output: Path) -> None:
        """Refuse to go on from what was read with another list, which looks alike.

        Raises:
            FileError: when the earlier run read other words.
        """
        kept = self.folder / _WORDS
        words = kept.read_text(encoding="utf-8") if kept.is_file() else ""
        if self.exists and words != self._words:
            raise FileError(
                f"the earlier run of `{output}` was read with another word list;"
                f" give the same list, or {Remedy.START_ANEW}"
            )

    def begin(self, *, resume: bool) -> None:
        """Make the folder; what is in it stays only to resume the same run."""
        self._clear_staged(self._earlier_targets())
        if self.folder.exists() and not (resume and self.is_of_this_run):
            shutil.rmtree(self.folder)
        self.folder.mkdir(exist_ok=True)
        for left in (_UNFINISHED, _FAILED):
            for folder in self.folder.glob(f"{left}*"):
                shutil.rmtree(folder)
        (self.folder / _KEY).write_text(self._key, encoding="utf-8")
        (self.folder / _WORDS).write_text(self._words, encoding="utf-8")
        names = [relative(target, self.folder) for target in self._targets]
        (self.folder / _TARGETS).write_bytes(msgspec.json.encode(names))

    def find(self, name: str, digest: str) -> FinishedPart | None:
        """The part of which an input is the first, if it is finished."""
        folder = self._folder_of(name, digest)
        return FinishedPart(folder) if folder.exists() else None

    @contextmanager
    def writing(
        self, name: str, digest: str, *, beside: Sequence[Held] = ()
    ) -> Iterator[PartWriter]:
        """A part to fill, which is finished when all went well, and else not at all.

        The inputs `beside` are those that are read as one with the first. What there
        was of a first one beside others is gone.
        That of an input that was not read to its end is for this run alone: what failed
        may not fail again.
        """
        folder = self._folder_of(name, digest)
        if folder.exists():
            shutil.rmtree(folder)
        unfinished = folder.with_name(_UNFINISHED + folder.name)
        unfinished.mkdir()
        part = FinishedPart(unfinished)
        with (
            self._waiting(unfinished) as results,
            part.assessments.open("wb") as assessments,
            part.rejected.open("wb") as rejects,
            unread_phrases(part.unread) if self._unread else nullcontext() as unread,
        ):
            inputs = (Held(name, digest), *beside)
            writer = PartWriter(
                unfinished, inputs, results, assessments, rejects, unread
            )
            yield writer
            writer.close()
        failed = folder.with_name(_FAILED + folder.name)
        writer.part = FinishedPart(failed if writer.has_failed else folder)
        unfinished.rename(writer.part.folder)

    # --- outputs ----------------------------------------------------------------------

    def staged(self, target: Path) -> Path:
        """Where an output waits until it takes its place, on the same file system."""
        if target.parent.resolve() == self.folder.parent.resolve():
            return self.folder / f"new-{target.name}"
        return target.with_name(f".{target.name}.new")

    def publish(self) -> None:
        """Let the outputs take their places, the last of them last.

        What was not made is removed at its place: it would be of an earlier run. So is
        the last one before the first is moved, as it tells of the others. A run that is
        killed on the way is known by its note, and is put right when it is resumed.
        """
        (self.folder / _PUBLISHING).touch()
        self._targets[-1].unlink(missing_ok=True)
        for target in self._targets:
            if self.staged(target).exists():
                self.staged(target).replace(target)
            else:
                target.unlink(missing_ok=True)
        self.discard()

    def discard(self) -> None:
        """Leave nothing of the folder, nor of what waits elsewhere."""
        self._clear_staged(self._targets)
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def discard_if_empty(self) -> None:
        """Leave nothing of a run of which nothing was finished."""
        if self.exists:
            self._clear_staged(self._targets)
        else:
            self.discard()

    def _clear_staged(self, targets: Iterable[Path]) -> None:
        for target in targets:
            self.staged(target).unlink(missing_ok=True)

    def _earlier_targets(self) -> list[Path]:
        """What the run that left the folder was to write."""
        try:
            raw = (self.folder / _TARGETS).read_bytes()
            names = msgspec.json.decode(raw, type=list[str])
        except (OSError, msgspec.DecodeError):  # killed before it was written whole
            return []
        return [_absolute(self.folder / name) for name in names]

    def _folder_of(self, name: str, digest: str) -> Path:
        hashed = hashlib.sha256(f"{digest}\n{name}".encode(errors="surrogateescape"))
        return self.folder / f"{_FINISHED}{hashed.hexdigest()[:32]}"


def joined_lines(parts: Sequence[Path], target: Path) -> int:
    """Files of lines as one; gives how many lines it has.

    A single file gets a second name, where the system has such, instead of a copy.
    """
    # What stood here may be the other name of a part, which must not be written to.
    target.unlink(missing_ok=True)
    if len(parts) == 1 and _is_linked(parts[0], target):
        return sum(piece.count(b"\n") for piece in _pieces(target))
    lines = 0
    with target.open("wb") as joined:
        for piece in chain.from_iterable(map(_pieces, parts)):
            joined.write(piece)
            lines += piece.count(b"\n")
    return lines


def _is_linked(part: Path, target: Path) -> bool:
    """Whether the file got this name as well."""
    try:
        target.hardlink_to(part)
    except OSError:
        return False
    return True


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(_AT_ONCE):
            yield piece


def _absolute(path: Path) -> Path:
    """The path from the root, without looking where links lead."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` follows links

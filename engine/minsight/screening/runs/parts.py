"""Parts: the inputs of a run from first to last, each in a part that is finished.

What an earlier run finished is taken as it is. Small files that follow each other are
screened together, into one part; any other input has a part of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from minsight.errors import FileError, quoted
from minsight.screening.pipeline import Screened, Screening
from minsight.screening.prefetch import ahead
from minsight.screening.rejects import Reject
from minsight.screening.rows import ROW
from minsight.screening.runs.checkpoint import FinishedParts
from minsight.screening.runs.manifest import File, digest_in, file_of
from minsight.screening.runs.part_files import FinishedPart, Held
from minsight.screening.sinks import read_part
from minsight.screening.sources.source import Source

FEWEST: Final = 5
"""Of fewer small files each is finished by itself, which costs a tenth of a second."""
Watch: TypeAlias = Callable[[str, Iterator[Screened]], Iterator[Screened]]
"""Hands the batches of a named file, or of several, on, and sees them pass."""


def unwatched(name: str, batches: Iterator[Screened]) -> Iterator[Screened]:
    """Hand the batches on."""
    del name
    return batches


class InputParts:
    """Makes the parts of some sources, or finds them made.

    `skipped` is how many inputs were finished by an earlier run.
    """

    def __init__(  # what a run has, each by its name
        self,
        sources: Sequence[Source],
        screening: Screening,
        kept: FinishedParts,
        *,
        base: Path,
        fail_fast: bool = False,
        watch: Watch = unwatched,
    ) -> None:
        self._sources, self._screening, self._kept = sources, screening, kept
        self._base, self._fail_fast, self._watch = base, fail_fast, watch
        self._files: dict[int, File] = {}
        self._alone: set[int] = set()
        """The places of inputs that are joined to no other."""
        self.skipped = 0

    def all(self) -> Iterator[tuple[FinishedPart, Sequence[File]]]:
        """The parts in the order of the inputs, with the files that each is of.

        Raises:
            FileError: when a row is rejected, or an input cannot be read to its end,
                and that is to be the end of the run.
        """
        at = 0
        while at < len(self._sources):
            part = self._finished(at)
            if part is None:
                part = self._joined(at) or self._single(at)
            else:
                self.skipped += len(part.inputs)
                self._remember(part)
            following = at + len(part.inputs)
            yield part, [self._file(place) for place in range(at, following)]
            at = following

    def _file(self, at: int) -> File:
        if at not in self._files:
            self._files[at] = source_file(self._sources[at], self._base)
        return self._files[at]

    # --- of an earlier run ------------------------------------------------------------

    def _finished(self, at: int) -> FinishedPart | None:
        """The part of an earlier run that begins here, if it is of what follows."""
        part = self._kept.find(self._sources[at].name, self._file(at).sha256)
        if part is None:
            return None
        places = range(at, min(at + len(part.inputs), len(self._sources)))
        now = [(self._sources[n].name, self._file(n).sha256) for n in places]
        return part if now == [(one.name, one.digest) for one in part.inputs] else None

    def _remember(self, part: FinishedPart) -> None:
        names = [one.name for one in part.inputs]
        columns = [*(["file"] if names[1:] else []), ROW, "subject_id"]
        for path in part.results:
            self._screening.remember(read_part(path, columns), *names)

    # --- several as one ---------------------------------------------------------------

    def _joined(self, at: int) -> FinishedPart | None:
        """The part of this input and those that are read as one with it, if any."""
        if len(self._sources) - at < FEWEST:
            return None
        joined = self._screening.joined(self._following(at), fewest=FEWEST)
        if joined is None:
            return None
        inputs = list(map(Held, joined.names, joined.digests))
        changed = [n for n, one in enumerate(inputs) if one != self._held(at + n)]
        if changed:  # it was written to a moment ago, which is told of it alone
            return self._joined_before(at, at + changed[0])
        batches = ahead(self._screening.screen_joined(joined))
        name = f"{joined.names[0]} and {len(inputs) - 1} more"
        screened = list(self._watch(name, batches))
        rejected = {reject.file for one in screened for reject in one.rejects}
        if self._fail_fast and rejected:  # what stands before it is finished first
            first_rejected = min(map(joined.names.index, rejected))
            return self._joined_before(at, at + first_rejected)
        first, *beside = inputs
        with self._kept.writing(first.name, first.digest, beside=beside) as writer:
            writer.add(*screened)
        assert writer.part is not None
        return writer.part

    def _joined_before(self, at: int, odd: int) -> FinishedPart | None:
        """The same of those before an input that has to be screened alone."""
        self._alone.add(odd)
        return self._joined(at)

    def _following(self, at: int) -> Iterator[Source]:
        """The sources from here on, as far as they may be read as one."""
        for place in range(at, len(self._sources)):
            if place in self._alone or (place > at and self._is_apart(place)):
                return
            yield self._sources[place]

    def _is_apart(self, at: int) -> bool:
        """Whether a part begins here that an earlier run made, or nothing is here."""
        try:
            held = self._held(at)
        except OSError:
            return True
        return self._kept.find(held.name, held.digest) is not None

    def _held(self, at: int) -> Held:
        return Held(self._sources[at].name, self._file(at).sha256)

    # --- one by one -------------------------------------------------------------------

    def _single(self, at: int) -> FinishedPart:
        """One input into its part; when it is damaged, what came before stands."""
        source, file = self._sources[at], self._file(at)
        written_at = _written_at(source)
        with self._kept.writing(source.name, file.sha256) as writer:
            try:
                batches = ahead(self._screening.screen(source))
                for screened in self._watch(source.name, batches):
                    if self._fail_fast and screened.rejects:
                        raise stopped(screened.rejects[0])
                    writer.add(screened)
                if not self._is_still(source, file, written_at):
                    raise _changed(source)
            except FileError as error:
                if self._fail_fast:
                    raise
                writer.fail(source.name, str(error))
        assert writer.part is not None
        return writer.part

    def _is_still(self, source: Source, file: File, written_at: int) -> bool:
        """Whether nobody wrote to the file since it was looked at before the work."""
        try:
            same_time = _written_at(source) == written_at
            return same_time and source_file(source, self._base) == file
        except OSError:
            return False


def source_file(source: Source, folder: Path) -> File:
    """The file of a source as a manifest in this folder knows it."""
    if source.held is not None:
        with source.raw() as file:
            return File("-", *digest_in(file))
    return file_of(source.path, folder)


def stopped(reject: Reject) -> FileError:
    """A row was rejected, and the order said to stop then."""
    column = f", `{reject.column}`" if reject.column else ""
    value = f" {quoted(reject.value)}" if reject.value else ""
    where = f"`{reject.file}`, row {reject.row}{column}"
    return FileError(f"{where}:{value} {reject.reason}; stopped as asked")


def _written_at(source: Source) -> int:
    """When the file was written to last; what is held open is our own copy."""
    return 0 if source.held is not None else source.path.stat().st_mtime_ns


def _changed(source: Source) -> FileError:
    return FileError(
        f"`{source.name}` was changed while it was read, so its results are of neither"
        " version; screen it again"
    )

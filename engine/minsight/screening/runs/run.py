"""Runs: files in, results, rejects, report and manifest out, or nothing at all.

The inputs are screened into parts (`parts`); the outputs are put together from these in
the order of the inputs, and appear when all of them are whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from minsight.__about__ import __version__
from minsight.assessment.engine import Engine
from minsight.errors import FileError, Remedy
from minsight.files.room import writing_to
from minsight.files.taken import refuse_taken
from minsight.screening.mapping.maps import load_map
from minsight.screening.mapping.word_list import WordList, load_word_list
from minsight.screening.pipeline import Screening
from minsight.screening.report import require_report
from minsight.screening.runs.checkpoint import FinishedParts, joined_lines
from minsight.screening.runs.claims import claimed
from minsight.screening.runs.manifest import (
    File,
    Input,
    Manifest,
    Output,
    digest_of,
    file_of,
    manifest_json,
    read_manifest,
    relative,
    versions,
)
from minsight.screening.runs.order import MAY_BE_NONE, Order
from minsight.screening.runs.outputs import (
    make_list,
    make_rejects,
    make_report,
    refuse_lost_rows,
)
from minsight.screening.runs.part_files import FinishedPart, Held
from minsight.screening.runs.parts import InputParts, Watch, source_file, unwatched
from minsight.screening.runs.unread import Listing, list_unread
from minsight.screening.sinks import sink_for, waiting, write_files
from minsight.screening.summary.tally import Tally


class Run(msgspec.Struct, frozen=True):
    """What a run came to, of which files, in which files.

    `manifest` says what was read and written, and what became of the rows of each
    input; `tally` counts persons and answers, and is None when an earlier run had made
    all of it. `skipped` inputs were finished by an earlier run. `made_safe` cells of
    text were changed, as a spreadsheet would have run them or the format cannot hold
    them. `listed` people stand in the list of whom to see, if one was ordered. `unread`
    tells of the list of what was not understood, if one was ordered.
    """

    order: Order
    manifest: Manifest
    tally: Tally | None
    skipped: int = 0
    made_safe: int = 0
    listed: int = 0
    unread: Listing | None = None


class Runner:
    """Carries out one order."""

    def __init__(
        self, order: Order, rules: Engine, *, watch: Watch = unwatched
    ) -> None:
        self.order, self.rules, self._watch = order, rules, watch
        self._folder = order.output.parent
        self._base = order.base or self._folder
        order.refuse_broken_names(self._base)
        options = order.options
        mapping = load_map(order.map, rules.vocabulary) if order.map else None
        words = load_word_list(order.words, rules.vocabulary) if order.words else None
        self._screening = Screening(
            rules,
            mapping=mapping,
            words=words or WordList(),
            keep_going=options.keep_going,
            way=options.way,
            listing=options.urgent_list,
            by=options.by,
            full=options.full,
        )
        if not options.full:
            # Refuses a name of no format before the work.
            sink_for(order.output, order.output, rules=rules, wide=options.wide)
        if order.report is not None:
            require_report()
        self._made_safe = self._listed = 0
        self._unread: Listing | None = None
        self._map = file_of(order.map, self._base) if order.map else None
        self._words = file_of(order.words, self._base) if order.words else None
        self.parts = FinishedParts(
            self._folder / f".{order.output.name}.parts",
            self._key(),
            partial(waiting, name=order.output, rules=rules, wide=options.wide),
            order.targets,
            words=self._words.sha256 if self._words else "",
            unread=order.unread_words is not None,
        )

    def finished(self) -> Manifest | None:
        """The manifest of a run that has made just this already, if its files stand."""
        if not self.order.manifest.is_file():
            return None
        kept = read_manifest(self.order.manifest)
        base = self._base
        now = tuple((s.name, source_file(s, base)) for s in self.order.found.sources)
        was = tuple((one.name, one.file) for one in kept.inputs if one.file is not None)
        alike = msgspec.structs.replace(kept, inputs=(), outputs=())
        same = now == was and alike == self._manifest((), ())
        if not same or not self._has_all(kept.outputs):
            return None
        self.parts.discard()  # the run may have been killed while it tidied up
        return kept

    def _has_all(self, outputs: Sequence[Output]) -> bool:
        """Whether all that is ordered stands in its place, as far as there is any."""
        made = {one.role: one.file for one in outputs}
        ordered = {r: relative(p, self._base) for r, p in self.order.outputs.items()}
        placed = {role: file.path for role, file in made.items()}
        missing = ordered.keys() - placed.keys() - MAY_BE_NONE
        wrong = [role for role, path in placed.items() if ordered.get(role) != path]
        return not missing and not wrong and all(map(self._stands, made.values()))

    def _stands(self, file: File) -> bool:
        path = self._base / file.path
        return path.is_file() and digest_of(path)[0] == file.sha256

    def run(self, *, resume: bool = False) -> Run:
        """Screen what is not finished, and put the outputs in their places.

        Raises:
            FileError: when no input can be read, the output cannot be written, or a row
                is rejected and the order says to stop then. What is finished stays.
        """
        try:
            with writing_to(self.order.output):
                self.parts.begin(resume=resume)
                return self._run()
        except BaseException:
            self.parts.discard_if_empty()
            raise

    def _run(self) -> Run:
        tally = Tally()
        for one in self.order.found.rejects:
            tally.reject_file(one)
        bad = self.order.found.rejects
        inputs = [Input(one.file, None, problem=one.reason) for one in bad]
        found = InputParts(
            self.order.found.sources,
            self._screening,
            self.parts,
            base=self._base,
            fail_fast=self.order.fail_fast,
            watch=self._watch,
        )
        parts: list[FinishedPart] = []
        for part, files in found.all():
            parts.append(part)
            tally.merge(part.tally)
            inputs += map(partial(_input, part.problem), part.inputs, files)
        if not tally.files:
            raise FileError(
                f"no file could be read: {'; '.join(one.problem for one in inputs)}"
            )
        repeated = self._screening.repeated_ids()
        tally.tell(repeated)
        tally.repeated = sum(one.rows for one in repeated)
        manifest = self._publish(parts, tuple(inputs), tally)
        return Run(
            self.order,
            manifest,
            tally,
            found.skipped,
            self._made_safe,
            self._listed,
            self._unread,
        )

    # --- outputs ----------------------------------------------------------------------

    def _publish(
        self, parts: list[FinishedPart], inputs: tuple[Input, ...], tally: Tally
    ) -> Manifest:
        order, staged = self.order, self.parts.staged
        made = {role: staged(target) for role, target in order.outputs.items()}
        written = self._make_results(parts, made["results"])
        refuse_lost_rows(order, parts, tally, written=written)
        self._made_safe += make_rejects(order, parts, made["rejects"])
        if order.options.urgent_list:
            listed = make_list(parts, made["urgent"])
            self._listed = listed.rows
            self._made_safe += listed.made_safe
        if order.unread_words is not None:
            self._unread = list_unread(
                [part.unread for part in parts],
                made["unread_words"],
                self.rules.vocabulary,
                smallest=order.options.smallest,
                beside=self.parts.folder / "unread",
            )
        manifest = self._manifest(inputs, ())
        if order.report is not None:
            told = (tally, manifest, self.rules)
            make_report(
                order, parts, *told, persons=self._listed, target=made["report"]
            )
        outputs = tuple(
            Output(role, File(relative(target, self._base), *digest_of(made[role])))
            for role, target in order.outputs.items()
            if made[role].exists()
        )
        manifest = msgspec.structs.replace(manifest, outputs=outputs)
        staged(order.manifest).write_bytes(manifest_json(manifest))
        self.parts.publish()
        return manifest

    def _manifest(
        self, inputs: tuple[Input, ...], outputs: tuple[Output, ...]
    ) -> Manifest:
        folder = self.order.rules_folder
        return Manifest(
            version=__version__,
            fingerprint=self.rules.fingerprint,
            rules_folder=relative(folder, self._base) if folder else None,
            map=self._map,
            words=self._words,
            options=self.order.options,
            inputs=inputs,
            outputs=outputs,
            versions=versions(),
        )

    def _make_results(self, parts: list[FinishedPart], target: Path) -> int:
        """Write the results; gives how many rows they have."""
        order = self.order
        if order.options.full:
            return joined_lines([part.assessments for part in parts], target)
        written = write_files(
            [path for part in parts for path in part.results],
            order.output,
            target,
            rules=self.rules,
            wide=order.options.wide,
        )
        self._made_safe += written.made_safe
        return written.rows

    def _key(self) -> str:
        """All that decides what a part holds, but for its input."""
        options = self.order.options
        decides = (
            __version__,
            self.rules.fingerprint,
            self._map.sha256 if self._map else "",
            self._words.sha256 if self._words else "",
            self.order.unread_words is not None,
            options.urgent_list,
            options.by,
            options.way,
            options.keep_going,
            options.full,
            options.wide,
        )
        return hashlib.sha256(repr(decides).encode()).hexdigest()


def carry_out(
    order: Order,
    rules: Engine,
    *,
    resume: bool = False,
    force: bool = False,
    watch: Watch | None = None,
) -> Run:
    """Make what is ordered, or go on with it, and never replace a file unasked.

    Raises:
        FileError: when a file is in the way, an earlier run did not come to its end, or
            as `Runner.run` says.
    """
    order.refuse_sharing()
    for target in order.targets:  # a folder or a device gets no lock beside it
        refuse_taken(target, force=True)
    with claimed(order.outputs.values()):
        runner = Runner(order, rules, watch=watch or unwatched)
        finished = runner.finished() if resume else None
        if finished is not None:
            return Run(order, finished, None, len(finished.inputs))
        if resume and not force:
            runner.parts.refuse_other_words(order.output)
        if runner.parts.exists and not (resume or force):
            raise FileError(
                f"an earlier run did not come to the end of `{order.output}`;"
                f" {Remedy.GO_ON}"
            )
        for target in order.targets:
            going_on = resume and runner.parts.is_publishing(target)
            refuse_taken(target, force=force or going_on)
        return runner.run(resume=resume)


def _input(problem: str, held: Held, file: File) -> Input:
    rows = held.assessed + held.rejected
    return Input(held.name, file, rows, held.assessed, held.rejected, problem)

"""Screening tables: the results of all files in one, what was rejected in another."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from minsight_cli.exits import Exit
from minsight_cli.options import load_rules
from minsight_cli.writing import whole_path, written_whole

if TYPE_CHECKING:
    from minsight.screening import Notice
    from minsight.screening.running import Screened, Screening
    from minsight.screening.sinks import Sink
    from minsight.screening.sources import Source


def screen_tables(
    files: Iterable[Path],
    output: Path,
    aside: Path,
    *,
    rules: Path | None,
    mapping: Path | None,
    keep_going: bool,
) -> None:
    """Screen files into one file of results and one of rejects, and say what became."""
    from minsight.screening import load_map, sources
    from minsight.screening.running import Screening
    from minsight.screening.sinks import sink_for, write_rejects
    from minsight_cli.rendering.screening import show_tables_summary

    with (
        load_rules(rules) as loaded,
        whole_path(output) as results,
        written_whole(aside, keep_empty=False) as rejected,
    ):
        sink = sink_for(output, results)
        read = load_map(mapping, loaded.vocabulary) if mapping else None
        found = sources(map(str, files), stdin=sys.stdin.buffer)
        write_rejects(found.rejects, rejected)
        tally = Tally(rejected_files=len(found.rejects))
        screening = Screening(loaded, mapping=read, keep_going=keep_going)
        with sink:
            for source in found.sources:
                _screen_file(source, screening, sink, rejected, tally)
        tally.tell(screening.repeated_ids())
        if not tally.files:
            reasons = "; ".join(one.reason for one in found.rejects)
            raise typer.BadParameter(f"no file could be read: {reasons}")
    show_tables_summary(tally, output=output, rejects=aside)
    if tally.rejected or tally.rejected_files:
        raise typer.Exit(Exit.LOOK)


class Tally:
    """Counts of what became of the rows of all files, and what is to be told."""

    def __init__(self, *, rejected_files: int) -> None:
        self.files = 0
        self.rejected_files = rejected_files
        self.rows = 0
        self.assessed = 0
        self.rejected = 0
        self.levels: Counter[tuple[str, str]] = Counter()
        self.urgencies: Counter[str] = Counter()
        self.notices: Counter[tuple[str, str]] = Counter()

    def add(self, screened: Screened) -> None:
        """Count a batch."""
        rejected = len({one.row for one in screened.rejects})
        self.rows += screened.rows
        self.rejected += rejected
        self.assessed += screened.rows - rejected
        first = screened.results.unique("row")
        self.urgencies.update(dict(first["urgency"].value_counts().iter_rows()))
        named = (
            screened.results.drop_nulls("mineral").group_by("mineral", "level").len()
        )
        for mineral, level, count in named.iter_rows():
            self.levels[mineral, level] += count
        self.tell(screened.notices)

    def tell(self, notices: Iterable[Notice]) -> None:
        """Remember what a reader of the results must know."""
        for notice in notices:
            self.notices[notice.file, notice.message] += notice.rows


def _screen_file(
    source: Source, screening: Screening, sink: Sink, rejected: IO[str], tally: Tally
) -> None:
    """One file; when it turns out damaged, what came before stands."""
    from minsight.errors import FileError
    from minsight.screening import Reject
    from minsight.screening.sinks import write_rejects
    from minsight_cli.rendering.progress import rows_with_progress

    try:
        for screened in rows_with_progress(source.name, screening.screen(source)):
            sink.write(screened.results)
            write_rejects(screened.rejects, rejected)
            tally.add(screened)
    except FileError as error:
        write_rejects([Reject(source.name, None, "", "", str(error))], rejected)
        tally.rejected_files += 1
    else:
        tally.files += 1

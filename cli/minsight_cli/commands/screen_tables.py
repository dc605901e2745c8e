"""Screening tables: the results of all files in one, what was rejected in another."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from minsight_cli.exits import Exit
from minsight_cli.options import load_rules
from minsight_cli.writing import whole_path, written_whole

if TYPE_CHECKING:
    from minsight.screening.running import Screening
    from minsight.screening.sinks import Write
    from minsight.screening.sources import Source
    from minsight.screening.tally import Tally


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
    from minsight.screening.tally import Tally
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
        with sink as write:
            for source in found.sources:
                _screen_file(source, screening, write, rejected, tally)
        tally.tell(screening.repeated_ids())
        if not tally.files:
            reasons = "; ".join(one.reason for one in found.rejects)
            raise typer.BadParameter(f"no file could be read: {reasons}")
    show_tables_summary(tally, rules=loaded, output=output, rejects=aside)
    if tally.rejected or tally.rejected_files:
        raise typer.Exit(Exit.LOOK)


def _screen_file(
    source: Source, screening: Screening, write: Write, rejected: IO[str], tally: Tally
) -> None:
    """One file; when it turns out damaged, what came before stands."""
    from minsight.errors import FileError
    from minsight.screening import Reject
    from minsight.screening.sinks import write_rejects
    from minsight_cli.rendering.progress import rows_with_progress

    try:
        for screened in rows_with_progress(source.name, screening.screen(source)):
            write(screened.results)
            write_rejects(screened.rejects, rejected)
            tally.add(screened)
    except FileError as error:
        write_rejects([Reject(source.name, None, "", "", str(error))], rejected)
        tally.rejected_files += 1
    else:
        tally.files += 1

"""What a screening of tables came to, on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from minsight.scales import LEVELS, URGENCIES
from minsight_cli.rendering.page import Page

if TYPE_CHECKING:
    from minsight.screening.tally import Tally


def show_tables_summary(tally: Tally, *, output: Path, rejects: Path) -> None:
    """Print what became of every row of the files."""
    page = Page()
    files = "file" if tally.files == 1 else "files"
    page.line(
        f"{tally.rows} rows of {tally.files} {files}: {tally.assessed} assessed,"
        f" {tally.rejected} rejected."
    )
    if tally.rejected_files:
        page.line(f"{tally.rejected_files} files could not be read to the end.")
    for name in URGENCIES[:0:-1]:
        if tally.urgencies[name]:
            page.line(f"  urgency {name.replace('_', ' ')}: {tally.urgencies[name]}")
    for level in LEVELS[:0:-1]:
        counts = [(n, m) for (m, one), n in tally.levels.items() if one == level]
        if counts:
            listed = ", ".join(f"{m} {n}" for n, m in sorted(counts, reverse=True))
            page.line(f"  {level.replace('_', ' ')}: {listed}")
    for (file, message), rows in tally.notices.items():
        where = f" ({rows} rows)" if rows else ""
        page.line(f"{file}: {message}{where}", "quiet")
    page.line(f"Results in {output}")
    if tally.rejected or tally.rejected_files:
        page.line(f"Rejected rows, with reasons, in {rejects}")
    page.show()

"""What a screening of tables came to, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsight.scales import LEVELS, URGENCIES
from minsight_cli.rendering.page import Page

if TYPE_CHECKING:
    from minsight.ruleset import Ruleset
    from minsight.screening.manifests import Manifest
    from minsight.screening.runs import Order, Run


def show_finished(manifest: Manifest, order: Order) -> None:
    """Print that nothing was left to do."""
    page = Page()
    files = len(manifest.inputs)
    page.line(
        f"Nothing to do: `{order.output}` holds the {manifest.rows} rows of"
        f" {files} {'file' if files == 1 else 'files'} already."
    )
    page.show()


def show_run(run: Run, order: Order, rules: Ruleset) -> None:
    """Print what became of every row of the files."""
    del rules
    tally, output, rejects = run.tally, order.output, order.rejects
    page = Page()
    if run.skipped:
        page.line(f"{run.skipped} files were finished by the earlier run.")
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
    page.line(f"Results in {output}, what they were made of in {order.manifest.name}")
    if order.report is not None:
        page.line(f"Report in {order.report}")
    if tally.rejected or tally.rejected_files:
        page.line(f"Rejected rows, with reasons, in {rejects}")
    page.show()

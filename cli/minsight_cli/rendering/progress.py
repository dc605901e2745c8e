"""Progress of long work, on standard error and only when someone is watching."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from minsight_cli.printable import printable
from minsight_cli.rendering.page import terminal

if TYPE_CHECKING:
    from minsight.screening.pipeline import Screened


def rows_with_progress(name: str, batches: Iterator[Screened]) -> Iterator[Screened]:
    """The batches of a file; how many rows are done, and how many a second."""
    errors = terminal(stderr=True)
    if not errors.is_terminal:
        yield from batches
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.completed:,} rows, {task.fields[rate]:,.0f} a second"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task(printable(name), total=None, rate=0.0)
        for batch in batches:
            yield batch
            progress.advance(task, batch.rows)
            progress.update(task, rate=progress.tasks[0].speed or 0.0)

"""Progress of long work, on standard error and only when someone is watching."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO

from minsight_cli.rendering.console import error_console


def lines_with_progress(lines: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; a bar shows how much of it was read."""
    console = error_console()
    if not console.is_terminal:
        yield from lines
        return
    from rich.progress import Progress

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("assessing", total=os.fstat(lines.fileno()).st_size)
        for line in lines:
            yield line
            progress.advance(task, len(line))

"""Progress of long work, on standard error and only when someone is watching."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO

from minsight_cli.rendering.page import console


def lines_with_progress(lines: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; a bar shows how much of it was read."""
    errors = console(stderr=True)
    if not errors.is_terminal:
        yield from lines
        return
    from rich.progress import Progress

    with Progress(console=errors, transient=True) as progress:
        task = progress.add_task("assessing", total=os.fstat(lines.fileno()).st_size)
        for line in lines:
            yield line
            progress.advance(task, len(line))

"""Files that a command writes: never half, never over another by accident."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def written_whole(target: Path, *, keep_empty: bool = True) -> Iterator[IO[str]]:
    """A file that appears under its name only when everything was written."""
    with (
        whole_path(target, keep_empty=keep_empty) as path,
        path.open("w", encoding="utf-8", newline="\n") as file,
    ):
        yield file


@contextmanager
def whole_path(target: Path, *, keep_empty: bool = True) -> Iterator[Path]:
    """A path to write to, which takes the name of the target when all went well."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        if not keep_empty and not temporary.stat().st_size:
            target.unlink(missing_ok=True)  # rejects of an earlier run are not ours
        else:
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

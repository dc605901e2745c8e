"""Regular: what small files hold, and nothing of what only looks like a file.

A pipe has no end while nobody writes to it, and a device may have none at all.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

_READING: Final = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
"""Without waiting for somebody at the other end of a pipe."""
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def bytes_of(path: Path, *, own: bool = False) -> bytes:
    """What a regular file holds; with `own`, of one that this user alone can write.

    Raises:
        OSError: when it cannot be read, or is not such a file.
    """
    handle = os.open(path, _READING)
    try:
        _refuse(os.fstat(handle), str(path), own=own)
        with open(handle, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(handle)


def _refuse(seen: os.stat_result, name: str, *, own: bool) -> None:
    if stat.S_ISDIR(seen.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    if not stat.S_ISREG(seen.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file", name)
    if own and not _is_own(seen):
        raise PermissionError(errno.EPERM, "somebody else can write it", name)


def _is_own(seen: os.stat_result) -> bool:
    """Whether the file is this user's, where files have owners."""
    if not hasattr(os, "geteuid"):
        return True
    return seen.st_uid == os.geteuid() and not seen.st_mode & _OTHERS_WRITE

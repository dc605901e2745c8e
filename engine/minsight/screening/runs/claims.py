"""Claims: names that one run alone may write to, for as long as it lives.

The system lets go of a lock with the process that held it, however that died. The
library `filelock` does the same and leaves its files behind, which nothing here may.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from minsight.errors import FileError

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def claimed(targets: Iterable[Path]) -> Iterator[None]:
    """Hold each name, so that no other run can, and see that it can be written.

    Raises:
        FileError: when another run holds one, or its folder cannot be written to.
    """
    with ExitStack() as held:
        for target in targets:
            held.enter_context(_held(target))
        yield


@contextmanager
def _held(target: Path) -> Iterator[None]:
    path = target.with_name(f".{target.name}.lock")
    handle = _handle(path, target)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no file that is open
            path.unlink()
        os.close(handle)
        if sys.platform == "win32":
            path.unlink(missing_ok=True)


def _handle(path: Path, target: Path) -> int:
    """The open and locked file that stands at the path."""
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _not_writable(target, error) from None
        try:
            _lock(handle)
        except OSError:
            os.close(handle)
            raise FileError(
                f"another run is writing to `{target}`; wait for its end, or name"
                " another file"
            ) from None
        if _stands_at(handle, path):
            return handle
        os.close(handle)  # its owner let go and removed it in between


def _stands_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _not_writable(target: Path, error: OSError) -> FileError:
    if not target.parent.is_dir():
        return FileError(f"there is no folder `{target.parent}` to write to")
    reason = (error.strerror or str(error)).lower()
    return FileError(f"cannot write `{target}`: {reason}")

"""Whole: files that appear under their names only when everything was written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

UNFINISHED: Final = ".writing-"
"""How the name of a file begins that is being written."""


@contextmanager
def written_whole(target: Path, *, private: bool = False) -> Iterator[IO[str]]:
    """A text to write, which takes the name of the target when all went well.

    Only this user may read what is `private`, from the first moment.

    Raises:
        OSError: when it cannot be written; then the target is what it was.
    """
    with (
        whole_path(target, private=private) as path,
        path.open("w", encoding="utf-8", newline="\n") as file,
    ):
        yield file


@contextmanager
def whole_path(target: Path, *, private: bool = False) -> Iterator[Path]:
    """A path to write to, which takes the name of the target when all went well.

    Only this user may read what is `private`.

    Raises:
        OSError: when it cannot be written, with the name of the target, which is then
            what it was.
    """
    import tempfile  # reading is part of every start-up, writing is not

    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=UNFINISHED)
    except OSError as error:  # it names the temporary file, of which nobody has heard
        raise OSError(error.errno, error.strerror, str(target)) from None
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        if not private:
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

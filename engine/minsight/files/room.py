"""Room: what is told when a disk is full, or a file may not grow any more."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from minsight.errors import FileError

_ADVICE: Final = {
    errno.ENOSPC: "make room there, or write somewhere else",
    errno.EDQUOT: "make room there, or write somewhere else",
    errno.EFBIG: "raise the limit of file sizes (`ulimit -f`), or write somewhere else",
}
_OF_SYSTEM: Final = re.compile(r"\(os error (\d+)\)")
"""How libraries in Rust say which error of the system it was."""


@contextmanager
def writing_to(name: object) -> Iterator[None]:
    """Tells in our words that something cannot be written, whichever library wrote it.

    `name` is what the caller calls the file.

    Raises:
        FileError: for an error of the system; any other error stays what it is.
    """
    try:
        yield
    except FileError:
        raise
    except Exception as error:
        number = _number(error)
        if number is None:
            raise
        reason = os.strerror(number).lower()
        advice = f"; {_ADVICE[number]}" if number in _ADVICE else ""
        raise FileError(f"cannot write `{name}`: {reason}{advice}") from None


def no_room(error: BaseException) -> bool:
    """Whether the system refused to write because there is no room."""
    return _number(error) in _ADVICE


def _number(error: BaseException) -> int | None:
    """The number of the system's error that another one is, or was made of."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno
    told = _OF_SYSTEM.search(str(error))
    if told is not None:
        return int(told[1])
    inner = [one for one in (*error.args, error.__cause__) if one is not error]
    found = (_number(one) for one in inner if isinstance(one, BaseException))
    return next((number for number in found if number is not None), None)

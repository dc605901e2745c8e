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
    """Tells in our words that there is no room, whichever library found that out.

    `name` is what the caller calls the file. Other errors of the system that a library
    put in words of its own are told as well.

    Raises:
        FileError: for these; any other error stays what it is.
    """
    try:
        yield
    except FileError:
        raise
    except Exception as error:
        number = _number(error)
        if number is None or (isinstance(error, OSError) and number not in _ADVICE):
            raise  # it is no error of the system, or tells of itself which file it is
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

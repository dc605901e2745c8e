"""Text that is safe to print: nothing that a terminal obeys or does not have."""

from __future__ import annotations

import sys
from typing import Final

_CONTROLS: Final = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), *range(0x7F, 0xA0))
    if chr(code) != "\n"
}


def printable(text: str) -> str:
    r"""The text with each control character but the line break made visible.

    >>> printable("a\x1b[31mb")
    'a\ufffd[31mb'
    """
    return text.translate(_CONTROLS)


def can_be_shown(characters: str) -> bool:
    """Whether standard output has these characters in its encoding."""
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True

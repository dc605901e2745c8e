"""Text that is safe to print: no control characters that a terminal would obey."""

from __future__ import annotations

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

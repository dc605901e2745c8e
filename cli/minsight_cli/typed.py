"""Words that were typed, where Python knew fewer characters than the person."""

from __future__ import annotations

import sys


def on_a_terminal() -> bool:
    """Whether somebody sits there who can be asked; pipes and files cannot."""
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams)


def as_utf8(text: str) -> str:
    r"""The text with bytes that were taken for no characters read as UTF-8.

    Bytes that are not UTF-8 either stay what they are, and are refused later.

    >>> as_utf8("m\udcc3\udcbcde"), as_utf8("plain"), as_utf8("m\udcfcde")
    ('müde', 'plain', 'm\udcfcde')
    """
    try:
        raw = text.encode("utf-8", errors="surrogateescape")
    except UnicodeEncodeError:  # half a character of Windows
        return text
    return raw.decode("utf-8", errors="surrogateescape")

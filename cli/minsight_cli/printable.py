"""Text that is safe to print: nothing that a terminal obeys, hides or does not have."""

from __future__ import annotations

import re
import sys
from typing import Final

_CONTROL: Final = r"\x00-\x09\x0b-\x1f\x7f-\x9f"
_HIDDEN: Final = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What has no width, or turns the direction of the text round it."""
NOT_SHOWN: Final = re.compile(f"[{_CONTROL}{_HIDDEN}]")
_IS_CONTROL: Final = re.compile(f"[{_CONTROL}]")


def printable(text: str) -> str:
    r"""The text with each character visible, but for the line break.

    Control characters are the replacement character, hidden ones stand by their number.

    >>> printable("a\x1b[31mb"), printable("2\u202e\u200b1")
    ('a\ufffd[31mb', '2<U+202E><U+200B>1')
    """
    return NOT_SHOWN.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    if _IS_CONTROL.match(found.group()):
        return "\N{REPLACEMENT CHARACTER}"
    return f"<U+{ord(found.group()):04X}>"


def can_be_shown(characters: str) -> bool:
    """Whether standard output has these characters in its encoding."""
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True

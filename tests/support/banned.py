"""Words that no text for people may hold; the glossary says what stands for them."""

from __future__ import annotations

import re
from typing import Final

BANNED: Final = (
    "diagnosis",
    "you have",
    "deficient",
    "likely",
    "probably",
    "possible",
    "possibility",
    "confidence",
    "certainty",
    "score out of 100",
    "rare",
    "common",
)
ALLOWED: Final = ("likelihood ratio",)
_BANNED: Final = re.compile(
    rf"\b(?:{'|'.join(BANNED)}|risk of \d+(?:\.\d+)? ?%)(?!\w)", re.IGNORECASE
)


def banned_in(text: str) -> list[str]:
    """The banned words of a text, in their order."""
    return [match.group().lower() for match in _BANNED.finditer(text)]

"""Neutral: stretches of a text that are understood and say nothing here.

"Feeling fine", "no other problems", "just routine bloods": whoever says so has not said
something that was not understood.
"""

from __future__ import annotations

import re
from typing import Final

from minsight.intake.text.lists import lists_of
from minsight.intake.text.notation import pattern
from minsight.knowledge.phrases import normalise

_LISTS: Final = lists_of("neutral")
_NEUTRAL: Final = re.compile(
    "|".join(rf"(?:{pattern(term, _LISTS)})" for term in _LISTS["neutral"])
)
_JOINED: Final = re.compile(r"[,;.!]|\b(?:and|but)\b")


def is_neutral(text: str) -> bool:
    """Whether all that the text says is that nothing is wrong.

    >>> is_neutral("Feel OK otherwise."), is_neutral("fine, no problems")
    (True, True)
    >>> is_neutral("fine hair"), is_neutral("no fever")
    (False, False)
    """
    parts = [normalise(part) for part in _JOINED.split(text.lower())]
    return any(parts) and all(_NEUTRAL.fullmatch(part) for part in parts if part)

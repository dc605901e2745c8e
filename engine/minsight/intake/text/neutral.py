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


def _any_of(heading: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{pattern(t, _LISTS)})" for t in _LISTS[heading]))


_NEUTRAL: Final = _any_of("neutral")
_ALONE: Final = _any_of("alone")
_ASIDE: Final = _any_of("aside")
_DASH: Final = re.compile(r"\s*[-\u2013\u2014/]+\s*")
_JOINED: Final = re.compile(r"[,;.!]|\b(?:and|but)\b")


def is_neutral(text: str) -> bool:
    """Whether all that the text says is that nothing is wrong.

    >>> is_neutral("Feel OK otherwise."), is_neutral("fine, no problems")
    (True, True)
    >>> is_neutral("fine hair"), is_neutral("no fever")
    (False, False)
    """
    if _NEUTRAL.fullmatch(normalise(text)):
        return True
    parts = [normalise(part) for part in _JOINED.split(text.lower())]
    return any(parts) and all(_NEUTRAL.fullmatch(part) for part in parts if part)


def is_aside(text: str) -> bool:
    """Whether the text greets, thanks or asks what to do, and tells nothing.

    >>> is_aside("Any advice?"), is_aside("what should i do"), is_aside("chest pain")
    (True, True, False)
    """
    return _ASIDE.fullmatch(normalise(text)) is not None


def is_empty_answer(text: str) -> bool:
    """Whether the text is, as a whole, the answer that there is nothing.

    >>> is_empty_answer("No."), is_empty_answer("-"), is_empty_answer("no fever")
    (True, True, False)
    """
    dashed = _DASH.fullmatch(text) is not None
    return dashed or _ALONE.fullmatch(normalise(text)) is not None or is_neutral(text)

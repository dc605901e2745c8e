"""Weeks: told without a word for what they are of, which may be an age or a pregnancy.

"34 wks, bad headache" is written by who is pregnant, "5 weeks, will not feed" by a
parent. Only what else is known of the person tells the two apart
(`minsight.intake.gestation`); "34 weeks old" and "34 weeks pregnant" need nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from minsight.ages import DAYS_IN
from minsight.intake.text.demographics import (
    PersonMention,
    clause_start,
    is_of_another_time,
)
from minsight.intake.text.lists import lists_of
from minsight.intake.text.notation import pattern, whole_words

_LISTS: Final = lists_of("demographics")
_IN_WEEKS: Final = re.compile(r"(?:\d|[a-z])[\s-]?(?:weeks?|wks?|w)$", re.IGNORECASE)
_MOST: Final = 43 * DAYS_IN["w"]
_OF_AN_AGE: Final = whole_words(pattern(t, _LISTS) for t in _LISTS["weeks of age"])
_SUFFIX: Final = r"(?:\s?/\s?(?:40|7)|\s?(?:weeks?|wks?|w))"
_NOTED: Final = re.compile(
    rf"(?<![\w./+-])(?:(?:[1-3]\d|4[0-2])\s?\+\s?[0-6]{_SUFFIX}?"
    rf"|[4-9]\s?\+\s?[0-6]{_SUFFIX}|(?:[4-9]|[1-3]\d|4[0-2])/40{_SUFFIX}?)"
    r"(?![\w/.%+]|\s?(?:tablets?|pills?|caps\w*|drops|doses?|units?|m?c?g|ml)\b)",
    re.IGNORECASE,
)
"""How midwives write them: 34/40, 34+2, 34+2/40 and 34+2 weeks."""
_OPENING: Final = re.compile(
    r"^\s*(?P<n>2\d|3\d|4[0-2])\s?(?:weeks?|wks?|w)(?=\s\w)"
    r"(?!\s(?:old|of|ago|history|pregnant|gone|along|gestation|gravid|post\w*|after|later|to|or)\b)",
    re.IGNORECASE,
)
"""Weeks at the beginning of a text that goes on at once: "34 weeks waters gone"."""


def with_weeks(text: str, told: tuple[PersonMention, ...]) -> tuple[PersonMention, ...]:
    """What is told of a person, with weeks that are noted, or open the text.

    >>> [one.text for one in with_weeks("34+2, bleeding, born at 36/40", ())]
    ['34+2']
    >>> [(one.text, one.age_days) for one in with_weeks("34 weeks waters gone", ())]
    [('34 weeks', 238.0)]
    """
    known = {one.start for one in told}
    return (*told, *(one for one in _noted(text) if one.start not in known))


def _noted(text: str) -> Iterator[PersonMention]:
    opening = _OPENING.match(text)
    if opening is not None:
        age = int(opening["n"]) * DAYS_IN["w"]
        yield PersonMention(opening[0].strip(), opening.start("n"), opening.end(), age)
    for match in _NOTED.finditer(text):
        if not is_of_another_time(text, match.start()):
            yield PersonMention(match.group(), match.start(), match.end())


def are_open(text: str, told: PersonMention) -> bool:
    """Whether what a text tells of a person are weeks that a pregnancy may be.

    >>> from minsight.intake.text.demographics import mentions
    >>> for text in ("34 wks, tired", "34 weeks old, tired", "he is 34 weeks"):
    ...     print([are_open(text, one) for one in mentions(text) if one.tells_time])
    [True]
    [False]
    [False]
    """
    if told.age_days is None:
        return told.tells_time
    if told.age_days >= _MOST or not _IN_WEEKS.search(told.text):
        return False
    begun = clause_start(text, told.start)
    return _OF_AN_AGE.search(text, begun, told.end) is None

"""Taken: what a text says of the medicines that it names.

Whoever took thirty tablets at once has taken too much, of whichever medicine it is; who
is allergic to one does not take it. The name alone would hide both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final

from minsight.intake.text.lists import lists_of
from minsight.intake.text.mentions import Mention, TextReading, Unread
from minsight.intake.text.notation import pattern, whole_words
from minsight.intake.text.spelling import is_slip
from minsight.intake.text.words import leaves_meaning, stem
from minsight.knowledge.phrases import Phrase, normalise
from minsight.knowledge.vocabulary import Vocabulary

MANY: Final = 10
"""Of so many tablets at once the text is asked whether that was too much."""
_NAME: Final = "medicine"
"""What stands for the name of the medicine in the lists of words."""
_NUMBERS: Final = frozenset(
    ["ten", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty"]
)
_MAY_BE: Final = "it is not clear whether too much was taken"
_NOT_TOLERATED: Final = "said not to be tolerated, not to be taken"


def as_taken(told: TextReading, text: str, vocabulary: Vocabulary) -> TextReading:
    """The reading, with what the text says of each medicine that it names."""
    parts: list[Mention] = []
    left = [*told.left]
    refused: list[Unread] = []
    in_row = False
    for part in told.parts:
        said = _said_of(part, text, vocabulary)
        if said and (_finds("not tolerated", said) or (in_row and said == _NAME)):
            refused.append(Unread(part.at, _NOT_TOLERATED, (part.phrase,)))
            in_row = True
            continue
        in_row = in_row and _names_allergy(part)
        parts.append(part)
        for more in _too_much(part, said, vocabulary):
            if isinstance(more, Mention):
                parts.append(more)
            else:
                left.append(more)
    ruled_out = {one.at for one in refused}
    kept = (p for p in parts if not (p.at in ruled_out and _names_allergy(p)))
    return TextReading(tuple(kept), (*left, *refused))


def _too_much(
    part: Mention, said: str, vocabulary: Vocabulary
) -> Iterator[Mention | Unread]:
    """That too much was taken, or may have been."""
    if not said or _finds("by rule", said):
        return
    overdose = vocabulary.once(_overdose)
    if overdose is None or overdose.id == part.phrase.id:
        return
    if _finds("too much", said):
        yield Mention(overdose, "observed", part.how, part.at)
    elif _finds("may be too much", said):
        yield Unread(part.at, _MAY_BE, (overdose,))


def _said_of(part: Mention, text: str, vocabulary: Vocabulary) -> str:
    """The words round a medicine that is said to be taken, `medicine` for its name."""
    group = vocabulary.group.get(part.phrase.id)
    if group is None or group.category != "drug" or part.status != "observed":
        return ""
    names = [w for w in part.phrase.words.split() if not leaves_meaning(w)]
    words = normalise(part.at.of(text)).split()
    return " ".join(name for name, _ in groupby(_plain(word, names) for word in words))


def _plain(word: str, names: list[str]) -> str:
    if any(stem(word) == stem(name) or is_slip(word, name) for name in names):
        return _NAME
    if word in _NUMBERS or (word.isdecimal() and int(word) >= MANY):
        return "many"
    return word


def _names_allergy(part: Mention) -> bool:
    return "allerg" in part.phrase.words


def _overdose(vocabulary: Vocabulary) -> Phrase | None:
    """What is meant when too much of any medicine was taken."""
    return next((one for one in vocabulary.phrases if one.by == "too_much"), None)


@cache
def _pattern(heading: str) -> re.Pattern[str]:
    lists = lists_of("medicines")
    return whole_words(pattern(term, lists) for term in lists[heading])


def _finds(heading: str, said: str) -> bool:
    return _pattern(heading).search(said) is not None

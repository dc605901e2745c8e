"""Suggestions: what a text that was not understood may mean, for a person to choose.

They are never taken by themselves: what comes near in words or in meaning is often
something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from minsight.knowledge.phrases import Phrase, normalise
from minsight.knowledge.vocabulary import Vocabulary

if TYPE_CHECKING:
    from minsight.intake.text.demographics import PersonMention

SUGGESTIONS: Final = 3


def suggestions(
    about: Sequence[Phrase],
    text: str,
    vocabulary: Vocabulary,
    *,
    told: Sequence[PersonMention] = (),
) -> tuple[str, ...]:
    """Labels of what a text may be about, and of what comes near its words.

    What cannot be true of somebody of the age or sex that the text tells, or that was
    told beside it, is left out.
    """
    from minsight.intake.nearness import three_apart
    from minsight.intake.text.demographics import mentions

    person = mentions(text)
    named = list(dict.fromkeys(phrase.id for phrase in about))
    near = near_ids(_complaint(text, person), vocabulary)
    whole = (*person, *told)
    fitting = [id_ for id_ in near if _may_be(id_, whole, vocabulary)]
    ids = three_apart(fitting, vocabulary, taken=named[:SUGGESTIONS])
    return tuple(dict.fromkeys(map(vocabulary.label, ids)))


def near_ids(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ids that come near normalised words, the nearest first."""
    if not words:
        return ()
    from minsight.intake.nearness import nearness_of

    return nearness_of(vocabulary).ids(words)


def _complaint(text: str, person: Sequence[PersonMention]) -> str:
    """The words for what is complained of, and not for whose it is."""
    letters = list(text)
    for told in person:
        letters[told.start : told.end] = " " * (told.end - told.start)
    return normalise("".join(letters)) or normalise(text)


def _may_be(id_: str, person: Sequence[PersonMention], vocabulary: Vocabulary) -> bool:
    entry = vocabulary.entry(id_)
    return entry is None or all(
        entry.holds_for.may_be(one.age_days, one.sex) for one in person
    )

"""The voice of an interview: how each question sounds to the one who answers it.

A child under twelve is asked about through a parent; a teenager may be asked otherwise.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from minsight.ages import parse_age
from minsight.knowledge.guide import Guide
from minsight.knowledge.vocabulary import Vocabulary
from minsight.questions.relevance import entry_of

Voice: TypeAlias = Literal["adult", "teenager", "parent"]

TEENAGER_FROM: Final = parse_age("12y")
ADULT_FROM: Final = parse_age("18y")


def voice_for(age_days: float | None) -> Voice:
    """Who answers for a person of this age; of unknown age, an adult.

    >>> voice_for(30.0), voice_for(None)
    ('parent', 'adult')
    """
    if age_days is None or age_days >= ADULT_FROM:
        return "adult"
    return "teenager" if age_days >= TEENAGER_FROM else "parent"


def asked_aloud(name: str, guide: Guide, vocabulary: Vocabulary, voice: Voice) -> str:
    """The whole question about an entry, a part or a question of the guide."""
    if name in guide.question:
        question = guide.question[name]
        if voice == "teenager" and question.teenager:
            return question.teenager
        return _for(voice, question.ask, question.parent)
    if name in guide.part:
        return _for(voice, guide.part[name].ask, guide.part[name].parent)
    words = guide.wordings.get(name)
    if words is None:
        return f"{entry_of(name, vocabulary).label}?"
    return _for(voice, words.ask, words.parent)


def listed(name: str, guide: Guide, vocabulary: Vocabulary, voice: Voice) -> str:
    """How it stands in a list to tick: no question, and short."""
    if name in guide.question:
        return guide.question[name].title
    if name in guide.part:
        return asked_aloud(name, guide, vocabulary, voice).rstrip("?")
    words = guide.wordings.get(name)
    return words.short if words else entry_of(name, vocabulary).label


def _for(voice: Voice, ask: str, parent: str | None) -> str:
    return parent if voice == "parent" and parent else ask

"""Settings: an answer before and after a change, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from minsight.ages import age_in_words
from minsight.intake.status import AS_ANSWERED
from minsight.intake.subject import Measurement
from minsight.whatif.statements import AGE, SEX

if TYPE_CHECKING:
    from minsight.knowledge.vocabulary import Vocabulary

AnswerValue: TypeAlias = str | float | Measurement | None
"""What an answer becomes: a status, an age in days, a sex, a measurement; None when it
is taken back."""
NOT_SAID: Final = "not said"
_IN_WORDS: Final = dict[str, str](AS_ANSWERED.items())


class Setting(msgspec.Struct, frozen=True):
    """An answer before and after, in words; `of` is its id, `age` or `sex`."""

    of: str
    label: str
    before: str
    after: str


def answer_label(of: str, vocabulary: Vocabulary) -> str:
    """What an answer is called: its label, or `age` or `sex`."""
    return of if of in (AGE, SEX) else vocabulary.label(of)


def answer_in_words(value: AnswerValue) -> str:
    """What was answered, as people read it."""
    match value:
        case None:
            return NOT_SAID
        case Measurement():
            return value.in_words
        case float():
            return age_in_words(value)
        case _:
            return _IN_WORDS.get(value, value)

"""Mentions: what a text says, stretch by stretch, and what of it says nothing here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Final

import msgspec

from minsight.intake.text.context import Turn
from minsight.intake.text.results import Result
from minsight.intake.text.stretches import Stretch, within
from minsight.knowledge.phrases import Phrase
from minsight.scales import Status

BECAUSE: Final = {
    Turn.EXPERIENCER: "said of somebody else",
    Turn.HISTORICAL: "said of the past",
    Turn.RECENT: "said of the past",
    Turn.HYPOTHETICAL: "not said to be there",
    Turn.NEGATED: "it is not clear whether this is denied",
    Turn.UNCERTAIN: "it is not clear whether this is in doubt",
    Turn.NARROWED: "a kind of it is denied, and not the whole",
}
"""Why what is turned so gives no answer."""


class Mention(msgspec.Struct, frozen=True):
    """An entry that a text names: what is said of it, and where in the text.

    `how` is `words` when all words round it were understood, `part` when some were not,
    `spelling` when one of its own was mistyped; `begun` is where its first word begins.
    A measurement has its `result`.
    """

    phrase: Phrase
    status: Status
    how: str
    at: Stretch
    begun: int = 0
    result: Result | None = None


class Unread(msgspec.Struct, frozen=True):
    """A stretch of a text that gives no answer, why, and what it may be about."""

    at: Stretch
    because: str = ""
    about: tuple[Phrase, ...] = ()


class TextReading(msgspec.Struct, frozen=True):
    """What a text says, and what of it says nothing here."""

    parts: tuple[Mention, ...]
    left: tuple[Unread, ...]

    def without(self, others: Sequence[Stretch]) -> TextReading:
        """The same with what stands in the stretches about others left over."""
        theirs = [within(part.begun, others) for part in self.parts]
        left = (
            Unread(part.at, BECAUSE[Turn.EXPERIENCER], (part.phrase,))
            for part in compress(self.parts, theirs)
        )
        kept = tuple(compress(self.parts, (not their for their in theirs)))
        return TextReading(kept, (*self.left, *left))

"""Words of: the words of a text in which each thing that was read in it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from minsight.intake.text.demographics import PersonMention
from minsight.intake.text.mentions import Mention, Unread
from minsight.intake.text.stretches import covering
from minsight.intake.text.terms import KnownTerms
from minsight.intake.text.tidying import Tidied

_IDLE: Final = "it is not clear of what this is said"


class WordsOf:
    """The words of a text in which each thing that was read in it is told."""

    def __init__(
        self,
        written: str,
        tidy: Tidied,
        known: KnownTerms,
        told: Iterable[PersonMention | Mention | Unread],
    ) -> None:
        self._written, self._tidy, self.known = written, tidy, known
        self._covering = covering(known.text, [one.at for one in told])

    def of(self, one: PersonMention | Mention | Unread) -> str:
        """The words that tell it, with those beside it that name nothing."""
        wider = self._covering.wider.get(one.at, one.at)
        return self._tidy.told(self.known.as_written(wider)).of(self._written)

    def idle(self) -> Iterator[Unread]:
        """Words that turn nothing, which are told besides."""
        return (Unread(at, _IDLE) for at in self._covering.idle)

"""Terms: numbers of the phenotype ontology in a text, and what stands for them.

A term without an entry of its own is read as the nearest ones above it that have one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

import msgspec

from minsight.intake.text.stretches import Stretch
from minsight.knowledge.vocabulary import Vocabulary

_HPO: Final = re.compile(r"\bhp:(\d{7})\b", re.IGNORECASE)


class Term(msgspec.Struct, frozen=True):
    """A term without an entry, and the nearest ones above it, which are read instead.

    `at` is where it stands in the text as written, `read_at` where they do in the text
    as it is read.
    """

    name: str
    nearest: tuple[str, ...]
    at: Stretch
    read_at: Stretch


class KnownTerms(msgspec.Struct, frozen=True):
    """A text as it is read: all of its terms are known, the others were replaced."""

    text: str
    replaced: tuple[Term, ...]

    def as_written(self, stretch: Stretch) -> Stretch:
        """Where a stretch of the text that is read stands in the text as written."""
        first, last = self._at(stretch.start), self._at(stretch.end - 1)
        return Stretch(first.start, last.end)

    def replaced_in(self, stretch: Stretch) -> tuple[Term, ...]:
        """The terms of which something is read in this stretch."""
        first = self._ended_by(stretch.start)
        later = bisect_left(
            self.replaced, stretch.end, lo=first, key=lambda t: t.read_at.start
        )
        return self.replaced[first:later]

    def _at(self, place: int) -> Stretch:
        number = self._ended_by(place)
        if number < len(self.replaced):
            term = self.replaced[number]
            if term.read_at.start <= place:
                return term.at
        last = self.replaced[number - 1] if number else None
        moved = last.at.end - last.read_at.end if last else 0
        return Stretch(place + moved, place + moved + 1)

    def _ended_by(self, place: int) -> int:
        """How many terms are read before this place."""
        return bisect_right(self.replaced, place, key=lambda term: term.read_at.end)


def in_known_terms(text: str, vocabulary: Vocabulary) -> KnownTerms:
    """The text with the nearest terms above in place of each that has no entry."""
    replaced: list[Term] = []
    read, done = "", 0
    for match in _HPO.finditer(text):
        number = match.group(1)
        nearest = vocabulary.nearest_to_hpo(number)
        if nearest and f"hp {number}" not in vocabulary.phrase:
            read += text[done : match.start()]
            at, begun, done = Stretch(*match.span()), len(read), match.end()
            read += ", ".join(nearest)
            replaced.append(Term(match.group(), nearest, at, Stretch(begun, len(read))))
    return KnownTerms(read + text[done:], tuple(replaced))

"""Terms: what in a text has no entry of its own, and the entries read instead.

A number of the phenotype ontology is read as the nearest terms above it that have an
entry, a medicine that nobody listed as the group that its ending tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec

from minsight.intake.text.medicines import named_by_ending
from minsight.intake.text.stretches import Stretch
from minsight.knowledge.vocabulary import Vocabulary

_HPO: Final = re.compile(r"\bhp:(\d{7})\b", re.IGNORECASE)


class Term(msgspec.Struct, frozen=True):
    """A term without an entry, and the nearest ones above it, which are read instead.

    `at` is where it stands in the text as written, `read_at` where they do in the text
    as it is read; `told` says what it was taken for.
    """

    name: str
    nearest: tuple[str, ...]
    at: Stretch
    read_at: Stretch
    told: str


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
    unknown = [*_terms(text, vocabulary), *_medicines(text, vocabulary)]
    for at, nearest, told in sorted(unknown, key=lambda one: one[0].start):
        read += text[done : at.start]
        begun, done = len(read), at.end
        read += ", ".join(nearest)
        read_at = Stretch(begun, len(read))
        replaced.append(Term(at.of(text), nearest, at, read_at, told))
    return KnownTerms(read + text[done:], tuple(replaced))


_Unknown: TypeAlias = tuple[Stretch, tuple[str, ...], str]
"""Where a term without an entry stands, what is read instead, and how that is told."""


def _terms(text: str, vocabulary: Vocabulary) -> Iterator[_Unknown]:
    for match in _HPO.finditer(text):
        number = match.group(1)
        nearest = vocabulary.nearest_to_hpo(number)
        if nearest and f"hp {number}" not in vocabulary.phrase:
            told = (
                f"{match.group().upper()} is not in the vocabulary; taken as what is"
                f" nearest above it: {', '.join(nearest)}."
            )
            yield Stretch(*match.span()), nearest, told


def _medicines(text: str, vocabulary: Vocabulary) -> Iterator[_Unknown]:
    for one in named_by_ending(text, vocabulary):
        told = (
            f"`{one.at.of(text)}` is not in the vocabulary; taken by its ending for:"
            f" {vocabulary.label(one.means)}."
        )
        yield one.at, (one.ending,), told

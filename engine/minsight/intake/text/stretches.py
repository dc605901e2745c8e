"""Stretches: where in a text stands what is told of it, so that no word of it is lost.

The reader tells stretches of a text: what they name, or that they are not understood.
Words between them that name nothing belong to one beside them ("a cough; for years").
Only where one of them turns what is said, as "denies" does, they are told apart: they
turned nothing, and that should be seen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final, TypeAlias

import msgspec

from minsight.intake.text.context import Turn, cues_of
from minsight.intake.text.sentences import bearable_lengths
from minsight.intake.text.words import JOINING, SMALL
from minsight.knowledge.phrases import normalise

_LETTER: Final = r"(?:[^\W_]|[^\x00-\x7f\s\u2013\u2014\u2019])"
_WORD: Final = re.compile(rf"{_LETTER}+(?:['\u2019]+{_LETTER}+)*")
"""A word, with the accents and signs that stand in it."""


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of a text, from its first character to the one after its last."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: Stretch) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Stretch) -> bool:
        return self.start < other.end and other.start < self.end

    def spanning(self, other: Stretch) -> Stretch:
        """The stretch from the first character of both to their last."""
        return Stretch(min(self.start, other.start), max(self.end, other.end))


def within(place: int, stretches: Sequence[Stretch]) -> bool:
    """Whether a place is in one of these stretches, of which none meets another.

    >>> [within(place, [Stretch(0, 2), Stretch(4, 5)]) for place in (1, 2, 4)]
    [True, False, True]
    """
    at = bisect_right(stretches, place, key=lambda one: one.start) - 1
    return at >= 0 and place < stretches[at].end


WordRun: TypeAlias = tuple[Stretch | None, list[Stretch]]
"""Words in a row, and the stretch that tells them; None where none does."""


class Covering(msgspec.Struct, frozen=True):
    """The stretches that tell the whole of a text.

    `wider` gives for each stretch that was told the one to tell instead, `idle` are
    those whose words turned nothing.
    """

    wider: Mapping[Stretch, Stretch]
    idle: tuple[Stretch, ...]


def covering(text: str, told: Iterable[Stretch]) -> Covering:
    """The stretches that tell the whole of a text of which these are told already.

    Each word stands in one of them, but `SMALL` ones and words that join two of them,
    as the "and" in "fever and cough" does.

    >>> found = covering("and fever; for years", [Stretch(4, 9)])
    >>> found.wider[Stretch(4, 9)].of("and fever; for years")
    'and fever; for years'
    """
    wider = {stretch: stretch for stretch in told}
    idle: list[Stretch] = []
    runs = _runs(text, wider)
    around = [None, *(owner for owner, _ in runs), None]
    for number, (owner, run) in enumerate(runs):
        before, after = around[number], around[number + 2]
        gap = None if owner else _gap(text, run, inside=bool(before and after))
        if gap is None:
            continue
        beside = _beside(text, gap, before, after)
        if beside is None or _turns(gap.of(text)):
            idle.append(gap)
        else:
            wider[beside] = wider[beside].spanning(gap)
    return Covering(wider, tuple(idle))


def _runs(text: str, wider: dict[Stretch, Stretch]) -> list[WordRun]:
    """The words of a text in runs; a stretch that cuts a word is made to hold it."""
    owners = _owners(len(text), wider)
    told: list[tuple[Stretch | None, Stretch]] = []
    for match in _WORD.finditer(text):
        word = Stretch(*match.span())
        owner = next(filter(None, owners[word.start : word.end]), None)
        if owner is not None and not owner.holds(word):
            wider[owner] = wider[owner].spanning(word)
        told.append((owner, word))
    by_owner = groupby(told, key=lambda pair: pair[0])
    return [(owner, [word for _, word in pairs]) for owner, pairs in by_owner]


def _owners(length: int, told: Iterable[Stretch]) -> list[Stretch | None]:
    """For each character the longest stretch that it stands in."""
    owners: list[Stretch | None] = [None] * length
    for stretch in sorted(told, key=lambda s: s.end - s.start):
        owners[stretch.start : stretch.end] = [stretch] * (stretch.end - stretch.start)
    return owners


def _gap(text: str, run: list[Stretch], *, inside: bool) -> Stretch | None:
    """What of the words that no stretch tells should be told; None if nothing is.

    At the edge of a text all of them are, unless all are small: something may be cut
    off there. Between two stretches, words that only join them are not.
    """
    weightless = SMALL | JOINING if inside else SMALL
    heavy = [word for word in run if not _words(word, text) <= weightless]
    if not heavy:
        return None
    told = heavy if inside else run
    return told[0].spanning(told[-1])


def _words(word: Stretch, text: str) -> set[str]:
    return set(normalise(word.of(text)).split())


def _beside(
    text: str, gap: Stretch, before: Stretch | None, after: Stretch | None
) -> Stretch | None:
    """The stretch that a gap belongs to: the one before it, unless written together."""
    if before is None or after is None:
        return before or after
    together = not any(map(str.isspace, text[gap.end : after.start]))
    return after if together else before


def _turns(words: str) -> bool:
    return any(
        cue.turn not in (Turn.PSEUDO, Turn.CARER, Turn.NARROWED)
        for _, part in bearable_lengths(words, 0, len(words))
        for cue in cues_of(part)
    )

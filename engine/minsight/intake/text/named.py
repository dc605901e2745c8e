"""Named: a sentence with the entries that it names, and what its cues say of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from minsight.intake.text.context import Cue, Turn, cues_beside, cues_of, is_set
from minsight.intake.text.coordination import shared
from minsight.intake.text.entry_index import Word
from minsight.intake.text.lexicon import BY_FRAME, Lexicon, Match
from minsight.intake.text.lists import words_of
from minsight.intake.text.neutral import is_neutral
from minsight.intake.text.pieces import pieces_of, stated_words, words_in
from minsight.intake.text.results import Result
from minsight.intake.text.scope import Piece, Ruling, Span, rulings
from minsight.intake.text.spelling import denials
from minsight.intake.text.stretches import Stretch
from minsight.intake.text.words import is_vague, leaves_meaning, stems
from minsight.knowledge.phrases import normalise

_WHEN: Final = words_of("results", "when")
_VERBS: Final = words_of("words", "verbs of being")


class NamedSentence(msgspec.Struct, frozen=True):
    """A sentence cut into pieces, its entries, and what its cues say of each.

    `start` says where in the whole text it begins; all but `results` counts from there.
    """

    start: int
    text: str
    pieces: tuple[Piece, ...]
    words: tuple[Word, ...]
    found: tuple[Match, ...]
    cues: tuple[Cue, ...]
    ruled: Mapping[int, list[Ruling]]
    results: Mapping[int, Result]

    def result(self, found: Match) -> Result | None:
        """The value that an entry stands for, if it does."""
        return self.results.get(self.start + self.words[found.places[0]].start)

    def rest(self, number: int) -> list[str]:
        """The words of a piece that belong to no entry and to no cue."""
        taken = {place for found in self.found for place in found.places}
        return [
            word.text
            for place, word in enumerate(self.words)
            if word.piece == number
            and place not in taken
            and not any(c.start <= word.start < c.end for c in self.cues if not c.alone)
        ]

    def unknown(self, number: int) -> list[str]:
        """Those of them that may change what is meant, or stand alone as a number."""
        rest = self.rest(number)
        named = any(found.piece == number for found in self.found)
        if not named and len(rest) == 1 and rest[0].isdigit():
            return rest
        return [word for word in rest if not leaves_meaning(word)]

    def beside(self, number: int) -> list[str]:
        """Those that may change what the entries of a piece mean.

        What a denial behind them denies is another matter: "tired no pain".
        """
        places = [p for f in self.found if f.piece == number for p in f.places]
        end = max((self.words[place].end for place in places), default=0)
        behind = [
            cue.start
            for cue in self.cues
            if cue.turn is Turn.NEGATED and not cue.alone and cue.start >= end
            if _VERBS.isdisjoint(normalise(self.text[end : cue.start]).split())
        ]
        last = self.pieces[number].end
        unknown = self.unknown(number)
        if not places or min(behind, default=last) >= last:
            return unknown
        denied = [
            word.text
            for word in self.words
            if word.piece == number and word.start > min(behind)
        ]
        return [word for word in unknown if word not in denied]

    def is_narrowed(self, found: Match) -> bool:
        """Whether words beside an entry make it a kind of itself, as "severe" does."""
        own = "" if found.phrase.by == BY_FRAME else found.phrase.words
        start, after = self.pieces[found.piece].start, self.pieces[found.piece + 1 :]
        end = after[0].start if after else len(self.text)
        return any(
            cue.turn is Turn.NARROWED
            and start <= cue.start < end
            and not _says(own, self.text[cue.start : cue.end])
            for cue in self.cues
        )

    def is_circumstance(self, number: int) -> bool:
        """Whether a piece names nothing and says when or why, as "after meals" does.

        Figures behind a value may be other values: "K 5.1 Ur 22 Cr 180".
        """
        if any(found.piece == number for found in self.found):
            return False
        behind_value = any(f.piece == number - 1 and self.result(f) for f in self.found)
        if behind_value and any(map(str.isdigit, self.pieces[number].text)):
            return _WHEN.issuperset(self.unknown(number))
        return self.pieces[number].join in ("other", "stop") or not self.unknown(number)

    def end_of(self, found: Match) -> int:
        """The last piece of an entry, with the circumstances that follow it."""
        last = self.words[found.places[-1]].piece
        while last + 1 < len(self.pieces) and self.is_circumstance(last + 1):
            last += 1
        return last

    def between(self, first: int, last: int) -> Stretch:
        """From one piece to another, without the spaces round them."""
        start = self.pieces[first].start
        told = self.text[start : self.pieces[last].end]
        start += self.start + len(told) - len(told.lstrip())
        return Stretch(start, start + len(told.strip()))


def _says(phrase: str, words: str) -> bool:
    """Whether a phrase has these words, in any form of them."""
    own = set(stems(phrase))
    return all(
        word in phrase.split() or (own.issuperset(stems(word)) and not is_vague(word))
        for word in normalise(words).split()
    )


def named_sentence(
    start: int, text: str, lexicon: Lexicon, results: Mapping[int, Result]
) -> NamedSentence:
    """A sentence that begins at `start`, with the values that the whole text states."""
    pieces = tuple(pieces_of(text, list(_values_in(start, text, results))))
    words = tuple(words_in(pieces))
    named = [*lexicon.entries(text, words), *stated_words(start, words, results)]
    named = [*named, *shared(pieces, words, named, lexicon)]
    told = tuple(cues_of(text))
    set_phrases = [(cue.start, cue.end) for cue in told if is_set(cue)]
    named = [one for one in named if not _is_within(one, words, set_phrases)]
    found = tuple(sorted(named, key=lambda f: f.places[0]))
    of_entries = [[words[place] for place in entry.places] for entry in found]
    cues = tuple(cues_beside(text, told, of_entries))
    settled = [(piece.start, piece.end) for piece in _settled(pieces, found)]
    turning = [cue for cue in cues if not _is_in(cue, settled)]
    spans = [
        Span(
            words[f.places[0]].start,
            words[f.places[-1]].end,
            f.piece,
            f.phrase.kind == "group",
        )
        for f in found
    ]
    ruled: dict[int, list[Ruling]] = {}
    for ruling in rulings(pieces, spans, turning, told):
        own = [words[place] for place in found[ruling.entry].places]
        if _names_whom(ruling.cue, own):
            ruled.setdefault(ruling.entry, []).extend(_of_relative(ruling, text))
        else:
            doubtful = ruling.turn is Turn.NEGATED and _is_parted(own, pieces)
            ruled.setdefault(ruling.entry, []).append(
                msgspec.structs.replace(ruling, sure=False) if doubtful else ruling
            )
    return NamedSentence(start, text, pieces, words, found, cues, ruled, results)


def _settled(pieces: Sequence[Piece], found: Sequence[Match]) -> Iterator[Piece]:
    """The pieces that name nothing and say all they say: "no medicines, cramps"."""
    naming = {match.piece for match in found}
    for number, piece in enumerate(pieces):
        says = " " in piece.text.strip()  # a bare "no" is of what follows
        if says and number not in naming and is_neutral(piece.text):
            yield piece


def _is_in(cue: Cue, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(start <= cue.start and cue.end <= end for start, end in stretches)


def _values_in(
    start: int, text: str, results: Mapping[int, Result]
) -> Iterator[Stretch]:
    """Where the values stand that the whole text states, within this sentence."""
    for one in results.values():
        at = Stretch(one.at.start - start, one.at.end - start)
        if at.start >= 0 and at.end <= len(text):
            yield at


def _is_parted(own: Sequence[Word], pieces: Sequence[Piece]) -> bool:
    """Whether a statement begins within an entry: "no bleeding except from gums"."""
    later = pieces[own[0].piece + 1 : own[-1].piece + 1]
    return any(piece.join == "stop" for piece in later)


def _names_whom(cue: Cue, own: Sequence[Word]) -> bool:
    """Whether an entry is about the relative of the cue: "my mum has a bad thyroid"."""
    of_others = cue.turn in (Turn.EXPERIENCER, Turn.CARER)
    return of_others and any(cue.start <= word.start < cue.end for word in own)


def _of_relative(ruling: Ruling, text: str) -> Iterator[Ruling]:
    """What a cue says of an entry about its relative: "no family history of"."""
    if denials(text[ruling.cue.start : ruling.cue.end].lower()):
        denied = msgspec.structs.replace(ruling.cue, turn=Turn.NEGATED)
        yield msgspec.structs.replace(ruling, cue=denied)


def _is_within(
    found: Match, words: Sequence[Word], phrases: Sequence[tuple[int, int]]
) -> bool:
    """Whether the words of an entry are some of those of a longer set phrase."""
    first, last = words[found.places[0]].start, words[found.places[-1]].end
    return any(
        start <= first and last <= end and (start, end) != (first, last)
        for start, end in phrases
    )

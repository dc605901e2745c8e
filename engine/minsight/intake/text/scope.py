"""Scopes: which entries of a sentence a cue governs.

A sentence is a row of pieces, joined by commas and small words. A cue governs the
entries after it in its own piece, or where there are none those before it. From there
it may run on through a list: as far as "or" goes, and through commas that an "or" at
the end of the list holds together; a far cue ("denies", "family history of") takes the
whole list. Where a list could be read both ways, nothing in it is taken: a doubtful
reading is a suggestion, never an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.intake.text.context import Cue, Turn
from minsight.intake.text.lists import words_of
from minsight.intake.text.spelling import DENYING
from minsight.intake.text.words import SMALL, leaves_meaning
from minsight.knowledge.phrases import normalise

Join: TypeAlias = Literal["first", "or", "and", "comma", "other", "stop"]

_OPENERS: Final = words_of("words", "openers")
"""Words with which a new statement begins, out of reach of an earlier cue."""
_OF_SOMEBODY: Final = [[word] for word in words_of("words", "of somebody")]
"""First words that begin one too: "no goitre and her hands shake"."""
_HOLDS: Final = frozenset({"or", "other"})
"""How the last piece of a list is joined that a cue surely governs."""
_WITHOUT: Final = "without"
_LACKING: Final = words_of("words", "lacking")
_UNABLE: Final = words_of("words", "unable")
"""Denials of what follows, and never of what stands before."""
_ARTICLES: Final = frozenset({"a", "an", "the"})
_STATED: Final = SMALL | DENYING | words_of("words", "after a no")
"""Words that do not begin what is denied: "fever no since Monday", "no not today"."""
_VERBS: Final = words_of("words", "verbs of being")
"""With these a denial is one of the whole: "periods are not heavy"."""
_TIMES: Final = words_of("words", "times")
_PLURAL: Final = words_of("words", "plural")


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a sentence and how it is joined to the one before."""

    start: int
    end: int
    text: str
    join: Join

    @property
    def begins_anew(self) -> bool:
        words = normalise(self.text).split()
        return not _OPENERS.isdisjoint(words) or words[:1] in _OF_SOMEBODY


class Span(msgspec.Struct, frozen=True):
    """Where an entry stands: its first and last character, its first piece.

    `lasting` ones are what a person belongs to, does or takes, and no complaint.
    """

    start: int
    end: int
    piece: int
    lasting: bool = False


class Ruling(msgspec.Struct, frozen=True):
    """What a cue says of one entry, by number; `sure` unless it may not reach it."""

    entry: int
    cue: Cue
    sure: bool

    @property
    def turn(self) -> Turn:
        return self.cue.turn


def rulings(
    pieces: Sequence[Piece],
    spans: Sequence[Span],
    cues: Iterable[Cue],
    told: Sequence[Cue] = (),
) -> Iterator[Ruling]:
    """What the cues of a sentence say of its entries.

    Those that are `told` besides are words of entries.
    """
    every = sorted(cues, key=lambda cue: cue.start)
    cancelled = _cancelled(pieces, spans, every, told)
    every = [cue for cue in every if cue not in cancelled]
    for cue in every:
        if cue.turn not in (Turn.PSEUDO, Turn.NARROWED):
            yield from _Reach(pieces, spans, every, cue).rulings()


def _cancelled(
    pieces: Sequence[Piece],
    spans: Sequence[Span],
    beside: Sequence[Cue],
    told: Sequence[Cue],
) -> set[Cue]:
    """Denials in pairs, as in "no day without pain" and "cannot eat without pain".

    The first may be a word of an entry, the second stands beside them.
    """
    denials = sorted(
        (
            c
            for c in {*beside, *told}
            if c.turn is Turn.NEGATED and not c.alone and not c.far
        ),
        key=lambda cue: cue.start,
    )
    found: set[Cue] = set()
    for one, other in pairwise(denials):
        for piece in pieces:
            if piece.start <= one.start and other.start < piece.end:
                word = piece.text[other.start - piece.start : other.end - piece.start]
                between = any(one.end <= s.start < s.end <= other.start for s in spans)
                if word.lower() == _WITHOUT and not between and other in beside:
                    found |= {one, other}
    return found


class _Reach:
    """How far one cue reaches."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        spans: Sequence[Span],
        cues: Sequence[Cue],
        cue: Cue,
    ) -> None:
        self._pieces, self._spans, self._cue = pieces, spans, cue
        self._others = [c for c in cues if c is not cue and c.turn is cue.turn]
        at = [n for n, piece in enumerate(pieces) if piece.start <= cue.start]
        self._own = at[-1] if at else 0

    def rulings(self) -> Iterator[Ruling]:
        if self._cue.alone:
            beside = (n for n, s in enumerate(self._spans) if self._touches(s))
            yield from self._of(beside, sure=True)
            return
        every = self._entries_in(self._own)
        named = [n for n in every if self._is_of_cue(self._spans[n])]
        own = [n for n in every if n not in named]
        yield from self._of(named, sure=True)
        ahead = [n for n in own if self._governs_ahead(self._spans[n])]
        behind = [n for n in own if self._governs_behind(self._spans[n])]
        if self._answers_a_question():
            ahead = []
        parted = [n for n in behind if self._parts(self._spans[n])] if not ahead else []
        yield from self._of(parted, sure=False)
        yield from self._of(ahead or [n for n in behind if n not in parted], sure=True)
        over = self._cue.turn is Turn.HISTORICAL
        if over and not every and self._is_all_of_its_piece:
            yield from self._of(self._entries_in(self._own - 1), sure=True)
            return  # "fainted once, years ago"
        if ahead or not any(self._spans[n].start < self._cue.start for n in own):
            yield from self._forward(ahead)
        elif behind and not self._answers_a_question():
            yield from self._backward()

    def _touches(self, span: Span) -> bool:
        """Whether the cue is the entry, or stands right before or behind it."""
        cue = self._cue
        return span.start in (cue.start, cue.end) or span.end == cue.start

    def _is_of_cue(self, span: Span) -> bool:
        """Whether words of the cue name the entry, as those of "as a newborn" do."""
        return self._cue.start <= span.start and span.end <= self._cue.end

    def _of(self, entries: Iterable[int], *, sure: bool) -> Iterator[Ruling]:
        for entry in entries:
            yield Ruling(entry, self._cue, sure)

    def _governs_ahead(self, span: Span) -> bool:
        """Whether no other cue of the kind took over: "no fever nor rash"."""
        return span.start >= self._cue.start and not any(
            self._entry_between(self._cue.end, other.start)
            for other in self._others
            if self._cue.end <= other.start < span.start
        )

    def _governs_behind(self, span: Span) -> bool:
        size = self._cue.end - self._cue.start
        said = normalise(self._cue_text[:size]).replace("'", "")
        after = [
            w for w in normalise(self._cue_text[size:]).split() if w not in _ARTICLES
        ]
        whole = span.end <= self._cue.start  # or it goes on: "takes no vitamin D"
        denies = self._cue.turn is Turn.NEGATED and not self._answers_a_question()
        leads_on = bool(after) and after[0] not in _STATED
        if denies and whole and (said in _UNABLE or (said in _LACKING and leads_on)):
            return False  # "fed by drip lacking zinc": it denies what follows
        return span.start < self._cue.start and not any(
            span.start < other.start < self._cue.start for other in self._others
        )

    def _parts(self, span: Span) -> bool:
        """Whether a bare denial stands within the name of what somebody has or takes.

        "Goat's milk not formula" is no denial of the milk.
        """
        size = self._cue.end - self._cue.start
        bare = normalise(self._cue_text[:size]) in _LACKING
        before = normalise(
            self._pieces[self._own].text[: self._cue.start - self._begun]
        )
        parted = span.lasting and bare and span.end > self._cue.end
        return parted and _VERBS.isdisjoint(before.split()[-1:])

    def _entry_between(self, start: int, end: int) -> bool:
        return any(start <= span.start < end for span in self._spans)

    def _answers_a_question(self) -> bool:
        """Whether the cue stands after a colon, as in `fever: no`."""
        piece = self._pieces[self._own]
        before = piece.text[: max(0, self._cue.start - piece.start)]
        return before.rstrip().endswith((":", "=")) or self._cue_text.startswith(":")

    @property
    def _cue_text(self) -> str:
        return self._pieces[self._own].text[self._cue.start - self._begun :]

    @property
    def _begun(self) -> int:
        return self._pieces[self._own].start

    def _forward(self, ahead: Sequence[int]) -> Iterator[Ruling]:
        """Along the list that follows, surely as far as an "or" goes.

        What is over is told in a list of its own kind, which its cue opens: in "had a
        baby last year, tired" and "stopped my iron, dizzy" the complaints are of now.
        """
        run: list[int] = []
        for number in range(self._own + 1, len(self._pieces)):
            join = self._pieces[number].join
            apart = join in ("other", "stop") and not self._leads_into(number)
            if apart and join == "stop" and self._cue.turn is Turn.EXPERIENCER:
                apart = False  # "his mother was vegan while pregnant"
            if apart or self._stops_at(number):
                break
            run.append(number)
        supposed = self._cue.turn is Turn.HYPOTHETICAL
        holds = _HOLDS | {"and"} if supposed and self._cue.far else _HOLDS
        closed = max((n for n in run if self._pieces[n].join in holds), default=-1)
        for number in run:
            sure = number <= closed or (self._cue.far and not supposed)
            if sure or (self._lists and (ahead or not self._is_without)):
                entries = self._entries_in(number)
                # In "not vegan, tired" no complaint is denied with a diet.
                denied = not sure and self._cue.turn is Turn.NEGATED and bool(ahead)
                if (self._is_of_past or denied) and not self._cue.far:
                    entries = [n for n in entries if self._is_like(n, ahead)]
                yield from self._of(entries, sure=sure)

    def _leads_into(self, number: int) -> bool:
        """Whether the cue has nothing beside it and stands before this piece."""
        if number != self._own + 1 or self._entries_in(self._own):
            return False
        beside = self._pieces[self._own].text[self._cue.end - self._begun :]
        words = [word for word in normalise(beside).split() if word not in SMALL]
        like = self._pieces[number].join == "other" and all(map(leaves_meaning, words))
        return not words or like

    @property
    def _lists(self) -> bool:
        """Whether the cue may govern what only commas and "and" join to it.

        It may when it opens the sentence and is not said again: in "tired, no fever,
        losing hair" each piece speaks for itself.
        """
        if self._is_of_past:
            return self._cue.far or self._opens
        if self._cue.turn is Turn.EXPERIENCER:
            return self._cue.far
        return self._cue.turn is Turn.NEGATED and self._own == 0 and not self._others

    @property
    def _is_without(self) -> bool:
        """Whether it denies what is beside it alone: "without supplements, tired"."""
        return normalise(self._cue_text).startswith(_WITHOUT)

    @property
    def _is_of_past(self) -> bool:
        return self._cue.turn in (Turn.HISTORICAL, Turn.RECENT)

    @property
    def _is_all_of_its_piece(self) -> bool:
        """Whether nothing but when it was is said beside the cue, after a comma."""
        piece = self._pieces[self._own]
        words = normalise(piece.text[self._cue.end - piece.start :]).split()
        rest = [w for w in words if w not in SMALL]
        return piece.join == "comma" and self._opens and not rest

    @property
    def _opens(self) -> bool:
        """Whether only small words and figures stand before the cue in its piece."""
        before = self._pieces[self._own].text[: self._cue.start - self._begun]
        words = normalise(before).split()
        return all(w in SMALL or w.isdigit() or w in _TIMES for w in words)

    def _is_like(self, entry: int, ahead: Sequence[int]) -> bool:
        """Whether an entry is of the kind of what the cue governs beside it."""
        if not ahead and self._speaks_of_another:
            return False  # "stopped my tea 3 months ago, dizzy"
        lasting = self._spans[entry].lasting
        return all(self._spans[n].lasting is lasting for n in ahead)

    @property
    def _speaks_of_another(self) -> bool:
        """Whether words stand beside the cue that tell what it is said of."""
        after = self._pieces[self._own].text[self._cue.end - self._begun :]
        return any(
            not (word in SMALL or leaves_meaning(word) or word.isdigit())
            for word in normalise(after).split()
        )

    def _backward(self) -> Iterator[Ruling]:
        """Along a list with the cue at its end: "rash and fever are absent"."""
        words = normalise(self._pieces[self._own].text).split()
        after = normalise(self._cue_text[self._cue.end - self._cue.start :]).split()
        # Of "my periods are not heavy" nothing before the comma is denied.
        plural = not _PLURAL.isdisjoint(words) and all(w in SMALL for w in after)
        join = self._pieces[self._own].join
        for number in range(self._own - 1, -1, -1):
            if join not in ("or", "and") and not plural:
                break
            if self._stops_at(number):
                break
            yield from self._of(self._entries_in(number), sure=plural or join == "or")
            if self._pieces[number].join != "comma":
                join = self._pieces[number].join

    def _stops_at(self, number: int) -> bool:
        piece = self._pieces[number]
        joined = piece.start > self._pieces[number - 1].end
        if not joined and self._leads_into(number):
            return False
        told = any(piece.start <= c.start < piece.end for c in self._others)
        return piece.begins_anew or told

    def _entries_in(self, number: int) -> list[int]:
        return [n for n, span in enumerate(self._spans) if span.piece == number]

"""Persons: where a text goes over from one person to another and back.

"My son is 3, I am always tired" tells of two people, and of one of them only how old he
is. Each clause is of the person that was named or meant last; the text is about one of
them, and what is told of the others is kept apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

import msgspec

from minsight.intake.text.demographics import PersonMention
from minsight.intake.text.lists import lists_of
from minsight.intake.text.mentions import TextReading
from minsight.intake.text.notation import pattern, whole_words
from minsight.intake.text.stretches import Stretch, within
from minsight.knowledge.phrases import APOSTROPHE

_LISTS: Final = lists_of("context")


class Who(Enum):
    """Whom words are about: the writer, one in their care, or an adult near them."""

    WRITER = "writer"
    CHARGE = "charge"
    NEAR = "near"


def _words(*terms: str) -> re.Pattern[str]:
    return whole_words(pattern(term, _LISTS) for term in terms)


_A_CHARGE: Final = _words("(<child>|<charge>)")
_NAMED: Final = (
    (Who.CHARGE, _words("(my|our|the|his|her|an?)? (_)? (_)? (<child>|<charge>)")),
    (Who.NEAR, _words("(my|our)? (_)? (<partner>|<family>)")),
    (Who.WRITER, _words("(i|i'm|im|i've|ive|i'd|i'll)", "my", "(mum|mother|dad) of _")),
)
_WRITER: Final = _words("(i|i'm|im|i've|ive|i'd|i'll|me|myself)")
_CHARGE_FIRST: Final = re.compile(
    rf"(?:^|[,.;:!?])\s*((?:my|our|the)\s(?:\w+\s)?(?:{_A_CHARGE.pattern}))(?!\s(?:is\s)?due)(?=\s\w)",
    re.IGNORECASE,
)
_TELLS_OF_THEM: Final = re.compile(
    r"(?!\s(?:am|feel|was|have)\b)(?:(?!\b(?:and|but|so)\b)[^,.;:!?]){0,60}?\b(?:him|her|them)\b",
    re.IGNORECASE,
)
"""What follows a writer who tells of somebody else: "I cannot wake her"."""
_MEANT: Final = _words("(he|she|they|him|her|his|their|it)")
_TELLING: Final = _words("<fear>", "(tired of|sorry|thinking|wondering|wonder|think)")
"""Words of writers who tell of somebody else."""


class PersonClause(msgspec.Struct, frozen=True):
    """A stretch of a text and whom it is about; None where nobody is named so far."""

    at: Stretch
    who: Who | None


def clauses(text: str) -> list[PersonClause]:
    """The clauses of a text, in order, as far as their words say whom they are about.

    >>> [clause.who.name for clause in clauses("my son is 3, I am tired") if clause.who]
    ['CHARGE', 'WRITER']
    """
    plain = text.replace(APOSTROPHE, "'")
    named: dict[int, tuple[int, Who]] = {}
    taken = bytearray(len(plain))
    for who, found in _NAMED:
        for match in found.finditer(plain):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                if who is not Who.WRITER or not _TELLS_OF_THEM.match(plain, end):
                    named[start] = (end, who)
    told = {who for _, who in named.values()}
    if Who.WRITER not in told or told == {Who.WRITER}:
        return []
    return list(_clauses(plain, named))


def charge_told_of(text: str) -> list[str]:
    """The words for one in somebody's care with whom a clause begins.

    None where writers speak of themselves: "the baby keeps me awake" is about them.

    >>> charge_told_of("our baby is limp"), charge_told_of("tired, with a newborn")
    (['our baby'], [])
    """
    plain = text.replace(APOSTROPHE, "'")
    if _WRITER.search(plain):
        return []
    return [match[1] for match in _CHARGE_FIRST.finditer(plain)]


def _clauses(text: str, named: dict[int, tuple[int, Who]]) -> Iterable[PersonClause]:
    last: Who | None = None
    turns = dict.fromkeys((m.start() for m in _MEANT.finditer(text)), None)
    starts = sorted({*named, *turns})
    begun, who = 0, None
    for start in starts:
        said = named.get(start)
        now = said[1] if said else last or who
        if said and now is not Who.WRITER:
            last = now
        if now is not who:
            yield PersonClause(Stretch(begun, start), who)
            begun, who = start, now
    yield PersonClause(Stretch(begun, len(text)), who)


def apart(text: str, told: Sequence[int], ages: Sequence[int] = ()) -> list[Stretch]:
    """The stretches of a text that are about others than the person it is about.

    `told` says where findings or groups are told. The text is about who has the first
    of them, and about a writer who tells their own, or one of the `ages`, rather than
    about an adult near them.
    """
    found = clauses(text)
    having = _whose(found, (at for at in told if not _TELLING.match(text, at)))
    if not having:
        return []
    about = having[0]
    if about is Who.NEAR and Who.WRITER in (*having, *_whose(found, ages)):
        about = Who.WRITER
    return [
        clause.at
        for clause in found
        if clause.who is not None
        and (clause.who is Who.WRITER) is not (about is Who.WRITER)
    ]


def of_one_person(
    text: str, told: TextReading, person: tuple[PersonMention, ...]
) -> tuple[TextReading, tuple[PersonMention, ...]]:
    """What was read of a text, without what it tells of others."""
    others = apart(
        text,
        [part.begun for part in told.parts],
        [m.start for m in person if m.age_days is not None],
    )
    mine = tuple(m for m in person if not within(m.start, others))
    return told.without(others), mine


def _whose(found: Sequence[PersonClause], places: Iterable[int]) -> list[Who]:
    """Of whom is told what begins at these places."""
    starts = [clause.at.start for clause in found]
    whose = (found[bisect_right(starts, place) - 1].who for place in places if starts)
    return [who for who in whose if who is not None]

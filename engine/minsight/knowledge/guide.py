"""The guide: how a good clinician takes a history, as data for interviews and forms.

It chooses questions and words them, and does nothing else: no level, no points and no
urgency ever rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.knowledge.vocabulary import ANYBODY, Demographic

Frequency: TypeAlias = Literal[
    "everyday", "common", "occasional", "rare", "very_rare", "impossible"
]
"""How often an answer is yes, from the most frequent to what cannot be."""
UNKNOWN_FREQUENCY: Final[Frequency] = "occasional"
"""Of what the guide says nothing about."""
HistoryKind: TypeAlias = Literal["gate", "body", "examination", "tests"]
"""What a question opens: a part of somebody's history, a part of the body, findings
on examination, or results of tests."""


class Wording(msgspec.Struct, frozen=True):
    """How an entry is asked of the person, of a child's parent, and in a list."""

    ask: str
    short: str
    parent: str | None = None


class HistoryPart(msgspec.Struct, frozen=True):
    """Entries that belong together, and the question that opens them."""

    id: str
    ask: str
    items: tuple[str, ...]
    parent: str | None = None


class HistoryQuestion(msgspec.Struct, frozen=True, dict=True):
    """One plain question that opens or closes a family of entries.

    `no_means` says what a no denies, `left_open` of which entries it says nothing and
    `affirms` to which it says yes.
    """

    id: str
    title: str
    kind: HistoryKind
    ask: str
    no_means: str
    parts: tuple[HistoryPart, ...]
    parent: str | None = None
    teenager: str | None = None
    asked_of: Demographic = ANYBODY
    left_open: tuple[str, ...] = ()
    affirms: tuple[str, ...] = ()
    example: str | None = None

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The entries of all parts."""
        return tuple(id_ for part in self.parts for id_ in part.items)

    @cached_property
    def denied(self) -> frozenset[str]:
        """The entries that a no denies: that no test was done says nothing of any.

        What a no affirms, it does not deny.
        """
        if self.kind == "tests":
            return frozenset()
        return frozenset(self.items).difference(self.left_open, self.affirms)


class WarningSigns(msgspec.Struct, frozen=True):
    """Warning signs that are asked first, when something `beside` them was told.

    `beside` are ids of questions; `group`, if any, is one that the person is in.
    """

    id: str
    title: str
    beside: tuple[str, ...]
    items: tuple[str, ...]
    whom: Demographic = ANYBODY
    group: str | None = None


class FrequencyBand(msgspec.Struct, frozen=True):
    """People of whom a class holds: of some ages and sex, or in a group."""

    id: str
    whom: Demographic = ANYBODY
    group: str | None = None


class MoreOften(msgspec.Struct, frozen=True):
    """What is likelier once any of some answers is yes."""

    given_any: tuple[str, ...]
    entries: tuple[str, ...]
    how_much: Literal["more", "much"]


class Guide(msgspec.Struct, frozen=True, dict=True):
    """All that interviews and forms know of the people they ask.

    `how_often` has the class of an entry in each of the `bands`; `shares` is the share
    of yes that each class stands for.
    """

    questions: tuple[HistoryQuestion, ...] = ()
    wordings: Mapping[str, Wording] = {}
    warnings: tuple[WarningSigns, ...] = ()
    bands: tuple[FrequencyBand, ...] = ()
    shares: Mapping[Frequency, float] = {}
    how_often: Mapping[str, tuple[Frequency, ...]] = {}
    more_often: tuple[MoreOften, ...] = ()

    @cached_property
    def question(self) -> Mapping[str, HistoryQuestion]:
        return {question.id: question for question in self.questions}

    @cached_property
    def part(self) -> Mapping[str, HistoryPart]:
        return {part.id: part for part in self._parts()}

    @cached_property
    def raised_by(self) -> Mapping[str, tuple[MoreOften, ...]]:
        """By entry: what makes it likelier."""
        found: dict[str, tuple[MoreOften, ...]] = {}
        for one in self.more_often:
            for id_ in one.entries:
                found[id_] = (*found.get(id_, ()), one)
        return found

    def below(self, name: str) -> tuple[str, ...]:
        """The entries below a question or part; of an entry, itself."""
        if name in self.part:
            return self.part[name].items
        return self.question[name].items if name in self.question else (name,)

    @cached_property
    def question_of(self) -> Mapping[str, HistoryQuestion]:
        """The question that opens an entry, by entry and by part."""
        return {
            name: question
            for question in self.questions
            for name in (*question.items, *(part.id for part in question.parts))
        }

    def _parts(self) -> Iterator[HistoryPart]:
        for question in self.questions:
            yield from question.parts

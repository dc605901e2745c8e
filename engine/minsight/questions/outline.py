"""The outline of an interview: what can be asked of one person, screen by screen.

A screen is one plain question, a list to tick, or one value. Questions open parts and
parts open entries; a no closes all that stands below it, but for what the guide leaves
open. What no question of the guide opens is listed by section.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Final, Literal, TypeAlias, TypeVar

import msgspec

from minsight.knowledge.guide import Guide, HistoryQuestion, WarningSigns
from minsight.knowledge.vocabulary import Vocabulary
from minsight.questions.relevance import entry_of, section_of

ScreenKind: TypeAlias = Literal["warning", "question", "list", "value"]
ReplyWord: TypeAlias = Literal["yes", "no", "unsure", "skip"]

MOST_TO_TICK: Final = 6
"""How many lines a list to tick has."""
ItemT = TypeVar("ItemT")
OPENING: Final = frozenset({"yes", "unsure"})
"""The replies after which what stands below is asked."""


class QuestionScreen(msgspec.Struct, frozen=True):
    """What is put at once: names of entries, parts or questions, and their entries.

    `covers` are the open entries that the replies can close or open.
    """

    kind: ScreenKind
    title: str
    asked: tuple[str, ...]
    covers: tuple[tuple[str, ...], ...]

    @property
    def entries(self) -> frozenset[str]:
        """Every entry that stands below it."""
        return frozenset(id_ for below in self.covers for id_ in below)


class Outline:
    """The screens for a person of this age and sex.

    The replies are by name: of entries, and of the questions and parts of the guide.
    """

    def __init__(
        self,
        guide: Guide,
        vocabulary: Vocabulary,
        *,
        age_days: float | None,
        sex: str | None,
        clinician: bool,
    ) -> None:
        self._guide, self._vocabulary = guide, vocabulary
        self._age_days, self._sex = age_days, sex
        self._clinician = clinician

    def screens(
        self,
        open_: AbstractSet[str],
        replies: Mapping[str, object],
        told: Collection[str],
        worth: Mapping[str, float],
    ) -> Iterator[QuestionScreen]:
        """All that can be put next; `open_` are the entries that can still matter.

        What was `told` opens its question of the body, as a yes does. The entries of
        most `worth` in a part of the body or an opened question can be put at once.
        """
        unopened: list[tuple[HistoryQuestion, list[str]]] = []
        placed = set[str]()
        for question in self._questions:
            left = [id_ for id_ in question.items if id_ in open_]
            placed.update(left)
            if not left:
                continue
            opened = self._is_opened(question, replies, told)
            if len(left) <= MOST_TO_TICK or replies.get(question.id) == "no":
                yield from _lists(question.title, left)
                continue
            if (opened or question.kind == "body") and not worth.keys().isdisjoint(
                left
            ):
                yield _foremost(question, left, worth)
            if opened:
                yield from self._parts(question, left, replies)
            else:
                yield QuestionScreen(
                    "question", question.title, (question.id,), (tuple(left),)
                )
                if question.kind == "body":
                    unopened.append((question, left))
        yield from _together(unopened)
        yield from self._by_section(sorted(open_ - placed, key=self._order.__getitem__))

    def warnings(
        self, told: Collection[str], present: Collection[str]
    ) -> Iterator[WarningSigns]:
        """The lists of warning signs that fit the person, the nearest first."""
        fitting: list[tuple[WarningSigns, int]] = [
            (family, self._told_beside(family, told))
            for family in self._guide.warnings
            if family.whom.may_be(self._age_days, self._sex)
            and (family.group is None or family.group in present)
        ]
        fitting.sort(key=lambda pair: (pair[0].group is None, -pair[1]))
        yield from (family for family, near in fitting if near or family.group)

    def asks(self, id_: str) -> bool:
        """Whether the question that opens the entry, if any, is put to the person."""
        question = self._guide.question_of.get(id_)
        return question is None or question in self._questions

    def _told_beside(self, family: WarningSigns, told: Collection[str]) -> int:
        beside = {
            id_ for name in family.beside for id_ in self._guide.question[name].items
        }
        return len(beside.intersection(told))

    @cached_property
    def _questions(self) -> Sequence[HistoryQuestion]:
        return [
            question
            for question in self._guide.questions
            if question.asked_of.may_be(self._age_days, self._sex)
            and (self._clinician or question.kind != "examination")
        ]

    @cached_property
    def _order(self) -> Mapping[str, int]:
        vocabulary = self._vocabulary
        ids = (*vocabulary.finding, *vocabulary.group, *vocabulary.measurement)
        return {id_: number for number, id_ in enumerate(ids)}

    @staticmethod
    def _is_opened(
        question: HistoryQuestion, replies: Mapping[str, object], told: Collection[str]
    ) -> bool:
        if question.kind == "body" and not set(question.items).isdisjoint(told):
            return True
        return replies.get(question.id) in OPENING

    def _parts(
        self,
        question: HistoryQuestion,
        left: Sequence[str],
        replies: Mapping[str, object],
    ) -> Iterator[QuestionScreen]:
        """The parts of an opened question to tick, and the entries of ticked ones."""
        waiting: list[tuple[str, tuple[str, ...]]] = []
        for part in question.parts:
            below = tuple(id_ for id_ in part.items if id_ in left)
            if not below:
                continue
            if part.id in replies or len(below) == 1:  # a no may leave some open
                yield QuestionScreen(
                    "list", question.title, below, tuple((i,) for i in below)
                )
            if part.id not in replies:
                waiting.append((part.id, below))
        for some in evenly_split(waiting, MOST_TO_TICK):
            yield QuestionScreen(
                "list",
                question.title,
                tuple(below[0] if len(below) == 1 else name for name, below in some),
                tuple(below for _, below in some),
            )

    def _by_section(self, ids: Sequence[str]) -> Iterator[QuestionScreen]:
        """What no question opens: lists of one section, and values one by one."""
        sections: dict[str, list[str]] = {}
        for id_ in ids:
            section = section_of(entry_of(id_, self._vocabulary))
            if id_ in self._vocabulary.measurement:
                yield QuestionScreen("value", section, (id_,), ((id_,),))
            else:
                sections.setdefault(section, []).append(id_)
        for section, listed in sections.items():
            yield from _lists(section, listed)


def _lists(title: str, ids: Sequence[str]) -> Iterator[QuestionScreen]:
    for some in evenly_split(ids, MOST_TO_TICK):
        yield QuestionScreen("list", title, tuple(some), tuple((id_,) for id_ in some))


def _foremost(
    question: HistoryQuestion, left: Sequence[str], worth: Mapping[str, float]
) -> QuestionScreen:
    """The entries of most worth below a question, in their order."""
    known = [id_ for id_ in left if id_ in worth]
    chosen = sorted(known, key=lambda id_: -worth[id_])[:MOST_TO_TICK]
    (screen,) = _lists(question.title, [id_ for id_ in left if id_ in chosen])
    return screen


def _together(
    unopened: Sequence[tuple[HistoryQuestion, list[str]]],
) -> Iterator[QuestionScreen]:
    """Questions of the body side by side: a review of what was not told."""
    if len(unopened) == 1:  # it is a question by itself
        return
    for some in evenly_split(unopened, MOST_TO_TICK):
        yield QuestionScreen(
            "list",
            "",
            tuple(question.id for question, _ in some),
            tuple(tuple(left) for _, left in some),
        )


def evenly_split(items: Sequence[ItemT], most: int) -> Iterator[Sequence[ItemT]]:
    """The items in order, at most so many together, evenly.

    >>> [list(some) for some in evenly_split("abcdefg", 6)]
    [['a', 'b', 'c'], ['d', 'e', 'f', 'g']]
    """
    count = -(-len(items) // most)
    for number in range(count):
        yield items[len(items) * number // count : len(items) * (number + 1) // count]

"""Items of a form: what a line of it asks, and what its answer says of each entry.

A line asks about one entry, or lists a few to tick, or opens a family of them with one
question and a place for free words: there, what is named is observed, and a plain no
denies the family.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.intake.facts import said_atom
from minsight.knowledge.guide import Guide, HistoryQuestion
from minsight.knowledge.vocabulary import Demographic, Vocabulary
from minsight.logic.atoms import Atom
from minsight.questions.simulated import SimulatedPeople, any_of, some_of

FAMILY_FROM: Final = 4
"""A family is asked about at once from so many questions on: fewer are as short."""
LIST_FROM, MOST_TICKED = 2, 6
"""So many lines make a list to tick."""
ItemKind: TypeAlias = Literal["entry", "list", "family"]


class FormItem(msgspec.Struct, frozen=True):
    """A line of a form, named by its entry, or by its part or question of the guide.

    A no to a family denies what is `denied`, and says yes to what it `affirms`.
    """

    name: str
    kind: ItemKind
    covers: tuple[str, ...]
    denied: frozenset[str] = frozenset()
    affirms: tuple[str, ...] = ()

    def answers(
        self, people: SimulatedPeople, vocabulary: Vocabulary, *, named: float
    ) -> Iterator[tuple[Atom, int]]:
        """What the people's answers say, and who says it.

        In free words each names only a share of what is so.
        """
        told = self._told(people, named)
        nothing = people.everyone & ~any_of(told.values())
        for id_, yes in told.items():
            yield said_atom(id_, vocabulary, present=True), yes
            if self.kind != "family":
                no = people.everyone & ~yes
                yield said_atom(id_, vocabulary, present=False), no
            elif id_ in self.denied:
                yield said_atom(id_, vocabulary, present=False), nothing
        for id_ in self.affirms:
            yield said_atom(id_, vocabulary, present=True), nothing

    def _told(self, people: SimulatedPeople, named: float) -> Mapping[str, int]:
        said = {id_: people.said_yes[id_] for id_ in self.covers}
        if self.kind != "family" or named >= 1:
            return said
        return {
            id_: yes & some_of(people.size, named, random.Random(id_))  # noqa: S311  # no secret
            for id_, yes in said.items()
        }


def items_of(
    ids: Sequence[str],
    guide: Guide,
    vocabulary: Vocabulary,
    whom: Sequence[Demographic],
    *,
    alone: Collection[str] = (),
) -> Iterator[FormItem]:
    """All lines that a form on these entries can have.

    What stands `alone` in any case is in no list.
    """
    yield from (FormItem(id_, "entry", (id_,)) for id_ in ids)
    for question in guide.questions:
        if not any(question.asked_of.shared_with(some) for some in whom):
            continue
        if question.kind == "body":
            listed = [id_ for id_ in ids if id_ not in alone]
            yield from _lists(question, listed)
        elif question.kind in ("gate", "tests"):
            covers = tuple(id_ for id_ in question.items if id_ in ids)
            if len(covers) >= FAMILY_FROM:
                yield _family(question, covers, vocabulary)


def _lists(question: HistoryQuestion, ids: Sequence[str]) -> Iterator[FormItem]:
    for part in question.parts:
        covers = tuple(id_ for id_ in part.items if id_ in ids)[:MOST_TICKED]
        if len(covers) >= LIST_FROM:
            yield FormItem(part.id, "list", covers)


def _family(
    question: HistoryQuestion, covers: tuple[str, ...], vocabulary: Vocabulary
) -> FormItem:
    family = vocabulary.family[question.id]
    affirms = tuple(id_ for id_ in family.affirms if id_ in covers)
    return FormItem(question.id, "family", covers, frozenset(family.denies), affirms)

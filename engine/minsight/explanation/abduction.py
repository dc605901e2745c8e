"""Completing: the fewest answers with which an atom would hold.

The clauses that lead to an atom are walked backwards. Answers that serve it equally
well stand for one another, the most general first, so few remain to be tried; they are
tried in ever larger numbers, so the first set that serves is a least one. Only what
rests on no completed absence can be completed, as rules and pictures do.

One least set is told, so the search ends at the first. `whatif.minimal_sets` tells all
of them, as sets of bits along the circuit of one person; the two share no step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final

import msgspec

from minsight.ages import parse_age, span_in_words
from minsight.explanation.statements import GivenAnswer, age_of, said_of, sex_of
from minsight.intake.contradictions import (
    SaidEntry,
    contradictions,
    holds_for,
    out_of_age,
)
from minsight.intake.facts import value_atoms
from minsight.intake.measurements import Value
from minsight.knowledge.vocabulary import ANYBODY, Demographic, Vocabulary
from minsight.logic.atoms import ANSWERS, GIVEN, Atom, named_by, parse
from minsight.logic.fixpoint import closed
from minsight.logic.graph import reachable
from minsight.logic.program import Clause, Program, by_body, by_head

MOST_ANSWERS: Final = 8
"""A rule that lacks more than this is far off, and is not looked into further."""
MOST_CHANGED: Final = 3
_NEVER: Final = 1_000


class Offer(msgspec.Struct, frozen=True):
    """An answer that could be given, and all that follows from it alone."""

    told: GivenAnswer
    gives: frozenset[Atom]


class Least(msgspec.Struct, frozen=True):
    """The fewest answers to add, and those given ones that they take the place of."""

    add: tuple[GivenAnswer, ...]
    instead_of: tuple[GivenAnswer, ...]


class Completer:
    """Finds for any atom of one program what would complete it."""

    def __init__(self, program: Program, vocabulary: Vocabulary) -> None:
        self._program = program
        self._vocabulary = vocabulary
        self._by_head = by_head(program.clauses)
        self._agreeing: dict[tuple[object, ...], bool] = {}
        self._known: dict[Atom, tuple[_Side, Sequence[Offer]]] = {}

    def least(self, goal: Atom, told: Sequence[GivenAnswer]) -> Least | None:
        """The least answers with which `goal` would hold; None when there are none.

        Answers that go with everything that was said come before any that do not, and
        then as few given answers as can be are changed.
        """
        side, offers = self._asked_for(goal)
        if add := self._added(side, offers, told):
            return Least(add, ())
        in_the_way = self._in_the_way(offers, told)
        for count in range(1, min(MOST_CHANGED, len(in_the_way)) + 1):
            for taken_back in combinations(in_the_way, count):
                kept = [t for t in told if t not in taken_back]
                if add := self._added(side, offers, kept):
                    return Least(add, taken_back)
        return None

    def _asked_for(self, goal: Atom) -> tuple[_Side, Sequence[Offer]]:
        """What leads to the goal and the answers that bear on it, found once."""
        if goal not in self._known:
            side = _Side(goal, self._by_head)
            self._known[goal] = side, self._offers(side)
        return self._known[goal]

    def _added(
        self, side: _Side, offers: Sequence[Offer], kept: Sequence[GivenAnswer]
    ) -> tuple[GivenAnswer, ...] | None:
        """The fewest answers that complete the goal beside those that are kept."""
        given = side.closed(atom for told in kept for atom in told.atoms)
        fitting = [o for o in offers if self._agree([o.told], kept)]
        distinct = {self._use(side, offer): offer for offer in reversed(fitting)}
        usable = [o for o in fitting if distinct[self._use(side, o)] is o]
        for most in range(1, MOST_ANSWERS + 1):
            search = _Search(side, usable, given)
            for chosen in search.within(most):
                if self._agree(chosen, kept):
                    return tuple(chosen)
            if not search.was_cut:
                return None
        return None

    def _use(self, side: _Side, offer: Offer) -> tuple[frozenset[Atom], Demographic]:
        """What the goal can see of an answer, and of whom it can be said."""
        whom = ANYBODY
        if self._vocabulary.entry(offer.told.about) and offer.told.present:
            whom = holds_for(self._vocabulary, offer.told.about)
        return offer.gives & side.seen, whom

    def _in_the_way(
        self, offers: Iterable[Offer], told: Iterable[GivenAnswer]
    ) -> list[GivenAnswer]:
        """The given answers that do not go with some answer that would serve."""
        offers = list(offers)
        return [
            answer
            for answer in told
            if any(not self._agree([offer.told], [answer]) for offer in offers)
        ]

    def _agree(self, added: Sequence[GivenAnswer], kept: Iterable[GivenAnswer]) -> bool:
        """Whether one person can give all these answers, of which the kept agree."""
        return all(
            self._pair_agrees(one, other)
            for number, one in enumerate(added)
            for other in (*kept, *added[:number])
        )

    def _pair_agrees(self, one: GivenAnswer, other: GivenAnswer) -> bool:
        pair = tuple((told.about, told.says, told.age_days) for told in (one, other))
        if pair not in self._agreeing:
            self._agreeing[pair] = _agree(one, other, self._vocabulary)
        return self._agreeing[pair]

    def _offers(self, side: _Side) -> list[Offer]:
        """Every answer that bears on the goal, those that say least first."""
        offers = [Offer(told, side.closed(told.atoms)) for told in self._asked(side)]
        return sorted(offers, key=lambda offer: len(offer.gives - offer.told.atoms))

    def _asked(self, side: _Side) -> Iterator[GivenAnswer]:
        for atom in side.atoms:
            match parse(atom):
                case (("observed" | "group"), (id_,)) if id_ in self._sayable:
                    yield said_of(id_, self._vocabulary, present=True)
                case (("excluded" | "outside_group"), (id_,)) if id_ in self._sayable:
                    yield said_of(id_, self._vocabulary, present=False)
                case "sex", (sex,):
                    yield sex_of(sex)
        ages = named_by(side.atoms, "age_from", "age_below")
        if ages:
            yield from self._ages({parse_age(age) for age in ages})
        for measurement in named_by(side.atoms, "value_from", "value_below"):
            yield from self._values(measurement)

    @cached_property
    def _sayable(self) -> frozenset[str]:
        """The ids that have words; a life stage has none, there the age is said."""
        return frozenset(phrase.id for phrase in self._vocabulary.phrases)

    def _ages(self, read: AbstractSet[float]) -> Iterator[GivenAnswer]:
        """An age between each two boundaries of the program, told by those `read`."""
        for start in sorted({0.0, *map(parse_age, self._program.ages)}):
            least = max((days for days in read if days <= start), default=None)
            below = min((days for days in read if days > start), default=None)
            words = f"age {span_in_words(least, below)}"
            yield age_of(start, self._program, words=words)

    def _values(self, measurement: str) -> Iterator[GivenAnswer]:
        """A value between each two cutoffs that some band reads."""
        kind = self._vocabulary.measurement[measurement]
        cutoffs = {
            c.value for c in self._program.cutoffs if c.measurement == measurement
        }
        for start, end in pairwise([None, *sorted(cutoffs), None]):
            value = Value(measurement, kind.plausible_from if start is None else start)
            words = span_in_words(start, end, lambda number: f"{number:g} {kind.unit}")
            given = frozenset(value_atoms(value, self._program))
            says = f"{kind.label} {words}"
            yield GivenAnswer(about=measurement, says=says, atoms=given)


class _Side:
    """The part of a program that leads to one atom."""

    def __init__(self, goal: Atom, makers: Mapping[Atom, Sequence[Clause]]) -> None:
        self.goal = goal

        def read(atom: Atom) -> Iterator[Atom]:
            return (a for clause in makers.get(atom, ()) for a in clause.body)

        self.atoms = tuple(reachable([goal], read))
        self.by_head = {atom: makers.get(atom, ()) for atom in self.atoms}
        self._clauses = [c for clauses in self.by_head.values() for c in clauses]
        self._readers = by_body(self._clauses)

    @cached_property
    def seen(self) -> frozenset[Atom]:
        """The atoms on which the goal depends other than through the taxonomy.

        What an answer implies follows from it alone, so of two answers that imply the
        same of these atoms either serves.
        """
        reading = [clause for clause in self._clauses if not _is_taxonomy(clause)]
        return frozenset([self.goal, *(a for clause in reading for a in clause.body)])

    @cached_property
    def _asks(self) -> Mapping[Atom, frozenset[str]]:
        """For each atom, the questions whose answers it can rest on."""
        found = {atom: questions_of([atom]) for atom in self.atoms}
        reading = [clause for clause in self._clauses if not _is_taxonomy(clause)]
        grown = True
        while grown:
            grown = False
            for clause in reading:
                more = found[clause.head].union(*(found[atom] for atom in clause.body))
                grown = grown or more != found[clause.head]
                found[clause.head] = more
        return found

    def lacking(
        self, wanted: Iterable[Atom], holds: frozenset[Atom], sayable: frozenset[Atom]
    ) -> int:
        """At least so many questions must still be answered; `_NEVER` when none help.

        Of atoms that rest on different questions each needs answers of its own; of
        others only the one that needs most is counted.
        """
        known: dict[Atom, int] = {}

        def of(atom: Atom) -> int:
            if atom in holds:
                return 0
            if atom in sayable:
                return 1
            if atom not in known:
                known[atom] = 0  # an atom that rests on itself adds nothing
                bodies = (clause.body for clause in self.by_head.get(atom, ()))
                known[atom] = min(map(together, bodies), default=_NEVER)
            return known[atom]

        def together(body: Iterable[Atom]) -> int:
            each = {atom: of(atom) for atom in body}
            asked = [self._asks[atom] for atom, needs in each.items() if needs]
            apart = sum(map(len, asked)) == len(frozenset().union(*asked))
            total = sum(each.values()) if apart else max(each.values(), default=0)
            return min(total, _NEVER)

        return together(wanted)

    def closed(self, given: Iterable[Atom]) -> frozenset[Atom]:
        """The given atoms and all of this side that follows from them."""
        return frozenset(closed(given, self._readers))


class _Search:
    """Looks for offers that together complete the goal of a side."""

    def __init__(
        self, side: _Side, offers: Sequence[Offer], given: frozenset[Atom]
    ) -> None:
        self._side = side
        self._offers = offers
        self._given = given
        self._met: set[tuple[tuple[Atom, ...], frozenset[object]]] = set()
        self._worth = sorted(
            (len(questions_of(offer.gives & side.seen)) for offer in offers),
            reverse=True,
        )
        self._sayable = frozenset(atom for offer in offers for atom in offer.gives)
        self.was_cut = False

    def within(self, most: int) -> Iterator[list[GivenAnswer]]:
        """The sets of at most so many answers; `was_cut` says whether more could do."""
        yield from self._from((self._side.goal,), [], self._given, left=most)

    def _from(
        self,
        goals: Iterable[Atom],
        chosen: list[GivenAnswer],
        holds: frozenset[Atom],
        *,
        left: int,
    ) -> Iterator[list[GivenAnswer]]:
        wanted = tuple(goal for goal in dict.fromkeys(goals) if goal not in holds)
        if not wanted:
            yield chosen
            return
        state = (wanted, frozenset((t.about, t.says, t.age_days) for t in chosen))
        if state in self._met:
            return
        self._met.add(state)
        lacking = self._side.lacking(wanted, holds, self._sayable)
        if lacking > sum(self._worth[:left]):
            self.was_cut = self.was_cut or lacking < _NEVER
            return
        first, *rest = wanted
        for offer in self._offers:
            if first in offer.gives:
                more = self._side.closed(holds | offer.gives)
                yield from self._from(rest, [*chosen, offer.told], more, left=left - 1)
        for clause in self._side.by_head.get(first, ()):
            yield from self._from([*clause.body, *rest], chosen, holds, left=left)


def _agree(one: GivenAnswer, other: GivenAnswer, vocabulary: Vocabulary) -> bool:
    """Whether one person can give both answers; each pair is told apart by itself."""
    if one.about == other.about:
        return False
    both = (one, other)
    said = [told for told in both if vocabulary.entry(told.about)]
    present = [SaidEntry(told.about, told.says) for told in said if told.present]
    absent = [SaidEntry(told.about, told.says) for told in said if not told.present]
    age = next((t.age_days for t in both if t.age_days is not None), None)
    sex = next((t.sex for t in both if t.sex is not None), None)
    return not contradictions(
        vocabulary, present=present, absent=absent, age_days=age, sex=sex
    ) and not out_of_age(vocabulary, present, age)


def questions_of(about: Iterable[Atom]) -> frozenset[str]:
    """The questions that these atoms are answers to: an id, the age or the sex."""
    return frozenset(
        kind.partition("_")[0] if kind in ("age_from", "age_below", "sex") else id_
        for kind, (id_, *_) in map(parse, about)
        if kind in GIVEN
    )


def _is_taxonomy(clause: Clause) -> bool:
    """Whether a clause says only that one answer implies another of its kind."""
    kinds = {parse(atom).kind for atom in (clause.head, *clause.body)}
    return len(clause.body) == 1 and len(kinds) == 1 and kinds <= ANSWERS

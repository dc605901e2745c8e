"""Hypotheses: what could have been answered otherwise, and what that would mean.

An answer that can change is one to a finding or group of the vocabulary that bears on a
level, on points, on the order or on the urgency. Groups that age and sex decide are not
answers; age, sex and measurements stay as they were said. A change makes one finding or
group observed, excluded or unknown again. Nobody is asked what does not concern them:
an answer not given yet can be given when its question is for people of this age and
sex.

INVARIANT: every hypothetical person is one whom `check` accepts, and nothing of what
they say is left out. So what becomes observed needs an age and a sex of whom it can be
said; a specific finding cannot be there while one it is a kind of is denied; and two
groups that nobody can be in at once are not both said. What follows from an answer
follows in the rules: nobody needs to say the parents of what they said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.population import People, Population, Standing
from minsight.intake.answers import enter
from minsight.intake.contradictions import exclude, holds_for
from minsight.intake.facts import given_atoms
from minsight.intake.status import AS_ANSWERED, AnswerWord, in_lists
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import ANYBODY, Demographic
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.circuit import Definition
from minsight.questions.relevance import QuestionScope, askable
from minsight.scales import Status

_TARGETS: Final[tuple[Status, ...]] = ("observed", "excluded", "unknown")
Changes: TypeAlias = int
"""A set of changes: bit n stands for the n-th change of the hypotheses."""


class Switch(msgspec.Struct, frozen=True, order=True):
    """One answer set to another: `was` is how it stands, `to` how it would.

    Each is yes, no or unknown.
    """

    id: str
    was: AnswerWord
    to: AnswerWord


class StatusChange(NamedTuple):
    """A finding or group whose status becomes another."""

    id: str
    was: Status
    to: Status


class Hypotheses:
    """One person, and everybody whom other answers would make of them.

    With `said_stays`, only what was not said can change; less is left to work out then.

    Raises:
        SubjectError: when what was said of the subject contradicts itself.
    """

    def __init__(
        self, rules: Engine, subject: Subject, *, said_stays: bool = False
    ) -> None:
        self.rules = rules
        self._answers = enter(subject, rules.vocabulary)
        given = given_atoms(self._answers, rules.program, rules.vocabulary)
        self._given = dict.fromkeys(sorted(given))
        every = tuple(
            change
            for change in self._imaginable()
            if change.was == "unknown" or not said_stays
        )
        open_ = {
            atom
            for change in every
            for atom in (*_brings(change, rules), *_takes(change, rules))
        }
        self.population = Population(
            rules.program, rules.catalogue, fixed=given - open_, open_=open_
        )
        # What was said can stand in the way of another answer, and then be taken back.
        self.changes = tuple(
            c
            for c in every
            if c.was != "unknown" or self._bears(c, self.population.inputs)
        )
        """What can change, in the order of the vocabulary, observed before excluded."""

    # --- what can be changed ----------------------------------------------------------

    def was(self, id_: str) -> Status:
        """What was said of the finding or group; unsure counts as unknown."""
        if id_ in self._answers.present:
            return "observed"
        return "excluded" if id_ in self._answers.absent else "unknown"

    def _imaginable(self) -> Iterator[StatusChange]:
        """Every change after which the answer alone is one that can be given."""
        rules = self.rules
        search = QuestionScope(
            rules.program,
            rules.vocabulary,
            rules.catalogue,
            rules.program.minerals,
            clinician=True,
        )
        for id_ in askable(search):
            was, entry = self.was(id_), rules.vocabulary.entry(id_)
            if entry is None or (was == "unknown" and not self._fits(entry.asked_of)):
                continue
            can_be = self._fits(holds_for(rules.vocabulary, id_))
            for to in _TARGETS:
                if to != was and (can_be or to != "observed"):
                    yield StatusChange(id_, was, to)

    def _fits(self, whom: Demographic) -> bool:
        person = self._answers.subject
        return whom.may_be(person.age_days, person.sex)

    def _bears(self, change: StatusChange, inputs: Collection[Atom]) -> bool:
        moved = (*_brings(change, self.rules), *_takes(change, self.rules))
        return any(atom in inputs for atom in moved)

    @property
    def all_changes(self) -> Changes:
        return (1 << len(self.changes)) - 1

    @cached_property
    def additions(self) -> Changes:
        """The changes that answer what is open: not said, not implied, not refused."""
        holds = self.rules.evaluate(frozenset(self._given), engine="reference").holds
        return _as_set(
            n
            for n, change in enumerate(self.changes)
            if change.was == "unknown"
            and not self.prices[n]
            and holds.isdisjoint(_sayings(change.id, self.rules))
        )

    @cached_property
    def standing(self) -> Standing:
        """How things stand before any change."""
        return self.standings([0])[0]

    def standings(self, people: Sequence[Changes]) -> list[Standing]:
        """How things stand for each of the people."""
        return self.evaluated(people).standings()

    def evaluated(
        self, people: Sequence[Changes], definitions: Iterable[Definition] | None = None
    ) -> People:
        """What holds for the people; `definitions` are all unless some are given."""
        return self.population.evaluate(self.given(people), len(people), definitions)

    @property
    def said(self) -> Collection[Atom]:
        """What the person brings before any change."""
        return self._given.keys()

    def brings(self, change: StatusChange) -> tuple[Atom, ...]:
        """What the person brings once the answer is changed."""
        return _brings(change, self.rules)

    # --- what goes together -----------------------------------------------------------

    @cached_property
    def clashes(self) -> Sequence[Changes]:
        """For each change, those that cannot be made beside it."""
        found = [0] * len(self.changes)
        for n, one in enumerate(self.changes):
            for m, other in enumerate(self.changes[:n]):
                if one.id == other.id or self._contradict(
                    (one.id, one.to), (other.id, other.to)
                ):
                    found[n] |= 1 << m
                    found[m] |= 1 << n
        return found

    @cached_property
    def prices(self) -> Sequence[tuple[Changes, ...]]:
        """For each change, the answers that it contradicts as they were said.

        Each is the set of changes of which one must be made too.
        """
        said = sorted(self._answers.statuses)
        return [
            tuple(
                self._ways_out(change, id_)
                for id_, status in said
                if id_ != change.id
                and self._contradict((change.id, change.to), (id_, status))
            )
            for change in self.changes
        ]

    def _ways_out(self, change: StatusChange, id_: str) -> Changes:
        return _as_set(
            n
            for n, other in enumerate(self.changes)
            if other.id == id_
            and not self._contradict((change.id, change.to), (id_, other.to))
        )

    def allows(self, changes: Changes) -> bool:
        """Whether a person who said all this would be accepted by `check`."""
        return all(
            not self.clashes[n] & changes
            and all(ways & changes for ways in self.prices[n])
            for n in members(changes)
        )

    def _contradict(self, one: tuple[str, Status], other: tuple[str, Status]) -> bool:
        match one[1], other[1]:
            case "observed", "excluded":
                return other[0] in self._above(one[0])
            case "excluded", "observed":
                return one[0] in self._above(other[0])
            case "observed", "observed":
                return self._exclude(one[0], other[0])
            case _:
                return False

    def _above(self, id_: str) -> frozenset[str]:
        return self.rules.vocabulary.with_ancestors(id_)

    def _exclude(self, one: str, other: str) -> bool:
        first, second = self._whom(one), self._whom(other)
        if ANYBODY in (first, second):
            return False
        if (first, second) not in self._excluding:
            self._excluding[first, second] = exclude(first, second)
        return self._excluding[first, second]

    @cached_property
    def _excluding(self) -> dict[tuple[Demographic, Demographic], bool]:
        return {}

    def _whom(self, id_: str) -> Demographic:
        if id_ not in self._whoms:
            self._whoms[id_] = holds_for(self.rules.vocabulary, id_)
        return self._whoms[id_]

    @cached_property
    def _whoms(self) -> dict[str, Demographic]:
        return {}

    def kinds_of_people(self) -> Iterator[tuple[float | None, str | None]]:
        """Ages and sexes that the person may have, so many that no answer is missed."""
        person, bounds = self._answers.subject, [*map(self._whom, self._ids)]
        starts = {whom.from_days or 0.0 for whom in bounds}
        ages = sorted(starts) if person.age_days is None else [person.age_days]
        for sex in ("female", "male") if person.sex is None else [person.sex]:
            for age in ages:
                yield age, sex

    def concerned(self, age_days: float | None, sex: str | None) -> Changes:
        """The changes that somebody of this age and sex can make."""
        return _as_set(
            n
            for n, change in enumerate(self.changes)
            if change.to != "observed" or self._whom(change.id).may_be(age_days, sex)
        )

    @property
    def _ids(self) -> Iterable[str]:
        return dict.fromkeys(change.id for change in self.changes)

    # --- the people -------------------------------------------------------------------

    def made(self, changes: Changes) -> tuple[StatusChange, ...]:
        """The changes of a set, in order."""
        return tuple(self.changes[n] for n in members(changes))

    def told(self, changes: Changes) -> tuple[Switch, ...]:
        """The changes of a set as answers, in order."""
        return tuple(
            Switch(id_, AS_ANSWERED[was], AS_ANSWERED[to])
            for id_, was, to in self.made(changes)
        )

    def subject(self, changes: Changes) -> Subject:
        """The person after the changes, as `check` takes them."""
        made = {id_: to for id_, _, to in self.made(changes)}
        kept = (said for said in self._answers.statuses if said[0] not in made)
        groups = self.rules.vocabulary.group
        lists = in_lists(sorted([*kept, *made.items()]), groups)
        return replace(self._answers.subject, **lists)

    def given(self, people: Sequence[Changes]) -> Mapping[Atom, int]:
        """What the people bring: for each atom, bit n tells of person n."""
        return self.given_by(who_makes(people), len(people))

    def given_by(self, who: Mapping[int, int], size: int) -> Mapping[Atom, int]:
        """What `size` people bring, when it is known who makes each change."""
        given = dict.fromkeys(self._given, (1 << size) - 1)
        for n, mask in sorted(who.items()):
            for atom in _takes(self.changes[n], self.rules):
                given[atom] &= ~mask
            for atom in _brings(self.changes[n], self.rules):
                given[atom] = given.get(atom, 0) | mask
        return given

    def moving(self, atom: Atom) -> Changes:
        """The changes that make an atom hold that does not, or fail that does."""
        return self.bringing(atom) | self.taking(atom)

    def bringing(self, atom: Atom) -> Changes:
        """The changes that make an answer say what the atom does."""
        return self._bringing.get(atom, 0)

    def taking(self, atom: Atom) -> Changes:
        """The changes after which no answer says what the atom does."""
        return self._taking.get(atom, 0)

    @cached_property
    def _bringing(self) -> Mapping[Atom, Changes]:
        return _by_atom(_brings(change, self.rules) for change in self.changes)

    @cached_property
    def _taking(self) -> Mapping[Atom, Changes]:
        return _by_atom(_takes(change, self.rules) for change in self.changes)


def _by_atom(moved: Iterable[Iterable[Atom]]) -> Mapping[Atom, Changes]:
    """For each atom, the changes that it stands under."""
    found: dict[Atom, Changes] = {}
    for n, some in enumerate(moved):
        for atom in some:
            found[atom] = found.get(atom, 0) | 1 << n
    return found


def members(changes: Changes) -> Iterator[int]:
    """The numbers of the changes in a set, ascending."""
    while changes:
        lowest = changes & -changes
        yield lowest.bit_length() - 1
        changes ^= lowest


def _as_set(numbers: Iterable[int]) -> Changes:
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def who_makes(people: Sequence[Changes]) -> dict[int, int]:
    """For each change, the people who make it."""
    found: dict[int, list[int]] = {}
    for person, changes in enumerate(people):
        for n in members(changes):
            found.setdefault(n, []).append(person)
    return {n: _mask(persons, len(people)) for n, persons in found.items()}


def _mask(bits: Iterable[int], size: int) -> int:
    raw = bytearray(size // 8 + 1)
    for bit in bits:
        raw[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(raw, "little")


def _brings(change: StatusChange, rules: Engine) -> tuple[Atom, ...]:
    return _saying(change.id, change.to, rules)


def _takes(change: StatusChange, rules: Engine) -> tuple[Atom, ...]:
    return _saying(change.id, change.was, rules)


def _saying(id_: str, status: Status, rules: Engine) -> tuple[Atom, ...]:
    there, not_there = _sayings(id_, rules)
    by_status = {"observed": (there,), "excluded": (not_there,)}
    return by_status.get(status, ())


def _sayings(id_: str, rules: Engine) -> tuple[Atom, Atom]:
    if id_ in rules.vocabulary.finding:
        return atoms.observed(id_), atoms.excluded(id_)
    return atoms.in_group(id_), atoms.outside_group(id_)

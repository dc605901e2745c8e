"""One page: the lines of a form that find the most of those whom all questions find.

People are simulated who reach `typical_pattern` by answering everything. From all that
can be asked, the lines are left out one after the other of which the fewest of these
people need the answer, until the rest fits on a page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Final

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.population import Population
from minsight.intake.facts import said_atom
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.questions.form_items import FormItem
from minsight.questions.questionnaire import FoundShare
from minsight.questions.simulated import SimulatedPeople, Simulation, any_of
from minsight.scales import LEVELS

FOUND_AT: Final = "typical_pattern"
ALL_NAMED, FOUR_IN_FIVE = 1.0, 0.8
"""What people may name of what is so, asked in free words: an assumption, no source."""
_CHOSEN_AT: Final = 0.9
"""With which share of that the lines are chosen."""
_FIRST_DRAWN, _ENOUGH, _MOST_DRAWN = 1000, 200, 20_000
"""People are drawn so many, and as many again, until enough of them are found."""
_CHOOSING, _MEASURING = 20_261_130, 20_261_131
"""Seeds: a form is not measured on the people by whom it was chosen."""
_AT_ONCE: Final = 16
"""One in so many of the lines is left out before looking again."""
_EXCHANGES, _TRIED, _MORE = 20, 6, 1e-6
"""How often lines are exchanged, how many are tried, and what counts as more."""
_HALVED_BY_RATE: Final = 2.0


class PageRoom(msgspec.Struct, frozen=True):
    """How many lines a form may have, how much room they have, and each takes."""

    most: int
    space: float
    takes: Mapping[str, float]

    def holds(self, names: AbstractSet[str]) -> bool:
        """Whether these lines fit."""
        return len(names) <= self.most and self._taken(names) <= self.space

    def costs(self, names: AbstractSet[str]) -> Mapping[str, float]:
        """What each line costs of that of which there is least: places or space."""
        if len(names) / self.most >= self._taken(names) / self.space:
            return dict.fromkeys(names, 1.0)
        return self.takes

    def _taken(self, names: AbstractSet[str]) -> float:
        return math.fsum(self.takes[name] for name in names)


class _FoundByAll(msgspec.Struct, frozen=True):
    """People with the pattern of one mineral whom all questions find.

    `rate` is how frequent they are: the lack, and the pattern with it.
    """

    people: SimulatedPeople
    rate: float

    @property
    def weight(self) -> float:
        """What one of the people counts."""
        return self.rate / self.people.size


class OnePage:
    """Chooses lines for some minerals; all `ids` can be asked of simulated people."""

    def __init__(
        self,
        rules: Engine,
        simulation: Simulation,
        minerals: Sequence[str],
        items: Iterable[FormItem],
    ) -> None:
        self._rules, self._simulation = rules, simulation
        self._minerals = minerals
        self._every = {item.name: item for item in items}
        self._single = [one for one in self._every.values() if one.kind == "entry"]
        self._said: dict[tuple[str, str], Sequence[tuple[Atom, int]]] = {}

    def chosen(self, kept: set[str], room: PageRoom) -> tuple[FormItem, ...]:
        """The most telling of the lines, in their order; `kept` are among them."""
        left = self._without_the_least(set(self._every), kept, room)
        return self._of(self._exchanged(left, kept, room))

    def _of(self, names: AbstractSet[str]) -> tuple[FormItem, ...]:
        return tuple(item for name, item in self._every.items() if name in names)

    def _without_the_least(
        self, left: set[str], kept: set[str], room: PageRoom
    ) -> set[str]:
        """As many lines as fit, without those that lose least for their room."""
        while not room.holds(left):
            items = self._of(left)
            lists = [item for item in items if item.kind == "list"]
            listed = {id_ for item in lists for id_ in item.covers}
            now, changed = self._shares(items, self._of(left - kept))
            costs = room.costs(left)
            order = sorted(
                changed,
                key=lambda name: (
                    round((now - changed[name]) / costs[name], 6),
                    name not in listed,
                    self._worth[name] / costs[name],
                    name,
                ),
            )
            for name in order[: max(1, len(order) // _AT_ONCE)]:
                if not room.holds(left):
                    left = left - {name}
            if not order:
                break
        return left

    def _exchanged(self, left: set[str], kept: set[str], room: PageRoom) -> set[str]:
        """The lines with others in the place of some, as long as that finds more."""
        for _ in range(_EXCHANGES):
            outside = self._of(self._every.keys() - left)
            now, changed = self._shares(self._of(left), outside)
            first = sorted(
                changed,
                key=lambda name: (now - changed[name], name),
            )
            for name in first[:_TRIED]:
                tried = self._without_the_least(left | {name}, kept | {name}, room)
                if self._shares(self._of(tried), ())[0] > now + _MORE:
                    left = tried
                    break
            else:
                break
        return left

    def found(self, items: Sequence[FormItem]) -> FoundShare:
        """Of how many other people these lines show the pattern."""
        people = self._found_by_all(_MEASURING)
        return FoundShare(
            sum(each.people.size for each in people.values()),
            self._share(items, people, ALL_NAMED),
            self._share(items, people, FOUR_IN_FIVE),
        )

    def telling(self, item: FormItem) -> Sequence[str]:
        """What a family covers, first what most of the people have."""
        counts = dict.fromkeys(item.covers, 0.0)
        for each in self._people.values():
            for id_ in item.covers:
                yes = each.people.said_yes[id_].bit_count()
                counts[id_] += each.weight * yes
        return sorted(counts, key=lambda id_: (-counts[id_], id_))

    # --- people -----------------------------------------------------------------------

    @cached_property
    def _people(self) -> Mapping[str, _FoundByAll]:
        return self._found_by_all(_CHOOSING)

    def _found_by_all(self, seed: int) -> Mapping[str, _FoundByAll]:
        """For each mineral people whom all questions find; none where nobody is."""
        drawn = {m: self._drawn(m, seed) for m in self._minerals}
        return {m: found for m, found in drawn.items() if found.people.size}

    def _drawn(self, mineral: str, seed: int) -> _FoundByAll:
        found, drawn = list[SimulatedPeople](), 0
        while drawn < _MOST_DRAWN and sum(some.size for some in found) < _ENOUGH:
            people = self._simulation.with_picture(
                mineral, max(drawn, _FIRST_DRAWN), seed=seed + 100 * len(found)
            )
            drawn += people.size
            found.append(people.among(self._with_pattern(people, mineral)))
        every = SimulatedPeople.of_all(found)
        kept = every.among((1 << min(_ENOUGH, every.size)) - 1)
        rate = self._rules.catalogue.profile[mineral].base_rate
        return _FoundByAll(kept, _HALVED_BY_RATE**-rate * every.size / drawn)

    def _share(
        self,
        items: Sequence[FormItem],
        people: Mapping[str, _FoundByAll],
        named: float,
    ) -> float:
        found = sum(
            each.weight * self._shown_to(each.people, items, mineral, named).bit_count()
            for mineral, each in people.items()
        )
        total = sum(each.weight * each.people.size for each in people.values())
        return found / total if total else 1.0

    def _with_pattern(self, people: SimulatedPeople, mineral: str) -> int:
        """Who reaches the pattern and no more by answering everything."""
        shown, measured = (
            self._shown_to(people, self._single, mineral, ALL_NAMED, level=level)
            for level in (FOUND_AT, LEVELS[-1])
        )
        return shown & ~measured

    def _shown_to(
        self,
        people: SimulatedPeople,
        items: Iterable[FormItem],
        mineral: str,
        named: float,
        *,
        level: str = FOUND_AT,
    ) -> int:
        """Who of the people is found by these lines, at the level or above."""
        bits = dict(people.given)
        for item in items:
            for atom, who in item.answers(people, self._rules.vocabulary, named=named):
                bits[atom] = bits.get(atom, 0) | who
        return self._evaluated(bits, people.size, mineral, level)

    # --- leaving out ------------------------------------------------------------------

    @cached_property
    def _worth(self) -> Mapping[str, float]:
        """How many of the people say anything but no to each line."""
        return {
            name: sum(
                each.weight
                * any_of(each.people.said_yes[id_] for id_ in item.covers).bit_count()
                for each in self._people.values()
            )
            for name, item in self._every.items()
        }

    def _shares(
        self, items: Sequence[FormItem], changed: Sequence[FormItem]
    ) -> tuple[float, Mapping[str, float]]:
        """How many these lines find, and how many with one of the `changed` otherwise.

        Of those that is left out which is among the lines, and added which is not.
        """
        now, shares = 0.0, dict.fromkeys((item.name for item in changed), 0.0)
        for mineral, each in self._people.items():
            found, counts = self._counts(mineral, each.people, items, changed)
            now += each.weight * found
            for name in shares:
                shares[name] += each.weight * counts.get(name, found)
        return now, shares

    def _counts(
        self,
        mineral: str,
        people: SimulatedPeople,
        items: Sequence[FormItem],
        changed: Sequence[FormItem],
    ) -> tuple[int, Mapping[str, int]]:
        """Of one mineral's people, how many are found, and with what changed.

        People for each change stand side by side, and all are evaluated at once: what
        a line says is taken out of one place, or put in at one.
        """
        said, new = self._by_atom(mineral, items), self._by_atom(mineral, changed)
        names = list(dict.fromkeys(name for by in new.values() for name, _ in by))
        places = {name: place for place, name in enumerate(names)}
        size, blocks = people.size, len(names) + 1
        everywhere = ((1 << size * blocks) - 1) // people.everyone
        bits = {atom: mask * everywhere for atom, mask in people.given.items()}
        for atom in said.keys() | new.keys():
            by = said.get(atom, ())
            total = any_of(who for _, who in by)
            mask = total * everywhere
            told = {name for name, _ in by}
            for name, who in new.get(atom, ()):
                others = any_of(one for other, one in by if other != name)
                then = others if name in told else total | who
                mask ^= (total ^ then) << places[name] * size
            bits[atom] = bits.get(atom, 0) | mask
        found = self._evaluated(bits, size * blocks, mineral)
        counts = [
            (found >> place * size & people.everyone).bit_count()
            for place in range(blocks)
        ]
        return counts[-1], dict(zip(names, counts[:-1], strict=True))

    def _by_atom(
        self, mineral: str, items: Iterable[FormItem]
    ) -> Mapping[Atom, Sequence[tuple[str, int]]]:
        """What the mineral hangs on, by whose answers to which lines it is said."""
        said: dict[Atom, list[tuple[str, int]]] = {}
        for item in items:
            key = mineral, item.name
            if key not in self._said:
                self._said[key] = self._said_to(mineral, item)
            for atom, who in self._said[key]:
                said.setdefault(atom, []).append((item.name, who))
        return said

    def _said_to(self, mineral: str, item: FormItem) -> Sequence[tuple[Atom, int]]:
        wanted, people = self._inputs[mineral], self._people[mineral].people
        vocabulary = self._rules.vocabulary
        answers = item.answers(people, vocabulary, named=_CHOSEN_AT)
        return [(atom, who) for atom, who in answers if atom in wanted]

    # --- evaluating -------------------------------------------------------------------

    def _evaluated(
        self,
        bits: Mapping[Atom, int],
        size: int,
        mineral: str,
        level: str = FOUND_AT,
    ) -> int:
        wanted = atoms.at_level(mineral, level)
        definitions = self._population.definitions([wanted])
        return self._population.evaluate(bits, size, definitions).holds(wanted)

    @cached_property
    def _inputs(self) -> Mapping[str, frozenset[str]]:
        """What each mineral's level reads."""
        return {
            mineral: frozenset(
                wire.name
                for definition in self._population.definitions(
                    [atoms.at_level(mineral, FOUND_AT)]
                )
                for body in definition.bodies
                for wire in body
            )
            for mineral in self._minerals
        }

    @cached_property
    def _population(self) -> Population:
        said = {
            said_atom(id_, self._rules.vocabulary, present=present)
            for id_ in (one.name for one in self._single)
            for present in (True, False)
        }
        return Population(
            self._rules.program,
            self._rules.catalogue,
            fixed=(),
            open_=said | self._simulation.given,
        )

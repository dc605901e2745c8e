"""Simulated people: drawn as often as the guide says, with the picture of a lack.

What a mineral's rules read is likelier of whom is short of it; all else is as of
anybody of this age and sex. They show what a form finds, and choose its questions.
Everybody is one bit of the whole numbers here, as in `assessment.population`.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import Final

import msgspec

from minsight.ages import DAYS_IN
from minsight.assessment.engine import Engine
from minsight.assessment.likelihood import ODDS, SUREST, Likelihood
from minsight.intake.facts import age_atoms
from minsight.knowledge.guide import Guide
from minsight.knowledge.vocabulary import Demographic, Group
from minsight.logic import atoms
from minsight.logic.atoms import Atom

_OPEN_YEARS: Final = 15
"""How much older than a lower bound people are taken to be, where none is above."""
_USUAL_YEARS: Final = 40
"""How old people are taken to be of whom nothing is said."""
_FINE: Final = 16
"""With how many binary digits a share is drawn."""
_FEW: Final = 4
"""Up to how many expected people are drawn one by one."""
_OFTEN: Final = frozenset({"pathognomonic_like", "characteristic", "strong", "low"})
"""Strengths of the rules whose findings a lack makes much likelier, not only more."""


class SimulatedPeople(msgspec.Struct, frozen=True):
    """Some people, a bit each: `given` of everybody, and who would say yes to what."""

    size: int
    given: Mapping[Atom, int]
    said_yes: Mapping[str, int]

    @property
    def everyone(self) -> int:
        return (1 << self.size) - 1

    @classmethod
    def of_all(cls, some: Sequence[SimulatedPeople]) -> SimulatedPeople:
        """All of some people, one after the other."""
        size, given, said = 0, dict[Atom, int](), dict[str, int]()
        for people in some:
            for atom, mask in people.given.items():
                given[atom] = given.get(atom, 0) | mask << size
            for id_, mask in people.said_yes.items():
                said[id_] = said.get(id_, 0) | mask << size
            size += people.size
        return cls(size, given, said)

    def among(self, chosen: int) -> SimulatedPeople:
        """Those of them whose bits are set, closed up."""
        places = [place for place in range(self.size) if chosen >> place & 1]
        return SimulatedPeople(
            len(places),
            {atom: _picked(mask, places) for atom, mask in self.given.items()},
            {id_: _picked(mask, places) for id_, mask in self.said_yes.items()},
        )


class _Kind(msgspec.Struct, frozen=True):
    """People of one age and sex, in some groups."""

    age_days: float
    sex: str
    groups: tuple[str, ...]


class Simulation:
    """Draws people of some ages, sexes and groups, who can be asked about `ids`."""

    def __init__(
        self,
        rules: Engine,
        whom: Sequence[Demographic],
        groups: Sequence[Group],
        ids: Collection[str],
    ) -> None:
        self._rules = rules
        self._ids = tuple(ids)
        self._kinds = tuple(_kinds(whom, groups, rules.guide))
        self._usual_of: dict[_Kind, Mapping[str, float]] = {}

    @property
    def given(self) -> frozenset[Atom]:
        """All that can be given of anybody besides answers."""
        return frozenset(atom for kind in self._kinds for atom in self._of_kind(kind))

    def share_of_yes(self, id_: str) -> float:
        """How likely a yes is of those who are not short of anything."""
        guide = self._rules.guide
        return fmean(
            Likelihood(guide, kind.age_days, kind.sex).of(id_, kind.groups)
            for kind in self._kinds
        )

    def with_picture(self, mineral: str, size: int, *, seed: int) -> SimulatedPeople:
        """About so many people who may have the picture of a lack of this mineral."""
        each = max(1, size // len(self._kinds))
        chance = random.Random(f"{seed} {mineral}")  # noqa: S311  # no secret
        factors = self._factors(mineral)
        given, said = dict[Atom, int](), dict[str, int]()
        for number, kind in enumerate(self._kinds):
            mask = ((1 << each) - 1) << number * each
            for atom in self._of_kind(kind):
                given[atom] = given.get(atom, 0) | mask
            for id_, yes in self._drawn(kind, each, factors, chance).items():
                said[id_] = said.get(id_, 0) | yes << number * each
        return SimulatedPeople(each * len(self._kinds), given, said)

    def _of_kind(self, kind: _Kind) -> Iterator[Atom]:
        yield atoms.of_sex(kind.sex)
        yield from age_atoms(kind.age_days, self._rules.program)
        yield from (atoms.in_group(group) for group in kind.groups)

    def _factors(self, mineral: str) -> Mapping[str, float]:
        """By how much a lack multiplies the odds of what its rules read."""
        found: dict[str, float] = {}
        for rule in self._rules.catalogue.rules_of.get(mineral, ()):
            if rule.says != "for":
                continue
            factor = ODDS["much" if rule.strength in _OFTEN else "more"]
            for id_ in rule.reads:
                found[id_] = max(found.get(id_, 0.0), factor)
        return found

    def _drawn(
        self,
        kind: _Kind,
        size: int,
        factors: Mapping[str, float],
        chance: random.Random,
    ) -> Mapping[str, int]:
        """Who of so many people of a kind says yes, with all that a yes implies."""
        guide, everyone = self._rules.guide, (1 << size) - 1
        usual = self._usual(kind)
        said = {
            id_: everyone
            if id_ in kind.groups
            else some_of(size, _raised(usual[id_], factors.get(id_)), chance)
            for id_ in self._ids
        }
        for one in guide.more_often:
            given = any_of(said.get(id_, 0) for id_ in one.given_any)
            for id_ in one.entries if given else ():
                if id_ in said:
                    more = _raised(usual[id_], ODDS[one.how_much]) - usual[id_]
                    said[id_] |= given & some_of(size, more, chance)
        return self._with_implied(said)

    def _usual(self, kind: _Kind) -> Mapping[str, float]:
        """How likely a yes to each entry is of such people."""
        found = self._usual_of.get(kind)
        if found is None:
            likelihood = Likelihood(self._rules.guide, kind.age_days, kind.sex)
            found = {id_: likelihood.of(id_, kind.groups) for id_ in self._ids}
            self._usual_of[kind] = found
        return found

    def _with_implied(self, said: Mapping[str, int]) -> Mapping[str, int]:
        found = dict(said)
        for id_, yes in said.items():
            for above in self._rules.vocabulary.with_ancestors(id_):
                if above in found:
                    found[above] |= yes
        return found


def _kinds(
    whom: Sequence[Demographic], groups: Sequence[Group], guide: Guide
) -> Iterator[_Kind]:
    """People of each age, sex and group that the guide tells apart."""
    told = tuple(group.id for group in groups if not group.derived)
    bands = [b.whom for b in guide.bands if b.group in told]
    bands = bands or [b.whom for b in guide.bands if b.group is None]
    for some in whom:
        shared = [both for b in bands if (both := some.shared_with(b)) is not None]
        for both in shared or [some]:
            for sex in [both.sex] if both.sex else ["female", "male"]:
                yield _Kind(_usual_age(both), sex, told)


def _usual_age(whom: Demographic) -> float:
    if whom.from_days is None and whom.below_days is None:
        return _USUAL_YEARS * DAYS_IN["y"]
    first = whom.from_days or 0.0
    last = whom.below_days or first + 2 * _OPEN_YEARS * DAYS_IN["y"]
    return (first + last) / 2


def _raised(share: float, factor: float | None) -> float:
    if not factor or not share:
        return share
    odds = share / (1 - share) * factor
    return min(odds / (1 + odds), SUREST)


def some_of(size: int, share: float, chance: random.Random) -> int:
    """Who of so many people are in a share of all, each by a draw of their own.

    Where few are, each is so far from the one before as a draw says. Otherwise the
    digits of the share are gone through from the last: a one takes in half of those who
    are out, a zero puts out half of those who are in.
    """
    if share < 1.0 and share * size < _FEW:
        return _few_of(size, share, chance)
    found, digits = 0, round(share * (1 << _FINE))
    if digits >> _FINE:
        return (1 << size) - 1
    for place in range(_FINE):
        drawn = chance.getrandbits(size)
        found = found | drawn if digits >> place & 1 else found & drawn
    return found


def _few_of(size: int, share: float, chance: random.Random) -> int:
    found, place = 0, -1
    if share > 0.0:
        out = math.log1p(-share)
        while (place := place + 1 + int(math.log(1.0 - chance.random()) / out)) < size:
            found |= 1 << place
    return found


def any_of(masks: Iterable[int]) -> int:
    """Who is in any of the masks."""
    found = 0
    for mask in masks:
        found |= mask
    return found


def _picked(mask: int, places: Sequence[int]) -> int:
    return sum(1 << new for new, place in enumerate(places) if mask >> place & 1)

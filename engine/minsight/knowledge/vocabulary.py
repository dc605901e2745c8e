"""The closed list of findings, risk groups and measurements that rules speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, TypeVar

import msgspec

from minsight.knowledge.phrases import Phrase, PhraseFrame, normalise, sorted_words
from minsight.logic.graph import reachable

_Made = TypeVar("_Made")
"""What is worked out of a vocabulary."""

LASTING: Final = frozenset({"surgery", "birth", "disease"})
"""Categories of groups to which a person belongs for good."""


class Demographic(msgspec.Struct, frozen=True):
    """Age and sex bounds; ages in days, the upper one not included."""

    from_days: float | None = None
    below_days: float | None = None
    sex: str | None = None

    def may_be(self, age_days: float | None, sex: str | None) -> bool:
        """Whether a subject of this age and sex can be meant; unknown can.

        >>> women = Demographic(sex="female")
        >>> women.may_be(None, None), women.may_be(None, "male")
        (True, False)
        """
        if age_days is not None:
            if self.from_days is not None and age_days < self.from_days:
                return False
            if self.below_days is not None and age_days >= self.below_days:
                return False
        return self.sex is None or sex is None or sex == self.sex

    def shared_with(self, other: Demographic) -> Demographic | None:
        """Those whom both mean, or None when nobody is meant by both.

        >>> girls = Demographic(below_days=730.5, sex="female")
        >>> Demographic(from_days=365.25).shared_with(girls)
        Demographic(from_days=365.25, below_days=730.5, sex='female')
        >>> Demographic(sex="male").shared_with(Demographic(sex="female")) is None
        True
        """
        if self.sex and other.sex and self.sex != other.sex:
            return None
        starts = [w.from_days for w in (self, other) if w.from_days is not None]
        ends = [w.below_days for w in (self, other) if w.below_days is not None]
        start, end = max(starts, default=None), min(ends, default=None)
        if end is not None and (start or 0.0) >= end:
            return None
        return Demographic(start, end, self.sex or other.sex)


ANYBODY: Final = Demographic()


class Finding(msgspec.Struct, frozen=True):
    """A symptom, sign or test result; `lay` when a lay person can answer it.

    `asked_of` says whom it is worth asking, `holds_for` of whom it can be true;
    `hpo_below` names the ontology terms of which this is the nearest entry here. What
    is `told_only` is understood when somebody tells it, and no form or interview asks
    for it: a warning sign that those who have it tell by themselves. What has
    `lasts_from_days` is the first of its parents, once that has lasted so long.
    """

    id: str
    label: str
    kind: str
    category: str
    synonyms: tuple[str, ...]
    parents: tuple[str, ...]
    lay: bool
    asked_of: Demographic
    holds_for: Demographic
    hpo: str | None
    hpo_below: str = ""
    told_only: bool = False
    lasts_from_days: float | None = None


class Group(msgspec.Struct, frozen=True):
    """A risk group or life stage; `derived` when it follows from age and sex alone.

    `asked_of` says whom it is worth asking, `holds_for` who can belong to it.
    """

    id: str
    label: str
    category: str
    definition: str
    synonyms: tuple[str, ...]
    parents: tuple[str, ...]
    asked_of: Demographic
    holds_for: Demographic
    derived: bool


class Adjustment(msgspec.Struct, frozen=True):
    """For each unit that the measurement `by` lacks to `at`, `per` is added.

    `from_days` is the age from which it holds; at an unknown age it does. `already`
    are names of values that a laboratory has adjusted.
    """

    by: str
    at: float
    per: float
    from_days: float = 0.0
    already: tuple[str, ...] = ()


class UnitSpan(msgspec.Struct, frozen=True):
    """The numbers, both included, that without a unit can only be meant in this one."""

    unit: str
    from_: float
    to: float


class MeasurementKind(msgspec.Struct, frozen=True):
    """A measurement.

    `units` gives the factor from each accepted unit to `unit`, `bands` the label of
    each range that rules read, `implies` the findings that a value can observe;
    `needs_age` when no band that observes a finding says anything at unknown age.
    `unstated` are the numbers that need no unit, `lines` the values from and below
    which the lines of all bands run, `plain_lines` those of them that ask nothing else
    of a person than the age and the sex.
    """

    id: str
    label: str
    synonyms: tuple[str, ...]
    unit: str
    units: Mapping[str, float]
    plausible_from: float
    plausible_to: float
    bands: Mapping[str, str]
    implies: tuple[str, ...] = ()
    adjusted: Adjustment | None = None
    needs_age: bool = False
    loinc: str | None = None
    unstated: tuple[UnitSpan, ...] = ()
    lines: tuple[tuple[float | None, float | None], ...] = ()
    plain_lines: tuple[tuple[float | None, float | None], ...] = ()


class Family(msgspec.Struct, frozen=True):
    """Entries that one question asks about, which a record can answer as a whole.

    A no denies what it `denies` and says yes to what it `affirms`.
    """

    id: str
    denies: tuple[str, ...]
    affirms: tuple[str, ...] = ()


class Vocabulary(msgspec.Struct, frozen=True, dict=True):
    """Findings, groups, measurements and all their phrases, in file order.

    `frames` are put together from `word_lists`: names, and the words of each.
    """

    findings: tuple[Finding, ...]
    groups: tuple[Group, ...]
    measurements: tuple[MeasurementKind, ...]
    phrases: tuple[Phrase, ...]
    frames: tuple[PhraseFrame, ...] = ()
    word_lists: Mapping[str, tuple[str, ...]] = {}
    families: tuple[Family, ...] = ()

    def __repr__(self) -> str:
        # A report of an error shows what it is about, not megabytes of phrases.
        return (
            f"Vocabulary({len(self.findings)} findings, {len(self.groups)} groups,"
            f" {len(self.measurements)} measurements, {len(self.phrases)} phrases)"
        )

    @cached_property
    def finding(self) -> Mapping[str, Finding]:
        return {entry.id: entry for entry in self.findings}

    @cached_property
    def group(self) -> Mapping[str, Group]:
        return {entry.id: entry for entry in self.groups}

    @cached_property
    def measurement(self) -> Mapping[str, MeasurementKind]:
        return {entry.id: entry for entry in self.measurements}

    @cached_property
    def family(self) -> Mapping[str, Family]:
        return {family.id: family for family in self.families}

    def entry(self, id_: str) -> Finding | Group | None:
        """The finding or group of this id, if there is one."""
        return self.finding.get(id_) or self.group.get(id_)

    def with_ancestors(self, id_: str) -> frozenset[str]:
        """The id and all that it implies in the taxonomy."""
        if id_ not in self._above:
            self._above[id_] = frozenset(reachable([id_], self._parents))
        return self._above[id_]

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        """What each id that was asked for implies: one assessment asks hundreds."""
        return {}

    def _parents(self, id_: str) -> tuple[str, ...]:
        entry = self.entry(id_)
        return entry.parents if entry else ()

    def shown_by(self, id_: str) -> frozenset[str]:
        """The ids through which an answer can show: it, what it implies, its bands."""
        if id_ not in self.measurement:
            return self.with_ancestors(id_)
        measured = self.measurement[id_]
        implied = (self.with_ancestors(name) for name in measured.implies)
        return frozenset(measured.bands).union(*implied)

    @cached_property
    def phrase(self) -> Mapping[str, Phrase]:
        """The phrases of findings and groups by their normalised words."""
        return {p.words: p for p in self.phrases if p.kind != "measurement"}

    @cached_property
    def life_stages(self) -> Mapping[str, Group]:
        """The groups that follow from age alone, by the single words for them."""
        named = ((p.words, self.group.get(p.id)) for p in self.phrase.values())
        return {
            words: group
            for words, group in named
            if group is not None and group.derived and words.isalpha()
        }

    @cached_property
    def spellings(self) -> Mapping[int, tuple[tuple[str, str], ...]]:
        """By number of words, each phrase as it is written and with sorted words."""
        found: dict[int, list[tuple[str, str]]] = {}
        for words in self.phrase:
            pair = (words, sorted_words(words))
            found.setdefault(words.count(" ") + 1, []).append(pair)
        return {count: tuple(pairs) for count, pairs in found.items()}

    def nearest_to_hpo(self, number: str) -> tuple[str, ...]:
        """The terms of the findings nearest above this term of the ontology."""
        nearest = [f.hpo for f in self.findings if number in f.hpo_below.split()]
        return tuple(term for term in nearest if term is not None)

    def once(self, make: Callable[[Vocabulary], _Made]) -> _Made:
        """What `make` works out of this vocabulary, at the first call, then kept."""
        if make not in self._kept:
            self._kept[make] = make(self)
        made: _Made = self._kept[make]
        return made

    @cached_property
    def _kept(self) -> dict[Callable[[Vocabulary], Any], Any]:
        return {}

    @cached_property
    def measurement_phrase(self) -> Mapping[str, Phrase]:
        return {p.words: p for p in self.phrases if p.kind == "measurement"}

    @cached_property
    def adjusted_phrase(self) -> Mapping[str, Phrase]:
        """The phrases for values that a laboratory has adjusted, by their words."""
        named = [
            (normalise(name), kind.id)
            for kind in self.measurements
            if kind.adjusted
            for name in kind.adjusted.already
        ]
        return {w: Phrase(w, id_, "measurement", "synonym") for w, id_ in named}

    def measured_as(self, name: str) -> Phrase | None:
        """The phrase for the measurement that a name means, adjusted already or not."""
        words = normalise(name)
        return self.measurement_phrase.get(words) or self.adjusted_phrase.get(words)

    def label(self, id_: str) -> str:
        """The label of a finding, group or measurement; else the id itself."""
        for entries in (self.finding, self.group, self.measurement):
            if id_ in entries:
                return entries[id_].label
        return id_

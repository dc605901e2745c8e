"""What there is to show: rules with their reasons and sources, profiles, levels."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

import msgspec

from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import NOT_JUDGED, URGENCIES, Doubt, told_urgency


class Source(msgspec.Struct, frozen=True):
    """A cited work; `read` when the passage relied on was seen at the source."""

    id: str
    title: str
    publisher: str | None
    year: int | None
    url: str | None
    read: bool


class Rule(msgspec.Struct, frozen=True):
    """A rule as people see it.

    `kind` is one of supports, risk, combination, textbook, context, against, measured;
    `strength` the step on the scale of that kind; `reads` the ids that its condition
    wants present, `reads_absent` those it wants absent, in order; `more_specific` the
    rules whose finding or group implies this one's; `cluster` the cluster of a finding;
    `place` its file in the rule folder and its line there.
    """

    id: str
    mineral: str
    kind: str
    strength: str
    cluster: str | None
    reads: tuple[str, ...]
    reads_absent: tuple[str, ...]
    more_specific: tuple[str, ...]
    ages: tuple[str, ...]
    because: str
    points_to: str | None
    urgency: str
    grade: str
    sources: tuple[str, ...]
    place: str = ""

    @property
    def says(self) -> str:
        """`for`, `against` or `context`."""
        return self.kind if self.kind in ("against", "context") else "for"


class Fit(msgspec.Struct, frozen=True):
    """To whom something is told: of whom at least `least` of its parts hold."""

    least: int
    of: tuple[Atom | Fit, ...]

    def holds(self, holds: AbstractSet[Atom]) -> bool:
        """Whether it does, given what was derived of the person."""
        left = self.least
        for part in self.of:
            left -= part.holds(holds) if isinstance(part, Fit) else part in holds
            if left <= 0:
                return True
        return False

    def met(self, holds: AbstractSet[Atom]) -> int:
        """How many of its parts hold.

        >>> pale, weak = Atom("observed:pallor"), Atom("observed:weakness")
        >>> Fit(1, (pale, Fit(2, (pale, weak)))).met({pale})
        1
        """
        return sum(
            part.holds(holds) if isinstance(part, Fit) else part in holds
            for part in self.of
        )


class Fact(msgspec.Struct, frozen=True):
    """A sentence with its sources and their grade; not told `unless` that holds."""

    text: str
    sources: tuple[str, ...]
    grade: str
    note: str | None = None
    unless: Fit | None = None


class LookAlike(msgspec.Struct, frozen=True):
    """A state that a lack can be taken for, `beside` the minerals of its picture."""

    id: str
    name: str
    beside: tuple[str, ...]
    when: Fit
    text: str
    tell: str | None
    grade: str
    sources: tuple[str, ...]


class IntakeTable(msgspec.Struct, frozen=True):
    """Daily amounts by life stage (`y_4_8`, `female_19_50`, `preg_14_18`, ...)."""

    unit: str
    kind: str
    values: Mapping[str, float | str]
    sources: tuple[str, ...]
    grade: str
    note: str | None


class Test(msgspec.Struct, frozen=True):
    """A test that would tell more, how it is read, and which values it gives."""

    name: str
    reads: str
    loinc: str | None
    sources: tuple[str, ...]
    grade: str
    measures: tuple[str, ...] = ()
    unless: Fit | None = None


def may_be_told(one: Fact | Test, holds: AbstractSet[Atom]) -> bool:
    """Whether a fact or a test may be told to whom these atoms hold of."""
    return one.unless is None or not one.unless.holds(holds)


class Profile(msgspec.Struct, frozen=True):
    """One mineral: what it does, where it comes from, who runs short, what tells."""

    id: str
    name: str
    symbol: str
    kind: str
    lack: str
    base_rate: int
    scored: bool
    not_scored_because: str | None
    summary: str
    functions: tuple[Fact, ...]
    foods: tuple[Fact, ...]
    intake: IntakeTable | None
    no_intake_because: str | None
    upper_limit: IntakeTable | None
    lack_facts: tuple[Fact, ...]
    life_stage_facts: tuple[Fact, ...]
    tests: tuple[Test, ...]
    look_alikes: tuple[Fact, ...]
    interactions: tuple[Fact, ...]
    cautions: tuple[Fact, ...]
    doubts: tuple[str, ...]


class Level(msgspec.Struct, frozen=True):
    """A level with its sentence and its step of advice."""

    id: str
    sentence: str
    advice: int
    advice_with_strong_risk: int
    folded: bool


class Advice(msgspec.Struct, frozen=True):
    """The steps of advice, and who is advised earlier; ages in days."""

    steps: tuple[str, ...]
    earlier_below_days: float
    professional_below_days: float
    professional_from: str
    professional_step: int


class RuleSentence(msgspec.Struct, frozen=True):
    """A sentence tied to an id: a red flag or a brake.

    `level` is the urgency of a red flag, `reads` the ids of its condition. For the
    sake of a flag that is `told_only` no form asks anything.
    """

    id: str
    text: str
    grade: str
    sources: tuple[str, ...]
    level: str = ""
    reads: tuple[str, ...] = ()
    told_only: bool = False


class Link(msgspec.Struct, frozen=True):
    """A sentence for minerals that stand out together.

    `first` is the mineral to look at before the `others`, when there is one.
    """

    id: str
    text: str
    grade: str
    sources: tuple[str, ...]
    first: str | None
    others: tuple[str, ...]


class Catalogue(msgspec.Struct, frozen=True, dict=True):
    """All that explanations are made from, in file order."""

    rules: tuple[Rule, ...]
    sources: tuple[Source, ...]
    profiles: tuple[Profile, ...]
    levels: tuple[Level, ...]
    advice: Advice
    urgencies: Mapping[str, str]
    not_judged: Mapping[Doubt, str]
    flags: tuple[RuleSentence, ...]
    links: tuple[Link, ...]
    look_alikes: tuple[LookAlike, ...]
    brakes: tuple[RuleSentence, ...]
    footer: str

    def urgency_sentence(self, level: str, doubt: Doubt | None) -> str:
        """How soon to be seen; nothing reassuring while there is a doubt."""
        told = told_urgency(level, judged=doubt is None)
        if doubt is not None and told == NOT_JUDGED:
            return self.not_judged[doubt]
        return self.urgencies[told]

    @cached_property
    def warnings(self) -> Mapping[Atom, tuple[tuple[int, int], RuleSentence]]:
        """Red flags and urgent rules by their atom, with their place in the telling.

        The most urgent comes first, then the flags and the rules in file order.
        """
        signs = [*self.flags, *map(_as_sign, self.rules)]
        return {
            atoms.flag(sign.id): ((-URGENCIES.index(sign.level), place), sign)
            for place, sign in enumerate(signs)
        }

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def profile(self) -> Mapping[str, Profile]:
        return {profile.id: profile for profile in self.profiles}

    @cached_property
    def level(self) -> Mapping[str, Level]:
        return {level.id: level for level in self.levels}

    @cached_property
    def rules_of(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules of each mineral, in file order."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.mineral, []).append(rule)
        return {mineral: tuple(rules) for mineral, rules in found.items()}


def _as_sign(rule: Rule) -> RuleSentence:
    return RuleSentence(rule.id, rule.because, rule.grade, rule.sources, rule.urgency)

"""Rules to evidence: what matched, at which strength, in which cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import pairwise
from typing import Final

from minsight.compiler.conditions import Names, deep_leaves, needs_one_of
from minsight.compiler.documents import LevelsDocument, RuleDocument
from minsight.compiler.folder import Folder
from minsight.compiler.lowering.builder import ProgramBuilder, StratumName
from minsight.compiler.lowering.conditions import lower_condition
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.graph import reachable
from minsight.scales import (
    EFFECTS,
    STRENGTHS,
    URGENCIES,
    WEIGHTS,
    at_or_below,
    one_lower,
)

CARRIERS: Final = {"finding": "supportive", "characteristic": "characteristic"}
"""What may carry a combination, and the strength its matched finding needs for that."""


class MineralRules:
    """The active rules of one mineral, sorted by what they conclude."""

    def __init__(self, mineral: str, folder: Folder) -> None:
        rules = folder.rules.get(mineral, ())
        active = [rule for rule in rules if rule.status != "deprecated"]
        self.mineral = mineral
        self.all = active
        self.supports = [rule for rule in active if rule.then.supports]
        self.risks = [rule for rule in active if rule.then.risk]
        self.combinations = [rule for rule in active if rule.then.combination]
        self.textbooks = [rule for rule in active if rule.then.textbook]
        self.brakes = [rule for rule in active if rule.then.against == "brake"]
        self.caps = [rule for rule in active if rule.then.against == "cap"]
        self.measured = [rule for rule in active if rule.then.measured]
        self._clusters = {f.id: f.cluster for f in folder.findings if f.cluster}
        self._parents = {f.id: f.parents for f in folder.findings}
        self._parents |= {g.id: g.parents for g in folder.groups}

    def cluster_of(self, rule: RuleDocument) -> str:
        """The rule's own cluster, else that of its finding, else the rule by itself."""
        if rule.cluster:
            return rule.cluster
        if isinstance(rule.when, str) and rule.when in self._clusters:
            return self._clusters[rule.when]
        return rule.id

    def more_specific(self, rule: RuleDocument) -> list[str]:
        """The ids of rules of its kind whose finding or group implies that of `rule`.

        One answer that meets both is one answer, so only the more specific one counts.
        """
        kind = self.supports if rule.then.supports else self.risks
        return [
            other.id
            for other in kind
            if isinstance(rule.when, str)
            and isinstance(other.when, str)
            and rule.when in self._ancestors(other.when)
        ]

    def _ancestors(self, id_: str) -> AbstractSet[str]:
        above = self._parents
        return reachable(above.get(id_, ()), lambda name: above.get(name, ()))

    def by_cluster(self) -> dict[str, list[RuleDocument]]:
        found: dict[str, list[RuleDocument]] = {}
        for rule in self.supports:
            found.setdefault(self.cluster_of(rule), []).append(rule)
        return found


def lower_evidence(builder: ProgramBuilder, names: Names, rules: MineralRules) -> None:
    """Evidence holds when its rule's condition does; ages are judged beside it."""
    at = (StratumName.EVIDENCE, rules.mineral)
    for rule in rules.all:
        head = atoms.evidence(rule.id)
        lower_condition(builder, names, rule.when, head=head, at=at)
        if rule.ages:
            outside = [atoms.outside_group(stage) for stage in rule.ages]
            builder.add(*at, atoms.outside_age(rule.id), [head, *outside])


def lower_weights(
    builder: ProgramBuilder, names: Names, rules: MineralRules, levels: LevelsDocument
) -> None:
    """Evidence to strengths, clusters, risks and combinations, each "or above"."""
    mineral = rules.mineral
    _lower_strengths(builder, rules)
    _lower_clusters(builder, rules, levels)
    at = (StratumName.STRENGTH, mineral)
    for rule in rules.risks:
        head = atoms.risk(mineral, str(rule.then.risk))
        builder.add(*at, head, [atoms.evidence(rule.id)])
    _or_above(builder, at, WEIGHTS, partial(atoms.risk, mineral))
    for rule in rules.measured:
        builder.add(*at, atoms.measured_low(mineral), [atoms.evidence(rule.id)])
    for rule in rules.combinations:
        _lower_combination(builder, names, rules, rule, levels)
    for carrier in (None, *CARRIERS, "group"):
        combined = partial(atoms.combination, mineral, carrier=carrier)
        _or_above(builder, (StratumName.COUNT, mineral), EFFECTS, combined)


def _or_above(
    builder: ProgramBuilder,
    at: tuple[StratumName, str],
    scale: Sequence[str],
    atom: Callable[[str], Atom],
) -> None:
    """What holds at one step of a scale holds at the step below."""
    for lower, higher in pairwise(scale):
        builder.add(*at, atom(lower), [atom(higher)])


def _lower_strengths(builder: ProgramBuilder, rules: MineralRules) -> None:
    """INVARIANT: a finding outside its ages counts one class lower, never nothing."""
    at = (StratumName.STRENGTH, rules.mineral)
    for rule in rules.supports:
        matched = atoms.evidence(rule.id)
        *sure, full = _possible_strengths(rule)
        within = [atoms.negated(atoms.outside_age(rule.id))] if sure else []
        builder.add(*at, atoms.strength(rule.id, full), [matched, *within])
        for name in sure:
            builder.add(*at, atoms.strength(rule.id, name), [matched])
        steps = at_or_below(STRENGTHS, full)
        _or_above(builder, at, steps, partial(atoms.strength, rule.id))


def _possible_strengths(rule: RuleDocument) -> list[str]:
    """Its strength, after the one it falls to outside its ages, when it can."""
    full = str(rule.then.supports)
    fallen = one_lower(STRENGTHS, full) if rule.ages else full
    return [full] if fallen in (None, full) else [str(fallen), full]


def _lower_clusters(
    builder: ProgramBuilder, rules: MineralRules, levels: LevelsDocument
) -> None:
    mineral = rules.mineral
    at = (StratumName.STRENGTH, mineral)
    clusters = rules.by_cluster()
    for name, members in clusters.items():
        for rule in members:
            for strength in _possible_strengths(rule):
                head = atoms.cluster(mineral, name, strength)
                builder.add(*at, head, [atoms.strength(rule.id, strength)])
        _or_above(builder, at, STRENGTHS, partial(atoms.cluster, mineral, name))
    for strength in STRENGTHS:
        heads = [
            atoms.cluster(mineral, name, strength)
            for name, members in clusters.items()
            if any(strength in at_or_below(STRENGTHS, r.then.supports) for r in members)
        ]
        for count in _counts_asked(levels, strength):
            head = atoms.clusters(mineral, strength, count)
            builder.count(StratumName.COUNT, mineral, head, heads, least=count)


def _counts_asked(levels: LevelsDocument, strength: str) -> list[int]:
    gates = [gate for level in levels.gates for gate in level.any]
    gates += [gate for brake in levels.brakes for gate in brake.unless]
    asked = {
        g.findings.clusters
        for g in gates
        if g.findings and g.findings.strength == strength
    }
    return sorted(asked)


def _lower_combination(
    builder: ProgramBuilder,
    names: Names,
    rules: MineralRules,
    rule: RuleDocument,
    levels: LevelsDocument,
) -> None:
    mineral, effect = rules.mineral, str(rule.then.combination)
    matched = atoms.evidence(rule.id)
    at = (StratumName.COUNT, mineral)
    builder.add(*at, atoms.combination(mineral, effect), [matched])
    if needs_one_of(rule.when, names.causes, names):
        builder.add(*at, atoms.combination(mineral, effect, "group"), [matched])
    for carrier, strength in CARRIERS.items():
        carried = atoms.carried(rule.id, carrier)
        for finding_rule in _carriers(names, rules, rule):
            builder.add(*at, carried, [atoms.strength(finding_rule.id, strength)])
        builder.add(
            *at, atoms.combination(mineral, effect, carrier), [matched, carried]
        )
    if _urgent(rule, levels):
        builder.add(*at, atoms.urgent(mineral), [matched])


def _carriers(
    names: Names, rules: MineralRules, combination: RuleDocument
) -> Sequence[RuleDocument]:
    """The finding rules that read one of the combination's own findings."""
    read = {name for name, present in deep_leaves(combination.when, names) if present}
    return [
        rule
        for rule in rules.supports
        if any(
            present and name in read for name, present in deep_leaves(rule.when, names)
        )
    ]


def _urgent(rule: RuleDocument, levels: LevelsDocument) -> bool:
    return URGENCIES.index(rule.then.urgency) >= URGENCIES.index(levels.urgent_from)

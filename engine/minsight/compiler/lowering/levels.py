"""Gates, brakes and levels: `levels.yaml`, written once, applied to every mineral."""

from __future__ import annotations

from itertools import pairwise

from minsight.compiler.conditions import Names, deep_leaves
from minsight.compiler.documents import (
    BrakeDocument,
    Gate,
    LevelsDocument,
    ProfileDocument,
)
from minsight.compiler.lowering.builder import ProgramBuilder, StratumName
from minsight.compiler.lowering.conditions import lower_condition
from minsight.compiler.lowering.evidence import MineralRules
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import LEVELS

LOWEST, FLOOR = LEVELS[0], LEVELS[1]


def lower_gates(
    builder: ProgramBuilder,
    names: Names,
    levels: LevelsDocument,
    profile: ProfileDocument,
) -> None:
    """A gate opens its level and every level under it; all stay shut while silent."""
    mineral = profile.id
    allowed = []
    if profile.silent_unless is not None:
        allowed = [atoms.speaks(mineral)]
        at = (StratumName.EVIDENCE, mineral)
        lower_condition(builder, names, profile.silent_unless, head=allowed[0], at=at)
    for gates in levels.gates:
        for gate in gates.any:
            head = atoms.gate(mineral, gates.level)
            body = [*gate_body(mineral, gate), *allowed]
            builder.add(StratumName.WEIGHT, mineral, head, body)
    for lower, higher in pairwise(LEVELS[1:]):
        body = [atoms.gate(mineral, higher)]
        builder.add(StratumName.WEIGHT, mineral, atoms.gate(mineral, lower), body)


def gate_body(mineral: str, gate: Gate) -> list[Atom]:
    """The atoms that must hold together for this gate to open."""
    body: list[Atom] = []
    if gate.findings:
        wanted = gate.findings
        body.append(atoms.clusters(mineral, wanted.strength, wanted.clusters))
    if gate.risk:
        body.append(atoms.risk(mineral, gate.risk))
    if gate.combination:
        asked = gate.combination
        body.append(atoms.combination(mineral, asked.effect, asked.carried_by))
    if gate.measured:
        body.append(atoms.measured_low(mineral))
    if gate.urgent:
        body.append(atoms.urgent(mineral))
    return body


def lower_brakes(
    builder: ProgramBuilder,
    names: Names,
    rules: MineralRules,
    levels: LevelsDocument,
    profile: ProfileDocument,
) -> None:
    """When each brake acts: its condition holds and none of its exceptions does."""
    mineral = rules.mineral
    for brake in levels.brakes:
        free = atoms.free_of(mineral, brake.id)
        for gate in brake.unless:
            builder.add(StratumName.WEIGHT, mineral, free, gate_body(mineral, gate))
        head = atoms.brake(mineral, brake.id)
        for body in _brake_bodies(builder, names, rules, brake, profile):
            builder.add(StratumName.BRAKE, mineral, head, [*body, atoms.negated(free)])


def _brake_bodies(
    builder: ProgramBuilder,
    names: Names,
    rules: MineralRules,
    brake: BrakeDocument,
    profile: ProfileDocument,
) -> list[list[Atom]]:
    match brake.when:
        case "adult_without_cause":
            return _adult_bodies(rules, brake) if profile.adult_brake else []
        case "contrary":
            return [[atoms.evidence(rule.id)] for rule in rules.brakes]
        case "capped":
            return [[atoms.evidence(rule.id)] for rule in rules.caps]
        case "contrary_explains_all":
            return _explaining_bodies(builder, names, rules)


def _adult_bodies(rules: MineralRules, brake: BrakeDocument) -> list[list[Atom]]:
    age = [atoms.age_from(brake.from_age)] if brake.from_age else []
    no_cause = (
        [atoms.negated(atoms.risk(rules.mineral, brake.without_risk))]
        if brake.without_risk
        else []
    )
    return [[*age, *no_cause]]


def _explaining_bodies(
    builder: ProgramBuilder, names: Names, rules: MineralRules
) -> list[list[Atom]]:
    """Contrary evidence explains all when no finding counts that it does not name."""
    bodies = []
    for contrary in rules.brakes:
        if not contrary.then.explains:
            continue
        left = atoms.unexplained(contrary.id)
        for rule in rules.supports:
            read = {name for name, _ in deep_leaves(rule.when, names)}
            if not read <= set(contrary.then.explains):
                body = [atoms.evidence(rule.id)]
                builder.add(StratumName.STRENGTH, rules.mineral, left, body)
        bodies.append([atoms.evidence(contrary.id), atoms.negated(left)])
    return bodies


def lower_levels(builder: ProgramBuilder, mineral: str, levels: LevelsDocument) -> None:
    """From the open gates, brake by brake in the order of the file, to one level."""
    for level in LEVELS[1:]:
        start = atoms.reached(mineral, level, 0)
        builder.add(StratumName.LEVEL, mineral, start, [atoms.gate(mineral, level)])
    for stage, brake in enumerate(levels.brakes, start=1):
        _lower_stage(builder, mineral, stage, brake)
    for number, level in enumerate(LEVELS[1:], start=1):
        last = atoms.reached(mineral, level, len(levels.brakes))
        builder.add(StratumName.LEVEL, mineral, atoms.at_level(mineral, level), [last])
        higher = [
            atoms.negated(atoms.at_level(mineral, up))
            for up in LEVELS[number + 1 :][:1]
        ]
        body = [atoms.at_level(mineral, level), *higher]
        builder.add(StratumName.RESULT, mineral, atoms.level(mineral, level), body)
    nothing = [atoms.negated(atoms.at_level(mineral, FLOOR))]
    builder.add(StratumName.RESULT, mineral, atoms.level(mineral, LOWEST), nothing)


def _lower_stage(
    builder: ProgramBuilder, mineral: str, stage: int, brake: BrakeDocument
) -> None:
    """One brake: what stood before stands after it, or stands lower.

    INVARIANT: no brake lowers below the first level above `no_pattern`; evidence that
    was found is always shown.
    """
    at = (StratumName.LEVEL, mineral)
    off = atoms.negated(atoms.brake(mineral, brake.id))
    for number, level in enumerate(LEVELS[1:], start=1):
        head = atoms.reached(mineral, level, stage)
        before = atoms.reached(mineral, level, stage - 1)
        untouched = level == FLOOR or (
            brake.at_most is not None and number <= LEVELS.index(brake.at_most)
        )
        builder.add(*at, head, [before] if untouched else [before, off])
        if brake.down and not untouched and number + 1 < len(LEVELS):
            above = atoms.reached(mineral, LEVELS[number + 1], stage - 1)
            builder.add(*at, head, [above])

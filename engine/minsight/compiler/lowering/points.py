"""Points: they order candidates inside one level and mean nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.compiler.documents import (
    MOST_BASE_RATE,
    PointsDocument,
    RuleDocument,
)
from minsight.compiler.lowering.builder import ProgramBuilder, StratumName
from minsight.compiler.lowering.evidence import MineralRules
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import PointSum
from minsight.scales import STRENGTHS


def lower_points(
    builder: ProgramBuilder,
    rules: MineralRules,
    points: PointsDocument,
    base_rate: int,
) -> list[PointSum]:
    """The point sums of one mineral, with the clauses of the atoms that they count.

    A complete textbook picture outweighs all else that orders a level; of two the one
    of the mineral that is lacking more often, whose `base_rate` is the lower.
    """
    mineral = rules.mineral
    complete = points.textbook * (MOST_BASE_RATE + 1 - base_rate)
    point_sums = [
        PointSum(mineral, tuple(_strong_clusters(rules, points)), None),
        PointSum(mineral, tuple(_further(builder, rules, points)), None),
        PointSum(
            mineral,
            tuple(_unspecific(builder, rules, points)),
            points.nonspecific_at_most,
        ),
        PointSum(
            mineral,
            tuple(
                (_own(builder, rules, rule), points.risk[rule.then.risk])
                for rule in rules.risks
                if rule.then.risk
            ),
            points.risk_at_most,
        ),
        PointSum(
            mineral,
            tuple(
                (atoms.evidence(rule.id), points.combination[rule.then.combination])
                for rule in rules.combinations
                if rule.then.combination
            ),
            None,
        ),
        PointSum(
            mineral,
            tuple((atoms.evidence(rule.id), complete) for rule in rules.textbooks),
            complete,
        ),
        PointSum(
            mineral,
            tuple((atoms.evidence(rule.id), points.against) for rule in rules.brakes),
            None,
        ),
    ]
    return [point_sum for point_sum in point_sums if point_sum.entries]


def _strong_clusters(
    rules: MineralRules, points: PointsDocument
) -> Iterator[tuple[Atom, int]]:
    """A cluster at a strength or above adds what that strength is worth more."""
    for name in rules.by_cluster():
        worth = 0
        for strength in STRENGTHS[1:]:
            step = points.findings[strength] - worth
            worth += step
            yield atoms.cluster(rules.mineral, name, strength), step


def _further(
    builder: ProgramBuilder, rules: MineralRules, points: PointsDocument
) -> Iterator[tuple[Atom, int]]:
    """A second finding in a cluster that counts: a little more, once."""
    at = (StratumName.STRENGTH, rules.mineral)
    for name, members in rules.by_cluster().items():
        if len(members) < 2:
            continue
        head = atoms.further_in_cluster(rules.mineral, name)
        two = atoms.on_the_way_to(head, "two")
        matched = [_own(builder, rules, rule) for rule in members]
        builder.count(*at, two, matched, least=2)
        builder.add(*at, head, [two, atoms.cluster(rules.mineral, name, STRENGTHS[1])])
        yield head, points.further_in_cluster


def _unspecific(
    builder: ProgramBuilder, rules: MineralRules, points: PointsDocument
) -> Iterator[tuple[Atom, int]]:
    for name in rules.by_cluster():
        head = atoms.unspecific_cluster(rules.mineral, name)
        body = [
            atoms.cluster(rules.mineral, name, STRENGTHS[0]),
            atoms.negated(atoms.cluster(rules.mineral, name, STRENGTHS[1])),
        ]
        builder.add(StratumName.BRAKE, rules.mineral, head, body)
        yield head, points.findings["nonspecific"]


def _own(builder: ProgramBuilder, rules: MineralRules, rule: RuleDocument) -> Atom:
    """The rule matched on an answer that no narrower rule reads."""
    narrower = rules.more_specific(rule)
    matched = atoms.evidence(rule.id)
    if not narrower:
        return matched
    absent = [atoms.negated(atoms.evidence(other)) for other in narrower]
    head = atoms.own_evidence(rule.id)
    builder.add(StratumName.STRENGTH, rules.mineral, head, [matched, *absent])
    return head

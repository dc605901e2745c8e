"""Points: they order candidates inside one level and mean nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.compiler.documents import PointsDocument, RuleDocument
from minsight.compiler.lowering.draft import Draft, Step
from minsight.compiler.lowering.evidence import MineralRules
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import Tally
from minsight.scales import STRENGTHS


def lower_points(
    draft: Draft, rules: MineralRules, points: PointsDocument
) -> list[Tally]:
    """The tallies of one mineral, with the clauses of the atoms that they count."""
    mineral = rules.mineral
    tallies = [
        Tally(mineral, tuple(_strong_clusters(rules, points)), None),
        Tally(mineral, tuple(_further(draft, rules, points)), None),
        Tally(
            mineral,
            tuple(_unspecific(draft, rules, points)),
            points.nonspecific_at_most,
        ),
        Tally(
            mineral,
            tuple(
                (_own(draft, rules, rule), points.risk[rule.then.risk])
                for rule in rules.risks
                if rule.then.risk
            ),
            points.risk_at_most,
        ),
        Tally(
            mineral,
            tuple(
                (atoms.evidence(rule.id), points.combination[rule.then.combination])
                for rule in rules.combinations
                if rule.then.combination
            ),
            None,
        ),
        Tally(
            mineral,
            tuple((atoms.evidence(rule.id), points.against) for rule in rules.brakes),
            None,
        ),
    ]
    return [tally for tally in tallies if tally.entries]


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
    draft: Draft, rules: MineralRules, points: PointsDocument
) -> Iterator[tuple[Atom, int]]:
    """A second finding in a cluster that counts: a little more, once."""
    at = (Step.STRENGTH, rules.mineral)
    for name, members in rules.by_cluster().items():
        if len(members) < 2:
            continue
        head = atoms.further_in_cluster(rules.mineral, name)
        two = Atom(f"{head}:two")
        matched = [_own(draft, rules, rule) for rule in members]
        draft.count(*at, two, matched, least=2)
        draft.add(*at, head, [two, atoms.cluster(rules.mineral, name, STRENGTHS[1])])
        yield head, points.further_in_cluster


def _unspecific(
    draft: Draft, rules: MineralRules, points: PointsDocument
) -> Iterator[tuple[Atom, int]]:
    for name in rules.by_cluster():
        head = atoms.unspecific_cluster(rules.mineral, name)
        body = [
            atoms.cluster(rules.mineral, name, STRENGTHS[0]),
            atoms.negated(atoms.cluster(rules.mineral, name, STRENGTHS[1])),
        ]
        draft.add(Step.BRAKE, rules.mineral, head, body)
        yield head, points.findings["nonspecific"]


def _own(draft: Draft, rules: MineralRules, rule: RuleDocument) -> Atom:
    """The rule matched on an answer that no narrower rule reads."""
    narrower = rules.more_specific(rule)
    matched = atoms.evidence(rule.id)
    if not narrower:
        return matched
    absent = [atoms.negated(atoms.evidence(other)) for other in narrower]
    head = atoms.own_evidence(rule.id)
    draft.add(Step.STRENGTH, rules.mineral, head, [matched, *absent])
    return head

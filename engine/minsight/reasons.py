"""Reasons: which rules matched, what they counted at, and which stood for a cluster."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from minsight import atoms
from minsight.assessment import Reason
from minsight.atoms import Atom
from minsight.catalogue import Rule
from minsight.scales import STRENGTHS, one_lower

_KIND_ORDER = ("measured", "combination", "supports", "risk", "context", "against")
_STRENGTH_ORDER = (
    "low", "brake", "note", "very_strong", "pathognomonic_like", "strong",
    "characteristic", "moderate", "supportive", "weak", "nonspecific",
    "raises", "lowers",
)  # fmt: skip


def matched_reasons(rules: Iterable[Rule], holds: frozenset[Atom]) -> list[Reason]:
    """The reasons of the matched rules: by kind, strongest first, then file order."""
    matched = [rule for rule in rules if atoms.evidence(rule.id) in holds]
    leaders = _leaders(matched, holds)
    reasons = [_reason(rule, holds, leaders) for rule in matched]
    return sorted(
        reasons,
        key=lambda r: (
            _KIND_ORDER.index(r.kind),
            _STRENGTH_ORDER.index(r.strength),
            not r.counted,
        ),
    )


def _reason(rule: Rule, holds: frozenset[Atom], leaders: Collection[str]) -> Reason:
    return Reason(
        rule=rule.id,
        says=rule.says,
        kind=rule.kind,
        matched=tuple(_matched(rule, holds)),
        strength=_strength(rule, holds),
        cluster=rule.cluster,
        counted=_counts(rule, leaders),
        because=rule.because,
        grade=rule.grade,
        sources=rule.sources,
        points_to=rule.points_to,
        out_of_age=atoms.outside_age(rule.id) in holds,
    )


def _matched(rule: Rule, holds: frozenset[Atom]) -> Iterator[str]:
    """The ids of the condition that are as it wants them."""
    for id_ in rule.reads:
        if not holds.isdisjoint(
            (atoms.observed(id_), atoms.in_group(id_), atoms.band(id_))
        ):
            yield id_
    for id_ in rule.reads_absent:
        if not holds.isdisjoint((atoms.excluded(id_), atoms.outside_group(id_))):
            yield id_


def _strength(rule: Rule, holds: frozenset[Atom]) -> str:
    if rule.kind == "supports" and atoms.outside_age(rule.id) in holds:
        return str(one_lower(STRENGTHS, rule.strength))
    return rule.strength


def _leaders(matched: Iterable[Rule], holds: frozenset[Atom]) -> set[str]:
    """The finding rule that stands for each cluster: the strongest, then the first."""
    best: dict[str | None, Rule] = {}
    for rule in matched:
        if rule.kind == "supports":
            leader = best.setdefault(rule.cluster, rule)
            ours, theirs = (
                STRENGTHS.index(_strength(r, holds)) for r in (rule, leader)
            )
            if ours > theirs:
                best[rule.cluster] = rule
    return {rule.id for rule in best.values()}


def _counts(rule: Rule, leaders: Collection[str]) -> bool:
    match rule.kind:
        case "supports":
            return rule.id in leaders
        case "risk" | "combination":
            return rule.strength != "weak"
        case "against":
            return rule.strength == "brake"
        case _:
            return rule.kind == "measured"

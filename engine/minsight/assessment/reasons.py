"""Reasons: which rules matched, what they counted at, and which stood for a cluster."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from minsight.assessment.model import Reason
from minsight.knowledge.catalogue import Rule
from minsight.knowledge.strengths import STANDING
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import STRENGTHS, one_lower


def by_standing(rules: Iterable[Rule]) -> list[Rule]:
    """Rules by kind, then strength as written, then file order."""
    return sorted(rules, key=lambda rule: STANDING[rule.kind, rule.strength])


_PRESENT = (atoms.observed, atoms.in_group, atoms.band)
_ABSENT = (atoms.excluded, atoms.outside_group)


def matched_reasons(rules: Iterable[Rule], holds: frozenset[Atom]) -> list[Reason]:
    """The reasons of the matched rules: by kind, strongest first, then file order."""
    matched = [rule for rule in rules if atoms.evidence(rule.id) in holds]
    leaders = _leaders(matched, holds)
    reasons = [_reason(rule, holds, leaders) for rule in matched]
    return sorted(reasons, key=lambda r: (STANDING[r.kind, r.strength], not r.counted))


def _reason(rule: Rule, holds: frozenset[Atom], leaders: Collection[str]) -> Reason:
    return Reason(
        rule=rule.id,
        says=rule.says,
        kind=rule.kind,
        matched=tuple(_holding(rule.reads, holds, _PRESENT)),
        matched_absent=tuple(_holding(rule.reads_absent, holds, _ABSENT)),
        strength=_strength(rule, holds),
        cluster=rule.cluster,
        counted=_counts(rule, leaders),
        because=rule.because,
        grade=rule.grade,
        sources=rule.sources,
        points_to=rule.points_to,
        out_of_age=atoms.outside_age(rule.id) in holds,
    )


def _holding(
    ids: Iterable[str], holds: frozenset[Atom], ways: Iterable[Callable[[str], Atom]]
) -> Iterator[str]:
    """The ids that hold in one of these ways."""
    for id_ in ids:
        if not holds.isdisjoint(way(id_) for way in ways):
            yield id_


def _strength(rule: Rule, holds: frozenset[Atom]) -> str:
    if rule.kind == "supports" and atoms.outside_age(rule.id) in holds:
        return str(one_lower(STRENGTHS, rule.strength))
    return rule.strength


def _leaders(matched: Iterable[Rule], holds: frozenset[Atom]) -> set[str]:
    """The finding rule that stands for each cluster.

    The strongest; of equals the most specific, which is what the person said; then the
    first of the file.
    """
    best: dict[str | None, Rule] = {}
    for rule in matched:
        if rule.kind == "supports":
            leader = best.setdefault(rule.cluster, rule)
            ours, theirs = (_standing(r, holds) for r in (rule, leader))
            if ours > theirs:
                best[rule.cluster] = rule
    return {rule.id for rule in best.values()}


def _standing(rule: Rule, holds: frozenset[Atom]) -> tuple[int, bool]:
    own = not any(atoms.evidence(other) in holds for other in rule.more_specific)
    return STRENGTHS.index(_strength(rule, holds)), own


def _counts(rule: Rule, leaders: Collection[str]) -> bool:
    match rule.kind:
        case "supports":
            return rule.id in leaders
        case "risk" | "combination":
            return rule.strength != "weak"
        case "against":
            return rule.strength != "note"
        case _:
            return rule.kind in ("measured", "textbook")

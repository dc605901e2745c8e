"""Directions: each finding acts on each mineral one way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from minsight.compiler.checks.content import Content
from minsight.compiler.conditions import leaves
from minsight.compiler.documents import ProfileDocument, RuleDocument
from minsight.errors import Issue
from minsight.scales import STRENGTHS

AGES_THAT_ARE_ANSWERS: Final = frozenset({"pregnant", "lactating"})


def one_direction(content: Content) -> Iterator[Issue]:
    """INVARIANT: a finding or group acts on a mineral for or against it, never both.

    Reading the absence of a finding counts the other way round. A finding acts through
    whatever it implies: its parents, pictures, derived groups, the limits of a band.
    Rules that are only shown act on nothing. What-if bounds and the stopping rule of an
    interview rest on this.
    """
    if content.circles:
        return
    acts: dict[tuple[str, str, int], str] = {}
    for mineral, profile in content.folder.profiles.items():
        for id_, direction in _opening(content, profile):
            acts.setdefault((mineral, id_, direction), "silent_unless")
    for mineral, number, rule in content.rules():
        for id_, direction in _touched(content, rule):
            other = acts.get((mineral, id_, -direction))
            if other is not None:
                place = content.rule_place(mineral, number, "when")
                message = f"`{id_}` acts both for and against {mineral}: see `{other}`"
                yield Issue(place, message, "take it out of one of the two rules")
            acts.setdefault((mineral, id_, direction), rule.id)


def _opening(content: Content, profile: ProfileDocument) -> Iterator[tuple[str, int]]:
    """The ids that let a silent mineral speak."""
    if profile.silent_unless is not None:
        for id_, present in leaves(profile.silent_unless):
            for mover, same in sorted(content.movers(id_)):
                yield mover, 1 if same == present else -1


def _touched(content: Content, rule: RuleDocument) -> Iterator[tuple[str, int]]:
    """The ids that move the rule's mineral, each with +1 for and -1 against."""
    sign = _sign(rule)
    if sign == 0:
        return
    for id_, read_as_present in leaves(rule.when):
        for mover, present in sorted(content.movers(id_)):
            yield mover, sign if present == read_as_present else -sign
    if rule.then.supports not in (None, STRENGTHS[0]):
        # In one of its ages a finding counts more; age itself is not an answer.
        for group in AGES_THAT_ARE_ANSWERS.intersection(rule.ages):
            yield group, sign


def _sign(rule: RuleDocument) -> int:
    shown_only = rule.then.context or rule.then.against == "note"
    if rule.status == "deprecated" or shown_only:
        return 0
    return -1 if rule.then.against else 1

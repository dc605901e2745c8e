"""Shapes: no circles, conclusions that fit their conditions, complete scales."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from minsight import scales
from minsight.compiler.checks.content import LEVELS_FILE, URGENCY_FILE, Content
from minsight.compiler.conditions import AGE_AND_SEX, Names, deep_leaves, needs_one_of
from minsight.compiler.documents import RuleDocument
from minsight.errors import Issue, Place

CONTEXT_CATEGORIES: Final = frozenset({AGE_AND_SEX, "pregnancy_lactation"})
"""Groups that age, sex and pregnancy put a subject into: context may read them."""


def acyclic(content: Content) -> Iterator[Issue]:
    """Neither parents nor pictures nor derived groups go round in a circle."""
    places = {id_: place for place, id_ in content.vocabulary()}
    for file, circle in content.circles:
        message = f"a circle: {' -> '.join([*circle, circle[0]])}"
        place = places.get(circle[0], Place(file))
        yield Issue(place, message, "remove one of the links")


def kinds_fit(content: Content) -> Iterator[Issue]:
    """What a rule concludes fits what it reads."""
    if content.circles:
        return
    groups = content.folder.groups
    life_stages = {stage.id for stage in content.folder.life_stages}
    readable = life_stages | {g.id for g in groups if g.category in CONTEXT_CATEGORIES}
    age_and_sex = life_stages | {g.id for g in groups if g.category == AGE_AND_SEX}
    for mineral, number, rule in content.rules():
        for message, fix in _misfits(rule, content.names, age_and_sex, readable):
            yield Issue(content.rule_place(mineral, number, "then"), message, fix)


def _misfits(
    rule: RuleDocument, names: Names, age_and_sex: set[str], readable: set[str]
) -> Iterator[tuple[str, str]]:
    read = [id_ for id_, _ in deep_leaves(rule.when, names)]
    then = rule.then
    if then.risk and all(id_ in age_and_sex for id_ in read):
        yield "age and sex alone are context, not a risk", "write `context: raises`"
    if then.risk and any(id_ in names.findings for id_ in read):
        yield "a finding is not a risk group", "write `supports:` or `combination:`"
    if then.context and any(id_ not in readable for id_ in read):
        yield "context may read only age, sex and pregnancy", "write `risk:` instead"
    if then.supports and any(id_ in names.groups for id_ in read):
        yield "a group cannot support like a finding", "write `risk:` or `combination:`"
    if then.combination and not needs_one_of(rule.when, names.findings, names):
        fix = "require a finding, or write `risk:`"
        yield "this combination can hold without any finding", fix
    if then.measured and any(id_ not in names.bands | names.reports for id_ in read):
        message = "a measured level may read only bands and laboratory findings"
        yield message, "write `supports:` instead"
    if rule.ages and not then.supports:
        fix = "put the life stage into `when`"
        yield "`ages` judge a finding's strength, and this rule has none", fix
    if rule.status == "deprecated" and not rule.deprecated_because:
        yield "a deprecated rule must say why", "add `deprecated_because: ...`"


def scales_complete(content: Content) -> Iterator[Issue]:
    """`levels.yaml` and `urgency.yaml` speak of every step of every scale."""
    levels, folder = content.folder.levels, content.folder
    points = folder.place(LEVELS_FILE, "points")
    for place, name, wanted, given in (
        (
            folder.place(LEVELS_FILE, "levels"),
            "levels",
            scales.LEVELS,
            _level_ids(content),
        ),
        (points, "points.findings", scales.STRENGTHS, levels.points.findings),
        (points, "points.risk", scales.WEIGHTS, levels.points.risk),
        (points, "points.combination", scales.EFFECTS, levels.points.combination),
        (
            folder.place(URGENCY_FILE, "sentences"),
            "sentences",
            scales.URGENCIES,
            folder.urgency.sentences,
        ),
    ):
        yield from _missing_steps(place, name, wanted, set[str](given))
    steps = {"professional_advice": levels.professional_advice}
    for level in levels.levels:
        steps[level.id] = max(level.advice, level.advice_with_strong_risk or 0)
    for name, step in steps.items():
        if step >= len(levels.advice):
            place = folder.place(LEVELS_FILE, "levels")
            message = f"`{name}` names a step of advice that is not there"
            yield Issue(place, message, f"use 0 to {len(levels.advice) - 1}")


def _level_ids(content: Content) -> list[str]:
    return [level.id for level in content.folder.levels.levels]


def _missing_steps(
    place: Place, name: str, wanted: Iterable[str], given: set[str]
) -> Iterator[Issue]:
    for step in wanted:
        if step not in given:
            yield Issue(place, f"`{name}` says nothing of `{step}`", "add it")

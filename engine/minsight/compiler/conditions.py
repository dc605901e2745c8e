"""Conditions as checks and lowering read them: names, leaves, what they need."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from minsight.compiler.documents import (
    Absent,
    AllOf,
    AnyOf,
    AtLeast,
    ConditionDocument,
    FittingText,
    TestDocument,
)
from minsight.compiler.folder import Folder
from minsight.compiler.layout import PROFILE
from minsight.logic import atoms
from minsight.logic.atoms import Atom

AGE_AND_SEX: Final = "age_sex"
"""The category of groups that follow from age and sex; they are context, no cause."""


class Names(msgspec.Struct, frozen=True):
    """What each id of the vocabulary stands for, and the conditions behind pictures.

    `causes` are the groups that can be a cause: not age, sex and life stage.
    `reports` are the findings that only a laboratory can make.
    """

    findings: frozenset[str]
    reports: frozenset[str]
    groups: frozenset[str]
    causes: frozenset[str]
    bands: frozenset[str]
    pictures: Mapping[str, ConditionDocument]

    def atom(self, name: str) -> Atom:
        """The atom that says that this finding, group, band or picture holds."""
        if name in self.findings:
            return atoms.observed(name)
        if name in self.groups:
            return atoms.in_group(name)
        if name in self.bands:
            return atoms.band(name)
        return atoms.picture(name)

    def absence(self, name: str) -> Atom:
        """The atom that says that this finding or group was said to be absent."""
        if name in self.findings:
            return atoms.excluded(name)
        return atoms.outside_group(name)


def names_of(folder: Folder) -> Names:
    """What each id in a condition stands for."""
    return Names(
        findings=frozenset(finding.id for finding in folder.findings),
        reports=frozenset(f.id for f in folder.findings if f.kind == "lab"),
        groups=frozenset(
            [*(g.id for g in folder.groups), *(s.id for s in folder.life_stages)]
        ),
        causes=frozenset(g.id for g in folder.groups if g.category != AGE_AND_SEX),
        bands=frozenset(b.id for m in folder.measurements for b in m.bands),
        pictures=_pictures(folder),
    )


def _pictures(folder: Folder) -> Mapping[str, ConditionDocument]:
    return {picture.id: picture.when for picture in folder.pictures}


def leaves(condition: ConditionDocument) -> Iterator[tuple[str, bool]]:
    """The ids in a condition, left to right, each with whether it must be present."""
    match condition:
        case str():
            yield condition, True
        case Absent():
            yield condition.absent, False
        case _:
            for part in parts(condition):
                yield from leaves(part)


def deep_leaves(
    condition: ConditionDocument, names: Names
) -> Iterator[tuple[str, bool]]:
    """As `leaves`, with each picture replaced by what it is made of."""
    for name, present in leaves(condition):
        if name in names.pictures:
            yield from deep_leaves(names.pictures[name], names)
        else:
            yield name, present


def parts(condition: ConditionDocument) -> list[ConditionDocument]:
    """The direct parts of a compound condition; of a simple one, none."""
    match condition:
        case AllOf():
            return condition.all
        case AnyOf():
            return condition.any
        case AtLeast():
            return condition.of
        case _:
            return []


def of_what_is_told(
    folder: Folder,
) -> Iterator[tuple[str, tuple[str | int, ...], ConditionDocument]]:
    """The conditions by which something is told, or not; no level reads them.

    Each with its file and its path in it.
    """
    for number, one in enumerate(folder.look_alikes):
        yield "look_alikes.yaml", ("look_alikes", number, "when"), one.when
    for number, kind in enumerate(folder.food_kinds):
        if kind.not_for is not None:
            yield "foods.yaml", ("kinds", number, "not_for"), kind.not_for
    for mineral, profile in folder.profiles.items():
        facts: dict[str, Sequence[FittingText | TestDocument]] = {
            "tests": profile.tests,
            "look_alikes": profile.look_alikes,
        }
        for key, several in facts.items():
            for number, fact in enumerate(several):
                if fact.unless is not None:
                    path = (key, number, "unless")
                    yield f"{mineral}/{PROFILE}", path, fact.unless


def needs_one_of(
    condition: ConditionDocument, ids: Container[str], names: Names
) -> bool:
    """Whether the condition cannot hold unless one of these ids holds."""
    match condition:
        case str() if condition in names.pictures:
            return needs_one_of(names.pictures[condition], ids, names)
        case str():
            return condition in ids
        case Absent():
            return False
        case AllOf():
            return any(needs_one_of(part, ids, names) for part in condition.all)
        case AnyOf():
            return all(needs_one_of(part, ids, names) for part in condition.any)
        case AtLeast():
            free = [p for p in condition.of if not needs_one_of(p, ids, names)]
            return condition.at_least > len(free)

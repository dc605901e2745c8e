"""Conditions to clauses: antecedents become flat conjunctions of distinct atoms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from minsight import atoms
from minsight.atoms import Atom
from minsight.documents import Absent, AllOf, AnyOf, AtLeast, Condition
from minsight.lowering.draft import Draft, Step


class Names(msgspec.Struct, frozen=True):
    """What each id of the vocabulary stands for, and the conditions behind pictures."""

    findings: frozenset[str]
    groups: frozenset[str]
    bands: frozenset[str]
    pictures: Mapping[str, Condition]

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


def lower_condition(
    draft: Draft,
    names: Names,
    condition: Condition,
    *,
    head: Atom,
    at: tuple[Step, str],
) -> None:
    """Add the clauses by which `head` holds exactly when `condition` holds."""
    _imply(draft, names, condition, head, at, owner=head, path="")


def leaves(condition: Condition) -> Iterator[tuple[str, bool]]:
    """The ids in a condition, left to right, each with whether it must be present."""
    match condition:
        case str():
            yield condition, True
        case Absent():
            yield condition.absent, False
        case _:
            for part in parts(condition):
                yield from leaves(part)


def deep_leaves(condition: Condition, names: Names) -> Iterator[tuple[str, bool]]:
    """As `leaves`, with each picture replaced by what it is made of."""
    for name, present in leaves(condition):
        if name in names.pictures:
            yield from deep_leaves(names.pictures[name], names)
        else:
            yield name, present


def parts(condition: Condition) -> list[Condition]:
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


def needs_group(condition: Condition, names: Names) -> bool:
    """Whether the condition cannot hold without some risk group."""
    match condition:
        case str() if condition in names.pictures:
            return needs_group(names.pictures[condition], names)
        case str():
            return condition in names.groups
        case Absent():
            return False
        case AllOf():
            return any(needs_group(part, names) for part in condition.all)
        case AnyOf():
            return all(needs_group(part, names) for part in condition.any)
        case AtLeast():
            free = [part for part in condition.of if not needs_group(part, names)]
            return condition.at_least > len(free)


def _imply(
    draft: Draft,
    names: Names,
    condition: Condition,
    head: Atom,
    at: tuple[Step, str],
    *,
    owner: Atom,
    path: str,
) -> None:
    below = [
        _atom_of(draft, names, part, at, owner=owner, path=f"{path}{number}")
        for number, part in enumerate(parts(condition), start=1)
    ]
    match condition:
        case str():
            draft.add(*at, head, [names.atom(condition)])
        case Absent():
            draft.add(*at, head, [names.absence(condition.absent)])
        case AllOf():
            draft.add(*at, head, below)
        case AnyOf():
            draft.count(*at, head, below, least=1)
        case AtLeast():
            draft.count(*at, head, below, least=condition.at_least)


def _atom_of(
    draft: Draft,
    names: Names,
    condition: Condition,
    at: tuple[Step, str],
    *,
    owner: Atom,
    path: str,
) -> Atom:
    match condition:
        case str():
            return names.atom(condition)
        case Absent():
            return names.absence(condition.absent)
        case _:
            head = atoms.part(owner, path)
            _imply(draft, names, condition, head, at, owner=owner, path=f"{path}.")
            return head

"""Conditions to clauses: antecedents become flat conjunctions of distinct atoms."""

from __future__ import annotations

from minsight.compiler.conditions import Names, parts
from minsight.compiler.documents import Absent, AllOf, AnyOf, AtLeast, Condition
from minsight.compiler.lowering.draft import Draft, Step
from minsight.logic import atoms
from minsight.logic.atoms import Atom


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

"""Conditions to clauses: antecedents become flat conjunctions of distinct atoms."""

from __future__ import annotations

from minsight.compiler.conditions import Names, parts
from minsight.compiler.documents import Absent, AllOf, AnyOf, AtLeast, ConditionDocument
from minsight.compiler.lowering.builder import ProgramBuilder, StratumName
from minsight.logic import atoms
from minsight.logic.atoms import Atom


def lower_condition(
    builder: ProgramBuilder,
    names: Names,
    condition: ConditionDocument,
    *,
    head: Atom,
    at: tuple[StratumName, str],
) -> None:
    """Add the clauses by which `head` holds exactly when `condition` holds."""
    _imply(builder, names, condition, head, at, owner=head, path="")


def _imply(
    builder: ProgramBuilder,
    names: Names,
    condition: ConditionDocument,
    head: Atom,
    at: tuple[StratumName, str],
    *,
    owner: Atom,
    path: str,
) -> None:
    below = [
        _atom_of(builder, names, part, at, owner=owner, path=f"{path}{number}")
        for number, part in enumerate(parts(condition), start=1)
    ]
    match condition:
        case str():
            builder.add(*at, head, [names.atom(condition)])
        case Absent():
            builder.add(*at, head, [names.absence(condition.absent)])
        case AllOf():
            builder.add(*at, head, below)
        case AnyOf():
            builder.count(*at, head, below, least=1)
        case AtLeast():
            builder.count(*at, head, below, least=condition.at_least)


def _atom_of(
    builder: ProgramBuilder,
    names: Names,
    condition: ConditionDocument,
    at: tuple[StratumName, str],
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
            _imply(builder, names, condition, head, at, owner=owner, path=f"{path}.")
            return head

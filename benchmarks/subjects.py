"""Random subjects, contradictory and improbable ones among them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from minsight.ages import parse_age
from minsight.api import Rules
from minsight.logic import atoms
from minsight.logic.atoms import Atom

Given: TypeAlias = frozenset[Atom]
Cell: TypeAlias = bool | float | str


@dataclass(frozen=True)
class Drawn:
    """One subject: the given atoms, and the same as cells of a table of answers."""

    given: Given
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Choices:
    """What a random subject is drawn from.

    `ages` and `cutoffs` are pairs of the boundary as a number and its two atoms: at or
    above it, and below it.
    """

    findings: tuple[str, ...]
    groups: tuple[str, ...]
    ages: tuple[Boundary, ...]
    cutoffs: Mapping[str, tuple[Boundary, ...]]


@dataclass(frozen=True)
class Boundary:
    """A number with the atom of values from it on and the atom of values below it."""

    value: float
    from_it: Atom
    below_it: Atom

    def met_by(self, value: float) -> Atom:
        return self.from_it if value >= self.value else self.below_it


def choices_of(rules: Rules) -> Choices:
    """All that subjects of these rules can say."""
    cutoffs: dict[str, tuple[Boundary, ...]] = {}
    for cutoff in rules.program.cutoffs:
        name, value = cutoff.measurement, cutoff.value
        boundary = Boundary(
            value, atoms.value_from(name, value), atoms.value_below(name, value)
        )
        cutoffs[name] = (*cutoffs.get(name, ()), boundary)
    return Choices(
        findings=tuple(entry.id for entry in rules.vocabulary.findings),
        groups=tuple(entry.id for entry in rules.vocabulary.groups),
        ages=tuple(
            Boundary(parse_age(age), atoms.age_from(age), atoms.age_below(age))
            for age in rules.program.ages
        ),
        cutoffs=cutoffs,
    )


def random_subject(chance: random.Random, choices: Choices) -> Drawn:
    """One random subject, from nearly silent to very talkative."""
    given: list[Atom] = []
    cells: dict[str, Cell] = {}
    for ids, said, denied, usual in (
        (choices.findings, atoms.observed, atoms.excluded, 8),
        (choices.groups, atoms.in_group, atoms.outside_group, 3),
    ):
        talkative = chance.random() < 0.02
        most = len(ids) if talkative else usual
        some = chance.sample(ids, min(len(ids), chance.randint(0, 2 * most)))
        yes = chance.random()
        answers = {id_: chance.random() < yes for id_ in some}
        given += [said(id_) if held else denied(id_) for id_, held in answers.items()]
        cells |= answers
    if chance.random() < 0.8:
        cells["sex"] = sex = chance.choice(("female", "male"))
        given.append(atoms.of_sex(sex))
    if chance.random() < 0.8:
        cells["age_days"] = age = _near(chance, choices.ages, apart=1.0)
        given += [boundary.met_by(age) for boundary in choices.ages]
    for name, boundaries in choices.cutoffs.items():
        if chance.random() < 0.2:
            cells[name] = value = _near(chance, boundaries, apart=0.5)
            given += [boundary.met_by(value) for boundary in boundaries]
    return Drawn(frozenset(given), cells)


def _near(
    chance: random.Random, boundaries: Sequence[Boundary], *, apart: float
) -> float:
    """A value below, at or above one of the boundaries, never negative."""
    near = chance.choice(boundaries).value + chance.choice((-apart, 0.0, apart))
    return max(0.0, near)

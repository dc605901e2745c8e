"""Atoms are made and taken apart in one place, and the two are inverse."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.logic import atoms
from minsight.logic.atoms import Atom, Kind, Parts, parse

IDS = st.from_regex(r"[a-z0-9_.]{1,9}", fullmatch=True)
ARGUMENTS: Mapping[str, st.SearchStrategy[Any]] = {
    "str": IDS,
    "int": st.integers(1, 99),
    "float": st.floats(0.001, 9_999).map(lambda number: float(f"{number:g}")),
}
NOT_OF_A_KIND = {"parse", "named_by", "negated", "is_negated", "positive"}
"""The functions that take atoms apart; and the one below makes some of every kind."""
MAKERS: Mapping[str, Callable[..., Atom]] = {
    name: function
    for name, function in inspect.getmembers(atoms, inspect.isfunction)
    if function.__module__ == atoms.__name__
    and name not in {*NOT_OF_A_KIND, "on_the_way_to", "part"}
}


@st.composite
def made(draw: st.DrawFn, maker: Callable[..., Atom]) -> tuple[Atom, tuple[Any, ...]]:
    """An atom with the arguments that it was made of."""
    parameters = inspect.signature(maker).parameters.values()
    drawn = [draw(ARGUMENTS[p.annotation.partition(" ")[0]]) for p in parameters]
    return maker(*drawn), tuple(drawn)


def every_atom() -> st.SearchStrategy[Atom]:
    makers = st.sampled_from(sorted(MAKERS)).map(MAKERS.__getitem__)
    return makers.flatmap(made).map(lambda one: one[0])


def test_each_kind_has_one_maker() -> None:
    found = {parse(MAKERS[name](*_examples(MAKERS[name]))).kind for name in MAKERS}
    assert sorted(found | {"part", "not"}) == sorted(get_args(Kind))
    assert len(found) == len(MAKERS)


def _examples(maker: Callable[..., Atom]) -> list[Any]:
    examples = {"str": "some", "int": 2, "float": 1.5}
    parameters = inspect.signature(maker).parameters.values()
    return [examples[p.annotation.partition(" ")[0]] for p in parameters]


@pytest.mark.parametrize("name", sorted(MAKERS))
@given(data=st.data())
def test_what_was_made_comes_apart_into_what_it_was_made_of(
    name: str, data: st.DataObject
) -> None:
    atom, drawn = data.draw(made(MAKERS[name]))
    words = tuple(f"{a:g}" if isinstance(a, float) else str(a) for a in drawn)
    kind, arguments = parse(atom)
    assert arguments == words
    assert ":".join([kind, *arguments]) == atom


@given(owner=every_atom(), path=IDS)
def test_a_part_names_its_owner_and_its_place(owner: Atom, path: str) -> None:
    kind, arguments = parse(atoms.part(owner, path))
    assert (kind, ":".join(arguments[:-1]), arguments[-1]) == ("part", owner, path)


@given(head=every_atom(), steps=st.lists(st.integers(0, 9), min_size=1, max_size=3))
def test_what_leads_to_an_atom_is_of_its_kind_and_another_atom(
    head: Atom, steps: list[int]
) -> None:
    kind, arguments = parse(atoms.on_the_way_to(head, *steps))
    assert Parts(kind, arguments[: -len(steps)]) == parse(head)
    assert arguments[-len(steps) :] == tuple(map(str, steps))


@given(atom=every_atom())
def test_an_absence_is_of_its_atom(atom: Atom) -> None:
    absence = atoms.negated(atom)
    assert atoms.is_negated(absence)
    assert not atoms.is_negated(atom)
    assert atoms.positive(absence) == atoms.positive(atom) == atom
    kind, arguments = parse(atom)
    assert parse(absence) == Parts("not", (kind, *arguments))


@given(one=every_atom(), other=every_atom())
def test_atoms_of_other_parts_are_other_atoms(one: Atom, other: Atom) -> None:
    assert (parse(one) == parse(other)) == (one == other)


def test_what_atoms_are_about_is_told_once_and_in_order() -> None:
    some = [
        atoms.age_from("9mo"),
        atoms.negated(atoms.age_from("1y")),
        atoms.age_below("3y"),
        atoms.age_below("9mo"),
        atoms.of_sex("female"),
    ]
    assert atoms.named_by(some, "age_from", "age_below") == ("9mo", "3y")
    assert atoms.named_by(some) == ()

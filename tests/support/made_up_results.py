"""Made-up results: people with any ids, and candidates in the order of their levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from hypothesis import strategies as st

import minsight
from minsight.scales import LEVELS, URGENCIES
from minsight.screening.results.schema import LONG, SEPARATOR

HOSTILE = (
    "=cmd()", "+1", "-1", "@x", "'=x", "''=x", "'quoted", "007", "1e5", "a\nb", "\tb",
    "a\r\nb", 'q"x,y;z', "\U0001f600", "x" * 300, "  spaces ", "<r>&lt;</r>", "<r>",
    "_x0041_", "http://example.org/", "\uff1d1", "{=1}", "</div><script>",
)  # fmt: skip
"""Ids that some program would run, cut, or take for something else."""


@dataclass(frozen=True)
class Said:
    """What results say of one mineral."""

    mineral: str
    level: str
    points: int
    reasons: str
    against: str
    brakes: str


@dataclass(frozen=True)
class Person:
    """One person of results; candidates by rank, `judged` their urgency."""

    subject_id: str
    urgency: str
    flags: str
    candidates: tuple[Said, ...]
    judged: bool = True
    months: int | None = None
    sex: str | None = None


def frame_of(people: list[Person], *, file: str = "people.csv") -> pl.DataFrame:
    """The results of people who stand in the rows of one file, from 1."""
    rows = [
        line
        for number, person in enumerate(people, start=1)
        for line in _lines(file, number, person)
    ]
    return pl.DataFrame(rows, schema=LONG, orient="row")


def _age(months: int) -> tuple[str, float]:
    return f"{months} months", months / 12


def _lines(file: str, row: int, person: Person) -> Iterator[tuple[object, ...]]:
    urgency = (person.urgency, person.judged, person.flags)
    age = (None, None) if person.months is None else _age(person.months)
    who = (file, row, person.subject_id, *age, person.sex, *urgency)
    if not person.candidates:
        yield (*who, None, None, LEVELS[0], None, "", "", "")
    for rank, one in enumerate(person.candidates, start=1):
        told = (one.points, one.reasons, one.against, one.brakes)
        yield (*who, rank, one.mineral, one.level, *told)


def quiet(*ids: str) -> list[Person]:
    """People without a candidate and without urgency."""
    return [Person(id_, URGENCIES[0], "", ()) for id_ in ids]


def people(rules: minsight.Rules) -> st.SearchStrategy[list[Person]]:
    return st.lists(_person(rules), max_size=6)


def _person(rules: minsight.Rules) -> st.SearchStrategy[Person]:
    minerals = st.lists(
        st.sampled_from(rules.program.minerals), max_size=5, unique=True
    )
    said = minerals.flatmap(lambda some: st.tuples(*(_said(rules, m) for m in some)))
    return st.builds(
        Person,
        st.sampled_from(HOSTILE) | st.text(max_size=5),
        st.sampled_from(URGENCIES),
        _cells([flag.id for flag in rules.catalogue.flags]),
        said.map(
            lambda some: tuple(sorted(some, key=lambda one: -LEVELS.index(one.level)))
        ),
        st.booleans(),
        st.none() | st.integers(0, 1200),
        st.sampled_from([None, "female", "male"]),
    )


def _said(rules: minsight.Rules, mineral: str) -> st.SearchStrategy[Said]:
    own = rules.catalogue.rules_of.get(mineral, ())
    return st.builds(
        Said,
        st.just(mineral),
        st.sampled_from(LEVELS[1:]),
        st.integers(-20, 60),
        _cells([rule.id for rule in own if rule.says == "for"]),
        _cells([rule.id for rule in own if rule.says == "against"]),
        _cells([brake.id for brake in rules.catalogue.brakes]),
    )


def _cells(ids: list[str]) -> st.SearchStrategy[str]:
    if not ids:
        return st.just("")
    some = st.lists(st.sampled_from(ids), max_size=3, unique=True)
    return some.map(SEPARATOR.join)

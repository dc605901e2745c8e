"""When an interview may stop: bounds and standings against every completion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final, TypeAlias

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from minsight.assessment.ranking import ranked
from minsight.assessment.standings import FIRST, Standings
from minsight.knowledge.catalogue import Link
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.bounds import Bounder
from minsight.logic.program import SHARED, Clause, PointSum, Program, Stratum
from minsight.logic.reference import Reference
from minsight.scales import LEVELS
from random_laws import examples

TRIED: Final = examples(200)
MOST_IN_VAIN: Final = 0.10
"""The share of settled persons who are asked on; 0.03 when this was written."""
MINERALS: Final = ("alum", "chalk", "ochre", "salt")
ASKED: Final = tuple(f"a{number}" for number in range(4))

Standing: TypeAlias = tuple[tuple[str, str], ...]
"""The first candidates in order, each with its level."""


@dataclass(frozen=True)
class Setting:
    """A program with what orders its minerals, and a person half asked."""

    program: Program
    links: tuple[Link, ...]
    base_rates: Mapping[str, int]
    known: frozenset[Atom]
    open_: tuple[str, ...]

    def standing(self, given: frozenset[Atom]) -> Standing:
        """The first candidates, worked out from all that holds."""
        reference = Reference(self.program)
        held = reference.closure(given)
        levels = {
            m: next(name for name in LEVELS if atoms.level(m, name) in held)
            for m in MINERALS
        }
        active = [link for link in self.links if atoms.link(link.id) in held]
        order = ranked(levels, reference.points(held), self.base_rates, active)
        return tuple((m, levels[m]) for m in order[:FIRST])

    def completions(self) -> Iterator[frozenset[Atom]]:
        """Every way to answer what is open: yes, no, or not at all."""
        for replies in product((None, atoms.observed, atoms.excluded), repeat=4):
            said = zip(self.open_, replies, strict=False)
            yield self.known | {reply(id_) for id_, reply in said if reply is not None}

    @property
    def stops(self) -> bool:
        open_ = [say(id_) for id_ in self.open_ for say in (_yes, _no)]
        bounds = Bounder(self.program).bounds(self.known, open_=open_)
        standings = Standings(bounds, self.base_rates, self.links)
        return not standings.contenders([m for m, _ in self.standing(self.known)])

    @property
    def is_settled(self) -> bool:
        return len({self.standing(given) for given in self.completions()}) == 1


def _yes(id_: str) -> Atom:
    return atoms.observed(id_)


def _no(id_: str) -> Atom:
    return atoms.excluded(id_)


@st.composite
def settings_(draw: st.DrawFn) -> Setting:
    """Small programs that read answers in both directions, through absences too."""
    answers = [say(id_) for id_ in ASKED for say in (_yes, _no)]
    middle = [Atom(f"d{number}") for number in range(4)]
    absent = [atoms.negated(atom) for atom in middle]
    reached = [atoms.at_level(m, name) for m in MINERALS for name in LEVELS[1:]]
    links = tuple(
        Link(f"l{n}", "Made up.", "C", (), first, tuple(others))
        for n, (first, *others) in enumerate(
            draw(st.lists(_few_minerals(), max_size=2))
        )
    )
    strata = (
        _stratum("first", draw(_clauses([*answers, *middle], middle, most=5)), middle),
        _stratum(
            "reached",
            [
                *draw(_clauses([*answers, *middle, *absent], reached, most=9)),
                *_downwards(),
            ],
            reached,
        ),
        _stratum("levels", list(_levels()), []),
        _stratum(
            "links",
            [
                Clause(
                    atoms.link(link.id),
                    tuple(
                        atoms.at_level(m, draw(st.sampled_from(LEVELS[1:4])))
                        for m in (link.first or "", *link.others)
                    ),
                    SHARED,
                )
                for link in links
            ],
            [],
        ),
    )
    entry = st.tuples(
        st.sampled_from([*answers, *middle, *absent, *reached]), st.integers(-3, 5)
    )
    point_sum = st.builds(
        PointSum,
        mineral=st.sampled_from(MINERALS),
        entries=st.lists(entry, min_size=1, max_size=3).map(tuple),
        cap=st.none() | st.integers(0, 4),
    )
    program = Program(
        strata=strata,
        point_sums=tuple(draw(st.lists(point_sum, max_size=4))),
        ages=(),
        cutoffs=(),
        minerals=MINERALS,
        knowledge="",
    )
    open_ = tuple(sorted(draw(st.sets(st.sampled_from(ASKED), min_size=1))))
    closed = [id_ for id_ in ASKED if id_ not in open_]
    said = draw(st.lists(st.sampled_from([_yes, _no, None]), min_size=4, max_size=4))
    known = {say(id_) for id_, say in zip(closed, said, strict=False) if say}
    for mineral in MINERALS:  # so that links and places are at stake, not levels alone
        if level := draw(st.sampled_from((None, *LEVELS[1:4]))):
            known.add(atoms.at_level(mineral, level))
    rates = draw(st.permutations(range(len(MINERALS))))
    return Setting(
        program,
        links,
        dict(zip(MINERALS, rates, strict=True)),
        frozenset(known),
        open_,
    )


def _few_minerals() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(MINERALS), min_size=2, max_size=3, unique=True)


def _clauses(
    readable: Sequence[Atom], heads: Sequence[Atom], *, most: int
) -> st.SearchStrategy[list[Clause]]:
    body = st.lists(st.sampled_from(readable), min_size=1, max_size=2, unique=True)
    clause = st.builds(
        Clause,
        head=st.sampled_from(heads),
        body=body.map(tuple),
        part=st.just(SHARED),
    )
    return st.lists(clause, max_size=most, unique=True)


def _stratum(
    name: str, clauses: Sequence[Clause], completes: Sequence[Atom]
) -> Stratum:
    return Stratum(name, tuple(clauses), tuple(completes))


def _downwards() -> Iterator[Clause]:
    for mineral in MINERALS:
        for lower, higher in pairwise(LEVELS[1:]):
            body = (atoms.at_level(mineral, higher),)
            yield Clause(atoms.at_level(mineral, lower), body, SHARED)


def _levels() -> Iterator[Clause]:
    """The level is the highest that was reached."""
    for mineral in MINERALS:
        for number, name in enumerate(LEVELS):
            body = [atoms.at_level(mineral, name)] if number else []
            if name != LEVELS[-1]:
                above = atoms.at_level(mineral, LEVELS[number + 1])
                body.append(atoms.negated(above))
            yield Clause(atoms.level(mineral, name), tuple(body), SHARED)


@TRIED
@given(half=settings_())
def test_it_never_stops_while_an_answer_could_change_the_first_candidates(
    half: Setting,
) -> None:
    if half.stops:
        now = half.standing(half.known)
        for given_ in half.completions():
            note(f"now {now}; after {sorted(given_ - half.known)}")
            assert half.standing(given_) == now


@TRIED
@given(half=settings_())
def test_all_that_is_certain_holds_and_nothing_that_is_impossible(
    half: Setting,
) -> None:
    open_ = [say(id_) for id_ in half.open_ for say in (_yes, _no)]
    bounds = Bounder(half.program).bounds(half.known, open_=open_)
    reference = Reference(half.program)
    for given_ in half.completions():
        held = reference.closure(given_)
        assert bounds.certain <= held <= bounds.possible
        for mineral, points in reference.points(held).items():
            interval = bounds.points[mineral]
            assert interval.least <= points <= interval.most


@pytest.mark.hypothesis
def test_it_seldom_asks_on_although_nothing_could_change() -> None:
    """On programs that read absences everywhere, which no shipped rule does."""
    count: Counter[str] = Counter()

    @settings(examples(400), derandomize=True, database=None)
    @given(half=settings_())
    def point_sum(half: Setting) -> None:
        if half.is_settled:
            count["stops" if half.stops else "asks on"] += 1

    point_sum()
    assert count["stops"] > 0
    assert count["asks on"] / count.total() <= MOST_IN_VAIN, count


def test_a_mineral_outside_the_first_may_set_a_link_off() -> None:
    """Salt stays fourth in any case, and yet it puts chalk before alum."""
    link = Link("l0", "Made up.", "C", (), "chalk", ("alum", "salt"))
    low, high = LEVELS[1], LEVELS[2]
    started = {atoms.at_level(m, high) for m in ("alum", "chalk", "ochre")}
    together = (
        atoms.at_level("alum", low),
        atoms.at_level("chalk", low),
        atoms.at_level("salt", low),
    )
    reached = [atoms.at_level(m, name) for m in MINERALS for name in LEVELS[1:]]
    asked = Clause(atoms.at_level("salt", low), (_yes("a0"),), SHARED)
    half = Setting(
        Program(
            strata=(
                _stratum("reached", [asked, *_downwards()], reached),
                _stratum("levels", list(_levels()), []),
                _stratum("links", [Clause(atoms.link("l0"), together, SHARED)], []),
            ),
            point_sums=(),
            ages=(),
            cutoffs=(),
            minerals=MINERALS,
            knowledge="",
        ),
        (link,),
        {mineral: place for place, mineral in enumerate(MINERALS)},
        frozenset(started),
        ("a0",),
    )
    assert not half.is_settled
    assert not half.stops

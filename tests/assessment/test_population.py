"""People evaluated together stand as each would alone."""

from __future__ import annotations

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.api import Rules
from minsight.assessment.differential import level_of
from minsight.assessment.population import Population, Standing
from minsight.assessment.ranking import ranked
from minsight.compiler.catalogue import catalogue_of
from minsight.compiler.folder import Folder
from minsight.compiler.lowering import lower
from minsight.errors import SubjectError
from minsight.intake.subject import Subject
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.reference import Reference
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Hypotheses
from minsight.whatif.minimal_sets import MinimalSets, completed, goal_of
from random_laws import examples
from strategies import given_sets, rules_of_four

TRIED: Final = examples(15)


def together(people: list[frozenset[Atom]]) -> dict[Atom, int]:
    """What the people bring: bit n of an atom is person n."""
    return {
        atom: sum(1 << n for n, person in enumerate(people) if atom in person)
        for atom in frozenset[Atom]().union(*people)
    }


@TRIED
@given(folder=rules_of_four(), data=st.data())
def test_a_population_stands_as_the_reference_and_the_ranking_say(
    folder: Folder, data: st.DataObject
) -> None:
    program, catalogue = lower(folder), catalogue_of(folder)
    people = data.draw(st.lists(given_sets(program, folder), min_size=1, max_size=6))
    shared = frozenset.intersection(*people)
    brought = together(people)
    population = Population(
        program, catalogue, fixed=shared, open_=frozenset(brought) - shared
    )
    found = population.evaluate(brought, len(people))
    rates = {m: catalogue.profile[m].base_rate for m in program.minerals}
    reference = Reference(program)
    for n, (person, standing) in enumerate(zip(people, found.standings(), strict=True)):
        held = reference.closure(person)
        levels = {m: level_of(m, held) for m in program.minerals}
        points = reference.points(held)
        order = ranked(levels, points, rates, [])
        assert standing.levels == levels
        assert standing.points == points
        assert list(standing.order) == order
        assert standing.urgency == max(
            ("none", *(u for u in URGENT if atoms.urgency(u) in held)),
            key=("none", *URGENT).index,
        )
        for place, mineral in enumerate(order):
            ahead = [
                other
                for other in program.minerals
                if other != mineral and found.before(other, mineral) >> n & 1
            ]
            assert sorted(ahead) == sorted(order[:place])


URGENT: Final = ("routine", "soon", "same_day", "emergency")

BASES: Final = (
    Subject(),
    Subject(present=["always tired", "craving ice"], groups=["vegetarian"], age="28"),
    Subject(
        present=["muscle cramps", "seizure"], groups=["heavy alcohol use"], sex="m"
    ),
    Subject(present=["rash around the mouth"], absent=["fever"], age="9mo"),
    Subject(absent=["rash"], unsure=["hair loss"], age="41", sex="f"),
)


@examples(80)
@given(data=st.data())
def test_a_hypothetical_person_is_one_whom_check_accepts_and_assesses_alike(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    number = data.draw(st.integers(0, len(BASES) - 1))
    hypotheses = shipped_hypotheses(rules, number)
    chosen = data.draw(
        st.lists(
            st.integers(0, len(hypotheses.changes) - 1),
            max_size=8,
            unique_by=lambda n: hypotheses.changes[n].id,
        )
    )
    changes = sum(1 << n for n in chosen)
    try:
        assessment = rules.assess(hypotheses.subject(changes))
    except SubjectError:
        assert not hypotheses.allows(changes)
        return
    assert hypotheses.allows(changes)
    (standing,) = hypotheses.standings([changes])
    assert standing.urgency == assessment.urgency.level
    told = [(c.mineral, c.level, c.points) for c in assessment.candidates]
    assert told == [(m, standing.levels[m], standing.points[m]) for m in standing.order]


_MADE: dict[int, Hypotheses] = {}


def shipped_hypotheses(rules: minsight.Rules, number: int) -> Hypotheses:
    if number not in _MADE:
        _MADE[number] = Hypotheses(rules, BASES[number])
    return _MADE[number]


def test_links_put_their_mineral_first_in_a_crowd(rules: minsight.Rules) -> None:
    """The shipped links: magnesium before potassium and calcium, inside a level."""
    told = Subject(present=["muscle weakness"], groups=["heavy alcohol use"], age="50")
    hypotheses = Hypotheses(rules, told)
    single = [1 << n for n in range(len(hypotheses.changes))]
    people = [0, *filter(hypotheses.allows, single)]
    found = hypotheses.evaluated(people)
    moved = 0
    for n, standing in enumerate(found.standings()):
        plain = sorted(standing.order, key=lambda m: _key(m, standing, rules))
        moved += plain != list(standing.order)
        for place, mineral in enumerate(standing.order):
            ahead = {
                other
                for other in standing.order
                if other != mineral and found.before(other, mineral) >> n & 1
            }
            assert ahead == set(standing.order[:place])
    assert moved


def _key(mineral: str, standing: Standing, rules: Rules) -> tuple[int, int, int, str]:
    level = LEVELS.index(standing.levels[mineral])
    rate = rules.profiles[mineral].base_rate
    return -level, -standing.points[mineral], rate, mineral


def test_sets_that_undo_themselves_are_completed(rules: minsight.Rules) -> None:
    """Started from nothing at all, the search finds what the necessary sets say."""
    hypotheses = Hypotheses(rules, BASES[3])
    for mineral, level in (("chloride", "typical_pattern"), ("iodine", "few_findings")):
        atom, usable = atoms.at_level(mineral, level), hypotheses.additions
        goal = goal_of(hypotheses, atom, holds=True)
        sets = MinimalSets(hypotheses, most=2, usable=usable).to_hold(atom)
        told = completed(hypotheses, goal, sets, most=2, usable=usable)
        searched = completed(hypotheses, goal, (0,), most=2, usable=usable)
        assert set(searched.sets) == set(told.sets)
        assert told.sets

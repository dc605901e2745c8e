"""Simulated people: of the right kind, as often as the guide says, each time alike."""

from __future__ import annotations

from typing import Final

import minsight
from minsight.knowledge.vocabulary import Demographic
from minsight.logic import atoms
from minsight.questions.simulated import SimulatedPeople, Simulation, any_of

ADULTS: Final = [Demographic(20 * 365.25, 60 * 365.25)]
INFANTS: Final = [Demographic(below_days=365.25)]
IDS: Final = ("menstruating", "pallor", "palmar_pallor", "fatigue", "spoon_nails")


def people(
    rules: minsight.Rules, whom: list[Demographic], mineral: str = "iron"
) -> SimulatedPeople:
    return Simulation(rules, whom, [], IDS).with_picture(mineral, 2000, seed=1)


def test_both_sexes_are_drawn_and_only_women_menstruate(rules: minsight.Rules) -> None:
    some = people(rules, ADULTS)
    women = some.given[atoms.of_sex("female")]
    men = some.given[atoms.of_sex("male")]
    assert women ^ men == some.everyone
    assert some.said_yes["menstruating"] & men == 0
    assert some.said_yes["menstruating"] & women


def test_infants_are_of_no_age_at_which_anybody_menstruates(
    rules: minsight.Rules,
) -> None:
    assert people(rules, INFANTS).said_yes["menstruating"] == 0


def test_a_kind_of_something_is_that_as_well(rules: minsight.Rules) -> None:
    some = people(rules, INFANTS)
    for id_ in IDS:
        for above in rules.vocabulary.with_ancestors(id_).intersection(IDS):
            assert some.said_yes[id_] & ~some.said_yes[above] == 0


def test_a_lack_makes_its_findings_likelier(rules: minsight.Rules) -> None:
    iron = people(rules, ADULTS).said_yes["spoon_nails"].bit_count()
    iodine = people(rules, ADULTS, "iodine").said_yes["spoon_nails"].bit_count()
    assert iron > 2 * iodine


def test_a_group_that_is_asked_for_is_given(rules: minsight.Rules) -> None:
    pregnant = rules.vocabulary.group["pregnant"]
    drawn = Simulation(rules, [pregnant.asked_of], [pregnant], ["pregnant", *IDS])
    some = drawn.with_picture("iron", 100, seed=1)
    assert some.given[atoms.in_group("pregnant")] == some.everyone
    assert some.said_yes["pregnant"] == some.everyone
    assert some.said_yes["menstruating"] == 0
    assert drawn.share_of_yes("menstruating") == 0


def test_some_of_them_are_closed_up_and_put_together_again() -> None:
    some = SimulatedPeople(4, {atoms.of_sex("male"): 0b1010}, {"a": 0b0110})
    chosen = some.among(0b1100)
    assert chosen == SimulatedPeople(2, {atoms.of_sex("male"): 0b10}, {"a": 0b01})
    both = SimulatedPeople.of_all([chosen, chosen])
    assert both == SimulatedPeople(4, {atoms.of_sex("male"): 0b1010}, {"a": 0b0101})
    assert any_of([0b01, 0b10]) == 0b11


def test_the_same_people_are_drawn_again(rules: minsight.Rules) -> None:
    assert people(rules, ADULTS) == people(rules, ADULTS)

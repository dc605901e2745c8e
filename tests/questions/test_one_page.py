"""Choosing the lines of a page: what is kept, what fits, and whom it finds."""

from __future__ import annotations

import math
import random

import pytest

import minsight
from minsight.knowledge.vocabulary import Demographic
from minsight.questions.form_items import FormItem, items_of
from minsight.questions.one_page import OnePage, PageRoom
from minsight.questions.simulated import Simulation, some_of

WOMEN = [Demographic(20 * 365.25, 50 * 365.25, "female")]


@pytest.fixture(scope="module")
def ids(rules: minsight.Rules) -> list[str]:
    complete = rules.questionnaire(["iron"], age=30, sex="female")
    return [one.id for one in complete.questions]


@pytest.fixture(scope="module")
def items(rules: minsight.Rules, ids: list[str]) -> list[FormItem]:
    return list(items_of(ids, rules.guide, rules.vocabulary, WOMEN))


@pytest.fixture(scope="module")
def page(rules: minsight.Rules, ids: list[str], items: list[FormItem]) -> OnePage:
    simulation = Simulation(rules, WOMEN, [], ids)
    return OnePage(rules, simulation, ["iron"], items)


def room(items: list[FormItem], most: int, space: float = 1e9) -> PageRoom:
    return PageRoom(most, space, {item.name: 1.0 + len(item.covers) for item in items})


def test_all_lines_find_everybody_and_none_finds_nobody(
    page: OnePage, items: list[FormItem]
) -> None:
    assert page.found(items).share == 1
    assert page.found([]).share == 0
    single = [item for item in items if item.kind == "entry"]
    assert page.found(single).forgetful == 1


def test_lines_fit_and_what_is_kept_stays(page: OnePage, items: list[FormItem]) -> None:
    kept = {"alcohol_use_disorder"} & {item.name for item in items} or {items[0].name}
    for limits in (room(items, 6), room(items, 100, 12)):
        chosen = page.chosen(kept, limits)
        names = {item.name for item in chosen}
        assert limits.holds(names)
        assert kept <= names


def test_more_room_finds_no_fewer_of_those_by_whom_it_was_chosen(
    page: OnePage, items: list[FormItem]
) -> None:
    shares = [
        page.found(page.chosen(set(), room(items, most))).share for most in (1, 8)
    ]
    assert shares[0] < shares[1]


def test_a_family_in_free_words_finds_fewer_when_things_are_forgotten(
    page: OnePage, items: list[FormItem]
) -> None:
    families = [item for item in items if item.kind == "family"]
    rest = [item for item in items if item.kind == "list"]
    found = page.found([*families, *rest])
    assert found.forgetful <= found.share


def test_examples_of_a_family_begin_with_what_is_had_most(
    page: OnePage, items: list[FormItem]
) -> None:
    for item in items:
        assert sorted(page.telling(item)) == sorted(item.covers)


def test_an_empty_choice_holds_and_a_full_one_does_not(items: list[FormItem]) -> None:
    limits = room(items, 2, 5)
    assert limits.holds(set())
    assert not limits.holds({item.name for item in items})


def test_a_no_to_a_family_is_no_to_what_it_denies(
    rules: minsight.Rules, ids: list[str], items: list[FormItem]
) -> None:
    people = Simulation(rules, WOMEN, [], ids).with_picture("iron", 200, seed=3)
    family = next(item for item in items if item.name == "q_losses")
    told = dict(family.answers(people, rules.vocabulary, named=1))
    yes = 0
    for id_ in family.covers:
        yes |= people.said_yes[id_]
    denied = [mask for atom, mask in told.items() if "excluded" in atom]
    assert denied
    assert all(mask == people.everyone & ~yes for mask in denied)


@pytest.mark.parametrize("size", [1, 7, 400])
@pytest.mark.parametrize("share", [0.0, 1e-7, 0.003, 0.02, 0.3, 0.9, 1.0])
def test_a_share_is_drawn_about_so_often(size: int, share: float) -> None:
    chance, draws = random.Random(5), 20_000 // size
    drawn = [some_of(size, share, chance) for _ in range(draws)]
    assert all(0 <= some < 1 << size for some in drawn)
    everywhere = sum(some.bit_count() for some in drawn), draws * size
    ends = [
        (sum(some >> place & 1 for some in drawn), draws) for place in (0, size - 1)
    ]
    for count, of in [everywhere, *ends]:
        assert abs(count - share * of) <= 5 * math.sqrt(share * (1 - share) * of)

"""Ten people of all ages: what they are asked makes sense, and enough is enough.

What each is asked, in words, is in `data/golden/interviews.txt`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import Final

import pytest

import minsight
from interviewed import PEOPLE, SCREENS, Asked, Interviewed, interview_of
from minsight.assessment.likelihood import Likelihood
from minsight.assessment.population import Population, Standing
from minsight.intake.contradictions import holds_for
from minsight.intake.facts import given_atoms, said_atom
from minsight.questions.outlook import SEED, picture_of
from minsight.questions.voice import asked_aloud, listed, voice_for

COMPLETED: Final = 400
"""How many completions of each person are drawn."""
OTHER_SEED: Final = SEED + 1
MOST_CHANGED: Final = 0.05
"""In which share of them the first candidates may change, on average."""
TO_ENOUGH: Final = 60
"""No interview takes so many screens to its first end."""

each_person = pytest.mark.parametrize(
    "person", PEOPLE, ids=[person.name for person in PEOPLE]
)


@pytest.fixture(scope="module")
def asked(rules: minsight.Rules) -> Mapping[str, Sequence[Asked]]:
    """Of each person the first screens, and all to the first end."""
    return {person.name: list(first_screens(person, rules)) for person in PEOPLE}


def first_screens(person: Interviewed, rules: minsight.Rules) -> Iterator[Asked]:
    for number, one in enumerate(interview_of(person, rules)):
        if number >= SCREENS and (one.step.enough or number >= TO_ENOUGH):
            yield one
            return
        yield one


# --- what is asked makes sense --------------------------------------------------------


@each_person
def test_nothing_is_asked_that_age_or_sex_rules_out(
    person: Interviewed, asked: Mapping[str, Sequence[Asked]], rules: minsight.Rules
) -> None:
    """Neither by the vocabulary nor by the classes nor by whom a question is for."""
    age, sex = person.subject.age_days, person.subject.sex
    likelihood = Likelihood(rules.guide, age, sex)
    for one in asked[person.name]:
        for id_ in one.step.covers:
            assert holds_for(rules.vocabulary, id_).may_be(age, sex)
            question = rules.guide.question_of[id_]
            assert question.asked_of.may_be(age, sex)
            assert likelihood.of(id_, one.answers.present) > 0


@each_person
def test_nothing_is_asked_that_a_nurse_would_not_ask(
    person: Interviewed, asked: Mapping[str, Sequence[Asked]], rules: minsight.Rules
) -> None:
    covered = {id_ for one in asked[person.name] for id_ in one.step.covers}
    for name in not_asked_of(person):
        assert covered.isdisjoint(rules.guide.question[name].items), name
    if (person.subject.age_days or 0.0) < minsight.parse_age("10y"):
        assert "suicidal_thoughts" not in covered


def not_asked_of(person: Interviewed) -> Iterator[str]:
    """The questions that make no sense for the person."""
    days = person.subject.age_days or 0.0
    if person.sex == "male":
        yield from ("q_pregnancy", "q_periods", "q_menopause", "q_women")
    if days < minsight.parse_age("10y"):
        yield from ("q_substances", "q_life", "q_sexual", "q_pregnancy", "q_periods")
    if days < minsight.parse_age("4y"):
        yield from ("q_sport", "q_home")
    if days >= minsight.parse_age("5y"):
        yield from ("q_baby", "q_milk", "q_birth")
    if days < minsight.parse_age("40y"):
        yield "q_menopause"


@each_person
def test_warning_signs_come_first_when_something_was_told_and_never_twice(
    person: Interviewed, asked: Mapping[str, Sequence[Asked]]
) -> None:
    screens = asked[person.name]
    assert (screens[0].step.kind == "warning") == bool(person.told)
    warnings = [one.step.title for one in screens if one.step.kind == "warning"]
    assert len(set(warnings)) == len(warnings)


@each_person
def test_nothing_is_asked_that_was_told_or_asked(
    person: Interviewed, asked: Mapping[str, Sequence[Asked]]
) -> None:
    for one in asked[person.name]:
        assert one.before.keys().isdisjoint(one.step.asked)
        assert one.step.covers.isdisjoint(one.answers.present)


@each_person
def test_a_screen_is_short_and_every_line_of_it_has_words(
    person: Interviewed, asked: Mapping[str, Sequence[Asked]], rules: minsight.Rules
) -> None:
    voice = voice_for(person.subject.age_days)
    for one in asked[person.name]:
        names = one.step.asked
        assert len(names) <= (8 if one.step.kind == "warning" else 6)
        for name in names:
            aloud = asked_aloud(name, rules.guide, rules.vocabulary, voice)
            short = listed(name, rules.guide, rules.vocabulary, voice)
            assert aloud.endswith("?")
            assert not short.endswith("?")


# --- enough is enough -----------------------------------------------------------------


def test_after_enough_likely_answers_seldom_change_the_first_candidates(
    asked: Mapping[str, Sequence[Asked]], rules: minsight.Rules
) -> None:
    shares = {
        person.name: share_changed(
            next(one for one in asked[person.name] if one.step.enough), rules
        )
        for person in PEOPLE
    }
    assert fmean(shares.values()) <= MOST_CHANGED, shares


def share_changed(one: Asked, rules: minsight.Rules) -> float:
    """In which share of random completions the first candidates are others."""
    now, *completed = completions(one, rules)
    return fmean(picture_of(other) != picture_of(now) for other in completed)


def completions(one: Asked, rules: minsight.Rules) -> tuple[Standing, ...]:
    """The person as they are, and with all that remains answered at random."""
    answers, remaining, vocabulary = one.answers, one.step.remaining, rules.vocabulary
    likelihood = Likelihood(rules.guide, answers.subject.age_days, answers.subject.sex)
    given = given_atoms(answers, rules.program, vocabulary)
    bits = dict.fromkeys(given, (1 << COMPLETED + 1) - 1)
    chance = random.Random(OTHER_SEED)
    shares = {id_: likelihood.of(id_, answers.present) for id_ in remaining}
    for number in range(1, COMPLETED + 1):
        so = {id_ for id_, share in shares.items() if chance.random() < share}
        above = frozenset[str]().union(*map(vocabulary.with_ancestors, so))
        for id_ in remaining:
            if id_ in so or id_ not in above:
                atom = said_atom(id_, vocabulary, present=id_ in so)
                bits[atom] = bits.get(atom, 0) | 1 << number
    population = Population(rules.program, rules.catalogue, fixed=(), open_=bits)
    return tuple(population.evaluate(bits, COMPLETED + 1).standings())

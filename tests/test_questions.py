"""What would change an assessment: found by the rules, checked by assessing again."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minsight
from command_line import CommandLine, is_one_paragraph
from minsight.exploring.hypotheses import Changes, Hypotheses, Switch
from minsight.scales import LEVELS
from minsight.subject import Subject

PEOPLE = {
    "nobody": Subject(),
    "tired girl": Subject(present=["fatigue", "pallor"], age="16", sex="female"),
    "infant": Subject(
        present=["acral_periorificial_rash"],
        absent=["fever"],
        age="5mo",
        groups=["exclusively_breastfed_infant"],
    ),
    "old man": Subject(
        present=["muscle_cramps", "diarrhea"], absent=["goitre"], age="70", sex="male"
    ),
}
everybody = pytest.mark.parametrize("subject", PEOPLE.values(), ids=PEOPLE)


@cache
def of(rules: minsight.Rules, subject: Subject) -> Hypotheses:
    return Hypotheses(rules, subject)


def seen(rules: minsight.Rules, subject: Subject) -> dict[str, tuple[str, int, int]]:
    """Level, rank and points of each candidate, by assessing."""
    found = rules.assess(subject).candidates
    return {c.mineral: (c.level, c.rank, c.points) for c in found}


def after(
    subject: Subject, rules: minsight.Rules, changes: Sequence[Switch]
) -> Subject:
    own = of(rules, subject)
    return own.subject(_set_of(own, changes))


def level_of(rules: minsight.Rules, subject: Subject, mineral: str) -> int:
    return LEVELS.index(seen(rules, subject).get(mineral, (LEVELS[0], 0, 0))[0])


# --- the crowd ------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_hypothetical_person_stands_as_check_says(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    own = of(rules, PEOPLE[data.draw(st.sampled_from(sorted(PEOPLE)))])
    numbers = st.lists(st.integers(0, len(own.changes) - 1), max_size=12, unique=True)
    people = [
        changes
        for chosen in data.draw(st.lists(numbers, min_size=1, max_size=4))
        if own.allows(changes := sum(1 << n for n in chosen))
    ]
    for changes, standing in zip(people, own.standings(people), strict=True):
        assessment = rules.assess(own.subject(changes))
        found = [(c.mineral, c.level, c.points) for c in assessment.candidates]
        assert found == [
            (m, standing.levels[m], standing.points[m]) for m in standing.order
        ]
        assert standing.urgency == assessment.urgency.level


# --- reach ----------------------------------------------------------------------------


@everybody
@pytest.mark.parametrize("mineral", ["iron", "zinc", "magnesium"])
@pytest.mark.parametrize("level", ["partial_pattern", "typical_pattern"])
def test_every_set_that_reaches_a_level_is_enough_and_minimal(
    rules: minsight.Rules, subject: Subject, mineral: str, level: str
) -> None:
    goal = LEVELS.index(level)
    found = rules.reach(mineral, level, subject=subject, most=3)
    chance = random.Random(mineral)
    for changes in chance.sample(found.sets, min(12, len(found.sets))):
        assert level_of(rules, after(subject, rules, changes), mineral) >= goal
        for part in combinations(changes, max(0, len(changes) - 1)):
            if changes and _allowed(subject, rules, part):
                assert level_of(rules, after(subject, rules, part), mineral) < goal


def _allowed(
    subject: Subject, rules: minsight.Rules, changes: Sequence[Switch]
) -> bool:
    own = of(rules, subject)
    return own.allows(_set_of(own, changes))


def _set_of(own: Hypotheses, changes: Sequence[Switch]) -> Changes:
    return sum(1 << own.changes.index(change) for change in changes)


@everybody
@pytest.mark.parametrize("mineral", ["iron", "zinc"])
def test_no_small_set_that_reaches_a_level_is_missed(
    rules: minsight.Rules, subject: Subject, mineral: str
) -> None:
    """Answers one by one and in pairs: who gets there has all of one minimal set."""
    own = of(rules, subject)
    found = rules.reach(mineral, "typical_pattern", subject=subject, most=2)
    assert found.complete
    minimal = {_set_of(own, changes) for changes in found.sets}
    people = list(_small(own))
    for changes, standing in zip(people, own.standings(people), strict=True):
        if LEVELS.index(standing.levels[mineral]) >= LEVELS.index("typical_pattern"):
            assert any(part & ~changes == 0 for part in minimal)


def _small(own: Hypotheses) -> Iterator[Changes]:
    open_ = [n for n in range(len(own.changes)) if own.additions >> n & 1]
    chance = random.Random(1)
    pairs = list(combinations(open_, 2))
    for some in [*combinations(open_, 1), *chance.sample(pairs, 3_000)]:
        changes = sum(1 << n for n in some)
        if own.allows(changes):
            yield changes


# --- flip -----------------------------------------------------------------------------


@everybody
@pytest.mark.parametrize("mineral", ["iron", "zinc", "potassium"])
def test_the_fewest_changes_move_a_mineral_and_fewer_do_not(
    rules: minsight.Rules, subject: Subject, mineral: str
) -> None:
    found = rules.flip(subject, mineral, most=2)
    now = level_of(rules, subject, mineral)
    own = of(rules, subject)
    singles = [1 << n for n in range(len(own.changes)) if own.allows(1 << n)]
    alone = own.standings(singles)
    for one in found.flips:
        for changes in one.sets[:10]:
            person = after(subject, rules, changes)
            rank = seen(rules, person).get(mineral, ("", 99, 0))[1]
            moved = {
                "higher": level_of(rules, person, mineral) > now,
                "lower": level_of(rules, person, mineral) < now,
                "into_first": rank <= 3,
                "out_of_first": rank > 3,
            }
            assert moved[one.aim], (one.aim, changes)
        if not one.sets or len(one.sets[0]) > 1:
            for standing in alone:
                level = LEVELS.index(standing.levels[mineral])
                among = mineral in standing.order[:3]
                assert not {
                    "higher": level > now,
                    "lower": level < now,
                    "into_first": among,
                    "out_of_first": not among,
                }[one.aim]


# --- sensitivity and duel -------------------------------------------------------------


@everybody
def test_each_effect_is_what_assessing_again_shows(
    rules: minsight.Rules, subject: Subject
) -> None:
    effects = rules.sensitivity(subject)
    before = seen(rules, subject)
    chance = random.Random(3)
    for effect in chance.sample(effects, min(40, len(effects))):
        now = seen(rules, after(subject, rules, [effect.change]))
        moved = {m.mineral: (m.level, m.rank) for m in effect.moves}
        for mineral in before.keys() | now.keys():
            was_level, was_rank, was_points = before.get(mineral, (LEVELS[0], 0, 0))
            level, rank, points = now.get(mineral, (LEVELS[0], 0, 0))
            if (level, rank) != (was_level, was_rank):
                assert moved[mineral] == (level, rank)
            elif mineral in now and points != was_points:
                assert mineral in moved


def test_a_duel_names_the_sign_that_only_one_has(rules: minsight.Rules) -> None:
    duels = rules.duel(PEOPLE["tired girl"], "iron", "zinc")
    asked = [duel.id for duel in duels.questions]
    assert {"ice_craving", "acral_periorificial_rash"} <= set(asked[:12])
    apart = [duel.apart for duel in duels.questions]
    assert apart == sorted(apart, reverse=True)


# --- bounds ---------------------------------------------------------------------------


@everybody
def test_the_bounds_are_reached_and_never_passed(
    rules: minsight.Rules, subject: Subject
) -> None:
    ranges = {one.mineral: one for one in rules.bounds(subject)}
    own = of(rules, subject)
    for one in ranges.values():
        for told, level in (
            (one.to_worst, one.reached_worst),
            (one.to_best, one.reached_best),
        ):
            person = after(subject, rules, told)
            assert LEVELS[level_of(rules, person, one.mineral)] == level
    chance = random.Random(7)
    open_ = [n for n in range(len(own.changes)) if own.additions >> n & 1]
    for _ in range(60):
        changes = 0
        for n in chance.sample(open_, chance.randint(1, 40)):
            if own.allows(changes | 1 << n):
                changes |= 1 << n
        standing = own.standings([changes])[0]
        for mineral, one in ranges.items():
            number = LEVELS.index(standing.levels[mineral])
            assert LEVELS.index(one.worst) <= number <= LEVELS.index(one.best)
            rank = standing.rank(mineral)
            assert rank is None or one.first <= rank <= one.last


@everybody
def test_most_bounds_are_exact(rules: minsight.Rules, subject: Subject) -> None:
    ranges = rules.bounds(subject)
    exact = [one for one in ranges if one.worst_is_exact and one.best_is_exact]
    assert len(exact) >= 12


# --- the command ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (("--flip", "iron"), "Up to partial pattern"),
        (("--reach", "zinc:typical_pattern"), "Each is enough"),
        (("--duel", "iron", "zinc"), "Craving and chewing ice"),
        (("--bounds",), "Levels without a star are exact."),
        (("--sensitivity",), "strongest first"),
    ],
)
def test_a_question_is_answered_in_lay_words(
    command: CommandLine, question: tuple[str, ...], said: str
) -> None:
    person = "16-year-old girl, tired, pale skin"
    outcome = command.run("whatif", person, *question)
    assert (outcome.code, outcome.err) == (0, "")
    assert said in " ".join(outcome.out.split())
    assert all(len(line) <= 80 for line in outcome.out.splitlines())
    as_json = command.run("whatif", person, *question, "--json")
    assert list(json.loads(as_json.out)) == [question[0].removeprefix("--")]


@pytest.mark.parametrize(
    "question",
    [
        ("--flip", "sulfur"),
        ("--reach", "iron:sky_high"),
        ("--duel", "iron", "iron"),
        ("--flip", "unobtainium"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    command: CommandLine, question: tuple[str, ...]
) -> None:
    outcome = command.run("whatif", "tired", *question)
    assert (outcome.code, outcome.out) == (2, "")
    assert is_one_paragraph(outcome.err)

"""The four pictures of the article that the project began with put their mineral first.

In the article's words and in everyday ones, in any order, on every engine, without an
age and at every age at which the picture makes sense.
"""

from __future__ import annotations

from itertools import permutations
from typing import Final

import pytest

import minsight
from minsight.ages import parse_age
from minsight.logic.backend import BackendName
from minsight.scales import LEVELS

ARTICLE: Final = {
    "iron": ("fatigue", "weakness", "shortness of breath"),
    "zinc": (
        "growth retardation",
        "delayed sexual development",
        "impaired immune function",
    ),
    "iodine": ("goiter", "hypothyroidism", "cognitive impairment"),
    "selenium": ("muscle weakness", "fatigue", "increased risk of infection"),
}
EVERYDAY: Final = {
    "iron": ("tired all the time", "feeling weak", "out of breath on the stairs"),
    "zinc": ("not growing", "late puberty", "catches every cold going"),
    "iodine": ("swelling at the front of the neck", "slow thyroid", "memory trouble"),
    "selenium": ("weak muscles", "always tired", "one infection after another"),
}
AGES: Final = (None, "30y", "9y", "2y", "8mo")
PICTURES: Final = [
    (mineral, words)
    for pictures in (ARTICLE, EVERYDAY)
    for mineral, words in pictures.items()
]
WORDS: Final = [words for _, words in PICTURES]


def assessed(
    rules: minsight.Rules,
    words: tuple[str, ...],
    age: str | None,
    engine: BackendName = "reference",
) -> minsight.Assessment:
    days = None if age is None else parse_age(age)
    person = minsight.Subject(present=words, age_days=days)
    return rules.assess(person, engine=engine)


@pytest.mark.parametrize(("mineral", "words"), PICTURES)
@pytest.mark.parametrize("age", AGES)
def test_a_complete_picture_puts_its_mineral_first_in_any_order_of_the_words(
    mineral: str, words: tuple[str, ...], age: str | None, rules: minsight.Rules
) -> None:
    for order in permutations(words):
        found = assessed(rules, order, age)
        assert found.unrecognised == ()
        assert found.candidates[0].mineral == mineral


@pytest.mark.parametrize("words", WORDS)
def test_every_engine_says_the_same_of_it(
    words: tuple[str, ...], engine: BackendName, rules: minsight.Rules
) -> None:
    assert assessed(rules, words, "30y", engine) == assessed(rules, words, "30y")


@pytest.mark.parametrize(("mineral", "words"), PICTURES)
def test_it_is_told_in_honest_words_and_lifts_no_level(
    mineral: str, words: tuple[str, ...], rules: minsight.Rules
) -> None:
    first = assessed(rules, words, "30y").candidates[0]
    (told,) = [one for one in first.reasons if one.kind == "textbook"]
    assert "Each alone is unspecific" in told.because
    assert "other causes are more frequent" in told.because
    alone = [assessed(rules, (one,), "30y").candidates for one in words]
    highest = max(
        (LEVELS.index(c.level) for cs in alone for c in cs if c.mineral == mineral),
        default=0,
    )
    assert LEVELS.index(first.level) <= max(highest, 2)


@pytest.mark.parametrize("words", WORDS)
def test_infants_and_young_children_are_sent_one_step_earlier(
    words: tuple[str, ...], rules: minsight.Rules
) -> None:
    steps = list(rules.catalogue.advice.steps)
    advice = {
        age: steps.index(assessed(rules, words, age).candidates[0].advice)
        for age in ("9y", "2y", "8mo")
    }
    assert advice["2y"] > advice["9y"]
    assert advice["8mo"] > advice["9y"]


def test_of_two_complete_pictures_the_more_frequent_lack_comes_first(
    rules: minsight.Rules,
) -> None:
    both = (*ARTICLE["selenium"], "shortness of breath")
    minerals = [one.mineral for one in assessed(rules, both, "30y").candidates]
    assert minerals[:2] == ["iron", "selenium"]


def test_it_yields_to_a_measured_value(rules: minsight.Rules) -> None:
    person = minsight.Subject(
        present=ARTICLE["selenium"],
        age_days=parse_age("30y"),
        measurements=[minsight.Measurement("potassium", 3.0, "mmol/L")],
    )
    assert rules.assess(person).candidates[0].mineral == "potassium"


def test_goitre_with_a_slow_thyroid_speaks_of_iodine_and_of_the_thyroid(
    rules: minsight.Rules,
) -> None:
    first = assessed(rules, ARTICLE["iodine"], "40y").candidates[0]
    assert (first.mineral, first.level) == ("iodine", "partial_pattern")
    assert any("thyroid" in str(one.points_to) for one in first.against)


def test_an_underactive_thyroid_without_a_reason_for_iodine_stays_below_a_part(
    rules: minsight.Rules,
) -> None:
    found = assessed(rules, ("hypothyroidism", "tired", "weight gain"), "50y")
    iodine = next(one for one in found.candidates if one.mineral == "iodine")
    assert iodine.level == "few_findings"

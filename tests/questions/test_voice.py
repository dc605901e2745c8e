"""How each question sounds to the one who answers it."""

from __future__ import annotations

import pytest

from guides import small_asked
from minsight.ages import parse_age
from minsight.knowledge.guide import Guide
from minsight.questions.voice import Voice, asked_aloud, listed, voice_for

GUIDE = small_asked().guide
VOCABULARY = small_asked().vocabulary


@pytest.mark.parametrize(
    ("age", "voice"),
    [
        ("0d", "parent"),
        ("11y", "parent"),
        ("12y", "teenager"),
        ("17y", "teenager"),
        ("18y", "adult"),
        ("90y", "adult"),
    ],
)
def test_parents_answer_for_children_and_teenagers_for_themselves(
    age: str, voice: Voice
) -> None:
    assert voice_for(parse_age(age)) == voice


@pytest.mark.parametrize(
    ("name", "voice", "words"),
    [
        ("q_water", "adult", "Do you drink from a well?"),
        ("q_water", "teenager", "Do you drink from a well?"),
        ("q_water", "parent", "Does your child drink from a well?"),
        ("q_work", "teenager", "Do you have a job beside school?"),
        ("q_work", "parent", "Do you work?"),
        ("q_body_heat", "parent", "Is your child hot?"),
        ("q_body_heat", "teenager", "Fever?"),
        ("itch", "adult", "Do you itch?"),
        ("itch", "parent", "Does your child itch?"),
        ("red_patches", "parent", "Do you have red patches?"),
        ("serum_alum", "adult", "Serum alum?"),
    ],
)
def test_a_question_is_put_in_the_words_for_the_one_who_answers(
    name: str, voice: Voice, words: str
) -> None:
    assert asked_aloud(name, GUIDE, VOCABULARY, voice) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("q_body", "Body"),
        ("q_body_heat", "Is your child hot"),
        ("itch", "itch"),
        ("serum_alum", "Serum alum"),
    ],
)
def test_a_line_of_a_list_is_short_and_no_question(name: str, words: str) -> None:
    assert listed(name, GUIDE, VOCABULARY, "parent") == words


def test_without_words_of_its_own_an_entry_is_asked_by_its_label() -> None:
    assert asked_aloud("itch", Guide(), VOCABULARY, "adult") == "Itch?"
    assert listed("itch", Guide(), VOCABULARY, "adult") == "Itch"

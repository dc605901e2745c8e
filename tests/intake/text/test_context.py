"""Cues: which words turn what is said beside them, and how far they reach."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.intake.recognition import recognise
from minsight.intake.text.context import Turn, cues_of
from minsight.knowledge.phrases import APOSTROPHE

NEAR, FAR = False, True


@pytest.mark.parametrize(
    ("sentence", "turn", "words", "far"),
    [
        ("no fever", Turn.NEGATED, "no", NEAR),
        ("fever: none", Turn.NEGATED, "none", NEAR),
        ("denies any fever", Turn.NEGATED, "denies any", FAR),
        ("negative for fever", Turn.NEGATED, "negative for", FAR),
        ("no signs of fever", Turn.NEGATED, "no signs of", FAR),
        ("fever (-)", Turn.NEGATED, "(-)", NEAR),
        ("fever -ve", Turn.NEGATED, "-ve", NEAR),
        ("no longer tired", Turn.NEGATED, "no longer", NEAR),
        ("no history of asthma", Turn.NEGATED, "no history of", FAR),
        ("rash is not seen", Turn.NEGATED, "is not seen", NEAR),
        ("maybe a fever", Turn.UNCERTAIN, "maybe", NEAR),
        ("fever?", Turn.UNCERTAIN, "?", NEAR),
        ("not sure about fever", Turn.UNCERTAIN, "not sure about", NEAR),
        ("suspected fever", Turn.UNCERTAIN, "suspected", NEAR),
        ("fear of fever", Turn.HYPOTHETICAL, "fear of", NEAR),
        ("screened for anaemia", Turn.HYPOTHETICAL, "screened for", NEAR),
        ("normal pulse", Turn.HYPOTHETICAL, "normal", NEAR),
        ("my mother had fever", Turn.EXPERIENCER, "my mother", FAR),
        ("family history of fever", Turn.EXPERIENCER, "family history of", FAR),
        ("history of fever", Turn.HISTORICAL, "history of", FAR),
        ("used to have fever", Turn.HISTORICAL, "used to have", NEAR),
        ("fever as a child", Turn.HISTORICAL, "as a child", NEAR),
        ("fever two weeks ago", Turn.RECENT, "two weeks ago", NEAR),
        ("mother says fever", Turn.PSEUDO, "mother says", NEAR),
        ("not only fever", Turn.PSEUDO, "not only", NEAR),
        ("three weeks history of fever", Turn.PSEUDO, "weeks history of", NEAR),
    ],
)
def test_a_cue_is_the_longest_that_is_meant(
    sentence: str, turn: Turn, words: str, far: bool
) -> None:
    (cue,) = cues_of(sentence)
    assert (cue.turn, sentence[cue.start : cue.end], cue.far) == (turn, words, far)
    assert not cue.alone


@pytest.mark.parametrize(
    "sentence",
    ["fever", "notable fever", "knows fever", "nonetheless", "fearsome rash", ""],
)
def test_a_cue_is_made_of_whole_words(sentence: str) -> None:
    assert list(cues_of(sentence)) == []


def test_several_cues_stand_in_one_sentence() -> None:
    sentence = "no fever, maybe a rash, and her sister has goitre"
    found = sorted(cues_of(sentence), key=lambda cue: cue.start)
    assert [(cue.turn, sentence[cue.start : cue.end]) for cue in found] == [
        (Turn.NEGATED, "no"),
        (Turn.UNCERTAIN, "maybe"),
        (Turn.EXPERIENCER, "her sister"),
    ]


def test_a_word_that_denies_by_itself_governs_nothing_else() -> None:
    (cue,) = cues_of("afebrile with rash")
    assert (cue.turn, cue.alone, cue.start, cue.end) == (Turn.NEGATED, True, 0, 8)


@pytest.mark.parametrize("sentence", ["can't say if tired", "hasn't been seen"])
def test_an_apostrophe_may_be_typographic(sentence: str) -> None:
    typed = sentence.replace("'", APOSTROPHE)
    assert list(cues_of(typed)) == list(cues_of(sentence)) != []


def test_capitals_change_no_cue() -> None:
    assert list(cues_of("DENIES FEVER")) == list(cues_of("denies fever"))


CUES = [
    "no", "not", "only", "denies", "family", "history", "of", "my", "mother", "says",
    "maybe", "used", "to", "fever", "two", "weeks", "ago", "sure", "about", "?", ",",
    "-ve", "afebrile", "normal", "never",
]  # fmt: skip


@given(words=st.lists(st.sampled_from(CUES), max_size=10))
def test_no_two_cues_share_a_letter(words: list[str]) -> None:
    """Words that deny by themselves are apart: another cue may hold them."""
    sentence = " ".join(words)
    taken = [(c.start, c.end) for c in cues_of(sentence) if not c.alone]
    assert all(a[1] <= b[0] for a, b in pairwise(sorted(taken)))
    assert all(0 <= start < end <= len(sentence) for start, end in taken)


@pytest.mark.parametrize(
    "text",
    [
        "spots that don't go when I press a glass on them",
        "purple spots not fading",
        "fever that won't settle",
        "a sore that is not healing",
        "chest pain that doesn't go",
        "cough not easing",
    ],
)
def test_what_does_not_go_is_there(text: str) -> None:
    """A denial of going, fading or healing denies nothing of what was named."""
    assert Turn.NEGATED not in {cue.turn for cue in cues_of(text)}


@pytest.mark.parametrize("text", ["no fever", "not easily tired", "denies a cough"])
def test_other_denials_deny(text: str) -> None:
    assert Turn.NEGATED in {cue.turn for cue in cues_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "seizure never had one before",
        "blood pressure very high no symptoms",
        "head injury cant remember",
        "lost weight without trying, itch",
        "cant stop vomiting",
    ],
)
def test_what_is_denied_beside_a_complaint_leaves_it_there(
    text: str, rules: minsight.Rules
) -> None:
    meaning = recognise(text, rules.vocabulary)
    assert meaning.recognised
    assert {one.answer for one in meaning.recognised} == {"present"}


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("had suicidal thoughts as a teenager", set[str]()),
        ("my husband passed away from chest pain", set[str]()),
        ("ate some of grandmas blood pressure tablets", {"child_swallowed_medicine"}),
    ],
)
def test_whose_and_when_it_was(
    text: str, present: set[str], rules: minsight.Rules
) -> None:
    found = recognise(text, rules.vocabulary).recognised
    assert {one.id for one in found if one.answer == "present"} == present

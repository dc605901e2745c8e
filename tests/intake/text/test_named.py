"""Named: which entries a sentence names, what is left of it, and what cues say."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.text.named import NamedSentence, named_sentence
from minsight.intake.text.reader import reader_of


def named(rules: minsight.Rules, text: str) -> NamedSentence:
    return named_sentence(0, text, reader_of(rules.vocabulary).lexicon, {})


def test_words_of_no_entry_and_no_cue_are_left(rules: minsight.Rules) -> None:
    sentence = named(rules, "no fever in the zeppelin, very tired")
    assert [one.phrase.id for one in sentence.found] == ["fever", "fatigue"]
    assert sentence.rest(0) == ["zeppelin"]
    assert sentence.unknown(1) == []


def test_a_piece_that_says_when_goes_with_the_entry_before(
    rules: minsight.Rules,
) -> None:
    sentence = named(rules, "tired after meals")
    (tired,) = sentence.found
    assert sentence.is_circumstance(1)
    stretch = sentence.between(0, sentence.end_of(tired))
    assert stretch.of("tired after meals") == "tired after meals"


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("no fever", {"fever": ["negated"]}),
        ("my mother has fits", {"seizure": ["carer"]}),
        ("my mother had fits", {"seizure": ["experiencer"]}),
        (
            "no family history of thyroid disease",
            {"family_history_thyroid": ["negated"]},
        ),
        ("my mum has thyroid disease", {}),
        (
            "my sister takes thyroxine for hashimotos",
            {"levothyroxine": ["experiencer"]},
        ),
    ],
)
def test_cues_speak_of_entries_but_not_of_their_own_words(
    text: str, turns: dict[str, list[str]], rules: minsight.Rules
) -> None:
    sentence = named(rules, text)
    assert {
        sentence.found[entry].phrase.id: [ruling.turn.value for ruling in ruled]
        for entry, ruled in sentence.ruled.items()
        if ruled
    } == turns


def test_a_denial_is_in_doubt_where_a_statement_begins_within_an_entry(
    rules: minsight.Rules,
) -> None:
    sentence = named(rules, "no bleeding except from gums")
    (ruled,) = sentence.ruled.values()
    assert [(one.turn.value, one.sure) for one in ruled] == [("negated", False)]


@pytest.mark.parametrize(
    ("text", "narrowed"), [("no intense cough", True), ("no cough", False)]
)
def test_words_that_narrow_an_entry_are_seen(
    text: str, narrowed: bool, rules: minsight.Rules
) -> None:
    sentence = named(rules, text)
    (cough,) = sentence.found
    assert sentence.is_narrowed(cough) is narrowed

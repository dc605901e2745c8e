"""The gold file: what people say, and what must be read from it."""

from __future__ import annotations

from collections import Counter

import pytest

import gold
import minsight

LEAST_RECALL = 0.95
LEAST_PRECISION = 0.98
LEAST_DENIALS = 0.98


@pytest.fixture(scope="module")
def readings(rules: minsight.Rules) -> list[gold.Reading]:
    return gold.read_all(rules.vocabulary, gold.gold())


def test_the_gold_file_speaks_in_ids_and_says_nothing_twice(
    rules: minsight.Rules,
) -> None:
    known = rules.vocabulary.finding.keys() | rules.vocabulary.group.keys()
    known |= rules.vocabulary.measurement.keys()
    for entry in gold.gold():
        assert entry.said.keys() | entry.also <= known, entry.text
        assert entry.said.keys().isdisjoint(entry.also), entry.text
    seen = Counter((entry.text, entry.given) for entry in gold.gold())
    assert [text for text, count in seen.items() if count > 1] == []


def test_there_are_five_hundred_phrases_beyond_the_published_cases() -> None:
    parts = Counter(entry.part for entry in gold.gold())
    assert sum(parts.values()) - parts["published_cases"] >= 500


def test_what_is_said_is_found(readings: list[gold.Reading]) -> None:
    assert gold.figures(readings).recall >= LEAST_RECALL


def test_what_is_found_was_said(readings: list[gold.Reading]) -> None:
    assert gold.figures(readings).precision >= LEAST_PRECISION


def test_nothing_is_turned_into_its_opposite(readings: list[gold.Reading]) -> None:
    assert gold.figures(readings).denials >= LEAST_DENIALS
    turned = [
        reading.gold.text
        for reading in readings
        for id_, answer in reading.gold.said.items()
        if {answer, reading.said.get(id_)} == {"present", "absent"}
    ]
    assert turned == []


def test_age_and_sex_are_read_where_the_text_gives_them(
    readings: list[gold.Reading],
) -> None:
    assert gold.figures(readings).person >= LEAST_PRECISION

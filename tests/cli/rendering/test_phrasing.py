"""Ids, names and counts read as words of a sentence."""

from __future__ import annotations

import pytest

from minsight_cli.rendering.phrasing import as_sentence, counted, id_in_words, inside


def test_an_id_is_read_as_words() -> None:
    assert id_in_words("few_findings") == "few findings"
    assert id_in_words("iron") == "iron"


@pytest.mark.parametrize("text", ["", "i", "iron"])
def test_a_sentence_begins_large_and_ends(text: str) -> None:
    assert as_sentence(text) == {"": ".", "i": "I.", "iron": "Iron."}[text]


def test_only_the_first_letter_of_a_name_is_made_small() -> None:
    assert inside("Cobalt (vitamin B12)") == "cobalt (vitamin B12)"


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 rows"), (1, "1 row"), (-1, "-1 row"), (2, "2 rows")]
)
def test_one_is_told_as_one(count: int, told: str) -> None:
    assert counted(count, "row") == told

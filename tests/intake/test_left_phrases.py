"""Phrases that a text leaves: read where they stand alone and nothing else denies."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.left_phrases import left_phrases
from minsight.intake.text.mentions import Unread
from minsight.intake.text.stretches import Stretch


@pytest.mark.parametrize(
    ("text", "stretch", "id_"),
    [
        ("tired, have a temp", "have a temp", "fever"),
        ("tired, wont eat", "wont eat", "poor_appetite"),
        ("no cough, have a temp", "have a temp", None),
        ("maybe a cough, have a temp", "have a temp", None),
        ("tired, have a lamp", "have a lamp", None),
    ],
)
def test_a_stretch_that_is_a_phrase_is_read_where_nothing_else_denies(
    rules: minsight.Rules, text: str, stretch: str, id_: str | None
) -> None:
    start = text.index(stretch)
    left = Unread(Stretch(start, start + len(stretch)))
    found = left_phrases([left], text, rules.vocabulary)
    assert [phrase.id for phrase in found.values()] == ([id_] if id_ else [])

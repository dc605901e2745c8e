"""Arguments: words that a shell hands over one by one, as their writer meant them."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.arguments import in_phrases_of


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (["hair", "loss"], ["hair loss"]),
        (["tired", "dizzy"], ["tired", "dizzy"]),
        (["no", "fever"], ["no fever"]),
        (["hair", "loss", "always tired"], ["hair loss", "always tired"]),
        (["spoon_nails", "diarrhoea"], ["spoon_nails", "diarrhoea"]),
        (["fever"], ["fever"]),
        ([], []),
    ],
)
def test_single_words_in_a_row_are_one_text_unless_each_says_something(
    rules: minsight.Rules, texts: list[str], meant: list[str]
) -> None:
    assert list(in_phrases_of(texts, rules.vocabulary)) == meant

"""Sentence forms: each says of what stands in it that it is there, or not, or neither.

They were found by putting every word into every form: a form that fails, fails for all
that people may say in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

import minsight
from minsight.files.yaml import load_file
from minsight.intake.recognition import recognise
from places import DATA

FORMS: Final[dict[str, Any]] = load_file(
    DATA / "sentence_forms.yaml", "sentence_forms.yaml"
).data

DANGERS: Final = "dangers"
TODAY: Final = {"emergency", "same_day"}


def each_form() -> Iterator[tuple[str, str, str]]:
    for kind, forms in FORMS.items():
        if kind == DANGERS:
            continue
        for says in ("there", "denied", "neither"):
            yield from ((kind, says, form) for form in forms[says])


@pytest.mark.parametrize(("kind", "says", "form"), list(each_form()))
def test_a_form_says_the_same_of_every_word(
    rules: minsight.Rules, kind: str, says: str, form: str
) -> None:
    for word, id_ in FORMS[kind]["words"].items():
        told = answers(rules, form.replace("X", word), id_)
        assert ("present" in told) is (says == "there"), word
        assert ("absent" in told) or says != "denied", word


@pytest.mark.parametrize(
    ("says", "form"),
    [(says, form) for says in ("told", "not told") for form in FORMS[DANGERS][says]],
)
def test_a_danger_is_told_in_whatever_form(
    rules: minsight.Rules, says: str, form: str
) -> None:
    for word in FORMS[DANGERS]["words"]:
        found = rules.assess({"present": [form.replace("X", word)]}).urgency
        assert (found.level in TODAY) is (says == "told"), word


def answers(rules: minsight.Rules, text: str, id_: str) -> set[str]:
    """What a text says of an entry, or of one that is wider or narrower."""
    above = rules.vocabulary.with_ancestors
    return {
        one.answer
        for one in recognise(text, rules.vocabulary).recognised
        if id_ in above(one.id) or one.id in above(id_)
    }

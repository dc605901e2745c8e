"""Life stages that the words of a finding tell: a floppy toddler is a toddler."""

from __future__ import annotations

from typing import Final

import pytest

import minsight
from minsight.intake.recognition import recognise
from minsight.knowledge.vocabulary import Group, Vocabulary
from minsight.scales import URGENCIES

A_CHILD: Final = {"newborn": "neonate", "baby": "infant", "toddler": "young_child"}
"""Words of the vocabulary for a child, and the group that each is."""


def told(vocabulary: Vocabulary) -> list[tuple[str, Group]]:
    """Phrases of findings that name a child who may have them, and its group."""
    return [
        (phrase.words, vocabulary.group[group])
        for phrase in vocabulary.phrase.values()
        if phrase.kind == "finding" and phrase.by not in ("id", "label")
        for word, group in A_CHILD.items()
        if word in phrase.words.split()
        and vocabulary.finding[phrase.id].asked_of.shared_with(
            vocabulary.group[group].holds_for
        )
    ]


def test_a_child_in_the_words_of_a_finding_is_as_urgent_as_one_named_beside_them(
    rules: minsight.Rules,
) -> None:
    phrases = told(rules.vocabulary)
    assert len(phrases) > 60
    for words, group in phrases:
        alone = rules.assess(minsight.Subject(present=[words])).urgency
        beside = rules.assess(minsight.Subject(present=[words, group.id])).urgency
        assert URGENCIES.index(alone.level) >= URGENCIES.index(beside.level), words


@pytest.mark.parametrize(
    "text", ["floppy toddler", "my toddler is floppy", "tired, toddler went floppy"]
)
def test_the_life_stage_is_told_by_whole_texts_and_by_parts_of_them(
    rules: minsight.Rules, text: str
) -> None:
    found = rules.assess(minsight.Subject(present=[text]))
    assert "young_child" in {match.id for match in found.recognised}
    assert found.urgency.level == "emergency"


@pytest.mark.parametrize("words", ["lost the baby", "baby hardly moves"])
def test_a_baby_that_is_somebody_else_tells_no_age(
    rules: minsight.Rules, words: str
) -> None:
    assert recognise(words, rules.vocabulary).stages == ()


@pytest.mark.parametrize("more", [{"age": "9"}, {"present": ("elderly",)}])
def test_what_is_known_of_the_age_goes_first(
    rules: minsight.Rules, more: dict[str, object]
) -> None:
    subject = minsight.Subject(
        present=("floppy toddler", *more.get("present", ())),  # type: ignore[misc]
        age=more.get("age"),  # type: ignore[arg-type]
    )
    found = rules.assess(subject)
    assert "young_child" not in {match.id for match in found.recognised}


def test_a_child_that_is_denied_is_none(rules: minsight.Rules) -> None:
    assert recognise("floppy toddler", rules.vocabulary, status="excluded").stages == ()
    subject = minsight.Subject(present=["floppy toddler"], not_groups=["young_child"])
    found = rules.assess(subject)
    assert [m.status for m in found.recognised if m.id == "young_child"] == ["excluded"]

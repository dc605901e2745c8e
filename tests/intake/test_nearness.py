"""Nearness: what was not understood is ranked by meaning and by letters."""

from __future__ import annotations

from pathlib import Path

import pytest

import minsight
from minsight.compiler.compile import compile_folder
from minsight.intake import nearness
from minsight.intake.nearness import nearness_of, three_apart
from minsight.intake.recognition import recognise, search
from minsight.intake.shelf import shelve
from minsight.knowledge.vocabulary import Finding, Group, Vocabulary
from places import SMALL_RULES


@pytest.fixture
def small() -> Vocabulary:
    return compile_folder(SMALL_RULES).vocabulary


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("gullet will not let bread through", "difficulty_swallowing"),
        ("bald spots where the comb goes", "hair_loss"),
        ("skull gives like a ping pong ball", "craniotabes"),
        ("lentils and chapatis at each meal", "high_phytate_diet"),
        ("wearing mittens indoors in june", "cold_intolerance"),
        ("cannot make out the kerb at dusk", "night_blindness"),
    ],
)
def test_what_is_meant_is_among_the_nearest(
    text: str, id_: str, rules: minsight.Rules
) -> None:
    assert id_ in nearness_of(rules.vocabulary).ids(text)[:5]


def test_the_words_of_frames_are_names_too(rules: minsight.Rules) -> None:
    vocabulary = rules.vocabulary
    told = {p.id for p in nearness._ways_of_frames(vocabulary)}
    assert told == {frame.id for frame in vocabulary.frames if frame.id}


def test_an_entry_is_as_near_as_the_best_of_its_names() -> None:
    assert nearness._mean_of_best([0.5, 0.9, 0.7, 0.8]) == pytest.approx(0.8)
    assert nearness._mean_of_best([0.9]) == pytest.approx(0.9 * (1 + 2 * 0.8) / 3)


def test_no_suggestion_stands_above_another_where_others_come_near(
    rules: minsight.Rules,
) -> None:
    vocabulary = rules.vocabulary
    above = next(one for one in vocabulary.findings if one.parents)
    ids = [above.id, above.parents[0], "itch", "goitre"]
    assert three_apart(ids, vocabulary) == [above.id, "itch", "goitre"]
    assert three_apart(ids[:3], vocabulary) == [above.id, "itch", above.parents[0]]
    taken = three_apart(ids, vocabulary, taken=["fever"])
    assert taken == ["fever", above.id, "itch"]


def test_what_cannot_be_true_of_the_person_is_not_suggested(
    rules: minsight.Rules,
) -> None:
    vocabulary = rules.vocabulary
    for text in (
        "man of 40, monthly trouble with blud",
        "woman, 30, trouble down belwo",
    ):
        (person,) = {m.sex for m in recognise(text, vocabulary).mentions if m.sex}
        labels = {
            label
            for left in recognise(text, vocabulary).unrecognised
            for label in left.suggestions
        }
        every: list[Finding | Group] = [*vocabulary.findings, *vocabulary.groups]
        for entry in every:
            if entry.holds_for.sex not in (None, person):
                assert entry.label not in labels


def test_vectors_are_kept_where_that_is_wanted(
    small: Vocabulary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(small, tmp_path / "cache")
    found = nearness_of(small).ids("scratching")
    (kept,) = (tmp_path / "cache").iterdir()
    again = compile_folder(SMALL_RULES).vocabulary
    shelve(again, tmp_path / "cache")
    monkeypatch.setattr(nearness, "_row", None)  # nothing is worked out anew
    assert nearness_of(again).ids("scratching") == found
    assert kept.suffix == ".vectors"


def test_nothing_is_kept_otherwise(small: Vocabulary, tmp_path: Path) -> None:
    nearness_of(small).ids("scratching")
    assert list(tmp_path.iterdir()) == []


def test_many_phrases_are_not_remembered_for_ever(
    small: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearness, "_REMEMBERED", 2)
    near = nearness_of(small)
    told = [near.ids(words) for words in ("itsh", "fvr", "crmps", "itsh")]
    assert told[0] == told[-1]
    assert len(near._found) <= 2


@pytest.mark.parametrize("text", ["ゴホン", "щщщ", "000 111", "x"])
def test_words_of_no_known_letters_do_no_harm(text: str, small: Vocabulary) -> None:
    assert len(nearness_of(small).ids(text)) <= nearness.MOST_NEAR


def test_a_search_finds_by_meaning_what_no_phrase_begins(rules: minsight.Rules) -> None:
    assert "itch" in search("scratchy sensation", rules.vocabulary, kind="finding")

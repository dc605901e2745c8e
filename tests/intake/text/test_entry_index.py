"""Indexes: the phrases and frames that a stem may name, and the words of lists."""

from __future__ import annotations

import pytest

from minsight.intake.text.entry_index import (
    FrameIndex,
    PhraseIndex,
    Word,
    as_it_stands,
)
from minsight.intake.text.words import BREAKS, stem, stems
from minsight.knowledge.phrases import Phrase, PhraseFrame

FRAMES = (
    PhraseFrame("brittle_nails", "finding", ("<breaks>", "<nails>")),
    PhraseFrame("sore_nails", "finding", ("<hurts>", "<nails>")),
)
LISTS = {
    "<breaks>": ("break", "come off in layers"),
    "<hurts>": ("hurt",),
    "<nails>": ("nail", "the tip of the thumb"),
}


def phrases(*words: str) -> PhraseIndex:
    return PhraseIndex(Phrase(one, one, "finding", "synonym") for one in words)


def of_text(text: str) -> list[Word]:
    return [Word(word, stem(word), 0, 0, 0) for word in text.split()]


@pytest.mark.parametrize(
    ("phrase", "by"),
    [
        ("out of breath", "breath"),
        ("cow's milk allergy", "allergies"),
        ("hives during fever", "hive"),
        ("swollen ankles", "swelling"),
    ],
)
def test_a_phrase_is_found_by_its_longest_word_in_any_form(
    phrase: str, by: str
) -> None:
    ((_, own, _, found),) = phrases(phrase, "cough").of(stem(by))
    assert isinstance(found, Phrase)
    assert found.words == phrase
    assert own == stems(" ".join(w for w in phrase.split() if w not in BREAKS))


def test_a_phrase_of_which_small_words_leave_one_must_stand_in_the_text() -> None:
    ((_, own, _, found),) = phrases("the runs").of(stem("runs"))
    assert isinstance(found, Phrase)
    assert as_it_stands(found, own) == " the runs "
    assert as_it_stands(Phrase("cough", "x", "finding", "label"), ("cough",)) == ""


@pytest.mark.parametrize("phrase", ["very severe", "sore"])
def test_a_phrase_whose_stems_mean_less_is_found_by_none(phrase: str) -> None:
    index = phrases(phrase)
    assert [index.of(one) for one in stems(phrase)] == [()] * len(stems(phrase))


def test_what_no_phrase_has_is_found_nowhere() -> None:
    assert phrases("cough").of("elephant") == ()


def test_a_frame_is_found_by_its_rarest_list_alone() -> None:
    index = FrameIndex(FRAMES, LISTS)
    assert [frame.id for *_, frame in index.of("<breaks>")] == ["brittle_nails"]
    assert [frame.id for *_, frame in index.of("<hurts>")] == ["sore_nails"]
    assert index.of("<nails>") == ()


def test_the_words_of_a_list_stand_in_a_row_and_in_one_piece() -> None:
    index = FrameIndex(FRAMES, LISTS)
    words = of_text("tip thumb breaks")
    meant = [word.stem for word in words]
    assert index.lists_in("", words, meant) == {"<nails>": [(0, 1)], "<breaks>": [(2,)]}
    apart = [words[0], Word("thumb", stem("thumb"), 1, 0, 0)]
    assert index.lists_in("", apart, meant[:2]) == {}


def test_what_small_words_leave_of_an_item_is_not_the_item() -> None:
    index = FrameIndex((), {"<cycle>": ("on my period", "time of the month")})
    words = of_text("period")
    meant = [word.stem for word in words]
    assert index.lists_in(" on my period ", words, meant) == {"<cycle>": [(0,)]}
    assert index.lists_in(" a long period ", words, meant) == {}


def test_both_know_their_words_for_the_speller() -> None:
    assert phrases("cow's milk").words == {"cows", "milk"}
    assert {"thumb", "layers"} <= FrameIndex(FRAMES, LISTS).words

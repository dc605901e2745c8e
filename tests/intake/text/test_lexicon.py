"""The lexicon: which entries words name, by their stems, close together."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.intake.text.entry_index import Word
from minsight.intake.text.lexicon import Lexicon
from minsight.intake.text.words import SMALL, stem
from minsight.knowledge.phrases import Phrase, PhraseFrame

PHRASES: Final = (
    ("loss of taste", "taste_loss"),
    ("tingling hands", "tingling"),
    ("tingling hands and feet", "tingling_both"),
    ("swollen ankles", "edema"),
    ("no energy", "tiredness"),
    ("koilonychia", "spoon_nails"),
    ("drinks tea", "tea"),
    ("taste of metal", "metal"),
)


def lexicon(*more: tuple[str, str]) -> Lexicon:
    return Lexicon(
        Phrase(words, id_, "finding", "synonym") for words, id_ in (*PHRASES, *more)
    )


def words_of(*pieces: str) -> list[Word]:
    """The words of a sentence of these pieces, without the small ones."""
    found, start = list[Word](), 0
    for number, piece in enumerate(pieces):
        for text in piece.split():
            if text not in SMALL:
                found.append(Word(text, stem(text), number, start, start + len(text)))
            start += len(text) + 1
    return found


def named(*pieces: str, of: Lexicon | None = None) -> list[str]:
    found = (of or lexicon()).entries(" ".join(pieces), words_of(*pieces))
    return [one.phrase.id for one in found]


def test_a_word_that_comes_again_belongs_to_its_own_piece() -> None:
    """The second "low" is as near as the first, and it is the one of iron."""
    low = lexicon(("low zinc", "zinc_low"), ("low iron", "iron_low"))
    assert named("zinc low", "iron low", of=low) == ["zinc_low", "iron_low"]
    assert named("low zinc", "low iron", of=low) == ["zinc_low", "iron_low"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("loss of taste", ["taste_loss"]),
        ("taste loss", ["taste_loss"]),
        ("swelling ankles", ["edema"]),
        ("ankle swollen", ["edema"]),
        ("swollen left ankles", ["edema"]),
        ("tingling hands and feet", ["tingling_both"]),
        ("tingling in both hands", ["tingling"]),
        ("koilonychia swollen ankles", ["spoon_nails", "edema"]),
        ("taste", []),
        ("", []),
    ],
)
def test_words_name_an_entry_in_any_order_and_form(text: str, ids: list[str]) -> None:
    assert named(text) == ids


@pytest.mark.parametrize(
    ("between", "found"), [(0, True), (1, True), (2, True), (3, False)]
)
def test_two_other_words_may_stand_between(between: int, found: bool) -> None:
    others = " ".join(["purple", "elephant", "carpet"][:between])
    assert named(f"swollen {others} ankles") == (["edema"] if found else [])


def test_words_that_leave_the_meaning_do_not_count_as_others() -> None:
    assert named("swollen in both of her ankles") == ["edema"]
    assert named("swollen purple elephant slightly very left ankles") == ["edema"]


def test_each_word_is_of_one_entry_and_the_longest_wins() -> None:
    assert named("loss of taste of metal") == ["taste_loss"]
    assert named("loss of taste taste of metal") == ["taste_loss", "metal"]


def test_words_of_two_pieces_name_nothing_together_unless_they_are_many() -> None:
    assert named("swollen", "ankles") == []
    assert named("tingling hands", "feet") == ["tingling_both"]


def test_a_denial_that_is_part_of_a_name_stands_beside_the_rest() -> None:
    assert named("no energy") == ["tiredness"]
    assert named("no fever low energy") == []


def test_no_trouble_with_a_thing_is_no_lack_of_it() -> None:
    of = lexicon(("no periods", "amenorrhoea"))
    assert named("no periods", of=of) == ["amenorrhoea"]
    assert named("no problem periods", of=of) == []


def test_nothing_parts_a_verb_from_its_particle() -> None:
    of = lexicon(("dried out", "dehydration"))
    assert named("dried out", of=of) == ["dehydration"]
    assert named("dry starch out", of=of) == []


def test_a_slip_is_taken_as_meant_and_told() -> None:
    (found,) = lexicon().entries("koilonichia", words_of("koilonichia"))
    assert (found.phrase.id, found.mistyped) == ("spoon_nails", True)
    (plain,) = lexicon().entries("koilonychia", words_of("koilonychia"))
    assert not plain.mistyped


def test_stems_of_two_entries_are_told_apart_by_the_words_or_not_at_all() -> None:
    """One stem, two things: only the words as they are written tell which."""
    both = lexicon(("numbing fingers", "one"), ("numbed fingers", "other"))
    assert named("numbing fingers", of=both) == ["one"]
    assert named("numbed fingers", of=both) == ["other"]
    assert named("fingers numb", of=both) == []


LISTS: Final = {
    "<breaks>": ("crumbling", "falling to bits"),
    "<nails>": ("nail", "tip of thumb"),
    "<not>": ("cannot", "never"),
    "<lifts>": ("lift",),
    "<only>": ("only", "just"),
    "<plain>": ("rice", "white bread", "chips"),
    "<rent>": ("rent",),
    "<weary>": ("weary",),
}
FRAMES: Final = (
    PhraseFrame("brittle_nails", "finding", ("<breaks>", "<nails>")),
    PhraseFrame("weak_arms", "finding", ("<lifts>", "<not>")),
    PhraseFrame("poor_diet", "group", ("<only>", "<plain>", "<plain>"), spread=True),
    PhraseFrame("", "finding", ("<rent>", "<weary>")),
)


def framed(*pieces: str) -> list[tuple[str, str]]:
    """What frames and phrases name in these pieces, and the words that do."""
    phrases = [Phrase("weary", "tiredness", "finding", "synonym")]
    found = Lexicon(phrases, FRAMES, LISTS).entries(" ".join(pieces), words_of(*pieces))
    return [(one.phrase.id, one.phrase.words) for one in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nail crumbled", "nail crumbled"),
        ("crumbling purple elephant nails", "crumbling nails"),
        ("tips of thumbs fall to bits", "tips thumbs fall bits"),
        ("cruumbling nails", "cruumbling nails"),
    ],
)
def test_a_frame_takes_one_of_each_list_in_any_order(text: str, words: str) -> None:
    assert framed(text) == [("brittle_nails", words)]


@pytest.mark.parametrize(
    "text", ["nail", "crumbling", "crumbling a purple elephant carpet nail", "tip nail"]
)
def test_a_frame_needs_all_of_its_lists_close_together(text: str) -> None:
    assert framed(text) == []


def test_a_frame_that_denies_stands_in_a_row() -> None:
    assert framed("cannot lift") == [("weak_arms", "cannot lift")]
    assert framed("cannot purple lift") == []


def test_only_what_is_spread_runs_through_a_list() -> None:
    assert framed("just white bread", "chips") == [
        ("poor_diet", "just white bread chips")
    ]
    assert framed("just chips") == []  # no word is used for two parts
    assert framed("crumbling", "nails") == []


def test_words_that_mean_nothing_together_name_nothing() -> None:
    assert framed("weary") == [("tiredness", "weary")]
    assert framed("weary of the rent") == []


ALL: Final = sorted({word for words, _ in PHRASES for word in words.split()})


@given(said=st.lists(st.sampled_from([*ALL, "elephant", "the"]), max_size=8))
def test_no_word_is_used_twice_and_every_entry_has_all_of_its_own(
    said: list[str],
) -> None:
    words = words_of(" ".join(said))
    found = lexicon().entries(" ".join(said), words)
    places = [place for one in found for place in one.places]
    assert len(set(places)) == len(places)
    assert [one.places[0] for one in found] == sorted(one.places[0] for one in found)
    for one in found:
        used = {words[place].stem for place in one.places}
        assert used <= {stem(word) for word in one.phrase.words.split()}

"""A word list says what phrases mean, or all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

import minsight
from minsight.errors import FileError, WordsError
from minsight.intake.corrections import SET_ASIDE
from minsight.intake.recognition import recognise
from minsight.intake.subject import Subject
from minsight.scales import Status
from minsight.screening.mapping.word_list import WordList, in_one_form, load_word_list

HEAD = "phrase,times,means\n"


@pytest.fixture
def listed(tmp_path: Path, rules: minsight.Rules) -> WordList:
    text = (
        f"{HEAD}zonky hair,3,hair_loss\n"
        'gribble,2,"Tired; -fever, vegan_diet?"\n'
        "no zwib,2,not hair_loss\n"
        "zflum,1,ignore\n"
        "empty,1,\n"
    )
    return loaded(text, tmp_path, rules)


def loaded(
    text: str | bytes, folder: Path, rules: minsight.Rules, name: str = "w.csv"
) -> WordList:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_word_list(file, rules.vocabulary)


def said(
    text: str, words: WordList, rules: minsight.Rules, status: Status = "observed"
) -> dict[str, str]:
    meaning = words.recognise(text, rules.vocabulary, status=status)
    assert meaning.unrecognised == ()
    return {match.id: match.answer for match in meaning.recognised}


def test_a_phrase_is_read_as_the_list_says(
    listed: WordList, rules: minsight.Rules
) -> None:
    assert said("ZONKY  hair!", listed, rules) == {"hair_loss": "present"}
    assert said("gribble", listed, rules) == {
        "fatigue": "present", "fever": "absent", "vegan_diet": "unsure",
    }  # fmt: skip
    assert said("no zwib", listed, rules) == {"hair_loss": "absent"}
    assert said("zflum", listed, rules) == {SET_ASIDE: "present"}


def test_what_was_understood_without_the_list_stays(
    listed: WordList, rules: minsight.Rules
) -> None:
    assert said("no fever; zonky hair", listed, rules) == {
        "fever": "absent", "hair_loss": "present",
    }  # fmt: skip


def test_of_unread_words_that_are_listed_each_is_read_by_itself(
    listed: WordList, rules: minsight.Rules
) -> None:
    meaning = listed.recognise("zonky hair, unheard of, zflum", rules.vocabulary)
    assert [left.text for left in meaning.unrecognised] == ["unheard of"]
    assert {m.id for m in meaning.recognised} == {"hair_loss", SET_ASIDE}
    denied = listed.recognise("no gribble, zonky hair", rules.vocabulary)
    assert denied == recognise("no gribble, zonky hair", rules.vocabulary)


def test_in_texts_of_what_is_absent_or_unsure_a_phrase_is_said_of_that(
    listed: WordList, rules: minsight.Rules
) -> None:
    assert said("zonky hair", listed, rules, "excluded") == {"hair_loss": "absent"}
    assert said("zonky hair", listed, rules, "unsure") == {"hair_loss": "unsure"}
    assert said("no zwib", listed, rules, "excluded") == {"hair_loss": "unsure"}


def test_a_list_that_says_nothing_changes_nothing(rules: minsight.Rules) -> None:
    for text in ("zonky hair", "no fever, gribble"):
        read = WordList().recognise(text, rules.vocabulary)
        assert read == recognise(text, rules.vocabulary)


def test_a_subject_in_ids_is_read_the_same_without_the_list(
    listed: WordList, rules: minsight.Rules
) -> None:
    told = Subject(present=["no fever; zonky hair", "tired"], absent=["zonky hair x"])
    ids = listed.in_ids(told, rules.vocabulary)
    assert (ids.present, ids.absent) == (
        ("hair_loss", "tired"), ("fever", "zonky hair x"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zonky  HAIR.", "zonky hair"),
        ("'-zonk", "-zonk"),
        ("zonk, ", "zonk"),
        ("Cafe\u0301", "caf\u00e9"),
    ],
)
def test_capitals_spaces_and_stops_do_not_matter(one: str, other: str) -> None:
    assert in_one_form(one) == in_one_form(other)


@pytest.mark.parametrize("other", ["zonk?", "-zonk", "no zonk", "+zonk"])
def test_signs_that_deny_or_doubt_make_another_phrase(other: str) -> None:
    assert in_one_form(other) != in_one_form("zonk")


@pytest.mark.parametrize(
    "text",
    [
        b"phrase;times;means\r\nm\xfcder zonk;2;fatigue\r\n",
        "Phrase\tMEANS\nm\u00fcder zonk\tfatigue\n".encode("utf-16"),
        '\ufeff"means","phrase"\n"fatigue","m\u00fcder\nzonk"\n'.encode(),
    ],
)
def test_a_list_is_read_as_a_spreadsheet_saves_it(
    text: bytes, tmp_path: Path, rules: minsight.Rules
) -> None:
    words = loaded(text, tmp_path, rules)
    assert words.phrases == (("m\u00fcder zonk", (("fatigue", "observed"),)),)


@pytest.mark.parametrize(
    ("lines", "line", "problem"),
    [
        ("zonk,1,fevr", 2, "`fevr` is no finding and no group (did you mean `fever`?)"),
        ("a,1,fever\nzonk,1,xyzzyx", 3, "is no finding and no group (write an id"),
        ("zonk,1,ignore; fever", 2, "`ignore` stands beside an id"),
        ("zonk,1,fever; -fever", 2, "`fever` is there and not there"),
        ("zonk,1,ferritin", 2, "`ferritin` is a measurement, which needs a value"),
        ("zonk,1,fever\n\nZONK,1,fatigue", 4, "`ZONK` means something else in line 2"),
        (",1,fever", 2, "it has no phrase"),
        ("zonk,1,; ;", 2, "names nothing"),
        ('"a\nb",1,fever\nzonk,1,fevr', 4, "did you mean `fever`?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    lines: str, line: int, problem: str, tmp_path: Path, rules: minsight.Rules
) -> None:
    with pytest.raises(WordsError) as caught:
        loaded(f"{HEAD}{lines}\n", tmp_path, rules)
    (issue,) = caught.value.issues
    assert issue.place.line == line
    assert problem in str(issue)
    assert str(caught.value).startswith("the word list has 1 problem\n")


def test_all_problems_are_told_at_once(tmp_path: Path, rules: minsight.Rules) -> None:
    with pytest.raises(WordsError) as caught:
        loaded(f"{HEAD}a,1,fevr\nb,1,fatige\n", tmp_path, rules)
    assert [issue.place.line for issue in caught.value.issues] == [2, 3]


@pytest.mark.parametrize("text", ["", "zonk\n", "phrase,times\nzonk,1\n"])
def test_a_file_without_the_columns_is_no_list(
    text: str, tmp_path: Path, rules: minsight.Rules
) -> None:
    with pytest.raises(WordsError, match="`phrase` and `means`"):
        loaded(text, tmp_path, rules)


def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    with pytest.raises(FileError, match="cannot read the word list"):
        load_word_list(tmp_path / "none.csv", rules.vocabulary)
    with pytest.raises(FileError, match="cannot read the word list"):
        load_word_list(tmp_path, rules.vocabulary)

"""What a person says of a reading replaces it, and nothing that was said vanishes."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.corrections import (
    SET_ASIDE,
    is_sure,
    is_turned,
    pieces_left,
    replaced,
    said_to_mean,
    struck,
    suggested_ids,
)
from minsight.intake.recognition import Meaning, Unrecognised, recognise


@pytest.mark.parametrize("text", ["fever", "no fever", "9-month-old boy", "feel fine"])
def test_plain_words_are_sure(text: str, rules: minsight.Rules) -> None:
    assert is_sure(recognise(text, rules.vocabulary))


@pytest.mark.parametrize("text", ["zonky hair", "fevver", "fever and a zonk"])
def test_what_was_repaired_or_not_read_is_not_sure(
    text: str, rules: minsight.Rules
) -> None:
    assert not is_sure(recognise(text, rules.vocabulary))


def test_unread_words_are_replaced_by_what_they_are_said_to_mean(
    rules: minsight.Rules,
) -> None:
    meaning = recognise("zonky hair; no fever", rules.vocabulary)
    (left,) = meaning.unrecognised
    said = [("hair_loss", "observed"), ("vegan_diet", "excluded")]
    read = said_to_mean(left.text, said, rules.vocabulary)  # type: ignore[arg-type]
    now = replaced(meaning, left, Meaning(read))
    assert now.unrecognised == ()
    assert [(m.id, m.answer, m.kind, m.by) for m in now.recognised[-2:]] == [
        ("hair_loss", "present", "finding", "told"),
        ("vegan_diet", "absent", "group", "told"),
    ]
    assert {m.text for m in now.recognised[-2:]} == {left.text}
    assert meaning.recognised == now.recognised[:-2]


def test_what_is_struck_stays_told_as_set_aside(rules: minsight.Rules) -> None:
    meaning = recognise("tired, 9-month-old boy", rules.vocabulary)
    for wrong in meaning.recognised:
        now = struck(meaning, wrong)
        assert len(now.recognised) == len(meaning.recognised)
        assert wrong not in now.recognised
        aside = [m.text for m in now.recognised if m.id == SET_ASIDE]
        assert aside == [wrong.text]


def test_an_age_or_sex_that_is_struck_is_not_known(rules: minsight.Rules) -> None:
    meaning = recognise("9-month-old boy", rules.vocabulary)
    age, sex = meaning.recognised
    assert [m.age_days for m in struck(meaning, age).mentions] == [None, None]
    assert [m.sex for m in struck(meaning, age).mentions] == [None, "male"]
    assert [m.sex for m in struck(meaning, sex).mentions] == [None, None]


@pytest.mark.parametrize(
    "text", ["no zonk", "maybe a zonk", "my aunt has the zonk", "the zonk last year"]
)
def test_words_that_turn_what_is_said_are_seen(text: str) -> None:
    assert is_turned(text)
    listed = f"{text}, wibble"
    assert pieces_left(Unrecognised(listed, ())) == (listed,)


def test_a_list_is_cut_unless_something_turns_it() -> None:
    assert not is_turned("zonk in the knee")
    cut = pieces_left(Unrecognised("zonk; wibble, and a\nwobble. Done", ()))
    assert cut == ("zonk", "wibble", "and a", "wobble", "Done")
    because = Unrecognised("zonk, wibble", (), "said of somebody else")
    assert pieces_left(because) == ("zonk, wibble",)


def test_suggestions_have_ids(rules: minsight.Rules) -> None:
    meaning = Meaning((), (Unrecognised("x", ("Hair loss", "no label", "Fever")),))
    assert suggested_ids(meaning, rules.vocabulary) == ("hair_loss", "fever")

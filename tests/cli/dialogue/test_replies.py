"""The words that every dialogue knows, however they are typed."""

from __future__ import annotations

import pytest

from minsight_cli.dialogue.replies import InputEnded, command_in, next_line
from typed import types


@pytest.mark.parametrize(
    ("texts", "meaning"),
    [
        (("y", "Yes", " YES! ", "Ja", "oui"), "yes"),
        (("n", "no.", "None", "none of these", "never"), "no"),
        (("?", " ? ", "not sure", "Not sure.", "maybe", "unknown"), "unsure"),
        (("I'm not sure", "I\u2019m not sure", "im not sure"), "unsure"),
        (("I don't know", "don\u2019t know", "I dont know"), "unsure"),
        (("s", "skip", "next"), "skip"),
        (("b", "go back", "UNDO"), "back"),
        (("why?", "w"), "why"),
        (("q", "Stop", "exit"), "stop"),
        (("h", "help"), "help"),
        (("l", "list"), "list"),
    ],
)
def test_a_word_of_a_dialogue_may_be_typed_in_many_ways(
    texts: tuple[str, ...], meaning: str
) -> None:
    assert {text: command_in(text) for text in texts} == dict.fromkeys(texts, meaning)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "??", "!", "1", "yes please", "no fever", "stop the pain"],
)
def test_other_words_are_words_about_the_person(text: str) -> None:
    assert command_in(text) == ""


def test_a_line_comes_without_the_space_around_it_and_as_utf_8(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    types(monkeypatch, ["  always tired \t", "m\udcc3\udcbcde"])
    assert [next_line(), next_line()] == ["always tired", "m\u00fcde"]
    with pytest.raises(InputEnded):
        next_line()


@pytest.mark.parametrize("error", [EOFError, OSError, RuntimeError("no stdin")])
def test_an_input_that_is_closed_ends_the_dialogue(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: str) -> str:
        raise error

    monkeypatch.setattr("builtins.input", closed)
    with pytest.raises(InputEnded):
        next_line()

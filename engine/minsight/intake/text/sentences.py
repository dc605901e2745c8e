"""Sentences: the stretches of a text in which each statement stands by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from minsight.intake.text.lists import words_of

LONGEST_SENTENCE: Final = 600
"""In characters; a longer one is read in stretches, so that time grows evenly."""
_BREAKS: Final = "|".join(sorted(words_of("words", "sentence breaks")))
_OPENERS: Final = "|".join(sorted(words_of("words", "sentence openers")))
_SOMEBODY: Final = "me|him|her|us|them"
"""Of whom a saying tells, with which no statement begins: "better off without me"."""
_SENTENCE: Final = re.compile(
    rf"[.!](?=\s|$)|[;\n\r]|(?<=\?)\s|\b(?:{_BREAKS})\b"
    rf"|(?=\b(?:{_OPENERS})\b(?!\s(?:{_SOMEBODY})\b))",
    re.IGNORECASE,
)
_LAST: Final = re.compile(r"\s*(?:$|[,.;!?)]|(?:but|and|or)\b)", re.IGNORECASE)
"""What follows the last word of a statement."""
_NEAR: Final = 40
_DENIED: Final = re.compile(
    r"(?:n['\u2019]t|\b(?:cant|wont|dont|doesnt|no|not|never|cannot|hardly|barely|rarely))"
    r"(?:\s+(?!(?:and|or|but|better|worse)\b)[^\W_]+){0,5}\s*$",
    re.IGNORECASE,
)
"""A denial and a few words after it, up to the end."""


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Where each sentence starts, and it; a very long one comes in several parts."""
    start = 0
    for mark in _SENTENCE.finditer(text):
        if _may_go_on(mark) and _DENIED.search(
            text, max(start, mark.start() - _NEAR), mark.start()
        ):
            continue  # "no day without pain" and "not walking yet" are one statement
        yield from bearable_lengths(text, start, mark.start())
        start = mark.end()
    yield from bearable_lengths(text, start, len(text))


def _may_go_on(mark: re.Match[str]) -> bool:
    """Whether a mark parts nothing behind a denial: an opener, or a "not ... yet"."""
    last = _LAST.match(mark.string, mark.end())
    return not mark.group() or (mark.group().lower() == "yet" and last is not None)


def bearable_lengths(text: str, start: int, stop: int) -> Iterator[tuple[int, str]]:
    """A stretch of a text in parts that are read at once, most often as one."""
    while stop - start > LONGEST_SENTENCE:
        end = start + LONGEST_SENTENCE
        space = text.rfind(" ", start + 1, end)
        end = space if space > start else end
        yield start, text[start:end]
        start = end
    yield start, text[start:stop]

"""What is typed at a prompt: the words that every dialogue knows, and its turns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from minsight.knowledge.phrases import normalise
from minsight_cli.typed import as_utf8

_WORDS: Final[Mapping[str, str]] = {
    word: meaning
    for meaning, words in (
        ("yes", "y yes yeah yep ja oui si sometimes often mostly always"),
        ("no", "n no none nope never nil"),
        ("unsure", "u unsure maybe perhaps unknown dunno"),
        ("skip", "s skip pass next"),
        ("back", "b back undo"),
        ("why", "w why"),
        ("stop", "stop q quit exit end done finish"),
        ("help", "h help"),
        ("list", "l list"),
    )
    for word in words.split()
}
_PHRASES: Final = {
    "not sure": "unsure",
    "i'm not sure": "unsure",
    "im not sure": "unsure",
    "i don't know": "unsure",
    "i dont know": "unsure",
    "don't know": "unsure",
    "dont know": "unsure",
    "a bit": "yes",
    "a little": "yes",
    "a little bit": "yes",
    "yes a bit": "yes",
    "yes a little": "yes",
    "yes sometimes": "yes",
    "now and then": "yes",
    "from time to time": "yes",
    "it used to": "no",
    "used to": "no",
    "not any more": "no",
    "not anymore": "no",
    "no longer": "no",
    "in the past": "no",
    "not really": "no",
    "nothing": "no",
    "none at all": "no",
    "no wait": "back",
    "wait": "back",
    "wait no": "back",
    "no the other one": "back",
    "no wait the other one": "back",
    "none of these": "no",
    "none of them": "no",
    "go back": "back",
}


_LEADING: Final = re.compile(
    r"(yes|yeah|yep|no|nope|not sure)(?:\s*[,;.:-]+\s*|\s+(?=but\b|and\b))"
    r"(?:but\s+|and\s+)?(\S.*)",
    re.IGNORECASE | re.DOTALL,
)


class InputEnded(Exception):  # noqa: N818  # a turn of the talk, no error
    """Nobody answers any more: the input was closed."""


class Stopped(Exception):  # noqa: N818  # a turn of the talk, no error
    """The person asked to stop."""


class WentBack(Exception):  # noqa: N818  # a turn of the talk, no error
    """The person wants to answer the last question again."""


def command_in(text: str) -> str:
    """The word of a dialogue that the text is; empty when it is none of them."""
    words = normalise(text)
    if text.strip() == "?":
        return "unsure"
    return _PHRASES.get(words) or _WORDS.get(words, "")


def leading(text: str) -> tuple[str, str]:
    """The yes or no before other words, as a word of a dialogue, and those words.

    >>> leading("No, but my nails break"), leading("no chest pain")
    (('no', 'my nails break'), ('', 'no chest pain'))
    """
    if found := _LEADING.fullmatch(text.strip()):
        return command_in(found[1]), found[2]
    return "", text


def next_line() -> str:
    """The next line that is typed, without the space around it.

    Raises:
        InputEnded: when there is none.
    """
    try:
        return as_utf8(input("> ")).strip()
    except (EOFError, OSError, RuntimeError):  # closed now, or before the start
        raise InputEnded from None

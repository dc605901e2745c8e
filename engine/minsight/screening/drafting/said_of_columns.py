"""Said of columns: what a person answers to what a draft asks of a column.

Answers are short: what the column asks for, what its values mean, a unit, `words` for
free words, `ignore`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from minsight.errors import quoted
from minsight.intake.measurements import factor_of
from minsight.intake.recognition import recognise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.drafting.seen import Guess
from minsight.screening.mapping.value_sets import plain

_MEANT: Final = re.compile(r"(yes|no|unknown|female|male)\s*=\s*(\S+)", re.IGNORECASE)
_STATUS: Final = {
    "yes": "observed", "no": "excluded", "unknown": "unknown", "female": "female",
    "male": "male",
}  # fmt: skip


class OpenQuestion(msgspec.Struct, frozen=True):
    """What has to be said of a column: the question, and what its values look like."""

    column: str
    asked: str
    shown: str
    guess: Guess


def settled(question: OpenQuestion, words: str, vocabulary: Vocabulary) -> Guess | None:
    """What the column is by what was said of it, or None when that says nothing."""
    text = words.strip()
    meant = _meant(text)
    about = _MEANT.sub("", text).strip(" ,;")
    if about.lower() == "ignore":
        return Guess("ignored")
    if about.lower() == "words":
        return Guess("text")
    guess = question.guess
    if about and (by_unit := _by_unit(guess, about, vocabulary)):
        return by_unit
    target = _entry(about, vocabulary) if about else guess.target
    if {"female", "male"} & set(meant):
        return Guess("sex", meant=meant)
    if not target or target not in (*vocabulary.finding, *vocabulary.group):
        return None
    return Guess("answer", target, meant=meant)


def why_not_said(question: OpenQuestion, words: str, vocabulary: Vocabulary) -> str:
    """Why nothing can be made of what was said, or nothing."""
    if settled(question, words, vocabulary) is not None:
        return ""
    return (
        f"{quoted(words)} names no finding, no group and no unit; write for example"
        " `tiredness`, `yes=1 no=2`, `words` or `ignore`"
    )


def _meant(text: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for what, value in _MEANT.findall(text):
        status = _STATUS[what.lower()]
        values = tuple(plain(one) for one in value.strip(",;").split(",") if one)
        found[status] = found.get(status, ()) + values
    return found


def _by_unit(guess: Guess, about: str, vocabulary: Vocabulary) -> Guess | None:
    kind = vocabulary.measurement.get(guess.target)
    if kind is None or factor_of(about, kind) is None:
        return None
    return Guess("measurement", kind.id, about)


def _entry(about: str, vocabulary: Vocabulary) -> str:
    if vocabulary.entry(about) is not None:
        return about
    read = recognise(about, vocabulary)
    ids = [m.id for m in read.recognised if m.kind in ("finding", "group")]
    return ids[0] if len(set(ids)) == 1 and not read.unrecognised else ""

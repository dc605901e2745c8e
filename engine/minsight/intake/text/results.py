"""Results: values of measurements that a text states, in which unit, and where.

"Ferritin 12 ng/ml", "K+ 2.9", "TSH came back at >100". A number beside the name of a
measurement is a value when its unit is one of the measurement, or when only one unit
can be meant. Other numbers there, as doses and targets are, stay with the reader; what
may be a value and cannot be taken is told, with the reason.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

import msgspec

from minsight.intake.measurements import (
    SAYS_ONLY_A_SIDE,
    SIGN_OF,
    Value,
    beyond_measure,
    limited,
    open_limit,
)
from minsight.intake.text.lists import words_of
from minsight.intake.text.names import NamedBefore, named_before
from minsight.intake.text.stretches import Stretch
from minsight.intake.text.units import (
    WrittenUnit,
    any_unit,
    as_number,
    bracket_before,
    may_be,
    only_unit,
    which_unit,
    written_unit,
)
from minsight.knowledge.phrases import Phrase
from minsight.knowledge.vocabulary import MeasurementKind, Vocabulary

_EATEN: Final = words_of("results", "eaten")
_WHEN: Final = "|".join(map(re.escape, sorted(words_of("results", "when"))))
_NOW: Final = "|".join(sorted(words_of("results", "now")))
_FLAGS: Final = "|".join(sorted(words_of("results", "flags")))


class Result(msgspec.Struct, frozen=True):
    """A value that a text states of a measurement, and where.

    `given` is the number in the `unit` of the vocabulary in which it was given;
    `with_unit` says whether the text tells it. `because` is why it is not taken.
    """

    phrase: Phrase
    at: Stretch
    given: float
    unit: str = ""
    value: Value | None = None
    with_unit: bool = True
    because: str = ""


@cache  # compiled where there is a number at all
def _numbers() -> re.Pattern[str]:
    """What finds a number that is no part of a range, a date or a ratio."""
    return re.compile(
        r"(?<![\d/.,])(?:\d{1,3}(?:,\d{3})+|\d{1,6}(?:[.,]\d{1,4})?)"
        r"(?![+\d]|[.,]\d|\s?[/:\u2013-]\s?\d|\s?to\s\d)"
    )


@cache  # compiled where there is a number at all
def _beside() -> re.Pattern[str]:
    """What finds a reference range or a flag that a laboratory put beside a value."""
    return re.compile(
        # a reference range, in brackets
        r"\s?[(\[]\s?(?:[a-z]{1,9}[.:]?\s){0,3}[<>]?\s?\d+(?:\.\d+)?"
        r"(?:\s?(?:-|\u2013|to)\s?\d+(?:\.\d+)?)?\s?(?:%|[^\W\d_]{0,6}(?:/\w{1,4})?)[)\]]"
        # a flag, in brackets or at the end
        rf"|\s?[(\[]\s?(?:{_FLAGS}|[*!\u2191\u2193])\s?[)\]]"
        rf"|\s?(?:\b(?:{_FLAGS})\b|[*!\u2191\u2193])(?=\s*(?:[,.;)]|$))",
        re.IGNORECASE,
    )


@cache  # compiled where there is a value at all
def _later() -> re.Pattern[str]:
    """What finds a number that came after a value: "3.9 -> 6.9", "140, 113 today"."""
    number = r"(\d{1,6}(?:[.,]\d{1,4})?)(?![\w+]|[.,]\d|\s?[/:\u2013]\s?\d)"
    unit = r"(?:\s?(?:%|[^\W\d_]{1,5}/[^\W\d_]{1,3}|[^\W\d_]{1,4}))?"
    when = rf"(?:[\s,;]+(?:{_WHEN}))*"
    is_at = r"(?:(?:is|at|its|it's|of|was)\s)?"
    return re.compile(
        rf"(?:{unit}{when}\s*(?:-+>|=>|[\u2192\u21d2\u279c])\s*{number}"
        rf"|{unit}{when}[\s,;]+(?:{_NOW})\s{is_at}{number}"
        rf"|{unit}{when}[\s,;]+{number}(?=\s(?:{_NOW})\b))",
        re.IGNORECASE,
    )


def results(text: str, vocabulary: Vocabulary) -> tuple[Result, ...]:
    """The values that a text states, in its order; none overlaps another."""
    if not any(map(str.isdigit, text)):
        return ()
    found: list[Result] = []
    begun = 0
    for number in _numbers().finditer(text):
        one = _result(text, number, vocabulary, begun=begun)
        if one is not None:
            found.append(one)
            begun = one.at.end
    return tuple(found)


def with_marks(text: str, found: Iterable[Result], mark: str) -> str:
    """The text with a mark for each character of what is taken, blanks for the rest."""
    for one in found:
        sign = " " if one.because else mark
        blank = sign * (one.at.end - one.at.start)
        text = text[: one.at.start] + blank + text[one.at.end :]
    return text


def _result(
    text: str, number: re.Match[str], vocabulary: Vocabulary, *, begun: int
) -> Result | None:
    whole = number.group().isdecimal()
    if whole and text[: number.start()][-1:].isalpha():
        return None  # of a name, as those of "vitamin D3"
    bracket = bracket_before(text, number.start())
    named = named_before(text, number.start(), vocabulary, begun=begun)
    if named is None and bracket is not None:
        named = named_before(text, bracket.start(), vocabulary, begun=begun)
    if named is None:
        return None
    kind = vocabulary.measurement[named.phrase.id]
    last = _latest(text, number, kind, bracket)
    if last is None:
        return None
    given, written = last
    at = Stretch(named.start, _end(text, written.end, opened=named.opened))
    if written.how == "whole":
        return _taken(named, at, given, written.unit, kind, with_unit=True)
    if named.swallowed or (named.phrase.words in _EATEN and whole):
        return None
    unit = only_unit(given, written, kind) or any_unit(given, written, kind)
    if unit is not None:
        return _taken(named, at, given, unit, kind, with_unit=False)
    if may_be(given, written, kind):
        return Result(named.phrase, at, given, because=which_unit(given, kind))
    return None


def _latest(
    text: str,
    number: re.Match[str],
    kind: MeasurementKind,
    bracket: re.Match[str] | None,
) -> tuple[float, WrittenUnit] | None:
    """The number with its unit, or the last of those that came after it."""
    written = written_unit(text, number.end(), kind, bracket)
    if written is None:
        return None
    given, end = as_number(number.group()), number.end()
    while (later := _later().match(text, end)) is not None:
        end, value = later.end(), as_number(later[later.lastindex or 0])
        unit = written_unit(text, end, kind, bracket)
        if unit is None or not _is_one(value, unit, kind):
            break
        given, written = value, unit
    return given, written


def _is_one(value: float, written: WrittenUnit, kind: MeasurementKind) -> bool:
    """Whether a number can be a value of this measurement."""
    return written.how == "whole" or only_unit(value, written, kind) is not None


def _taken(
    named: NamedBefore,
    at: Stretch,
    given: float,
    unit: str,
    kind: MeasurementKind,
    *,
    with_unit: bool,
) -> Result:
    """The value in this unit, or why it is none after all."""
    value = limited(kind.id, given * kind.units[unit], SIGN_OF[named.limit])
    if named.adjusted:
        value = msgspec.structs.replace(value, adjusted=True)
    because = beyond_measure(value, kind) or _open_limit(value, kind)
    return Result(named.phrase, at, given, unit, value, with_unit, because)


def _open_limit(value: Value, kind: MeasurementKind) -> str:
    """Why a limit says too little, if it does: what is beyond it may be in no band."""
    for least, most in kind.lines:
        inside = (least or 0.0) <= value.value < (math.inf if most is None else most)
        end = least if value.limit == "below" else most
        if value.limit and inside and end is not None:
            return SAYS_ONLY_A_SIDE
    return open_limit(value, kind)


def _end(text: str, end: int, *, opened: bool) -> int:
    """Where a value ends, with a bracket, a flag and a range that belong to it."""
    if opened and text[end : end + 1] in (")", "]"):
        end += 1
    for _ in range(2):
        beside = _beside().match(text, end)
        end = beside.end() if beside else end
    return end

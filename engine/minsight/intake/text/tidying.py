"""Tidying: marks of forms and thermometers in a text, as the words they stand for.

A text keeps its length, so that what is read of it stands where it was written.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from minsight.intake.text.lists import words_of
from minsight.intake.text.stretches import Stretch

_BOX: Final = re.compile(r"\[(?P<mark>[^\]\[]{0,3})\](?P<item>[^\[\n;]*)")
_TICKED: Final = re.compile(r"\s*[xXvV*\u2713\u2714\u2611]\s*")
_HEAT: Final = re.compile(
    r"\b(?:temp\w*|fever\w*|thermometer|degrees?|burning up)\b|\d\s*\u00b0",
    re.IGNORECASE,
)
_DEGREES: Final = re.compile(r"\b(?:3[4-689]|4[0-2]|9[5-8]|10[0-6])(?P<cut>[.,]\d)\b")

_AFTER: Final = "|".join(
    rf"(?<=\b{word}\b)" for word in sorted(words_of("words", "before a temperature"))
)
_BARE: Final = re.compile(
    rf"(?:^|(?<=[,;\n])|{_AFTER})(?P<gap>\s*)(?P<degrees>3[89]|4[01])[.,]\d"
    r"(?:\s?c\b)?"
    r"(?:\s(?:under|in|on) (?:his|her|my|the) (?:arm|armpit|ear|thermometer))?"
    r"(?=\s*(?:[,;\n]|$|\.(?!\d)|(?:and|with|but|now|since|this|last|today|yesterday|for|wont|not|no|is|he|she)\b))",
    re.IGNORECASE,
)
"""A temperature of which nothing says that it is one: "poorly, 38.9"."""
_ALONE: Final = re.compile(
    r"(?:^|(?<=[,;\n])|(?<=\band\b)|(?<=\bwith\b)|(?<=\bno\b))(?P<gap>\s*)"
    r"(?:a |bit of a |an? (?:slight|bad|raised) )?temp(?:erature)?"
    r"(?=\s*(?:[,;\n](?!\s*\d)|$|\.(?!\d)|(?:and|but|for|since|all|last|x)\b))",
    re.IGNORECASE,
)
"""A temperature that is named as a complaint: "cough and temp"."""

_ANSWERED: Final = re.compile(
    r"\?\s*(?=(?:yes|no|nil|none|never|y|n)\b)", re.IGNORECASE
)
"""A question and its answer, of which the mark says as much as a colon."""
_COMPLAINS: Final = re.compile(r"\bc/o\b", re.IGNORECASE)
"""How clinicians note that somebody complains of something."""
_CLINICAL: Final = re.compile(
    r"(?:(?<=\bx )|(?<=\bx)|(?<=\bfor )|(?<=\blast )|(?<=\bpast )|(?<=\bover )"
    r"|(?<=\baged )|(?<=partum )|(?=\d+\s?/\s?\d+\s?(?:of|hx|history|old|ago|h/o)\b))"
    r"(?<![\d/.])(?P<n>\d{1,2})\s?/\s?(?P<of>7|52|12)(?![\d/.])",
    re.IGNORECASE,
)
"""A duration as clinicians note it: 3/7, 6/52 and 4/12 are days, weeks and months."""
_CLINICAL_UNITS: Final = {"7": "d", "52": "wks", "12": "mth"}
_LASTING: Final = re.compile(
    r"(?<=\s)x\s?(?=\d{1,3}\s?(?:h|hrs?|hours?|mins?|d|days?|wks?|weeks?|mo|mths?|months?|yrs?|years?)\b)",
    re.IGNORECASE,
)
"""The sign before a duration: "cough x 3 weeks"."""
_IN_A_YEAR: Final = re.compile(
    r"\b(?:back )?in (?:19|20)\d\d\b|\b(?:19|20)\d\d(?=\s+had\b)", re.IGNORECASE
)
"""What was in a year that is named is told of the past."""


class Tidied(msgspec.Struct, frozen=True):
    """A text as long as the written one, and which stretches of it are told whole.

    `unticked` is what stood beside boxes that were not ticked.
    """

    text: str
    whole: tuple[Stretch, ...]
    unticked: tuple[str, ...]

    def told(self, stretch: Stretch) -> Stretch:
        """The stretch, to the end of what was written where it ends."""
        ends = (one.end for one in self.whole if one.start < stretch.end <= one.end)
        return Stretch(stretch.start, max(ends, default=stretch.end))


def tidied(text: str) -> Tidied:
    """The text without boxes that were not ticked, and with what its signs stand for.

    Tenths of a degree are left away where a fever or its lack is told by whole ones.

    >>> tidied("[x] tired [ ] fever")
    Tidied(text=';   tired ;        ', whole=(), unticked=('fever',))
    >>> tidied("temp 38.4").text, tidied("poorly, 38.4").text
    ('temp 38  ', 'poorly, 38c ')
    """
    unticked: list[str] = []
    whole: list[Stretch] = []

    def written(words: str, instead_of: re.Match[str]) -> str:
        whole.append(Stretch(*instead_of.span()))
        return words.ljust(len(instead_of[0]))

    if "[" in text:
        text = _BOX.sub(lambda box: _read(box, unticked), text)
    if _HEAT.search(text):
        text = _DEGREES.sub(lambda one: written(one[0][:-2], one), text)
    text = _BARE.sub(lambda one: written(f"{one['gap']}{one['degrees']}c", one), text)
    text = _ALONE.sub(lambda one: written(f"{one['gap']}38c", one), text)
    text = _COMPLAINS.sub(lambda one: written("has", one), text)
    text = _CLINICAL.sub(lambda span: written(_in_units(span), span), text)
    text = _LASTING.sub(lambda sign: written("", sign), text)
    text = _IN_A_YEAR.sub(lambda year: written("ago", year), text)
    return Tidied(text, tuple(whole), tuple(unticked))


def _in_units(span: re.Match[str]) -> str:
    """A duration with its unit, as long as it was noted: 02d, 6wks or 4mth."""
    return (span["n"] + _CLINICAL_UNITS[span["of"]]).rjust(len(span[0]), "0")


def _read(box: re.Match[str], unticked: list[str]) -> str:
    mark, item = box["mark"], box["item"]
    if _TICKED.fullmatch(mark):
        return ";" + " " * (len(mark) + 1) + item
    if mark.strip():
        return box[0]
    unticked.append(item.strip(" ,."))
    return ";" + " " * (len(box[0]) - 1)


def with_colons(text: str) -> str:
    """The text with colons for the marks of questions that are answered at once.

    >>> with_colons("Fever? No.")
    'Fever: No.'
    """
    return _ANSWERED.sub(lambda mark: ":".ljust(len(mark.group())), text)

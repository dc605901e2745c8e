"""Person: the age and the sex that a text gives in passing.

"9-month-old boy", "28F", "woman, 67 years old". Only what is said of the person counts:
an age of somebody else, of long ago or of a time to come does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from minsight.ages import parse_age
from minsight.intake.text.context import others_in
from minsight.intake.text.lists import lists_of, row_of, words_of
from minsight.intake.text.notation import pattern
from minsight.intake.text.sentences import LONGEST_SENTENCE
from minsight.intake.text.stretches import Stretch, within
from minsight.knowledge.phrases import APOSTROPHE

_LISTS: Final = lists_of("demographics")


def _any_of(heading: str) -> str:
    """A pattern of the terms under a heading."""
    return "|".join(pattern(term, _LISTS) for term in _LISTS[heading])


_SMALL: Final = row_of("demographics", "up to nineteen")
_TENS: Final = row_of("demographics", "tens")
_TEENS: Final = "|".join(_SMALL)
_IN_WORDS: Final = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{_TEENS}))?|{_TEENS})"
_NUMBER: Final = rf"(?P<n>\d{{1,3}}(?:[.,]\d)?|{_IN_WORDS})"
_UNIT: Final = f"(?P<u>{_any_of('units before old')})"
_LONG_UNIT: Final = f"(?P<u>{_any_of('long units')})"
_SHORT_UNIT: Final = f"(?P<u>{_any_of('short units')})"
_WHO: Final = f"(?:{_any_of('people')})"
_LETTER: Final = "(?-i:(?P<s>[MF]))"
_SEX_NAMED: Final = f"(?:{_any_of('female')}|{_any_of('male')})"
_SEX: Final = f"(?:{_SEX_NAMED}|(?P<s>[mf]))"
_HEAT: Final = "".join(
    rf"(?<!{name}[,;.])" for name in ("temp", "temperature", "fever")
)
_ITEM: Final = rf"(?:^\s*|(?<=[,;.]){_HEAT}\s*)"
"""Where an item of a list begins, after none that tells of a temperature."""
_ENDS: Final = rf"(?=\s*(?:[,;](?!\d)|\.(?!\d)|$)|\s(?:{_any_of('after an age')})\b)"
"""What follows a number that has no unit and is an age all the same."""
_OF_NOTHING: Final = rf"(?!\s?(?:{_any_of('no age')})\b|[\d/.,%-]*\d|[/%])"
_NO_SPAN: Final = (
    r"(?!\s(?:of|ago|hx|history|pregnant|gestation|gravid|along|post\w*|after|later)\b)"
)
_IS: Final = "(?:^(?:only\\s)?|\\b(?:i am|i'?m|he is|she is|he'?s|she'?s|is|am)\\s)"
_AND_MONTHS: Final = (
    r",?(?:\sand)?\s?(?P<mo>\d{1,2})\s?(?:months?|mths?|mo|m)\b"
    r"(?:\sold\b)?(?!\s(?:ago|later|since))"
)
_AGES: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_NUMBER}\s?(?P<u>years?|yrs?|y)\b{_AND_MONTHS}",
        rf"{_NUMBER}[\s-]*{_UNIT}[\s-]*(?:old\b|/\s?o\b|\.?\s?o\b\.?)",
        rf"{_NUMBER}\s?(?P<u>yo|y\.o\.)(?!\w)",
        rf"{_NUMBER}[\s-]+{_LONG_UNIT}[\s-]+(?:of age\b|(?={_WHO}\b))",
        # the letters of the sex are capitals: 28F, 9moM, F 28 at the start
        rf"(?<![\w.])(?P<n>\d{{1,3}})\s?-?\s?{_SHORT_UNIT}?\s?/?\s?{_LETTER}(?![\w/])",
        rf"^\s*{_LETTER}[\s/,-]{{0,2}}(?P<n>\d{{1,3}})(?![\w/.%])(?P<u>)",
        rf"\baged?:?\s(?:of\s)?{_NUMBER}(?:[\s-]?{_UNIT})?\b",
        rf"{_IS}{_NUMBER}\s?{_LONG_UNIT}?{_ENDS}",
        rf"\b{_WHO},\s{_NUMBER}(?P<u>){_ENDS}",
        rf"^\s*(?:my\s|our\s)?{_WHO}\s(?:of\s|is\s|is\snow\s)?(?P<n>\d{{1,3}})(?P<u>){_ENDS}",
        rf"\b(?:(?:wo)?man|lady|girl|boy|patient)\sof\s{_NUMBER}(?P<u>){_ENDS}",
        rf"^\s*{_SEX}[\s,:/-]{{1,2}}(?P<n>\d{{1,3}})(?P<u>){_ENDS}",
        rf"^\s*{_SEX}\s(?P<n>[1-9]\d)(?P<u>)\b{_OF_NOTHING}",
        rf"\b{_WHO},?\s(?:of\s|aged\s)?{_NUMBER}[\s-]?{_LONG_UNIT}\b{_NO_SPAN}",
        rf"^\s*(?:my\s|our\s)?(?:{_any_of('children')})\s(?P<n>[1-9])(?P<u>)\b{_OF_NOTHING}",
        # in small letters only where an item begins: 55f, and 45m that are no months
        rf"{_ITEM}(?P<n>[1-9]\d)\s?(?P<s>f)(?P<u>)(?![\w/.%])",
        rf"{_ITEM}(?P<n>[4-9]\d)\s?(?P<s>m)(?P<u>)(?![\w/.%])",
        rf"{_ITEM}(?P<n>[1-9]\d)(?P<u>)\s(?={_SEX_NAMED}\b)",
        rf"{_ITEM}(?P<n>[1-9]\d)(?P<u>)(?=\s*(?:[,;](?!\d)|\.(?!\d)|$))",
    )
)
_TENTHS: Final = re.compile(r"\d{2}[.,]\d")
"""In a number without a unit, which is then a temperature and no age."""
_NOT_NOW: Final = re.compile(
    rf"(?:\b(?:{_any_of('not now')})"
    r"(?:\s(?:the|an?|about|his|her))?(?:\sage)?(?:\sof)?[,;:]?\s*)$",
    re.IGNORECASE,
)
_SPAN_BEFORE: Final = re.compile(r"(?:\d\s*(?:-|\u2013|to)|[<>\u2264\u2265])\s*$")
_SPAN_AFTER: Final = re.compile(
    r"\s*(?:\+|(?:-|\u2013|to)\s*\d|(?:and|or)\s(?:over|above|older|more|under|younger))"
)
"""What makes of an age one end of a span, which is no age."""
_NEAR_SPAN: Final = 8
_OF_A_CHILD: Final = re.compile(
    rf"\b(?:{_any_of('of a child')})\s(?:[\w-]+\s){{0,4}}$", re.IGNORECASE
)
"""Words after which an age is that of a child, or of a pregnancy."""
_SEX_WORD: Final = re.compile(
    rf"\b(?:(?P<female>{_any_of('female')})|(?P<male>{_any_of('male')}))\b",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(rf"\b(?:{_any_of('relatives')})\b", re.IGNORECASE)
_ADJECTIVES: Final = re.compile(rf"\b(?:{_any_of('adjectives')})\s+")
"""What may stand between the beginning of a text and the word for the sex."""
_PRONOUNS: Final = words_of("demographics", "pronouns")
"""They open sentences about anybody; only beside an age do they tell of the person."""
_SET_ASIDE: Final = re.compile(
    rf"(?:{_IS}|\b(?:{_any_of('female')}|{_any_of('male')})\s|\baged?\s)"
    rf"(?P<n>[1-9]\d|1[01]\d)\b{_OF_NOTHING}",
    re.IGNORECASE,
)
"""A number where an age might stand."""
NEAR: Final = 24
"""How many characters may stand between an age and the word for the sex."""
_STOPS: Final = ",.;\n"
_BEFORE: Final = 200
_AFTER: Final = 30
"""How many characters beside an age may say that it is of another time or person."""


class PersonMention(msgspec.Struct, frozen=True):
    """A stretch of a text that gives the age (in days) or the sex.

    It gives neither where it is noted as the weeks of a pregnancy are.
    """

    text: str
    start: int
    end: int
    age_days: float | None = None
    sex: str | None = None

    @property
    def at(self) -> Stretch:
        return Stretch(self.start, self.start + len(self.text))

    @property
    def tells_time(self) -> bool:
        """Whether it is more than a word for the sex."""
        return self.age_days is not None or self.sex is None


def mentions(text: str) -> tuple[PersonMention, ...]:
    """The age and sex words of a text that are about the person, in text order.

    >>> [(m.text, m.age_days, m.sex) for m in mentions("9-month-old boy, no fever")]
    [('9-month-old', 273.9375, None), ('boy', None, 'male')]
    """
    ages, told = _ages(text)
    return tuple(sorted([*ages, *_sexes(text, told)], key=lambda m: m.start))


def set_aside(text: str, found: Iterable[PersonMention]) -> list[str]:
    """The numbers that stand where an age might, and were not taken as one.

    >>> set_aside("I am 71 up the road, tired", ())
    ['71']
    """
    plain = text.replace(APOSTROPHE, "'")
    ages = sorted((m.at for m in found if m.tells_time), key=_start)
    numbers = _SET_ASIDE.finditer(plain)
    return [match["n"] for match in numbers if not within(match.start("n"), ages)]


def _start(at: Stretch) -> int:
    return at.start


def _ages(text: str) -> tuple[list[PersonMention], bytearray]:
    """The ages of a text, and for each of its characters whether it is of one."""
    found: list[PersonMention] = []
    told = bytearray(len(text))
    plain = text.replace(APOSTROPHE, "'")
    for form in _AGES:
        for match in form.finditer(plain):
            start, end = match.span()
            if any(told[start:end]):
                continue
            if _is_another(text, start, end) or _is_of_a_span(text, start, end):
                continue
            age = _age(match["n"], match["u"], match.groupdict().get("mo"))
            letter = match.groupdict().get("s")
            sex = {"M": "male", "F": "female"}.get((letter or "").upper())
            if age is not None:
                whole = match.group()
                start += len(whole) - len(whole.lstrip())
                found.append(PersonMention(whole.strip(), start, end, age, sex))
                told[start:end] = b"\1" * (end - start)
    return found, told


def _age(number: str, unit: str | None, months: str | None) -> float | None:
    if not unit and _TENTHS.search(number):
        return None
    unit = (unit or "y").lower().replace(".", "").removesuffix("o") or "y"
    unit = "mo" if unit == "m" else unit
    rest = f" {months} mo" if months else ""
    try:
        return parse_age(f"{_digits(number)} {unit}{rest}")
    except ValueError:
        return None


def _digits(number: str) -> str:
    """A number in digits.

    >>> _digits("thirty-two"), _digits("twelve"), _digits("2,5")
    ('32', '12', '2.5')
    """
    words = re.split(r"[\s-]", number.lower())
    if words[0] in _TENS:
        tens = 10 * (_TENS.index(words[0]) + 2)
        return str(tens + (_SMALL.index(words[1]) if len(words) > 1 else 0))
    return (
        str(_SMALL.index(words[0])) if words[0] in _SMALL else number.replace(",", ".")
    )


def _is_another(text: str, start: int, end: int) -> bool:
    """Whether the age is somebody else's, or that of another time."""
    before = text[clause_start(text, start, most=LONGEST_SENTENCE) : start]
    stops = [at for mark in _STOPS if (at := text.find(mark, end, end + _AFTER)) >= 0]
    after = text[end : min([*stops, end + _AFTER])]
    if is_of_another_time(text, start):
        return True
    if _RELATIVE.search(text, start, end):
        before = text[clause_start(text, start) : end + _AFTER]
    return bool(others_in(before)) or any(c.start <= 1 for c in others_in(after))


def is_of_another_time(text: str, start: int) -> bool:
    """Whether the words before an age say that it is of another time, or a child's."""
    beside = text[clause_start(text, start) : start]
    return _NOT_NOW.search(beside) is not None or _OF_A_CHILD.search(beside) is not None


def clause_start(text: str, end: int, *, most: int = _BEFORE) -> int:
    """Where the clause begins that goes on at `end`, or a word of it so far before."""
    least = max(0, end - most)
    begun = 1 + max(text.rfind(mark, least, end) for mark in _STOPS)
    if begun or not least:
        return begun
    return max(least, 1 + text.find(" ", least, end))


def _is_of_a_span(text: str, start: int, end: int) -> bool:
    """Whether the age is one end of a span, like that of `0-5mo` or `65y+`."""
    before = _SPAN_BEFORE.search(text[max(0, start - _NEAR_SPAN) : start])
    after = _SPAN_AFTER.match(text[end : end + 2 * _NEAR_SPAN])
    return bool(before or after)


def _sexes(text: str, ages: bytearray) -> list[PersonMention]:
    """Words for the sex that stand beside an age, or alone, or open the text."""
    found = [
        PersonMention(m.group(), m.start(), m.end(), sex=m.lastgroup)
        for m in _SEX_WORD.finditer(text)
        if _is_about_the_person(text, m, ages)
    ]
    told = {mention.sex for mention in found}
    return found if len(told) == 1 else []


def _is_about_the_person(text: str, match: re.Match[str], ages: bytearray) -> bool:
    start, end = match.span()
    beside = any(ages[max(0, start - NEAR - 1) : end + NEAR // 4 + 1])
    opening = _opening(text, start)
    first = opening in ("", "a", "an", "the", "my", "this", "our", "sex:", "gender:")
    first = first or re.search(r"\bin(?: an?)?$", opening) is not None
    first = first and match.group().lower() not in _PRONOUNS
    if _RELATIVE.fullmatch(match.group()):
        return beside and not _is_of_others(text, start, end)
    told_by = text[end : end + 3].lower().startswith(("'s", f"{APOSTROPHE}s"))
    return (beside or first) and not told_by


def _is_of_others(text: str, start: int, end: int) -> bool:
    """Whether a word for a relative tells of one beside the person."""
    begun = clause_start(text, start)
    cues = others_in(text[begun : end + _BEFORE])
    return any(cue.start < end - begun and start - begun < cue.end for cue in cues)


def _opening(text: str, end: int) -> str:
    """What stands before a word for the sex, without adjectives."""
    begun = max(0, end - LONGEST_SENTENCE)
    cut = "..." if begun else ""
    return _ADJECTIVES.sub("", cut + text[begun:end].lower()).strip(" \n")

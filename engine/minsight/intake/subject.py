"""A subject: what was said about one person, in the words it was said in."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import InitVar, dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias, cast, get_args

import msgspec

from minsight.ages import age_in_days, parse_age
from minsight.errors import VERY_LARGE, SubjectError, did_you_mean, quoted

SEXES: Final = {
    **dict.fromkeys(("female", "f", "woman", "girl", "lady"), "female"),
    **dict.fromkeys(("male", "m", "man", "boy", "gentleman"), "male"),
}
AGES: Final = {"age_years": "y", "age_months": "mo", "age_days": "d"}
LISTS: Final = ("present", "absent", "unsure", "groups", "not_groups")
KEYS: Final = ("subject_id", *AGES, "sex", *LISTS, "measurements")
MOST_TEXT: Final = 10_000
Comparator: TypeAlias = Literal["", "<", "<=", ">", ">="]
"""How a value stands to its number, as in FHIR; empty where it is the number itself."""
COMPARATORS: Final[frozenset[str]] = frozenset(get_args(Comparator))
_OF_MEASUREMENT: Final = {"name", "value", "unit", "comparator"}
COMPARED: Final[Mapping[str, Comparator]] = {
    "<": "<", ">": ">", "<=": "<=", ">=": ">=", "=<": "<=", "=>": ">=",
    "\u2264": "<=", "\u2265": ">=", "\u2a7d": "<=", "\u2a7e": ">=",
}  # fmt: skip
"""Signs as people write them, and the comparators that they are."""
_LIMIT: Final = re.compile(
    rf"\s*({'|'.join(sorted(COMPARED, key=len, reverse=True))})"
    r"\s*(\d{1,15}(?:\.\d{1,15})?)\s*"
)
OTHER_WORDS: Final = {"age": "age_years", "symptoms": "present", "id": "subject_id"}
"""Keys that people write, and the one that they mean."""


class Measurement(
    msgspec.Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True
):
    """A measured value with its unit, in the words of the record.

    A `comparator` says that the value was too low or high to be read, and is only known
    to lie on that side of the number.

    >>> Measurement("ferritin", 5, "ug/L", "<").in_words
    '<5 ug/L'
    """

    name: str
    value: float
    unit: str
    comparator: Comparator = ""

    def __post_init__(self) -> None:
        for text in (self.name, self.unit):
            _refuse_broken_text(text)
        _refuse_no_number(self.value, f"the value of the measurement `{self.name}`")
        if not math.isfinite(self.value) or self.value < 0:
            raise SubjectError(
                f"the measurement `{self.name}` is `{self.value:g}`;"
                " give a number from 0 up"
            )
        if self.comparator not in COMPARATORS:
            raise SubjectError(
                f"{quoted(self.comparator)} of the measurement `{self.name}` is not a"
                " comparator; use `<`, `<=`, `>` or `>=`"
            )
        if self.comparator == "<" and self.value == 0:
            raise SubjectError(
                f"the measurement `{self.name}` is `<0`, which nothing measured is"
            )

    @property
    def in_words(self) -> str:
        """The value as it was given, with its unit."""
        return f"{self.comparator}{self.value:g} {self.unit}".strip()


@dataclass(frozen=True)
class Subject:
    """What was said about one person. Not said is unknown, never "no".

    Texts may be vocabulary ids, labels, synonyms or free phrases. `age` takes words
    (`28`, `9mo`, `12d`) or a number of years and is kept as `age_days`.

    >>> Subject(present=["spoon_nails"], age="9mo", sex="f").age_days
    273.9375

    Raises:
        SubjectError: when the age or the sex cannot be understood.
    """

    subject_id: str = ""
    present: Sequence[str] = ()
    absent: Sequence[str] = ()
    unsure: Sequence[str] = ()
    groups: Sequence[str] = ()
    not_groups: Sequence[str] = ()
    measurements: Sequence[Measurement] = ()
    sex: str | None = None
    age: InitVar[str | float | None] = None
    age_days: float | None = field(default=None, kw_only=True)

    def __post_init__(self, age: str | float | None) -> None:
        for name in (*LISTS, "measurements"):
            given = getattr(self, name)
            if isinstance(given, str) or not isinstance(given, Iterable):
                raise SubjectError(f"`{name}` must be a list, not {quoted(given)}")
            object.__setattr__(self, name, tuple(given))
        for text in (
            self.subject_id,
            *(t for name in LISTS for t in getattr(self, name)),
        ):
            _refuse_broken_text(text)
        for one in self.measurements:
            if not isinstance(one, Measurement):
                raise SubjectError(
                    f"`measurements` holds {quoted(one)}, which is not a measurement"
                )
        if self.sex is not None:
            object.__setattr__(self, "sex", _sex(self.sex))
        object.__setattr__(self, "age_days", _checked_age(age, self.age_days))

    @property
    def says_nothing(self) -> bool:
        """Whether nothing but the age and the sex was said."""
        said = (*(getattr(self, name) for name in LISTS), self.measurements)
        return not any(said)


def with_lists(subject: Subject, lists: Mapping[str, Sequence[str]]) -> Subject:
    """The subject with other texts in each of its lists.

    >>> with_lists(Subject(present=["a"], absent=["b"]), {"absent": ["c"]}).present
    ()
    """
    return replace(
        subject,
        present=lists.get("present", ()),
        absent=lists.get("absent", ()),
        unsure=lists.get("unsure", ()),
        groups=lists.get("groups", ()),
        not_groups=lists.get("not_groups", ()),
    )


SubjectLike: TypeAlias = Subject | Mapping[str, Any]
"""A subject, or its record: a mapping as it stands in a line of a JSONL file."""


def as_subject(given: SubjectLike) -> Subject:
    """The subject itself, or that of its record.

    >>> as_subject({"present": ["fatigue"], "age_years": 28}).present
    ('fatigue',)

    Raises:
        SubjectError: when it is neither, naming what cannot be understood.
    """
    if isinstance(given, Subject):
        return given
    if isinstance(given, Mapping):
        return subject_from_record(given)
    raise SubjectError(
        f"{quoted(given)} is not a subject; give a `Subject` or its record,"
        ' such as `{"present": ["fatigue"]}`'
    )


def subject_from_record(record: object) -> Subject:
    """The subject of a record as read from JSON or YAML.

    Raises:
        SubjectError: naming the key that cannot be understood.
    """
    if not isinstance(record, Mapping):
        raise SubjectError(
            "a subject record must be an object with keys such as `present`"
        )
    for key in record:
        if key not in KEYS:
            advice = (
                did_you_mean(OTHER_WORDS.get(key, str(key)), KEYS, itself=True)
                or f"known keys are {', '.join(KEYS)}"
            )
            raise SubjectError(
                f"unknown key {quoted(key)} in the subject record; {advice}"
            )
    texts = {name: tuple(_texts(record.get(name), name)) for name in LISTS}
    measured, in_words = _measurements(record.get("measurements"))
    return Subject(
        subject_id=_subject_id(record.get("subject_id")),
        present=(*texts["present"], *_texts(in_words, "measurements")),
        absent=texts["absent"],
        unsure=texts["unsure"],
        groups=texts["groups"],
        not_groups=texts["not_groups"],
        measurements=tuple(measured),
        sex=_text_or_none(record.get("sex"), "sex"),
        age_days=_age_days(record),
    )


def _checked_age(age: str | float | None, age_days: float | None) -> float | None:
    if age is not None and age_days is not None:
        raise SubjectError(
            "the age is given twice, as `age` and as `age_days`; keep one"
        )
    try:
        if isinstance(age, str):
            return parse_age(age)
        for years_or_days, unit in ((age, "y"), (age_days, "d")):
            if years_or_days is not None:
                _refuse_no_number(years_or_days, "the age")
                return age_in_days(years_or_days, unit)
        return None
    except ValueError as error:
        raise SubjectError(str(error)) from None


def _refuse_broken_text(text: object) -> None:
    """Half characters come from a terminal or file that is not UTF-8."""
    if not isinstance(text, str):
        raise SubjectError(f"{quoted(text)} is not text; write answers as text")
    try:
        text.encode()
    except UnicodeEncodeError:
        message = f"{quoted(text)} is not valid text; enter it as UTF-8"
        raise SubjectError(message) from None


def _refuse_no_number(value: Any, what: str) -> None:
    """What is no number, or one that no float can hold, is refused in words."""
    with suppress(TypeError, OverflowError):
        math.isfinite(value)
        if not isinstance(value, bool):
            return
    raise SubjectError(f"{what} must be a number, not {quoted(value)}")


def _sex(text: object) -> str:
    known = SEXES.get(text.strip().lower()) if isinstance(text, str) else None
    if known is None:
        raise SubjectError(
            f"{quoted(text)} is not a sex the rules know; use `female` or `male`"
        )
    return known


def _subject_id(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise SubjectError("`subject_id` must be text or a whole number")
    if isinstance(value, int) and abs(value) >= VERY_LARGE:
        raise SubjectError("`subject_id` is a very large number; put it in quotes")
    return str(value)


def _text_or_none(value: object, key: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise SubjectError(f"`{key}` must be text, not {quoted(value)}")


def _texts(value: object, key: str) -> Iterable[str]:
    if value is None:
        return
    if not isinstance(value, (list, tuple)):
        raise SubjectError(f"`{key}` must be a list of texts; write `[...]` around it")
    for text in value:
        if not isinstance(text, str):
            raise SubjectError(f"`{key}` holds {quoted(text)}, which is not text")
        if len(text) > MOST_TEXT:
            raise SubjectError(
                f"a text in `{key}` is longer than {MOST_TEXT} characters"
            )
        yield text


def _age_days(record: Mapping[str, Any]) -> float | None:
    given = [key for key in AGES if record.get(key) is not None]
    if len(given) > 1:
        raise SubjectError(
            f"the age is given {len(given)} times: {', '.join(given)}; keep one"
        )
    if not given:
        return None
    value = _number(record[given[0]], f"`{given[0]}`")
    try:
        return age_in_days(value, AGES[given[0]])
    except ValueError as error:
        raise SubjectError(str(error)) from None


def _number(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise SubjectError(f"{what} must be a number, not {quoted(value)}")
    if abs(value) >= VERY_LARGE:
        raise SubjectError(f"{what} is {quoted(value)}; check the number")
    return float(value)


def _measurements(value: object) -> tuple[list[Measurement], list[str]]:
    """Values with a number and a unit, and the others in words: "ferritin low"."""
    if value is not None and not isinstance(value, (list, tuple)):
        raise SubjectError("`measurements` must be a list of objects")
    every = [_measurement(entry) for entry in value or ()]
    return (
        [one for one in every if isinstance(one, Measurement)],
        [one for one in every if isinstance(one, str)],
    )


def _measurement(entry: object) -> Measurement | str:
    """A measurement, or what somebody would type for it.

    A text is read with the usual unit, where there is one only.
    """
    if not isinstance(entry, Mapping) or not (
        {"name", "value"} <= set(entry) <= _OF_MEASUREMENT
    ):
        raise SubjectError(
            "a measurement needs `name` and `value`, and nothing else but a `unit` and"
            " a `comparator`"
        )
    name, given = entry["name"], entry["value"]
    bare = entry.get("unit") is None
    unit, sign = "" if bare else entry["unit"], entry.get("comparator") or ""
    if not all(isinstance(text, str) for text in (name, unit, sign)):
        raise SubjectError(
            "the name, unit and comparator of a measurement must be text"
        )
    if isinstance(given, str) and given.strip() and (sign or not limit_in(given)):
        return f"{name} {sign}{given} {unit}".rstrip()
    number, limit = _with_comparator(given, sign, quoted(name))
    return f"{name} {sign}{given}" if bare else Measurement(name, number, unit, limit)


def _with_comparator(
    value: object, comparator: str, name: str
) -> tuple[float, Comparator]:
    """The number of a value, and how the value stands to it: `<5` is a text."""
    what = f"the value of the measurement {name}"
    limit = limit_in(value) if isinstance(value, str) and not comparator else None
    if limit is None:
        return _number(value, what), cast("Comparator", comparator)
    return _number(limit[0], what), limit[1]


def limit_in(text: str) -> tuple[float, Comparator] | None:
    """The number of a text like `<5` or `\u2265 2.5`, and how the value stands to it.

    >>> limit_in("<5"), limit_in("\u2264 0.5"), limit_in("5")
    ((5.0, '<'), (0.5, '<='), None)
    """
    match = _LIMIT.fullmatch(text)
    if match is None:
        return None
    return float(match[2]), COMPARED[match[1]]

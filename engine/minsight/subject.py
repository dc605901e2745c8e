"""A subject: what was said about one person, in the words it was said in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field
from typing import Any, Final

import msgspec

from minsight.ages import age_in_days, parse_age
from minsight.errors import SubjectError, did_you_mean

SEXES: Final = {"female": "female", "f": "female", "male": "male", "m": "male"}
AGES: Final = {"age_years": "y", "age_months": "mo", "age_days": "d"}
LISTS: Final = ("present", "absent", "unsure", "groups", "not_groups")
KEYS: Final = ("subject_id", *AGES, "sex", *LISTS, "measurements")
MOST_TEXT: Final = 10_000


class Measurement(msgspec.Struct, frozen=True):
    """A measured value with its unit, in the words of the record."""

    name: str
    value: float
    unit: str

    def __post_init__(self) -> None:
        if not math.isfinite(self.value) or self.value < 0:
            raise SubjectError(
                f"the measurement `{self.name}` is `{self.value:g}`;"
                " give a number from 0 up"
            )


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
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    sex: str | None = None
    age: InitVar[str | float | None] = None
    age_days: float | None = field(default=None, kw_only=True)

    def __post_init__(self, age: str | float | None) -> None:
        for name in (*LISTS, "measurements"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if self.sex is not None:
            object.__setattr__(self, "sex", _sex(self.sex))
        try:
            if isinstance(age, str):
                object.__setattr__(self, "age_days", parse_age(age))
            elif age is not None:
                object.__setattr__(self, "age_days", age_in_days(age, "y"))
        except ValueError as error:
            raise SubjectError(str(error)) from None


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
            advice = did_you_mean(str(key), KEYS) or f"known keys are {', '.join(KEYS)}"
            raise SubjectError(
                f"unknown key `{str(key)[:60]}` in the subject record; {advice}"
            )
    texts = {name: tuple(_texts(record.get(name), name)) for name in LISTS}
    return Subject(
        subject_id=_subject_id(record.get("subject_id")),
        present=texts["present"],
        absent=texts["absent"],
        unsure=texts["unsure"],
        groups=texts["groups"],
        not_groups=texts["not_groups"],
        measurements=tuple(_measurements(record.get("measurements"))),
        sex=_text_or_none(record.get("sex"), "sex"),
        age_days=_age_days(record),
    )


def _sex(text: str) -> str:
    known = SEXES.get(text.strip().lower())
    if known is None:
        raise SubjectError(
            f"`{text[:40]}` is not a sex the rules know; use `female` or `male`"
        )
    return known


def _subject_id(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise SubjectError("`subject_id` must be text or a whole number")
    return str(value)


def _text_or_none(value: object, key: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise SubjectError(f"`{key}` must be text, not `{str(value)[:40]}`")


def _texts(value: object, key: str) -> Iterable[str]:
    if value is None:
        return
    if not isinstance(value, list):
        raise SubjectError(f"`{key}` must be a list of texts; write `[...]` around it")
    for text in value:
        if not isinstance(text, str):
            raise SubjectError(f"`{key}` holds `{str(text)[:40]}`, which is not text")
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
    value = record[given[0]]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise SubjectError(f"`{given[0]}` must be a number, not `{str(value)[:40]}`")
    try:
        return age_in_days(float(value), AGES[given[0]])
    except (ValueError, OverflowError) as error:
        raise SubjectError(str(error)) from None


def _measurements(value: object) -> Iterable[Measurement]:
    if value is None:
        return
    if not isinstance(value, list):
        raise SubjectError("`measurements` must be a list of objects")
    for entry in value:
        if not isinstance(entry, Mapping) or set(entry) != {"name", "value", "unit"}:
            raise SubjectError(
                "a measurement needs `name`, `value` and `unit`, nothing else"
            )
        number = entry["value"]
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            shown = f"`{str(entry['name'])[:40]}` is `{str(number)[:40]}`"
            raise SubjectError(f"the measurement {shown}, not a number")
        if not isinstance(entry["name"], str) or not isinstance(entry["unit"], str):
            raise SubjectError("the name and unit of a measurement must be text")
        yield Measurement(entry["name"], float(number), entry["unit"])

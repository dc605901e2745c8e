"""Records: subjects read from JSON and YAML, and written as JSON."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import msgspec

from minsight.ages import exactly_in
from minsight.errors import SubjectError, quoted
from minsight.intake.subject import (
    AGES,
    LISTS,
    Measurement,
    Subject,
    limit_in,
    subject_from_record,
)

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_DIGITS: Final = 400
_MEASUREMENT: Final = re.compile(
    r"\s*([^=<>\u2264\u2265]{1,80}?)\s*"
    r"(?:=|(?=[<>\u2264\u2265]))\s*([<>]=?|=[<>]|[\u2264\u2265])?\s*"
    r"([-+\d.,_]*\d)\s*((?![eE][-+]?\d)[^\s\d.,_+-].*?)\s*"
)
_IN_WORDS: Final = re.compile(
    r"\s*([^=<>]{1,80}?)\s*=\s*([a-z]+(?: [a-z]+)*)\s*", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,15})?")


def read_subject(raw: bytes, name: str) -> Subject:
    """The one subject of a JSON or YAML file; `name` is what messages call it.

    Raises:
        SubjectError: when it is neither, or not a subject record.
    """
    try:
        if len(raw) > MOST_BYTES:
            most = f"more than {MOST_BYTES // 1024} KiB"
            raise SubjectError(f"{most}; a subject record is short")
        return subject_from_record(_plain(raw, name))
    except SubjectError as error:
        raise SubjectError(f"{name}: {error}") from None


def subject_from_json(line: bytes) -> Subject:
    """The subject of one line of a JSONL file.

    Raises:
        SubjectError: when the line is not JSON or not a subject record.
    """
    return subject_from_record(json_value(line))


def subject_json(subject: Subject) -> str:
    """The subject record as the text of a file; reading it gives the same subject."""
    said = subject_record(subject)
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def subject_record(subject: Subject) -> dict[str, Any]:
    """The subject record, without what was not said.

    >>> subject_record(Subject(present=["pallor"], age="9mo"))
    {'age_months': 9, 'present': ['pallor']}
    """
    lists = {name: list(getattr(subject, name)) for name in LISTS}
    record = {
        "subject_id": subject.subject_id,
        **_age_of(subject),
        "sex": subject.sex,
        **lists,
        "measurements": [msgspec.to_builtins(m) for m in subject.measurements],
    }
    return {key: value for key, value in record.items() if value not in (None, "", [])}


def _age_of(subject: Subject) -> dict[str, float]:
    """The age under the key whose number is shortest and means exactly this age."""
    days = subject.age_days
    if days is None:
        return {}
    for key, unit in AGES.items():
        count = exactly_in(unit, days, decimals=2)
        if count is not None and count >= 1:
            return {key: int(count) if count == int(count) else count}
    return {"age_days": days}


def measurement_from_text(text: str) -> Measurement:
    """A measurement as typed on a command line.

    >>> measurement_from_text("ferritin=8.5 ug/L")
    Measurement(name='ferritin', value=8.5, unit='ug/L')
    >>> measurement_from_text("ferritin <5 ug/L")
    Measurement(name='ferritin', value=5.0, unit='ug/L', comparator='<')

    Raises:
        SubjectError: when a part is missing or the value is not a number.
    """
    match = _MEASUREMENT.fullmatch(text)
    if match is None:
        raise SubjectError(
            f"{quoted(text)} is not a measurement; write name, value and unit,"
            " for example `ferritin=8.5 ug/L`"
        )
    name, sign, value, unit = match.groups()
    if not _NUMBER.fullmatch(value):
        raise SubjectError(
            f"{quoted(value)} in {quoted(text)} is not a number; write it like `8.5`"
        )
    limit = limit_in(f"{sign}{value}") if sign else None
    number, comparator = limit or (float(value), "")
    return Measurement(name, number, unit, comparator)


def result_in_words(text: str) -> str | None:
    """What is typed as a measurement and has a word for a value, as a phrase.

    >>> result_in_words("ferritin=low"), result_in_words("ferritin=8 ug/L")
    ('ferritin low', None)
    """
    match = _IN_WORDS.fullmatch(text)
    return None if match is None else " ".join(match.groups())


def _plain(raw: bytes, name: str) -> object:
    if raw.lstrip()[:1] == b"{":
        return json_value(raw)
    from minsight.files.yaml import LoadingError, load_bytes

    try:
        return load_bytes(raw, name).data
    except LoadingError as error:
        issue = error.issue
        where = f"line {issue.place.line}"
        raise SubjectError(f"{where}: {issue.message} ({issue.fix})") from None


def json_value(raw: bytes) -> Any:
    """JSON as it should be written: no key twice, no NaN, UTF-8.

    Raises:
        SubjectError: when it is none.
    """
    try:
        text = raw.decode("utf-8-sig")
        return json.loads(
            text,
            object_pairs_hook=_each_key_once,
            parse_constant=_refuse_constant,
            parse_int=_short_integer,
        )
    except UnicodeDecodeError:
        raise SubjectError("not UTF-8 text; save it as UTF-8") from None
    except RecursionError:
        raise SubjectError("not a subject record: nested too deeply") from None
    except ValueError as error:
        raise SubjectError(f"not JSON: {str(error)[:200].lower()}") from None


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise SubjectError(f"the key {quoted(key)} stands twice; keep one of them")
        found[key] = value
    return found


def _short_integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise SubjectError("a very large number stands in the record; check it")
    return int(digits)


def _refuse_constant(text: str) -> object:
    raise SubjectError(f"`{text}` is not a value; leave the entry out if it is unknown")

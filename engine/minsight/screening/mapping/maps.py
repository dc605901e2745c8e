"""Maps: what the columns of a foreign file mean, checked against the vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from minsight.errors import FileError, Issue, MapError, Remedy, did_you_mean, quoted
from minsight.files.yaml import Loaded, Path_
from minsight.intake.measurements import unit_in_one_spelling
from minsight.intake.status import OF_RECORD
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.screening.mapping.headings import AS_SEEN, TableLayout
from minsight.screening.mapping.value_sets import (
    MISSING,
    USUAL,
    Spellings,
    plain,
    span_of,
)

if TYPE_CHECKING:
    from minsight.screening.mapping.document import (
        MapDocument,
        SexColumnDocument,
        ValuesDocument,
    )

Others: TypeAlias = Literal["told", "by_name", "refused"]
UNITS_OF_AGE: Final = {"years": "y", "months": "mo", "weeks": "w", "days": "d"}


class Answering(msgspec.Struct, frozen=True):
    """A column that answers for a finding or group, and how its values are meant."""

    column: str
    target: str
    spellings: Spellings


class Measuring(msgspec.Struct, frozen=True):
    """A column of values of a measurement, in a unit."""

    column: str
    target: str
    unit: str


class Dating(msgspec.Struct, frozen=True):
    """The columns of two dates between which lies the age, and the order in them."""

    born: str
    seen: str
    order: str = ""


class Sexing(msgspec.Struct, frozen=True):
    """The column of the sex; `values` are its spellings, none for the usual."""

    column: str
    values: tuple[tuple[str, str], ...] = ()


class Long(msgspec.Struct, frozen=True):
    """The columns of a file with a line for each person and question."""

    subject: str
    item: str
    answer: str
    unit: str | None = None


class Map(msgspec.Struct, frozen=True):
    """What the columns of a file mean, in ids of the vocabulary."""

    file: str
    id: str | None = None
    ages: tuple[tuple[str, str], ...] = ()
    age_unit: str | None = None
    dates: Dating | None = None
    sex: Sexing | None = None
    answers: tuple[Answering, ...] = ()
    measurements: tuple[Measuring, ...] = ()
    texts: tuple[tuple[str, Status], ...] = ()
    open: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()
    others: Others = "told"
    decimal: str | None = None
    layout: TableLayout = AS_SEEN
    long: Long | None = None


def load_map(path: Path, vocabulary: Vocabulary) -> Map:
    """The map of a YAML file.

    Raises:
        MapError: with every problem of the file.
        FileError: when it cannot be read.
    """
    from minsight.files.reader import DocumentError, read_document
    from minsight.screening.mapping.document import MapDocument

    if not path.exists() or path.is_dir():
        raise FileError(f"there is no map `{path}`; {Remedy.DRAFT_MAP}")
    try:
        document, loaded = read_document(
            path, str(path), MapDocument, may_be_empty=True
        )
    except DocumentError as error:
        raise MapError(error.issues) from None
    issues = list(_issues(document, loaded, vocabulary))
    if issues:
        raise MapError(issues)
    return _lowered(document, loaded.file, vocabulary)


# --- what pydantic cannot know --------------------------------------------------------


def _issues(
    document: MapDocument, loaded: Loaded, vocabulary: Vocabulary
) -> Iterator[Issue]:
    for name, shared in document.value_sets.items():
        yield from _values_issues(shared, loaded, ("value_sets", name))
    for number, answer in enumerate(document.answers):
        at: Path_ = ("answers", number)
        if _target(answer.answers, vocabulary) is None:
            known = [*vocabulary.finding, *vocabulary.group]
            yield _unknown(loaded, (*at, "answers"), answer.answers, known)
        if answer.values is not None:
            yield from _set_issues(answer, document, loaded, at)
        yield from _values_issues(answer, loaded, at)
    for number, one in enumerate(document.measurements):
        yield from _measurement_issues(
            one.measures, one.unit, vocabulary, loaded, ("measurements", number)
        )
    if document.sex is not None:
        yield from _sex_issues(document.sex, loaded)
    yield from _cutting_issues(document, loaded)
    yield from _role_issues(document, loaded)


def _target(text: str, vocabulary: Vocabulary) -> str | None:
    if vocabulary.entry(text) is not None:
        return text
    phrase = vocabulary.phrase.get(normalise(text))
    return phrase.id if phrase else None


def _measured(text: str, vocabulary: Vocabulary) -> str | None:
    if text in vocabulary.measurement:
        return text
    phrase = vocabulary.measurement_phrase.get(normalise(text))
    return phrase.id if phrase else None


def _unknown(loaded: Loaded, at: Path_, text: str, known: Iterable[str]) -> Issue:
    fix = did_you_mean(text, known) or Remedy.KNOWN_WORDS
    return Issue(loaded.place(at), f"unknown {at[-1]} {quoted(text)}", fix)


def _set_issues(
    answer: ValuesDocument, document: MapDocument, loaded: Loaded, at: Path_
) -> Iterator[Issue]:
    name = getattr(answer, "values", None)
    place = loaded.place((*at, "values"))
    if name not in document.value_sets:
        fix = did_you_mean(str(name), document.value_sets) or "add it to `value_sets`"
        yield Issue(place, f"unknown set of values {quoted(name)}", fix)
    own = answer.observed or answer.excluded or answer.unknown
    if own or answer.otherwise != "reject":
        message = "has a set of values and values of its own"
        yield Issue(place, message, "keep one of them")


def _values_issues(
    values: ValuesDocument, loaded: Loaded, at: Path_
) -> Iterator[Issue]:
    lists = (values.observed, values.excluded, values.unknown)
    yield from _named_once(lists, loaded, at)
    for text in dict.fromkeys(plain(value) for one in lists for value in one):
        if text.startswith((">", "<")) and span_of(text, "unknown") is None:
            message = f"{quoted(text)} is no span of numbers"
            yield Issue(loaded.place(at), message, "write it like `>=2`")


def _named_once(
    lists: Iterable[Iterable[object]], loaded: Loaded, at: Path_
) -> Iterator[Issue]:
    named = Counter(plain(value) for values in lists for value in values)
    for text, count in named.items():
        if count > 1:
            message = f"the value {quoted(text)} is named {count} times"
            yield Issue(loaded.place(at), message, "keep it in one list")


def _sex_issues(given: SexColumnDocument, loaded: Loaded) -> Iterator[Issue]:
    """A value of both sexes, and spans, which are read of answers only."""
    lists = (given.female, given.male, given.unknown)
    yield from _named_once(lists, loaded, ("sex",))
    for value in (value for values in lists for value in values):
        if _is_span(value):
            message = f"{quoted(value)} is a span of numbers, and no sex is one"
            yield Issue(loaded.place(("sex",)), message, "list the values themselves")


def _cutting_issues(document: MapDocument, loaded: Loaded) -> Iterator[Issue]:
    """What can cut no text into fields, and lines whose parts are one column."""
    separator = document.separator
    if separator is not None and (
        not separator.isascii() or separator.isalnum() or separator in '"\n\r\0\x02'
    ):
        message = f"{quoted(separator)} cannot separate fields"
        fix = 'use `,`, `;`, `|` or `"\\t"`'
        yield Issue(loaded.place(("separator",)), message, fix)
    long = document.long
    if long is not None:
        names = Counter((long.subject, long.item, long.answer, long.unit))
        for name, count in names.items():
            if count > 1:
                message = f"the column {quoted(name)} is named {count} times"
                yield Issue(loaded.place(("long",)), message, "name each part once")


def _measurement_issues(
    measures: str, unit: str, vocabulary: Vocabulary, loaded: Loaded, at: Path_
) -> Iterator[Issue]:
    target = _measured(measures, vocabulary)
    if target is None:
        yield _unknown(loaded, (*at, "measures"), measures, vocabulary.measurement)
        return
    kind = vocabulary.measurement[target]
    if unit_in_one_spelling(unit) not in map(unit_in_one_spelling, kind.units):
        known = ", ".join(f"`{one}`" for one in kind.units)
        message = f"{quoted(unit)} is not a unit of {kind.label}"
        yield Issue(loaded.place((*at, "unit")), message, f"use one of {known}")


def _role_issues(document: MapDocument, loaded: Loaded) -> Iterator[Issue]:
    """A column that is read and ignored, or answers one thing twice."""
    read = _columns_read(document)
    for number, name in enumerate(document.ignored):
        if name in read:
            message = f"the column {quoted(name)} is read and ignored"
            place = loaded.place(("ignored", number))
            yield Issue(place, message, "keep one of them")
    pairs = Counter((one.column, one.answers) for one in document.answers)
    for (column, target), count in pairs.items():
        if count > 1:
            message = f"{quoted(column)} answers {quoted(target)} {count} times"
            yield Issue(loaded.place(("answers",)), message, "keep one of them")
    for column, count in Counter(one.column for one in document.texts).items():
        if count > 1:
            message = f"the text of {quoted(column)} is read {count} times"
            yield Issue(loaded.place(("texts",)), message, "keep one of them")
    said = document.answers or document.measurements or document.texts or document.open
    if not said and document.others != "by_name":
        message = "no column answers or measures anything"
        fix = "add `answers`, `measurements` or `texts`, or `others: by_name`"
        yield Issue(loaded.place(), message, fix)


def _columns_read(document: MapDocument) -> set[str]:
    parts: Sequence[Sequence[object]] = (
        document.age,
        [document.sex] if document.sex else [],
        document.answers,
        document.measurements,
        document.texts,
    )
    keys = ("column", "unit_column", "born", "seen")
    named = {
        str(getattr(one, key, "")) for part in parts for one in part for key in keys
    }
    return named | ({document.id} if document.id else set())


# --- the meaning ----------------------------------------------------------------------


def _lowered(document: MapDocument, file: str, vocabulary: Vocabulary) -> Map:
    sets = {name: _spellings(one) for name, one in document.value_sets.items()}
    return Map(
        file=file,
        id=document.id,
        ages=tuple(
            (age.column, UNITS_OF_AGE[age.unit] if age.unit else "")
            for age in document.age
            if age.column is not None
        ),
        age_unit=next((a.unit_column for a in document.age if a.unit_column), None),
        dates=_dating(document),
        sex=_sexing(document),
        answers=tuple(
            Answering(
                one.column,
                _target(one.answers, vocabulary) or one.answers,
                sets[one.values] if one.values else _spellings(one),
            )
            for one in document.answers
        ),
        measurements=tuple(
            Measuring(one.column, _measured(one.measures, vocabulary) or "", one.unit)
            for one in document.measurements
        ),
        texts=tuple((one.column, OF_RECORD[one.given]) for one in document.texts),
        open=tuple((one.column, one.asked) for one in document.open),
        ignored=tuple(document.ignored),
        others=document.others,
        decimal=document.decimal,
        layout=TableLayout(
            document.separator,
            document.sheet,
            document.title_rows,
            document.header_rows,
        ),
        long=_long(document),
    )


def _dating(document: MapDocument) -> Dating | None:
    return next(
        (
            Dating(age.born, age.seen, age.dates or "")
            for age in document.age
            if age.born is not None and age.seen is not None
        ),
        None,
    )


def _long(document: MapDocument) -> Long | None:
    given = document.long
    if given is None:
        return None
    return Long(given.subject, given.item, given.answer, given.unit)


def _sexing(document: MapDocument) -> Sexing | None:
    given = document.sex
    if given is None:
        return None
    values = [(plain(v), "female") for v in given.female]
    values += [(plain(v), "male") for v in given.male]
    values += [(plain(v), "") for v in given.unknown]
    return Sexing(given.column, tuple(values))


def _spellings(values: ValuesDocument) -> Spellings:
    """What the values mean; those that are only unknown go with the usual ones.

    Spans of what is unknown go before the others.
    """
    lists: tuple[tuple[Status, Sequence[object]], ...] = (
        ("unknown", values.unknown),
        ("observed", values.observed),
        ("excluded", values.excluded),
    )
    spans = [
        span
        for meant, texts in lists
        for text in texts
        if (span := span_of(str(text), meant)) is not None
    ]
    unknown, observed, excluded = (
        frozenset(plain(value) for value in texts if not _is_span(value))
        for _, texts in lists
    )
    missing = MISSING
    if not (values.observed or values.excluded):
        observed, excluded = USUAL.observed - unknown, USUAL.excluded - unknown
        missing = missing if spans else USUAL.unknown
    return Spellings(
        observed,
        excluded,
        (unknown | missing) - observed - excluded,
        tuple(spans),
        lenient=values.otherwise == "unknown",
    )


def _is_span(value: object) -> bool:
    return span_of(str(value), "unknown") is not None

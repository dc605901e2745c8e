"""Measured: columns of measurements as values in the units of the vocabulary.

A value that was too low or high to be read, like `<5`, is known on one side of its
number only: a column of its own tells on which. What is known of it may be in no band
for sure; the rows of such values are marked, to be entered one by one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Final, cast

import msgspec
import polars as pl
from polars import Boolean, DataFrame, Float64, Series, String, col

from minsight.backends.expressions import limit_column
from minsight.errors import SubjectError
from minsight.intake.measurements import Value, factor_of, in_own_unit, open_limit
from minsight.intake.subject import COMPARED, Comparator, Measurement
from minsight.knowledge.vocabulary import MeasurementKind, Vocabulary
from minsight.screening.answers import cells
from minsight.screening.answers.problems import problems
from minsight.screening.mapping.columns import Column, Placing
from minsight.screening.mapping.value_sets import USUAL, plain
from minsight.screening.rejects import BETWEEN_FILES
from minsight.screening.rows import ROW

OPEN_COLUMN: Final = "open limits"
"""The column that marks rows with a value of which too little is known."""
_IN_WORDS: Final[Mapping[str, Comparator]] = {
    **dict.fromkeys(
        (
            "less than", "below", "under", "lower than", "unter", "kleiner als",
            "weniger als", "inf\u00e9rieur \u00e0", "inf\u00e9rieure \u00e0",
            "moins de", "menos de", "menor que", "menor de", "inferior a", "abaixo de",
        ),
        "<",
    ),
    **dict.fromkeys(
        (
            "more than", "greater than", "higher than", "above", "over", "\u00fcber",
            "mehr als", "gr\u00f6\u00dfer als", "sup\u00e9rieur \u00e0",
            "sup\u00e9rieure \u00e0", "plus de", "m\u00e1s de", "mayor que",
            "mayor de", "superior a", "mais de", "maior que", "acima de",
        ),
        ">",
    ),
    "at least": ">=",
    "at most": "<=",
}  # fmt: skip
_SIGNS: Final[Mapping[str, Comparator]] = {**COMPARED, **_IN_WORDS}
_VALUE: Final = re.compile(
    rf"({'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})?"
    r"\s*([+]?\d[\d.,]*|[.,]\d+)\s*(?![\d.,+-])(\D.*)?"
)
_ODD: Final = r"[^\d.,+\-\s]"
"""What stands in cells that are not bare numbers."""
_UNREADABLE: Final = frozenset(
    (
        "below detection", "below detection limit", "below the detection limit",
        "below limit of detection", "below the limit of detection", "below lod",
        "below detectable limit", "below reporting limit", "below quantification limit",
        "below limit of quantification", "not detected", "not detectable",
        "undetected", "undetectable", "none detected", "<lod", "< lod", "<loq",
        "< loq", "bdl", "blq", "too low to measure", "too low to read",
        "above measuring range", "above the measuring range", "above detection limit",
        "below measuring range", "below the measuring range", "too high to measure",
        "too high to read", "nicht nachweisbar", "unter der nachweisgrenze",
        "non d\u00e9tect\u00e9", "no detectado", "no detectable",
    )
)  # fmt: skip
"""What laboratories write in place of a value beyond what they can measure."""
_NO_VALUE: Final = re.compile(r"[^\d<>=\u2264\u2265]+")
"""Words without a number: why nothing was measured, or what nobody can know."""
_FLAG: Final = re.compile(r"\A(?:hh?|ll?|[*!]+)\s*(?=\d)|(?<=\d)\s+(?:hh?|ll?|[*!]+)\Z")
"""How laboratories mark a value as high or low beside it."""
_CODED: Final = re.compile(r"([789])\1*\.?\1*[78]?0*|99\.[4-9]")
"""How programs write that nothing was measured, as 99.9, where no value can be."""
_TEXT: Final = "text"
_MOST_SILENT: Final = 20
"""How many different words of a column without a number are told one by one."""
_NOT_MEASURED: Final = tuple(
    float(code) for code in USUAL.unknown if re.fullmatch(r"-\d+", code)
)
"""How programs write that nothing was measured, where no value can be."""


class _Cells(msgspec.Struct, frozen=True):
    """Distinct cells that are no bare numbers: their values, or why there is none."""

    values: Mapping[str, Value]
    wrong: Mapping[str, str]
    silent: frozenset[str]

    @property
    def understood(self) -> set[str]:
        """All but those that are left to be read as numbers."""
        return {*self.values, *self.wrong, *self.silent}


def measurements(
    frame: DataFrame, placing: Placing, vocabulary: Vocabulary
) -> Iterable[cells.Answered]:
    """The columns of each measurement, those that tell limits, and which are open."""
    by_target: dict[str, list[Column]] = {}
    for column in placing.of("measurement"):
        by_target.setdefault(column.target, []).append(column)
    open_rows: list[Series] = []
    for target, columns in by_target.items():
        kind = vocabulary.measurement[target]
        comma = placing.decimal_comma
        read = [measured(frame, column, kind, comma=comma) for column in columns]
        values = [one.columns[0] for one in read]
        wrong = [part for one in read for part in one.wrong]
        noted = tuple(note for one in read for note in one.noted)
        if len(values) > 1:
            wrong.append(_second_value(frame, columns, values, kind))
        found = [_first_known(values).alias(target)]
        limits = [one.columns[1] for one in read if len(one.columns) > 1]
        if limits:
            found.append(_first_known(limits).alias(limit_column(target)))
            open_rows += [one.columns[2] for one in read if len(one.columns) > 1]
        yield cells.Answered(tuple(found), tuple(wrong), noted)
    if open_rows:
        yield cells.Answered((reduce(or_, open_rows).alias(OPEN_COLUMN),))


def measured(
    frame: DataFrame, column: Column, kind: MeasurementKind, *, comma: bool
) -> cells.Answered:
    """The column in the unit of the vocabulary.

    Where there are limits, the sides and what is open come after it.
    """
    special = _special(frame[str(column.index)], column, kind, comma=comma)
    if special is None:
        return _numbers(frame, column, kind, comma=comma)
    name = str(column.index)
    given = frame[name].cast(String)
    ours = given.is_in(list(special.understood)).fill_null(value=False)
    bare = frame.with_columns(Series(name, given).set(ours, None))
    read = _numbers(bare, column, kind, comma=comma)
    values = read.columns[0].zip_with(~ours, _told(given, special, "value"))
    reason = given.replace_strict(special.wrong, default=None, return_dtype=String)
    refused = problems(
        frame, reason.is_not_null(), column=column.name, value=given, reason=reason
    )
    limits = _told(given, special, "limit")
    opened = given.is_in([t for t, v in special.values.items() if open_limit(v, kind)])
    return cells.Answered(
        (values, limits, opened.fill_null(value=False)),
        (*read.wrong, refused),
        (*read.noted, *_silent(frame[ROW], given, special.silent, column)),
    )


def _told(given: Series, special: _Cells, what: str) -> Series:
    of = {text: getattr(value, what) or None for text, value in special.values.items()}
    kind = Float64 if what == "value" else String
    return given.replace_strict(of, default=None, return_dtype=kind)


def _silent(
    rows: Series, given: Series, silent: frozenset[str], column: Column
) -> Iterable[cells.Noted]:
    """What is told of words without a number; of a file with many, only the rows."""
    said = DataFrame([rows.alias(ROW), given.alias(_TEXT)]).filter(
        given.is_in(list(silent))
    )
    few = said.clear()
    if len(silent) <= _MOST_SILENT:
        few, said = said, few
    else:
        different = col(_TEXT).n_unique().over(col(ROW) // BETWEEN_FILES)
        told = said.with_columns(few=different <= _MOST_SILENT)
        few, said = told.filter("few"), told.filter(~col("few"))
    if said.height:
        yield f"words in `{column.name}` tell no numbers, and were unknown", said[ROW]
    for text in sorted(few[_TEXT].unique()):
        words = f"`{text}` in `{column.name}` tells no number, and was taken as unknown"
        yield words, few.filter(col(_TEXT) == text)[ROW]


def _special(
    given: Series, column: Column, kind: MeasurementKind, *, comma: bool
) -> _Cells | None:
    """The cells of a column of text that need more than to be read as numbers."""
    if given.dtype.is_numeric() or given.dtype in (pl.Null, Boolean):
        return None
    texts = given.cast(String, strict=False)
    read = texts.cast(Float64, strict=False)
    odd = texts.filter(read.is_null() & texts.str.contains(_ODD)).unique()
    values: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    silent: set[str] = set()
    for text in odd.to_list():
        whole = " ".join(plain(text).split())
        spelled = _FLAG.sub("", whole)
        if spelled in _UNREADABLE or _NO_VALUE.fullmatch(spelled):
            silent.add(text)
            continue
        match = _VALUE.fullmatch(spelled)
        if match is None or not (match[1] or match[3] or spelled != whole):
            continue
        try:
            measured = _measurement(match, column, kind, comma=comma)
            values[text] = in_own_unit(measured, kind)
        except SubjectError as error:
            wrong[text] = str(error)
    found = _Cells(values, wrong, frozenset(silent))
    return found if found.understood else None


def _measurement(
    match: re.Match[str],
    column: Column,
    kind: MeasurementKind,
    *,
    comma: bool,
) -> Measurement:
    """What a cell with a sign or a unit says."""
    sign, number, unit = match.groups()
    value = cells.number_in(number, comma=comma)
    if value is None:
        raise SubjectError(cells.why_no_number(number, comma=comma))
    if unit is not None and factor_of(unit, kind) is None:
        raise SubjectError("{} is not a number")
    return Measurement(
        kind.label, value, unit or column.unit, _SIGNS[sign] if sign else ""
    )


def _numbers(
    frame: DataFrame, column: Column, kind: MeasurementKind, *, comma: bool
) -> cells.Answered:
    read, wrong = cells.numbers(frame, column, comma=comma)
    factor = factor_of(column.unit, kind)
    assert factor is not None, f"{column.unit} was checked when the column was placed"
    values = read * factor
    if _all_between(read, 0, math.inf) and _all_between(
        values, kind.plausible_from, kind.plausible_to
    ):
        return cells.Answered((values,), (wrong,))
    absurd = (values < kind.plausible_from) | (values > kind.plausible_to)
    absurd |= read < 0
    coded = (absurd & read.is_in(_codes_in(read))).fill_null(value=False)
    read, absurd = read.set(coded, None), absurd.set(coded, None)
    values = values.set(coded, None)
    reason = cells.reasons(read, lambda v: _why_not(v, column, kind), absurd)
    value = frame[str(column.index)]
    told = problems(frame, absurd, column=column.name, value=value, reason=reason)
    codes = frame[str(column.index)].cast(String, strict=False).filter(coded)
    rows = frame[ROW].filter(coded)
    noted = tuple(
        (
            f"`{code}` in `{column.name}` was taken as not measured",
            rows.filter(codes == code),
        )
        for code in codes.unique().sort()
    )
    return cells.Answered((values,), (wrong, told), noted)


def _codes_in(read: Series) -> list[float]:
    """The numbers by which programs say that nothing was measured."""
    odd = read.drop_nulls().unique().to_list()
    return [n for n in odd if n in _NOT_MEASURED or _CODED.fullmatch(f"{n:.12g}")]


def _all_between(values: Series, least: float, most: float) -> bool:
    """Whether no value is below or above; two numbers are found faster than a mask."""
    lowest, highest = values.min(), values.max()
    if lowest is None or highest is None:
        return True
    return least <= cast(float, lowest) and cast(float, highest) <= most


def _why_not(value: float, column: Column, kind: MeasurementKind) -> str:
    try:
        in_own_unit(Measurement(kind.label, value, column.unit), kind)
    except SubjectError as error:
        return str(error)
    raise AssertionError(f"{value} {column.unit} is plausible after all")


def _second_value(
    frame: DataFrame,
    columns: Sequence[Column],
    values: Sequence[Series],
    kind: MeasurementKind,
) -> DataFrame:
    given = reduce(lambda a, b: a + b, (v.is_not_null().cast(int) for v in values))
    column = columns[1]
    value = frame[str(column.index)]
    reason = f"{{}} is a second value of {kind.label.lower()}; keep one"
    return problems(frame, given > 1, column=column.name, value=value, reason=reason)


def _first_known(columns: Sequence[Series]) -> Series:
    return reduce(lambda a, b: a.zip_with(a.is_not_null(), b), columns)

"""The map file: which column of a foreign file is which question, as written."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, field_validator, model_validator

from minsight.files.document import Document, Text
from minsight.intake.status import RecordWord

ColumnName = Annotated[str, Field(min_length=1, max_length=1_000)]
Scalar: TypeAlias = str | int | float | bool
AgeUnit: TypeAlias = Literal["years", "months", "weeks", "days"]


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


class ValuesDocument(Document):
    """Which values mean observed, excluded and unknown.

    A value is a text, a number, or a span of numbers like `">=2"`. Values that are
    named go before spans, and of spans those of what is unknown go first.
    """

    observed: list[Scalar] = []
    excluded: list[Scalar] = []
    unknown: list[Scalar] = []
    otherwise: Literal["reject", "unknown"] = "reject"

    _lists = field_validator("observed", "excluded", "unknown", mode="before")(_as_list)


class AgeColumnDocument(Document):
    """The age in a column, or the time between two dates.

    `unit_column` holds the unit of each row. `dates` says which stands first where days
    and months are numbers: `dmy` or `mdy`.
    """

    column: ColumnName | None = None
    unit: AgeUnit | None = None
    unit_column: ColumnName | None = None
    born: ColumnName | None = None
    seen: ColumnName | None = None
    dates: Literal["dmy", "mdy"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> AgeColumnDocument:
        told = self.column is not None and (self.unit is None) != (
            self.unit_column is None
        )
        dated = self.born is not None and self.seen is not None
        if told and self.born is None and self.seen is None and self.dates is None:
            return self
        if dated and self.column is self.unit is self.unit_column is None:
            return self
        raise ValueError(
            "give `column` with `unit` or `unit_column`, or else `born` and `seen`"
        )


class SexColumnDocument(Document):
    column: ColumnName
    female: list[Scalar] = []
    male: list[Scalar] = []
    unknown: list[Scalar] = []

    _lists = field_validator("female", "male", "unknown", mode="before")(_as_list)


class AnswerColumnDocument(ValuesDocument):
    """A column that answers for a finding or a group.

    `values` names a shared set; without it and without values of its own, the usual
    spellings of yes and no hold.
    """

    column: ColumnName
    answers: Text
    values: Text | None = None


class MeasurementColumnDocument(Document):
    column: ColumnName
    measures: Text
    unit: Text


class TextColumnDocument(Document):
    """A column of free text, and how what it names was given."""

    column: ColumnName
    given: RecordWord = "present"


class OpenColumnDocument(Document):
    """A column of which something has to be said before it is read."""

    column: ColumnName
    asked: Text


class LongDocument(Document):
    """The columns of a long file: a line for each person and question."""

    subject: ColumnName
    item: ColumnName
    answer: ColumnName
    unit: ColumnName | None = None


class MapDocument(Document):
    """What the columns of a file mean.

    Columns of a long file, items of a FHIR response and columns of a table are named in
    the same way. `others` says what happens to columns that are not named: they are
    `told` and not read, read `by_name` where their name is known, or `refused`.
    """

    id: ColumnName | None = None
    age: list[AgeColumnDocument] = []
    sex: SexColumnDocument | None = None
    value_sets: dict[str, ValuesDocument] = {}
    answers: list[AnswerColumnDocument] = []
    measurements: list[MeasurementColumnDocument] = []
    texts: list[TextColumnDocument] = []
    open: list[OpenColumnDocument] = []
    ignored: list[ColumnName] = []
    others: Literal["told", "by_name", "refused"] = "told"
    decimal: Literal[".", ","] | None = None
    separator: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: ColumnName | None = None
    title_rows: Annotated[int, Field(ge=0, le=50)] | None = None
    header_rows: Annotated[int, Field(ge=1, le=5)] | None = None
    long: LongDocument | None = None

    _ages = field_validator("age", mode="before")(_as_list)

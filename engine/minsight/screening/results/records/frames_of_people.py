"""Frames of people: which lines and values are whose, and what all records share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import msgspec
import polars as pl
from polars import DataFrame, Series

from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment, RulesIdentity
from minsight.screening.results.assessor import PERSON

_encode: Final = msgspec.json.encode
PEOPLE_AT_ONCE: Final = 500
"""So many records are put together at once, as some are long."""


def lines_of_people(frame: DataFrame, people: int) -> Iterator[DataFrame]:
    """The lines of so many people, of some at a time; they stand in order."""
    person = frame[PERSON]
    starts = range(0, people + PEOPLE_AT_ONCE, PEOPLE_AT_ONCE)
    bounds = person.search_sorted(Series(starts, dtype=person.dtype))
    for begin, end in pairwise(bounds):
        yield frame[begin:end]


def given_values(
    answers: DataFrame, given: DataFrame | None, measured: Sequence[str]
) -> DataFrame:
    """The measurements of all people, as they were given where that is known."""
    if given is None or not measured:
        return answers.select(measured or "row")
    known = [name for name in measured if name in given.columns]
    joined = answers.select("row").join(
        given.select("row", *known), on="row", how="left", maintain_order="left"
    )
    missing = [pl.lit(None, pl.Float64).alias(n) for n in measured if n not in known]
    return joined.with_columns(missing).select(measured)


def record_frame(rules: Engine) -> tuple[bytes, bytes, bytes]:
    """What stands in each record: at the start, behind the person, at the end."""
    fields = msgspec.structs.fields(Assessment)
    schema = next(field.default for field in fields if field.name == "schema")
    identity: Any = RulesIdentity(rules.version, rules.fingerprint)
    return (
        b'{"schema":%b,"subject_id":' % _encode(schema),
        b',"rules":%b,"urgency":' % _encode(identity),
        b',"footer":%b}\n' % _encode(rules.catalogue.footer),
    )

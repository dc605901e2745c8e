"""Layouts: the columns of results, in order, with what they mean.

Long is a row for each person and candidate, as assessing gives it; wide is a row a
person, as statistics programs want it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import msgspec
import polars as pl
from polars import DataFrame

from minsight.assessment.engine import Engine
from minsight.screening.results.schema import LONG
from minsight.screening.results.wide import wide_of, wide_schema

PERSON_MEANINGS: Final[Mapping[str, str]] = {
    "file": "The file that the person stands in.",
    "row": "The row of the person in that file; rows of data count from 1.",
    "subject_id": "The id of the person in that file; without one, the row.",
    "age": "The age as assessed, in words; empty when it is not known.",
    "age_years": "The same in years, a number.",
    "sex": "The sex as assessed, female or male; empty when it is not known.",
    "urgency": "How soon the person should be seen: none, routine, soon, same_day or"
    " emergency. Read it first; no level changes it.",
    "urgency_judged": "Whether all that was told of the person was understood, and"
    " no age that was left out would make it more urgent.",
    "urgency_reasons": "The warning signs and urgent combinations behind the urgency,"
    " by id, most urgent first.",
}
_LONG_MEANINGS: Final[Mapping[str, str]] = {
    **PERSON_MEANINGS,
    "rank": "The place of the mineral among the candidates of the person, from 1; empty"
    " when there is none.",
    "mineral": "The mineral whose lack fits the answers in some measure; empty when"
    " there is none.",
    "level": "How far the answers fit the published picture of the lack.",
    "points": "Orders candidates inside one level and means nothing else.",
    "reasons": "The rules that speak for it, by id, those that stand highest first.",
    "against": "The rules that speak against it, by id.",
    "brakes": "The brakes that lowered the level, by id.",
}
_WIDE_MEANINGS: Final[Mapping[str, str]] = {
    **PERSON_MEANINGS,
    "urgency_step": "The urgency as a number, from 0 for none to 4 for emergency.",
    "candidates": "How many minerals are above no_pattern.",
    "highest_level": "The level of the first candidate; no_pattern when there is none.",
    "highest_step": "That level as a number, from 0 to 4.",
    "first": "The mineral of rank 1; empty when there is none.",
    "second": "The mineral of rank 2; empty when there is none.",
    "third": "The mineral of rank 3; empty when there is none.",
    "*_level": "How far the answers fit the published picture of a lack of the mineral;"
    " never empty.",
    "*_step": "That level as a number: 0 no_pattern, 1 few_findings, 2 partial_pattern,"
    " 3 typical_pattern, 4 measured_low. An order: no sum and no mean of it has a"
    " meaning.",
    "*_rank": "The place of the mineral among the candidates of the person, from 1;"
    " empty when it is none.",
    "*_points": "Orders candidates inside one level and means nothing else; empty when"
    " it is no candidate.",
    "*_reasons": "The rules that speak for it, by id; empty when it is no candidate.",
    "*_against": "The rules that speak against it, by id; empty when it is no"
    " candidate.",
    "*_brakes": "The brakes that lowered its level, by id; empty when it is no"
    " candidate.",
}


class Layout(msgspec.Struct, frozen=True):
    """The columns of one layout, what they mean, and how long results are laid out.

    A `*` in a name of `meanings` stands for each scored mineral.
    """

    schema: pl.Schema
    meanings: Mapping[str, str]
    laid_out: Callable[[DataFrame], DataFrame]


def layout_for(rules: Engine, *, wide: bool) -> Layout:
    """The layout of results of these rules."""
    if wide:
        laid_out = partial(wide_of, rules=rules)
        return Layout(wide_schema(rules), _WIDE_MEANINGS, laid_out)
    return Layout(LONG, _LONG_MEANINGS, lambda results: results)

"""Stages: the age groups that people are counted by, each apart by sex.

They are the life stages of the rules, with adults parted at 50 years, where the rules
part women who may be menstruating from those who are not.
"""

from __future__ import annotations

from itertools import product
from typing import Final

import msgspec
import polars as pl

from minsight.ages import parse_age

UNKNOWN: Final = "unknown"
"""The group of those whose age, or sex, was not given."""
SEX_STRATA: Final = ("female", "male", UNKNOWN)


class Stage(msgspec.Struct, frozen=True):
    """An age group; it begins at an age in days, and ends where the next begins."""

    id: str
    from_days: float


STAGES: Final = tuple(
    Stage(id_, parse_age(age))
    for id_, age in (
        ("0-5mo", "0"),
        ("6-11mo", "6mo"),
        ("1-3y", "12mo"),
        ("4-8y", "4y"),
        ("9-13y", "9y"),
        ("14-18y", "14y"),
        ("19-49y", "19y"),
        ("50-64y", "50y"),
        ("65y+", "65y"),
    )
)
"""From the youngest to the oldest."""
STAGE_IDS: Final = (*(stage.id for stage in STAGES), UNKNOWN)
STRATA: Final = tuple(product(STAGE_IDS, SEX_STRATA))
"""Each age group with each sex."""


def strata_of(answers: pl.DataFrame) -> pl.Series:
    """For each person of an answer table, in order, their place in `STRATA`."""
    age = pl.col("age_days")
    passed = pl.sum_horizontal(
        (age >= stage.from_days).cast(pl.UInt8) for stage in STAGES[1:]
    )
    stage = pl.when(age.is_null()).then(len(STAGES)).otherwise(passed)
    sex = pl.col("sex").fill_null(UNKNOWN).cast(pl.Enum(SEX_STRATA)).to_physical()
    place = stage.cast(pl.UInt8) * len(SEX_STRATA) + sex.cast(pl.UInt8)
    return answers.select(place.alias("stratum")).to_series()

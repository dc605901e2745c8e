"""Wide form: a row a person and a block of columns a mineral, for statistics.

    file, row, subject_id                     who
    age, age_years, sex                       as assessed
    urgency, urgency_step, urgency_judged,    how soon to be seen, as word and number,
    urgency_reasons                           and whether all was understood
    candidates                                how many minerals are above no_pattern
    highest_level, highest_step               the level of the first candidate
    first, second, third                      the minerals of rank 1 to 3
    iron_level, _step, _rank, _points         numbers of each mineral, in a fixed order
    iron_reasons, _against, _brakes           then the texts of each mineral

Every file has the same columns, whatever is in it. Names are short, in lower case and
of letters, digits and underscores, so that SPSS, Stata, SAS and R take them as they
are. A level stands as a word, which needs no key, and as a step from 0 to 4, which
sorts. A mineral that is not a candidate has the level `no_pattern`, step 0, and neither
rank nor points nor texts: empty means "none here", never "not known".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl
from polars import DataFrame, Expr

from minsight.assessment.engine import Engine
from minsight.scales import LEVELS
from minsight.screening.results.schema import LEVEL, SCHEMA, URGENCY, ColumnType

_STEP: Final = pl.UInt8
_PERSON: Final = (
    "file", "row", "subject_id", "age", "age_years", "sex", "urgency", "urgency_judged",
    "urgency_reasons",
)  # fmt: skip
_PLACES: Final = ("first", "second", "third")
_NUMBERS: Final[Mapping[str, ColumnType]] = {
    "level": LEVEL,
    "step": _STEP,
    "rank": SCHEMA["rank"],
    "points": SCHEMA["points"],
}
_TEXTS: Final[Mapping[str, ColumnType]] = dict.fromkeys(
    ("reasons", "against", "brakes"), pl.String
)


def wide_schema(rules: Engine) -> pl.Schema:
    """The columns of wide results, the same for all results of these rules."""
    blocks: dict[str, ColumnType] = {
        f"{mineral}_{name}": kind
        for block in (_NUMBERS, _TEXTS)
        for mineral in rules.program.minerals
        for name, kind in block.items()
    }
    places: dict[str, ColumnType] = dict.fromkeys(_PLACES, pl.String)
    person: dict[str, ColumnType] = {
        "file": pl.String,
        "row": SCHEMA["row"],
        "subject_id": pl.String,
        "age": pl.String,
        "age_years": pl.Float64,
        "sex": pl.String,
        "urgency": URGENCY,
        "urgency_step": _STEP,
        "urgency_judged": pl.Boolean,
        "urgency_reasons": pl.String,
        "candidates": pl.UInt8,
        "highest_level": LEVEL,
        "highest_step": _STEP,
    }
    return pl.Schema({**person, **places, **blocks})


def wide_of(results: DataFrame, rules: Engine) -> DataFrame:
    """Results in long form as a row a person, in the same order.

    INVARIANT: the rows of a person stand together, whole, by rank.

    Raises:
        ValueError: when a mineral of the results is not scored by these rules.
    """
    minerals = rules.program.minerals
    foreign = set(results["mineral"].drop_nulls().unique()) - set(minerals)
    if foreign:
        raise ValueError(f"these rules do not score {', '.join(sorted(foreign))}")
    lines = results.with_columns(
        pl.struct("file", "row").rle_id().alias("person"),
        pl.col("level").pipe(_step).alias("step"),
    )
    wide = _people(lines)
    for mineral in minerals:
        block = _block(lines, mineral)
        wide = wide.join(block, on="person", how="left", maintain_order="left")
    quiet = (
        filled
        for mineral in minerals
        for filled in (
            pl.col(f"{mineral}_level").fill_null(pl.lit(LEVELS[0], LEVEL)),
            pl.col(f"{mineral}_step").fill_null(0),
        )
    )
    return wide.with_columns(quiet).select(wide_schema(rules).names())


def _people(lines: DataFrame) -> DataFrame:
    """A row a person: what all their lines share, and the minerals ranked first."""
    mineral = pl.col("mineral")
    return lines.group_by("person", maintain_order=True).agg(
        pl.col(*_PERSON).first(),
        pl.col("urgency").first().pipe(_step).alias("urgency_step"),
        mineral.count().cast(pl.UInt8).alias("candidates"),
        pl.col("level").first().alias("highest_level"),
        pl.col("step").first().alias("highest_step"),
        *(
            mineral.get(place, null_on_oob=True).alias(name)
            for place, name in enumerate(_PLACES)
        ),
    )


def _block(lines: DataFrame, mineral: str) -> DataFrame:
    """The columns of one mineral, for the persons that have it as a candidate."""
    return lines.filter(mineral=mineral).select(
        "person", *(pl.col(n).alias(f"{mineral}_{n}") for n in (*_NUMBERS, *_TEXTS))
    )


def _step(scale: Expr) -> Expr:
    """The place of a value on its scale, from 0."""
    return scale.to_physical().cast(_STEP)

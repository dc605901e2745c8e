"""Wide form: a row a person that says all that the rows of the person say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import made_up_results
import minsight
from made_up_results import Person, Said, frame_of, quiet
from minsight.scales import LEVELS
from minsight.screening.results.layouts import layout_for
from minsight.screening.results.schema import LONG
from minsight.screening.results.wide import wide_of, wide_schema
from random_laws import examples

IRON = Said("iron", "typical_pattern", 9, "iron.koilonychia; iron.pica", "", "")
ZINC = Said("zinc", "few_findings", 1, "zinc.hair_loss", "", "adult")


def lengthened(wide: pl.DataFrame, minerals: tuple[str, ...]) -> pl.DataFrame:
    """The long form again, cell by cell."""
    rows = [line for row in wide.to_dicts() for line in _lines(row, minerals)]
    return pl.DataFrame(rows, schema=LONG, orient="row")


def _lines(
    row: dict[str, Any], minerals: tuple[str, ...]
) -> Iterator[tuple[object, ...]]:
    urgency = ("urgency", "urgency_judged", "urgency_reasons")
    person = ("file", "row", "subject_id", "age", "age_years", "sex", *urgency)
    who = tuple(row[name] for name in person)
    ranked = {row[f"{m}_rank"]: m for m in minerals if row[f"{m}_rank"] is not None}
    if not ranked:
        yield (*who, None, None, LEVELS[0], None, "", "", "")
    for rank, mineral in sorted(ranked.items()):
        parts = ("level", "points", "reasons", "against", "brakes")
        yield (*who, rank, mineral, *(row[f"{mineral}_{part}"] for part in parts))


@examples(60)
@given(data=st.data())
def test_long_to_wide_to_long_loses_nothing(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    some = data.draw(made_up_results.people(rules))
    more = data.draw(made_up_results.people(rules))
    results = pl.concat([frame_of(some), frame_of(more, file="other.csv")])
    wide = wide_of(results, rules)
    assert wide.height == len(some) + len(more)
    assert wide.schema == wide_schema(rules)
    assert lengthened(wide, rules.program.minerals).equals(results)


def test_steps_places_and_empty_cells_say_what_the_words_say(
    rules: minsight.Rules,
) -> None:
    people = [
        Person("a", "same_day", "seizure", (IRON, ZINC), judged=False),
        *quiet("b"),
    ]
    first, second = wide_of(frame_of(people), rules).to_dicts()
    assert {
        "urgency_step": 3,
        "urgency_judged": False,
        "candidates": 2,
        "highest_level": "typical_pattern",
        "highest_step": 3,
        "first": "iron",
        "second": "zinc",
        "third": None,
        "iron_step": 3,
        "iron_rank": 1,
        "zinc_level": "few_findings",
        "zinc_brakes": "adult",
        "copper_level": "no_pattern",
        "copper_step": 0,
        "copper_rank": None,
        "copper_points": None,
        "copper_reasons": None,
    }.items() <= first.items()
    assert (second["candidates"], second["highest_step"], second["first"]) == (
        *(0, 0),
        None,
    )


def test_every_scored_mineral_has_a_block_in_every_file(rules: minsight.Rules) -> None:
    empty = wide_of(pl.DataFrame(schema=LONG), rules)
    assert empty.schema == wide_schema(rules)
    for mineral in rules.program.minerals:
        assert f"{mineral}_level" in empty.columns


def test_names_are_taken_by_statistics_programs_as_they_are(
    rules: minsight.Rules,
) -> None:
    # Stata and SAS take 32 characters, letters, digits and underscores.
    for name in wide_schema(rules):
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name), name


def test_a_mineral_that_the_rules_do_not_score_is_refused(
    rules: minsight.Rules,
) -> None:
    one = Said("unobtainium", "few_findings", 1, "", "", "")
    results = frame_of([Person("a", "none", "", (one,))])
    with pytest.raises(ValueError, match="unobtainium"):
        wide_of(results, rules)


@pytest.mark.parametrize("wide", [False, True])
def test_every_column_has_a_meaning_and_every_meaning_a_column(
    wide: bool, rules: minsight.Rules
) -> None:
    layout = layout_for(rules, wide=wide)
    minerals = "|".join(rules.program.minerals)
    named = {re.sub(rf"^({minerals})_", "*_", name) for name in layout.schema}
    assert named == set(layout.meanings)

"""Columns of measurements: numbers, limits and units, in the unit of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.screening.answers.measured import OPEN_COLUMN
from minsight.screening.answers.table import Read, read_raw
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.placing import place_header
from minsight.screening.pipeline import Screening
from minsight.screening.rows import Raw
from minsight.screening.sources.source import source_of
from random_laws import examples

TWO_WAYS = "could be read in two ways"


def read(
    cells: Sequence[object], rules: minsight.Rules, *, name: str = "Ferritin (ng/mL)"
) -> Read:
    frame = pl.DataFrame(pl.Series("0", cells, strict=False)).with_row_index("row", 1)
    placing = place_header(Heading((name,)), rules.vocabulary, file="f.csv")
    raw = Raw(frame, (), frame.height)
    return read_raw(raw, placing, rules.vocabulary, file="f.csv")


def values(found: Read, id_: str = "ferritin") -> list[tuple[float | None, str | None]]:
    """The values and their limits, rounded as they are printed."""
    limits = f"limit:{id_}"
    told = found.answers
    sides = told[limits].to_list() if limits in told.columns else [None] * told.height
    numbers = [None if v is None else float(f"{v:.10g}") for v in told[id_]]
    return list(zip(numbers, sides, strict=True))


@pytest.mark.parametrize(
    ("cell", "value", "limit"),
    [
        ("<5", 5, "below"),
        (" < 5 ", 5, "below"),
        ("<5,5", 5.5, "below"),
        ("\N{LESS-THAN OR EQUAL TO}0.5", 0.5, "below"),
        ("=<5", 5, "below"),
        (">1000", 1000, "above"),
        (">= 1000.0", 1000, "above"),
        ("less than 5", 5, "below"),
        ("more than 1000", 1000, "above"),
        ("<5 ng/mL", 5, "below"),
        ("<0.005 mg/L", None, None),
        ("12 ug/L", 12, None),
        ("12,5 ng/ml", 12.5, None),
        ("12", 12, None),
        ("", None, None),
        ("n/a", None, None),
    ],
)
def test_a_cell_is_a_value_or_known_on_one_side(
    rules: minsight.Rules, cell: str, value: float | None, limit: str | None
) -> None:
    found = read([cell, "8"], rules)
    if cell.endswith("mg/L"):  # no unit in which a ferritin is given
        assert [r.reason for r in found.rejects] == [f"`{cell}` is not a number"]
    else:
        assert values(found) == [(value, limit), (8, None)]
        assert found.rejects == ()


def test_the_value_next_to_a_limit_stands_for_it(rules: minsight.Rules) -> None:
    """Below 15 is a band that ends before 15, and `<15` is in it."""
    below, at_most, above = read(["<15", "<=15", ">15"], rules).answers["ferritin"]
    assert below < 15 == at_most < above


@pytest.mark.parametrize(
    "cell",
    [
        "below detection", "Not detected", "< LOD", "too low to measure", "clotted",
        "n.d.", "no la tengo", "*",
    ],
)  # fmt: skip
def test_what_tells_no_number_is_unknown_and_told(
    rules: minsight.Rules, cell: str
) -> None:
    found = read([cell, cell, "8"], rules)
    assert values(found) == [(None, None), (None, None), (8, None)]
    told = f"`{cell}` in `Ferritin (ng/mL)` tells no number, and was taken as unknown"
    assert found.notes == ((told, 2),)
    assert found.rejects == ()


@pytest.mark.parametrize("cell", ["-9", "-99", "999999", "888888.8"])
def test_codes_for_what_was_not_measured_are_unknown_where_no_value_can_be(
    rules: minsight.Rules, cell: str
) -> None:
    found = read([cell, "8", "99"], rules)
    assert found.answers["ferritin"].to_list() == [None, 8, 99]
    told = f"`{cell}` in `Ferritin (ng/mL)` was taken as not measured"
    assert found.notes == ((told, 1),)
    assert found.rejects == ()


@pytest.mark.parametrize("cell", ["H 12", "12 H", "*12", "L12", "12 LL"])
def test_the_flag_of_a_laboratory_changes_no_value(
    rules: minsight.Rules, cell: str
) -> None:
    found = read([cell, "8"], rules)
    assert values(found) == [(12, None), (8, None)]
    assert found.rejects == ()


def test_of_many_words_without_a_number_only_the_rows_are_told(
    rules: minsight.Rules,
) -> None:
    found = read([f"see page {chr(97 + n)}" for n in range(25)], rules)
    told = "words in `Ferritin (ng/mL)` tell no numbers, and were unknown"
    assert found.notes == ((told, 25),)


@pytest.mark.parametrize("cell", ["<1,234", "1,234", "1,234 ng/mL"])
def test_a_mark_that_can_be_read_in_two_ways_is_refused(
    rules: minsight.Rules, cell: str
) -> None:
    (one,) = read([cell, "8"], rules).rejects
    assert one.reason == f"`{cell}` {TWO_WAYS}; write no comma, or use a map"


@pytest.mark.parametrize("cell", ["<", "<<5", "<-5", "5-10", "5 to 10", "<5 mol", "~5"])
def test_what_is_no_value_is_refused_by_name(rules: minsight.Rules, cell: str) -> None:
    (one,) = read([cell, "8"], rules).rejects
    assert (one.row, one.value) == (1, cell)
    assert one.reason == f"`{cell}` is not a number"


def test_a_limit_beyond_all_that_is_measured_is_refused(rules: minsight.Rules) -> None:
    (one,) = read([">900", "80"], rules, name="Hb (g/L)").rejects
    assert one.reason.startswith("Haemoglobin of >900 g/L is beyond anything measured")


def test_rows_of_which_too_little_is_known_are_marked(rules: minsight.Rules) -> None:
    found = read(["<5", ">10", "12", None, ">1000"], rules)
    marks = [False, True, False, False, False]
    assert found.answers[OPEN_COLUMN].to_list() == marks


def test_numbers_alone_have_no_more_columns_than_before(rules: minsight.Rules) -> None:
    found = read(["12", "8,5"], rules)
    assert found.answers.columns == ["row", "subject_id", "age_days", "sex", "ferritin"]


# --- as files -------------------------------------------------------------------------


def screened(
    rules: minsight.Rules, text: str, folder: Path, *, columnar: bool
) -> tuple[pl.DataFrame, list[str]]:
    """The results of a file and its rejects, all rows at once or one by one."""
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    source = source_of(path)
    screening = Screening(rules, way="columnar" if columnar else "reference")
    parts = list(screening.screen(source))
    rejects = [one.reason for part in parts for one in part.rejects]
    return pl.concat([part.results for part in parts]), rejects


NUMBERS = st.sampled_from(["0.5", "1.9", "5", "14.9", "15", "20", "30", "100", "300"])
SIGNS = st.sampled_from(["", "", "<", "<=", ">", ">=", "\N{LESS-THAN OR EQUAL TO}"])
CELLS = st.just("") | st.builds(str.__add__, SIGNS, NUMBERS)
HEADER = "id,age,sex,Ferritin (ng/mL),CRP (mg/L),calcium (mmol/L),albumin (g/L)\n"


@examples(15)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["3", "30", ""]), *(CELLS for _ in range(4))),
        min_size=1,
        max_size=8,
    )
)
def test_limits_mean_the_same_in_a_table_and_of_each_person(
    rules: minsight.Rules,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
) -> None:
    folder = tmp_path_factory.mktemp("limits")
    lines = (f"{n},{age},f,{','.join(c)}\n" for n, (age, *c) in enumerate(rows))
    text = HEADER + "".join(lines)
    together = screened(rules, text, folder, columnar=True)
    assert together[1] == (each := screened(rules, text, folder, columnar=False))[1]
    assert together[0].equals(each[0])

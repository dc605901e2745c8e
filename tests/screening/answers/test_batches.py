"""A file comes in batches that together hold each row once, as answers or rejected."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import minsight
from minsight.errors import FileError
from minsight.intake.subject import Subject
from minsight.screening.answers.batches import (
    read_batches,
    read_raws,
    wanted_columns,
)
from minsight.screening.answers.only import Only
from minsight.screening.answers.places import (
    heading_of,
    is_decimal_comma,
    place,
    place_table,
)
from minsight.screening.mapping.columns import Column, Placing
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.maps import Answering, Long, Map
from minsight.screening.mapping.value_sets import USUAL
from minsight.screening.rejects import Batch, Notice
from minsight.screening.rows import Raw
from minsight.screening.sources.source import source_of

PEOPLE = [("a", "yes"), ("b", "no"), ("c", "mabye"), ("d", ""), ("e", "yes")]


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding=encoding)
    return path


def json_file(folder: Path, records: Sequence[object]) -> Path:
    path = folder / "people.jsonl"
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def people_file(folder: Path, suffix: str) -> Path:
    """The people of this module as a table or as records."""
    if suffix == "csv":
        rows = "".join(f"{id_},{answer}\n" for id_, answer in PEOPLE)
        return csv_file(folder, f"id,fever\n{rows}")
    lists = {"yes": "present", "no": "absent", "": "unsure"}
    return json_file(
        folder,
        [
            {"subject_id": id_, lists[said]: ["fever"]} if said in lists else "not JSON"
            for id_, said in PEOPLE
        ],
    )


def batches_of(
    path: Path, rules: minsight.Rules, mapping: Map | None = None, **options: Any
) -> list[Batch]:
    source = source_of(path)
    placing = place(source, rules.vocabulary, mapping)
    return list(read_batches(source, placing, rules.vocabulary, **options))


def ids_in(batches: Sequence[Batch]) -> list[str]:
    return [id_ for batch in batches for id_ in batch.answers["subject_id"]]


# --- where the questions stand --------------------------------------------------------


@pytest.mark.parametrize(
    ("decimal", "separator", "comma"),
    [
        (None, ",", False),
        (None, ";", True),
        (None, None, False),
        (".", ";", False),
        (",", ",", True),
        (",", None, True),
    ],
)
def test_a_comma_stands_before_decimals_where_fields_end_in_semicolons(
    decimal: str | None, separator: str | None, comma: bool
) -> None:
    assert is_decimal_comma(Map("m.yaml", decimal=decimal), separator) is comma
    if decimal is None:
        assert is_decimal_comma(None, separator) is comma


def test_a_table_is_placed_by_names_and_by_what_separates_its_fields(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    source = source_of(csv_file(tmp_path, "id;ferritin;hats\na;8,5;1\n"))
    assert heading_of(source).names == ("id", "ferritin", "hats")
    placing = place(source, rules.vocabulary)
    assert [c.role for c in placing.columns] == ["id", "measurement"]
    assert placing.decimal_comma
    assert next(n.message for n in placing.notices).startswith("1 column not read")


def test_json_is_placed_as_it_comes(rules: minsight.Rules, tmp_path: Path) -> None:
    mapping = Map("m.yaml", texts=(("a", "observed"),))
    source = source_of(people_file(tmp_path, "jsonl"))
    assert place(source, rules.vocabulary, mapping) == Placing((), (), mapping=mapping)


def test_a_table_of_lines_is_known_by_its_header(rules: minsight.Rules) -> None:
    placing = place_table(
        Heading(("subject_id", "item", "answer")),
        rules.vocabulary,
        file="f.csv",
        decimal_comma=True,
    )
    assert placing.long == Long("subject_id", "item", "answer")
    assert placing.decimal_comma
    wide = place_table(
        Heading(("subject_id", "item", "answer", "fever")),
        rules.vocabulary,
        Map("m.yaml", answers=(Answering("answer", "fever", USUAL),)),
        file="f.csv",
        decimal_comma=False,
    )
    assert (wide.long, len(wide.columns)) == (None, 1)


def test_only_columns_that_do_nothing_but_answer_are_read_by_their_spellings() -> None:
    columns = (
        Column(4, "a", "answer", "fever"),
        Column(2, "b", "age", unit="y"),
        Column(7, "c", "answer", "fever"),
        Column(7, "c", "answer", "fatigue"),
    )
    wanted = wanted_columns(Placing(("x",) * 8, columns))
    assert wanted == {4: USUAL, 2: None, 7: None}


# --- batches --------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
@pytest.mark.parametrize("rows", [1, 2, 3, 100])
@pytest.mark.parametrize("one_by_one", [False, True])
def test_each_row_stands_in_one_batch_whatever_their_size(
    suffix: str, rows: int, one_by_one: bool, rules: minsight.Rules, tmp_path: Path
) -> None:
    path = people_file(tmp_path, suffix)
    batches = batches_of(path, rules, rows_per_batch=rows, one_by_one=one_by_one)
    assert ids_in(batches) == ["a", "b", "d", "e"]
    assert [r.row for batch in batches for r in batch.rejects] == [3]
    assert sum(batch.rows for batch in batches) == 5
    for batch in batches:
        assert batch.rows == batch.answers.height + len(batch.rejects)
    fever = [x for b in batches if "fever" in b.answers for x in b.answers["fever"]]
    assert [x for x in fever if x is not None] == [True, False, True]
    entered = [answers.subject.subject_id for b in batches for _, answers in b.entered]
    assert entered == (ids_in(batches) if one_by_one or suffix == "jsonl" else [])


def test_the_first_batch_of_a_table_has_its_columns_and_no_rows(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    first, *_ = batches_of(people_file(tmp_path, "csv"), rules)
    assert (first.rows, first.answers.columns[-1]) == (0, "fever")


@pytest.mark.parametrize("text", ["id,fever\n", "id,fever"])
def test_a_table_of_no_rows_is_one_empty_batch(
    text: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    (batch,) = batches_of(csv_file(tmp_path, text), rules)
    assert (batch.rows, batch.rejects, batch.notices) == (0, (), ())


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Only(subject_id="d"), ["d"]),
        (Only(row=5), ["e"]),
        (Only(subject_id="e", row=5), ["e"]),
        (Only(subject_id="e", row=4), []),
        (Only(subject_id="c"), []),
        (Only(row=99), []),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
@pytest.mark.parametrize("rows", [1, 100])
def test_only_who_is_wanted_is_found_however_far_down(
    only: Only,
    found: list[str],
    suffix: str,
    rows: int,
    rules: minsight.Rules,
    tmp_path: Path,
) -> None:
    path = people_file(tmp_path, suffix)
    batches = batches_of(path, rules, only=only, rows_per_batch=rows, one_by_one=True)
    assert ids_in(batches) == found


def test_who_has_no_id_is_wanted_by_the_row_number() -> None:
    nameless = Subject(present=["fever"])
    assert Only(subject_id="3").fits(3, nameless)
    assert not Only(subject_id="3").fits(4, nameless)
    named = Subject(subject_id="x")
    assert not Only(subject_id="3").fits(3, named)
    assert Only(subject_id="x").fits(3, named)


def test_answers_at_odds_are_rejected_or_taken_as_unknown(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "id,sex,pregnant\na,m,yes\nb,f,yes\n")
    assert ids_in(batches_of(path, rules)) == ["b"]
    going_on = batches_of(path, rules, keep_going=True)
    rows = pl.concat([batch.answers for batch in going_on], how="diagonal")
    assert rows.select("subject_id", "sex", "pregnant").rows() == [
        ("a", None, None),
        ("b", "female", True),
    ]


def test_a_text_is_read_with_what_was_ticked_and_its_column_is_gone(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "id,fever,symptoms\na,yes,dizzy spells\nb,no,\n")
    *_, last = batches_of(path, rules)
    assert [column for column in last.answers.columns if "text" in column] == []
    rows = last.answers.select("subject_id", "fever", "dizziness").rows()
    assert rows == [("a", True, True), ("b", False, None)]
    assert last.entered == ()
    assert {row: [m.text for m in named] for row, named in last.named.items()} == {
        1: ["dizzy spells"]
    }


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", "", []),
        ("utf-8", "\ufeff", []),
        ("cp1252", "", ["the text is not UTF-8 and was read as Windows-1252"]),
        ("utf-16-le", "\ufeff", ["the text was read as UTF-16-LE"]),
        ("utf-16-be", "\ufeff", ["the text was read as UTF-16-BE"]),
    ],
)
def test_an_encoding_other_than_utf_8_is_told_once(
    encoding: str, mark: str, told: list[str], rules: minsight.Rules, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, f"{mark}id,fever\nJos\xe9,yes\n", encoding)
    batches = batches_of(path, rules)
    assert ids_in(batches) == ["Jos\xe9"]
    assert [n.message for batch in batches for n in batch.notices] == told


def test_a_file_that_turns_out_damaged_gives_what_came_before(
    rules: minsight.Rules,
) -> None:
    def raws() -> Any:
        yield Raw(pl.DataFrame({"row": [1], "0": ["yes"]}), (), 1)
        raise FileError("the rest is cut off")

    placing = Placing(("fever",), (Column(0, "fever", "answer", "fever"),))
    batches = read_raws(raws(), placing, rules.vocabulary, file="f.csv")
    assert next(batches).rows == 0
    assert next(batches).answers["fever"].to_list() == [True]
    with pytest.raises(FileError, match="the rest is cut off"):
        next(batches)


def test_lines_of_persons_are_gathered_and_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "subject_id,item,answer\na,fever,yes\nb,fever,no\na,fatigue,no\n"
    batches = batches_of(csv_file(tmp_path, text), rules, rows_per_batch=1)
    assert ids_in(batches) == ["a", "b"]
    notices = [notice for batch in batches for notice in batch.notices]
    assert [(n.message, n.rows) for n in notices] == [
        ("3 lines in long form tell of 2 persons", 0)
    ]


def test_a_question_of_records_that_nobody_knows_is_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    item = {"linkId": "hats", "answer": [{"valueInteger": 4}]}
    response = {"resourceType": "QuestionnaireResponse", "status": "completed"}
    path = json_file(tmp_path, [{**response, "item": [item]}] * 2)
    notices = [n for batch in batches_of(path, rules) for n in batch.notices]
    assert notices == [
        Notice(str(path), "not read, because no question is known by it: `hats`", 2)
    ]

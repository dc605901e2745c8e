"""Plain texts: what columns could say is answered for all rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.intake.recognition import recognise
from minsight.screening import source_of
from minsight.screening.answers.batches import read_batches
from minsight.screening.answers.persons import TextColumn
from minsight.screening.answers.places import place
from minsight.screening.answers.plain_texts import (
    PlainTexts,
    texts_of_columns,
    with_plain_texts,
    without_reading,
)
from minsight.screening.mapping.maps import load_map
from random_laws import examples

SAID: Final = TextColumn("said", "observed")
DENIED: Final = TextColumn("denied", "excluded")


def read(
    rules: minsight.Rules,
    said: Sequence[str | None],
    *texts: TextColumn,
    **columns: Sequence[object],
) -> PlainTexts:
    table = pl.DataFrame(
        {"row": range(1, len(said) + 1), "said": said, **columns},
        schema_overrides={"said": pl.String},
    )
    return with_plain_texts(table, texts or (SAID,), rules.vocabulary, recognise)


def test_what_a_text_says_stands_in_columns(rules: minsight.Rules) -> None:
    found = read(rules, ["pale skin, no fever", None, "itching"])
    assert found.plain.to_list() == [True] * 3
    shown = found.table.select("pallor", "fever").to_dict(as_series=False)
    assert shown == {"pallor": [True, None, None], "fever": [False, None, None]}
    assert found.meanings.keys() == {0, 2}


def test_rows_with_a_text_that_is_not_sure_are_entered_alone(
    rules: minsight.Rules,
) -> None:
    found = read(rules, ["pale skin, maybe a cough", "34 weeks", "itching"])
    assert found.plain.to_list() == [False, False, True]


def test_a_text_fills_what_a_column_leaves_open(rules: minsight.Rules) -> None:
    found = read(rules, ["fever", "fever", "no fever"], fever=[None, True, False])
    assert found.plain.to_list() == [True] * 3
    assert found.table["fever"].to_list() == [True, True, False]


def test_rows_of_which_two_answers_differ_are_entered_alone(
    rules: minsight.Rules,
) -> None:
    texts = ["fever", "no fever", "fever, no fever", "fever", "fever"]
    found = read(
        rules,
        texts,
        SAID,
        DENIED,
        fever=[False, True, None, None, None],
        denied=[None, None, None, "fever", "cough"],
    )
    assert found.plain.to_list() == [False, False, False, False, True]
    assert found.meanings.keys() == {4}


def test_texts_that_tell_more_than_columns_could_are_entered_alone(
    rules: minsight.Rules,
) -> None:
    texts = ["tired, 34 years old", "ferritin 8 ng/mL", "floppy toddler", "tired"]
    found = read(rules, texts)
    assert found.plain.to_list() == [False, False, False, True]


def test_of_whom_something_was_not_understood_is_marked(rules: minsight.Rules) -> None:
    found = read(rules, ["fever and zorbled gleefully", "fever", None])
    assert found.table["unread"].to_list() == [True, False, False]


def test_columns_that_only_others_name_are_left_out(rules: minsight.Rules) -> None:
    found = read(rules, ["fever", "cough"])
    assert "cough" not in found.where(pl.Series([True, False])).columns


def test_without_reading_each_row_with_a_text_is_alone() -> None:
    table = pl.DataFrame({"row": [1, 2], "said": ["fever", None]})
    assert without_reading(table, (SAID,)).plain.to_list() == [False, True]


def test_texts_are_told_once_and_those_of_families_not() -> None:
    table = pl.DataFrame({"said": ["a", "a", " ", None], "of": ["b", "b", "b", "b"]})
    columns = (SAID, TextColumn("of", "observed", "some_family"))
    assert list(texts_of_columns(table, columns)) == [("a", "observed")]


TEXTS: Final = (
    "tired all the time",
    "no fever",
    "fever, but no fever at night",
    "cough for 3 weeks",
    "maybe a cough",
    "pregnant",
    "I am 34 and tired",
    "my son (4) has fits",
    "floppy toddler",
    "elderly, vegan",
    "newborn",
    "no vegan, newborn",
    "ferritin 8 ng/mL",
    "craving ice; hair loss",
    "zorbled gleefully",
    "fever and zorbled gleefully",
    "fainted twice, chest pain",
    "none",
    "  ",
    "",
)
CELLS: Final = st.sampled_from(["yes", "no", ""])


@given(
    people=st.lists(
        st.fixed_dictionaries(
            {
                "age": st.sampled_from(["", "2", "34", "80"]),
                "sex": st.sampled_from(["", "female", "male"]),
                "fever": CELLS,
                "pregnant": CELLS,
                "comments": st.sampled_from(TEXTS),
                "other symptoms": st.sampled_from(TEXTS),
                "symptoms denied": st.sampled_from(TEXTS),
            }
        ),
        min_size=1,
        max_size=8,
    )
)
@examples(60)
def test_free_words_are_answered_as_if_each_row_were_entered_alone(
    people: list[dict[str, str]],
    rules: minsight.Rules,
    tmp_path_factory: Any,
) -> None:
    folder: Path = tmp_path_factory.mktemp("people")
    pl.DataFrame(people).with_row_index("id").write_csv(folder / "people.csv")
    (folder / "map.yaml").write_text(
        "id: id\n"
        "age: [{column: age, unit: years}]\n"
        "sex: {column: sex}\n"
        "answers:\n"
        "  - {column: fever, answers: fever}\n"
        "  - {column: pregnant, answers: pregnant}\n"
        "texts:\n"
        "  - {column: comments, given: present}\n"
        "  - {column: other symptoms, given: present}\n"
        "  - {column: symptoms denied, given: absent}\n",
        encoding="utf-8",
    )
    together, alone = (
        told(folder / "people.csv", rules, folder / "map.yaml", for_records=alone)
        for alone in (False, True)
    )
    assert together == alone


def told(
    path: Path, rules: minsight.Rules, way: Path, *, for_records: bool
) -> list[Any]:
    """All that is told of a file; records are made of people entered alone."""
    source = source_of(path)
    placing = place(source, rules.vocabulary, load_map(way, rules.vocabulary))
    batches = read_batches(source, placing, rules.vocabulary, for_records=for_records)
    return [
        (
            list(map(said, one.answers.to_dicts())),
            one.rejects,
            one.notices,
            sorted((left.text, left.because, n) for left, n in one.unread.items()),
            sorted(
                (row, match.text, match.id, match.answer)
                for row, matches in (
                    *one.named.items(),
                    *((row, each.recognised) for row, each in one.entered),
                )
                for match in matches
                if match.text != match.id
            ),
        )
        for one in batches
    ]


def said(row: dict[str, Any]) -> dict[str, Any]:
    """What a row says; that nothing of it was left unread is no news."""
    return {
        k: v for k, v in row.items() if v is not None and (k, v) != ("unread", False)
    }

"""A draft is a map that loads, and marks what it guesses and what it cannot place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.errors import FileError
from minsight.screening.drafting.map_draft import Draft, draft_map
from minsight.screening.mapping.columns import columns_of
from minsight.screening.mapping.maps import load_map
from minsight.screening.sources.source import source_of
from random_laws import examples
from reading_tables import mapped, read


def drafted(
    columns: Mapping[str, object], folder: Path, rules: minsight.Rules
) -> tuple[Draft, list[str]]:
    """The draft for a table of these columns, and its lines below the heading."""
    path = folder / "people.parquet"
    pl.DataFrame(columns, strict=False).write_parquet(path)
    draft = draft_map(source_of(path), rules.vocabulary)
    return draft, draft.text.splitlines()[3:]


def test_what_is_known_by_name_is_placed_with_the_values_that_it_has(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    columns = {
        "id": ["p1", "p2", "p3"],
        "age": [1, 2, 3],
        "age_months": [1, 2, 3],
        "gender": ["F", None, "m"],
        "fatigue": ["yes", "no", "yes"],
        "Ferritin (ng/mL)": [8.0, 9.0, None],
        "symptoms": ["", "  a\n  b  ", None],
    }
    draft, lines = drafted(columns, tmp_path, rules)
    assert lines == [
        "id: id",
        "age:",
        "  - {column: age_months, unit: months}  # has 1, 2, 3",
        "  - {column: age, unit: years}  # has 1, 2, 3",
        "sex: {column: gender}  # has f, m",
        "answers:",
        "  - {column: fatigue, answers: fatigue}  # has yes, no",
        "measurements:",
        (
            '  - {column: "Ferritin (ng/mL)", measures: ferritin, unit: "ng/mL"}'
            "  # has 8, 9"
        ),
        "texts:",
        "  - {column: symptoms, given: present}  # its values are not shown",
    ]
    assert draft.placed == tuple(columns)
    assert draft.guessed == draft.unplaced == draft.asked == ()


def test_a_name_that_only_comes_near_is_a_guess_to_be_looked_at(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    columns = {"fever": [True], "HasFatigue": ["x"], "plasma_magnesium": [2]}
    draft, lines = drafted(columns, tmp_path, rules)
    assert lines == [
        "answers:",
        "  - {column: fever, answers: fever}  # has true",
        (
            "  - {column: HasFatigue, answers: fatigue}"
            "  # guess: read from 'Has Fatigue'; has x"
        ),
        "open:",
        (
            "  - {column: plasma_magnesium, asked:"
            ' "is the unit mmol/L or mg/dL or mEq/L?"}  # has 2'
        ),
    ]
    assert (draft.guessed, draft.asked) == (("HasFatigue",), ("plasma_magnesium",))


def test_codes_are_asked_and_never_guessed(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    columns = {"sex": [2, 1, 2], "fever": [1, 2, 3], "fatigue": ["yes", "no", "yes"]}
    draft, lines = drafted(columns, tmp_path, rules)
    assert lines == [
        "answers:",
        "  - {column: fatigue, answers: fatigue}  # has yes, no",
        "open:",
        (
            '  - {column: sex, asked: "it holds 1 and 2, and nobody says which is'
            ' female?"}  # has 2, 1'
        ),
        (
            '  - {column: fever, asked: "it holds 1, 2 and 3, and nobody says which of'
            ' them is yes?"}  # has 1, 2, 3'
        ),
    ]
    assert (draft.placed, draft.asked) == (("fatigue",), ("sex", "fever"))


def test_values_that_say_neither_yes_nor_no_are_taken_as_unknown_and_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    columns = {"goitre": ["Yes", "No", "Grade 1", "Maybe"]}
    _, lines = drafted(columns, tmp_path, rules)
    assert lines[1].startswith(
        '  - {column: goitre, answers: goitre, observed: ["yes"], excluded: ["no"],'
        ' unknown: ["grade 1", maybe]}  # guess: taken as unknown: grade 1;'
    )


def test_a_measurement_without_a_unit_is_taken_as_in_the_template_and_marked(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    _, lines = drafted({"ferritin": [8]}, tmp_path, rules)
    assert lines == [
        "measurements:",
        (
            '  - {column: ferritin, measures: ferritin, unit: "ug/L"}'
            "  # guess: its unit is that of the template; has 8"
        ),
    ]


def test_units_of_no_age_are_not_placed(rules: minsight.Rules, tmp_path: Path) -> None:
    draft, _ = drafted({"fatigue": ["yes"], "Age": ["years"]}, tmp_path, rules)
    assert draft.unplaced == ("Age",)


def test_of_two_columns_that_measure_one_thing_the_second_is_asked_for(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    columns = {"Hb (g/dL)": [9.1], "Hb adjusted (g/dL)": [9.0], "pica": ["yes"]}
    draft, _ = drafted(columns, tmp_path, rules)
    assert draft.asked == ("Hb adjusted (g/dL)",)
    found = read(
        tmp_path / "people.parquet", rules, mapping=mapped(draft.text, tmp_path, rules)
    )
    assert found.person("1") == {"haemoglobin": 91.0, "pica": True}


def test_what_cannot_be_placed_stands_as_a_comment(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    columns = {
        "hats": [4],
        "no": ["  a  long\ntext that goes on and on  "],
        "x": [None],
    }
    draft, lines = drafted(columns, tmp_path, rules)
    assert lines == [
        "# Not placed, and told when the file is read, until a line above or",
        "# `ignored` names them:",
        "#  - hats  # has 4",
        '#  - "no"  # its values are not shown',
        "#  - x  # has nothing in the first rows",
    ]
    assert draft.unplaced == ("hats", "no", "x")


def test_nothing_is_shown_that_tells_who_somebody_is(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    columns = {
        "fever": ["yes", "yes"],
        "Name": ["Ann Example", "Ann Example"],
        "Contact": ["ann@example.org", "555-0100"],
        "who": ["ann@example.org", "ann@example.org"],
        "number": ["5550100123", "5550100123"],
    }
    draft, _ = drafted(columns, tmp_path, rules)
    for secret in ("ann", "Ann", "555"):
        assert secret not in draft.text


def test_json_needs_no_map_of_columns(rules: minsight.Rules, tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"present": ["fever"]}\n', encoding="utf-8")
    with pytest.raises(
        FileError, match=r"people\.jsonl` holds JSON, which needs no map"
    ):
        draft_map(source_of(path), rules.vocabulary)


def test_a_file_is_read_by_its_draft_as_it_is(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "d.csv"
    path.write_text("id,age,fatigue,hats\n1,28,yes,4\n", encoding="utf-8")
    draft = draft_map(source_of(path), rules.vocabulary)
    outcome = read(path, rules, mapping=mapped(draft.text, tmp_path, rules))
    assert outcome.person("1") == {"age_days": 28 * 365.25, "fatigue": True}
    assert any("`hats`" in told for told in outcome.told)


_ODD = st.text(max_size=6) | st.sampled_from(
    [
        "a\x7fb",
        "\x07",
        "\ufeff",
        "\ufffe",
        "\x85",
        "\u2028",
        "# x",
        "a: b",
        "}",
        "'\"\\",
    ]
)


@examples(40)
@given(
    columns=st.dictionaries(
        _ODD | st.sampled_from(["age", "sex", "symptoms", "Fever!", "tired\x00"]),
        _ODD,
        max_size=5,
    )
)
def test_any_names_and_values_give_a_draft_that_loads(
    columns: dict[str, str], rules: minsight.Rules, tmp_path: Path
) -> None:
    draft, _ = drafted(
        {"fatigue": ["yes"], **{name: [value] for name, value in columns.items()}},
        tmp_path,
        rules,
    )
    path = tmp_path / "map.yaml"
    path.write_text(draft.text, encoding="utf-8")
    read = load_map(path, rules.vocabulary)
    named = {column.name for column in columns_of(read)}
    assert "fatigue" in named
    named |= {*dict(read.open), *read.ignored, *draft.unplaced}
    assert named == {name for name in ("fatigue", *columns) if name}

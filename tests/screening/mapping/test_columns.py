"""Which column is which question, by its name or by a map, and what is told of it."""

from __future__ import annotations

import pytest

import minsight
from minsight.errors import FileError
from minsight.scales import Status
from minsight.screening.mapping.columns import (
    Column,
    ColumnRole,
    columns_of,
    named,
    some,
    without_number,
)
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.maps import Answering, Map, Measuring, Sexing
from minsight.screening.mapping.placing import place_header
from minsight.screening.mapping.value_sets import USUAL

MAP = Map(
    file="m.yaml",
    id="who",
    ages=(("months", "mo"), ("years", "y")),
    sex=Sexing("s", (("1", "male"), ("2", "female"))),
    answers=(Answering("tired", "fatigue", USUAL),),
    measurements=(Measuring("fer", "ferritin", "ng/mL"),),
    texts=(("more", "unsure"),),
    ignored=("weight",),
)


@pytest.mark.parametrize(
    ("name", "role", "target", "unit", "by"),
    [
        ("Subject_ID", "id", "", "", "name"),
        ("age", "age", "", "", "name"),
        ("Age in months", "age", "", "mo", "name"),
        ("AGE_DAYS", "age", "", "d", "name"),
        ("Geschlecht", "sex", "", "", "name"),
        ("spoon_nails", "answer", "spoon_nails", "", "id"),
        ("Spoon-shaped nails", "answer", "spoon_nails", "", "label"),
        ("always tired?", "answer", "fatigue", "", "synonym"),
        ("Ferritin", "measurement", "ferritin", "ug/L", "id"),
        ("ferritin (ng/mL)", "measurement", "ferritin", "ng/mL", "synonym"),
        (" Sodium_in_blood [ mEq/L ] ", "measurement", "sodium", "mEq/L", "label"),
        ("Ferritin\n(ug/L)", "measurement", "ferritin", "ug/L", "synonym"),
    ],
)
def test_a_column_is_known_by_its_name(
    name: str, role: ColumnRole, target: str, unit: str, by: str, rules: minsight.Rules
) -> None:
    column = named(3, name, rules.vocabulary)
    assert column == Column(3, name, role, target, unit, by=by)


@pytest.mark.parametrize(
    ("name", "status"),
    [("Beschwerden", "observed"), ("Absent", "excluded"), ("unsure", "unsure")],
)
def test_the_name_of_a_column_of_texts_says_how_they_are_meant(
    name: str, status: Status, rules: minsight.Rules
) -> None:
    column = named(3, name, rules.vocabulary)
    assert column == Column(3, name, "text", by="name", status=status)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "hats",
        "tired or not",
        "ferritin (stones)",  # not a unit of it
        "ferritin ()",
        "ferritin (ng/mL) fasting",
        "ferritin ng/mL",
        "(ng/mL)",
        "serum ferritin",  # a value without its unit
    ],
)
def test_a_column_of_another_name_is_not_guessed(
    name: str, rules: minsight.Rules
) -> None:
    assert named(0, name, rules.vocabulary) is None


@pytest.mark.parametrize(
    "name",
    [" " * 2_000 + "(" * 2_000, "( " * 2_000, "a ) " * 2_000],
    ids=["open", "spaced", "closed"],
)
def test_a_hostile_name_is_read_in_no_time(name: str, rules: minsight.Rules) -> None:
    assert named(0, name, rules.vocabulary) is None


def test_columns_stand_in_the_order_of_the_file_and_the_others_are_told(
    rules: minsight.Rules,
) -> None:
    placing = place_header(
        Heading(("fever", "hats", "age", "id", "dogs")), rules.vocabulary, file="f.csv"
    )
    assert [(c.index, c.role) for c in placing.columns] == [
        (0, "answer"), (2, "age"), (3, "id"),
    ]  # fmt: skip
    assert placing.of("id") == (Column(3, "id", "id", by="name"),)
    assert placing.of("sex") == ()
    (notice,) = placing.notices
    assert notice.file == "f.csv"
    assert notice.message == (
        "2 columns not read, because no question is known by these names:"
        " `hats`, `dogs`"
    )


def test_two_columns_of_one_finding_and_a_bare_measurement_are_told(
    rules: minsight.Rules,
) -> None:
    header = ["fatigue", "tired", "ferritin"]
    placing = place_header(Heading(tuple(header)), rules.vocabulary, file="f.csv")
    assert [notice.message for notice in placing.notices] == [
        "`ferritin` names no unit and was taken as ug/L, as in the template",
        "several columns answer `fatigue`: `fatigue`, `tired`",
    ]


@pytest.mark.parametrize("header", [["hats"], ["id", "age", "sex"], []])
def test_a_file_without_a_question_is_refused(
    header: list[str], rules: minsight.Rules
) -> None:
    with pytest.raises(FileError, match=r"`f\.csv`: no column is a question that the"):
        place_header(Heading(tuple(header)), rules.vocabulary, file="f.csv")


# --- by a map -------------------------------------------------------------------------


def test_a_map_names_its_columns_whether_a_file_has_them_or_not() -> None:
    assert [(c.name, c.role, c.target, c.unit) for c in columns_of(MAP)] == [
        ("who", "id", "", ""),
        ("months", "age", "", "mo"),
        ("years", "age", "", "y"),
        ("s", "sex", "", ""),
        ("tired", "answer", "fatigue", ""),
        ("fer", "measurement", "ferritin", "ng/mL"),
        ("more", "text", "", ""),
    ]
    assert {column.by for column in columns_of(MAP)} == {"map"}
    assert list(columns_of(Map("empty.yaml"))) == []


def test_with_a_map_only_what_it_names_is_read_and_the_rest_is_told(
    rules: minsight.Rules,
) -> None:
    header = ["years", "fever", "months", "weight", "tired", "who"]
    placing = place_header(
        Heading(tuple(header)), rules.vocabulary, file="f.csv", mapping=MAP
    )
    assert [c.name for c in placing.columns] == ["tired", "who", "months", "years"]
    assert placing.first_age, "of two ages the first that is filled in counts"
    assert [notice.message for notice in placing.notices] == [
        "1 column not read, because the map does not name them: `fever`",
        "the map names `s`, which is no column here",
        "the map names `fer`, which is no column here",
        "the map names `more`, which is no column here",
    ]


def test_other_columns_are_read_by_name_where_the_map_says_so(
    rules: minsight.Rules,
) -> None:
    mapping = Map(
        "m.yaml",
        answers=(Answering("fever", "fatigue", USUAL),),
        ignored=("pale",),
        others="by_name",
    )
    header = ["fever", "spoon_nails", "pale"]
    placing = place_header(
        Heading(tuple(header)), rules.vocabulary, file="f.csv", mapping=mapping
    )
    assert [(c.name, c.target, c.by) for c in placing.columns] == [
        ("fever", "fatigue", "map"),
        ("spoon_nails", "spoon_nails", "id"),
    ]
    assert placing.notices == ()


def test_a_map_that_refuses_others_accepts_what_it_ignores(
    rules: minsight.Rules,
) -> None:
    mapping = Map(
        "m.yaml", texts=(("a", "excluded"),), ignored=("b",), others="refused"
    )
    placing = place_header(
        Heading(("b", "a")), rules.vocabulary, file="f", mapping=mapping
    )
    assert placing.columns == (Column(1, "a", "text", by="map", status="excluded"),)
    with pytest.raises(FileError, match=r"it refuses others: `c`; name them"):
        place_header(
            Heading(("a", "b", "c")), rules.vocabulary, file="f", mapping=mapping
        )


def test_a_column_that_the_map_names_may_not_be_there_twice(
    rules: minsight.Rules,
) -> None:
    with pytest.raises(FileError, match="has 2 columns called `tired`"):
        place_header(
            Heading(("tired", "tired")), rules.vocabulary, file="f", mapping=MAP
        )
    names = ["tired", "hats", "hats"]
    assert place_header(
        Heading(tuple(names)), rules.vocabulary, file="f", mapping=MAP
    ).columns


def test_a_file_that_has_no_column_of_the_map_is_refused(
    rules: minsight.Rules,
) -> None:
    with pytest.raises(FileError, match=r"question of the map `m\.yaml`"):
        place_header(Heading(("who", "fever")), rules.vocabulary, file="f", mapping=MAP)


def test_in_long_form_the_first_column_is_the_id_whatever_it_is_called(
    rules: minsight.Rules,
) -> None:
    header = ["fever", "id", "fatigue"]
    placing = place_header(
        Heading(tuple(header)), rules.vocabulary, file="f", long=True
    )
    assert [(c.index, c.role) for c in placing.columns] == [(0, "id"), (2, "answer")]


def test_of_many_names_the_first_eight_are_shown() -> None:
    names = [f"n{number}" for number in range(1, 11)]
    assert some(names[:8]) == "`n1`, `n2`, `n3`, `n4`, `n5`, `n6`, `n7`, `n8`"
    assert some(names) == f"{some(names[:8])} and 2 more"
    assert some([]) == "nothing"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("G01Q02. Sex", "Sex"),
        ("B1. Tired?", "Tired?"),
        ("3) Age", "Age"),
        ("Q5 - Itch", "Itch"),
        ("B12: low", "B12: low"),
        ("T4 - high", "T4 - high"),
        ("2.5 mg", "2.5 mg"),
    ],
)
def test_the_number_of_a_question_is_no_part_of_what_it_asks(
    text: str, asked: str
) -> None:
    assert without_number(text) == asked

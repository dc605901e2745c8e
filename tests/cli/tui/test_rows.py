"""Rows of the list: what was said, what is worth asking, and all there is."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.subject import Measurement
from minsight.knowledge.vocabulary import Finding, Group
from minsight.questions.relevance import section_of
from minsight_cli.tui.rows import (
    CANDIDATES_ASKED_FOR,
    FOUND,
    SAID_HEADING,
    WORTH_ASKING,
    Row,
    row_in_columns,
    rows_at_rest,
    rows_found,
    under_headings,
)
from minsight_cli.tui.state import State

STATE = State(
    replies={"spoon_nails": "observed", "fever": "excluded", "pica": "unsure"},
    measurements=(Measurement("ferritin", 8.50, "ug/L"),),
)


@pytest.fixture
def rows(rules: minsight.Rules) -> list[Row]:
    return list(rows_at_rest(STATE, STATE.assessed(rules), rules.vocabulary))


def test_what_was_said_stands_first_in_its_order_with_its_marks(
    rows: list[Row], rules: minsight.Rules
) -> None:
    label = rules.vocabulary.label
    assert rows[:4] == [
        Row(SAID_HEADING, "spoon_nails", "[+]", label("spoon_nails")),
        Row(SAID_HEADING, "fever", "[-]", label("fever")),
        Row(SAID_HEADING, "pica", "[?]", label("pica")),
        Row(SAID_HEADING, "ferritin", "[=]", "Serum ferritin: 8.5 ug/L"),
    ]


def test_worth_asking_is_what_the_first_candidates_miss_each_once(
    rows: list[Row], rules: minsight.Rules
) -> None:
    first = STATE.assessed(rules).candidates[:CANDIDATES_ASKED_FOR]
    asked = [row.id for row in rows if row.heading == WORTH_ASKING]
    assert set(asked) == {id_ for one in first for id_ in one.missing}
    assert len(asked) == len(set(asked))


def test_the_whole_vocabulary_follows_with_the_same_marks(
    rows: list[Row], rules: minsight.Rules
) -> None:
    vocabulary = rules.vocabulary
    rest = [row for row in rows if row.heading not in (SAID_HEADING, WORTH_ASKING)]
    entries: list[Finding | Group] = [*vocabulary.findings, *vocabulary.groups]
    assert [row.id for row in rest] == [entry.id for entry in entries]
    assert [row.heading for row in rest] == [section_of(entry) for entry in entries]
    marks = {row.id: row.mark for row in rest if row.mark != "[ ]"}
    assert marks == {"spoon_nails": "[+]", "fever": "[-]", "pica": "[?]"}


def test_what_words_mean_stands_before_what_comes_near(rules: minsight.Rules) -> None:
    found = list(rows_found("no fever", STATE, rules.vocabulary))
    assert found[0] == Row(FOUND, "fever", "[-]", rules.vocabulary.label("fever"))
    assert len({row.id for row in found}) == len(found)


@pytest.mark.parametrize("words", ["", "qqqq", "30 year old woman"])
def test_words_without_an_entry_give_no_entry_of_a_person(
    words: str, rules: minsight.Rules
) -> None:
    found = rows_found(words, State(), rules.vocabulary)
    assert all(rules.vocabulary.entry(row.id) for row in found)


def test_headings_stand_in_the_order_of_their_first_rows() -> None:
    one, two, three = (
        Row("b", "1", "", ""),
        Row("a", "2", "", ""),
        Row("b", "3", "", ""),
    )
    found = under_headings([one, two, three])
    assert list(found.items()) == [("b", [one, three]), ("a", [two])]


@pytest.mark.parametrize(
    ("label", "columns", "text"),
    [
        ("Fever", 80, "[+] Fever"),
        ("Sore, red tongue", 20, "[+] Sore, red tongue"),
        ("Sore, red tongue", 19, "[+] Sore, red\n    tongue"),
        ("", 80, "[+] "),
        ("Unpronounceable", 3, "[+] Unpronou\n    nceable"),
    ],
)
def test_a_row_keeps_to_its_columns_as_far_as_there_are_any(
    label: str, columns: int, text: str
) -> None:
    assert row_in_columns(Row("Mouth", "x", "[+]", label), columns) == text

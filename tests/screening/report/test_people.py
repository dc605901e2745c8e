"""The report lists whom to see, and tells of groups only what many share."""

from __future__ import annotations

from collections import Counter

from polars import DataFrame

import minsight
from minsight.screening.report.figures import Figures
from minsight.screening.report.page import report_page
from minsight.screening.report.people import (
    ToSee,
    group_tables,
    heaping,
    unread,
    whom_table,
    without_unread,
)
from minsight.screening.results.whom import WHOM
from minsight.screening.summary.tally import OTHER, Tally

PERSON = {
    "file": "people.csv",
    "row": 7,
    "subject_id": "<Ann>",
    "age": "9 months",
    "urgency": "same_day",
    "urgency_judged": True,
    "reported": "Fainting; Fever",
    "reasons": "It needs care.",
    "cells": "Q1: yes; Q2: yes",
}
GROUPS = Counter(
    {
        ("village", "North", "urgency none"): 9,
        ("village", "North", "urgency soon"): 2,
        ("village", "North", "iron"): 6,
        ("village", "North", "zinc"): 1,
        ("village", "Mill of Ann", "urgency emergency"): 1,
        ("village", "Mill of Bob", "urgency not_judged"): 1,
    }
)


def listed(persons: int = 1) -> ToSee:
    return ToSee(DataFrame([PERSON], schema=WHOM), persons, "out.csv.urgent.csv")


def test_a_person_stands_with_the_place_the_reason_and_the_cells() -> None:
    table = whom_table(listed(3))
    assert table.rows == (
        (
            "same day",
            "<Ann>\npeople.csv, row 7",
            "9 months\nsex not given",
            "Fainting; Fever\nIt needs care.",
            "Q1: yes\nQ2: yes",
        ),
    )
    assert table.rest == "2 more stand in out.csv.urgent.csv."


def test_the_page_lists_people_escaped_and_first(rules: minsight.Rules) -> None:
    page = report_page(Tally(files=1), {}, rules, listed=listed())
    assert "&lt;Ann&gt;" in page
    assert page.index('id="whom"') < page.index('id="urgency"')
    assert 'id="whom"' not in report_page(Tally(files=1), {}, rules)


def test_where_small_counts_are_hidden_nobody_is_named(rules: minsight.Rules) -> None:
    page = report_page(Tally(files=1), {}, rules, listed=listed(), smallest=5)
    assert "Ann" not in page
    assert "out.csv.urgent.csv" in page
    assert "&lt;5 person" in page


def test_where_nobody_is_urgent_the_page_says_who_may_be(
    rules: minsight.Rules,
) -> None:
    nobody = ToSee(DataFrame(schema=WHOM), 0, "out.csv.urgent.csv")
    page = report_page(Tally(files=1), {}, rules, listed=nobody)
    assert "Those who are not judged, below, may have to be." in page


def test_groups_have_urgency_and_leading_minerals(rules: minsight.Rules) -> None:
    (table,) = group_tables(Tally(groups=GROUPS), rules, Figures())
    assert table.head == (
        "village",
        "persons",
        "emergency",
        "same day",
        "soon",
        "not judged",
        "minerals above few findings",
    )
    north = table.rows[-1]
    assert north == ("North", "11", "0", "0", "2", "0", "Iron 6, Zinc 1")


def test_values_of_few_people_are_pooled_and_not_named(rules: minsight.Rules) -> None:
    page = report_page(Tally(files=1, groups=GROUPS), {}, rules, smallest=5)
    assert "Mill" not in page
    assert OTHER in page
    assert "Iron 6" in page
    assert "Zinc 1" not in page


def test_what_was_not_understood_is_told_once_for_all_files() -> None:
    told = Counter(
        {
            ("a.csv", "not understood: `zonk`"): 2,
            ("b.csv", "not understood: `zonk`"): 3,
            ("a.csv", "not understood: `wibble`"): 4,
            ("a.csv", "read as UTF-16"): 0,
        }
    )
    tally = Tally(notices=told)
    assert unread(tally, Figures()).rows == (("`zonk`", "5"), ("`wibble`", "4"))
    assert list(without_unread(tally).notices) == [("a.csv", "read as UTF-16")]


def test_last_digits_are_told_with_what_is_usual(rules: minsight.Rules) -> None:
    digits = Counter({("age_days", "1 0", "0"): 3, ("age_days", "1 0", "7"): 1})
    table = heaping(Tally(digits=digits), rules, Figures())
    assert table.rows == (("Age in years, from 23 to 62", "4", "3", "75 %"),)
    assert table.head[-1] == "part; 20% is usual"

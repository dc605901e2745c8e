"""The tables of a report, row by row, from a tally that is counted by hand."""

from __future__ import annotations

from collections import Counter

import pytest

import minsight
from minsight.screening.report.figures import NOT_TOLD, Figures
from minsight.screening.report.tables import (
    Table,
    by_count,
    by_missing,
    grades,
    highest,
    in_words,
    levels,
    mineral_name,
    missing,
    notices,
    outstanding,
    question,
    reasons_table,
    rejects,
    stages,
    stages_of,
    urgency_table,
)
from minsight.screening.summary.frequency import by_frequency
from minsight.screening.summary.tally import Tally

ALL = Figures(0)
GIRLS, MEN = ("1-3y", "female"), ("19-49y", "male")


def tally() -> Tally:
    """Ten girls and twenty men; iron stands out in four girls and two men."""
    return Tally(
        assessed=30,
        people=Counter({GIRLS: 10, MEN: 20}),
        candidates=Counter(
            {
                ("iron", "typical_pattern", *GIRLS): 3,
                ("iron", "partial_pattern", *GIRLS): 1,
                ("iron", "partial_pattern", *MEN): 2,
                ("zinc", "few_findings", *MEN): 5,
                ("cobalt", "partial_pattern", *MEN): 6,
            }
        ),
        standing=Counter({("none", "no_pattern"): 29, ("soon", "typical_pattern"): 1}),
        asked=Counter({"fever": 30, "age_days": 30, "pica": 10, "never": 0}),
        unanswered=Counter({"fever": 3, "pica": 5}),
    )


def test_minerals_stand_by_their_persons_and_then_by_name() -> None:
    counts = tally().levels
    assert by_count(counts, ["partial_pattern", "typical_pattern"]) == [
        "cobalt", "iron",
    ]  # fmt: skip
    assert by_count(counts, ["typical_pattern"]) == ["iron"]
    assert by_count(counts, ["measured_low"]) == []


def test_urgencies_stand_with_the_most_urgent_first(rules: minsight.Rules) -> None:
    table = urgency_table(tally(), rules, ALL)
    assert [row[0] for row in table.rows] == [
        "emergency", "same day", "soon", "not judged", "routine", "none",
    ]  # fmt: skip
    says = rules.catalogue.not_judged["any"]
    assert table.rows[3] == ("not judged", says, "0", "0 %")
    assert table.rows[2] == ("soon", rules.catalogue.urgencies["soon"], "1", "3.3 %")
    assert table.rows[-1][2:] == ("29", "97 %")
    assert table.words == 2


def test_levels_are_columns_and_minerals_that_stand_out_come_first(
    rules: minsight.Rules,
) -> None:
    table = levels(tally(), rules, ALL)
    assert table.head == (
        "mineral", "measured low", "typical pattern", "partial pattern",
        "few findings", "together",
    )  # fmt: skip
    assert table.rows == (
        ("Cobalt (vitamin B12)", "0", "0", "6", "0", "6"),
        ("Iron", "0", "3", "3", "0", "6"),
        ("Zinc", "0", "0", "0", "5", "5"),
    )


def test_a_small_count_is_hidden_and_so_is_the_sum_that_gives_it_away(
    rules: minsight.Rules,
) -> None:
    table = levels(tally(), rules, Figures(5))
    assert table.rows[1] == ("Iron", "0", "<5", "<5", "0", NOT_TOLD)
    assert table.rows[0][-1] == "6"


def test_each_level_tells_for_how_many_it_is_the_highest(
    rules: minsight.Rules,
) -> None:
    rows = highest(tally(), rules, ALL).rows
    assert [(row[0], row[2]) for row in rows] == [
        ("measured low", "0"), ("typical pattern", "1"), ("partial pattern", "0"),
        ("few findings", "0"), ("no pattern", "29"),
    ]  # fmt: skip


def test_age_groups_are_those_that_somebody_is_in(rules: minsight.Rules) -> None:
    assert stages_of(tally()) == ["1-3y", "19-49y"]
    assert stages_of(Tally()) == []
    assert outstanding(tally()) == {
        ("iron", *GIRLS): 4, ("iron", *MEN): 2, ("cobalt", *MEN): 6,
    }  # fmt: skip
    table = stages(tally(), rules, ALL, sex="male")
    assert table.head == ("mineral", "1-3y", "19-49y")
    assert table.rows == (
        ("everybody", "0", "20"),
        ("Cobalt (vitamin B12)", "0", "6"),
        ("Iron", "0", "2"),
    )


def test_questions_stand_by_the_part_of_those_asked_who_gave_no_answer(
    rules: minsight.Rules,
) -> None:
    assert by_missing(tally()) == ["pica", "fever", "age_days"]
    label = rules.vocabulary.label
    assert missing(tally(), rules, ALL).rows == (
        (label("pica"), "10", "5", "50 %"),
        (label("fever"), "30", "3", "10 %"),
        ("Age", "30", "0", "0 %"),
    )
    assert question("sex", rules) == "Sex"


def test_what_was_met_is_told_with_what_the_rules_say(rules: minsight.Rules) -> None:
    met = by_frequency({"iron.fatigue": 3, "gone.rule": 1}, rules)
    table = reasons_table(met, tally(), rules, ALL, of="Met")
    rule = rules.catalogue.rule["iron.fatigue"]
    assert table.rows == (
        ("Fatigue", f"Iron: {rule.because} [{rule.grade}]", "3", "10 %"),
        ("gone.rule", "", "1", "3.3 %"),
    )
    assert mineral_name("gone", rules) == "gone"


def test_rejects_stand_by_their_rows_and_the_rest_is_counted() -> None:
    assert rejects(
        {"b": 1, "a": 1, "c": 1_000}, ALL, of="Rejected", head="why"
    ) == Table("Rejected", ("why", "rows"), (("c", "1,000"), ("a", "1"), ("b", "1")))
    many = rejects({f"{n:03d}": 1 for n in range(102)}, ALL, of="Rejected", head="why")
    assert len(many.rows) == 100
    assert many.rest.startswith("2 more, of smaller numbers or later files")


def test_a_notice_without_rows_has_no_number() -> None:
    told = Tally(notices=Counter({("a.csv", "odd"): 1_500, ("b.csv", "strange"): 0}))
    assert notices(told, ALL).rows == (
        ("a.csv", "odd", "1,500"),
        ("b.csv", "strange", ""),
    )


def test_grades_are_counted_over_the_rules_that_were_met(
    rules: minsight.Rules,
) -> None:
    by_grade = {
        grade: [rule.id for rule in rules.catalogue.rules if rule.grade == grade]
        for grade in "ABC"
    }
    met = {by_grade["B"][0]: 9, by_grade["C"][0]: 1, by_grade["C"][1]: 1, "gone": 1}
    assert grades(Tally(reasons=Counter(met)), rules) == (
        "Of the 3 rules met here, 0 rest on grade A, 1 rest on grade B and 2 rest on"
        " grade C."
    )
    assert grades(Tally(), rules) == ""


@pytest.mark.parametrize(
    ("name", "words"), [("no_pattern", "no pattern"), ("soon", "soon")]
)
def test_an_id_is_told_in_words(name: str, words: str) -> None:
    assert in_words(name) == words

"""A box that is not ticked says no only where its question was answered."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.screening.answers.ticks import with_ticks
from minsight.screening.mapping.columns import Column
from random_laws import examples
from reading_tables import csv_text, read

SYMPTOMS = (
    "Which do you have? (choice=Fatigue)",
    "Which do you have? (choice=Pica)",
    "Which do you have? (choice=None of these)",
    "Which do you have? (choice=Don't know)",
)
DIETS = ("Your diet? (choice=Vegan)", "Your diet? (choice=Vegetarian)")


def answered(
    header: tuple[str, ...], cells: list[str], rules: minsight.Rules, folder: Path
) -> dict[str, object]:
    """What a person answered who ticked so, beside one who ticked the first box."""
    path = folder / "ticks.csv"
    other = ["Checked", *["Unchecked"] * (len(header) - 1)]
    rows = [["p", *cells], ["q", *other]]
    path.write_text(csv_text(("id", *header), rows), encoding="utf-8")
    return read(path, rules).person("p")


def ticked(*places: int, of: int = 4) -> list[str]:
    return ["Checked" if n in places else "Unchecked" for n in range(of)]


def test_who_ticked_one_denies_the_others(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    found = answered(SYMPTOMS, ticked(1), rules, tmp_path)
    assert found == {"fatigue": False, "pica": True}


def test_who_ticked_nothing_said_nothing(rules: minsight.Rules, tmp_path: Path) -> None:
    assert answered(SYMPTOMS, ticked(), rules, tmp_path) == {}


def test_who_ticked_none_of_these_denies_all(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    found = answered(SYMPTOMS, ticked(2), rules, tmp_path)
    assert found == {"fatigue": False, "pica": False}


def test_who_does_not_know_denies_nothing_and_has_what_is_ticked(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    assert answered(SYMPTOMS, ticked(3), rules, tmp_path) == {}
    found = answered(SYMPTOMS, ticked(0, 3), rules, tmp_path)
    assert found == {"fatigue": True}


def test_a_vegan_who_did_not_tick_vegetarian_is_no_contradiction(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    assert answered(DIETS, ticked(0, of=2), rules, tmp_path) == {"vegan_diet": True}
    found = answered(DIETS, ticked(1, of=2), rules, tmp_path)
    assert found == {"vegan_diet": False, "vegetarian_diet": True}


def test_a_question_of_one_box_is_an_answer_of_its_own(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "one.csv"
    header = ("id", "Have you? (choice=Fatigue)")
    path.write_text(csv_text(header, [["p", "Unchecked"]]), encoding="utf-8")
    assert read(path, rules).person("p") == {"fatigue": False}


_ENTRIES = ("fatigue", "pica", "vegan_diet", "vegetarian_diet", "hair_loss")


@examples(60)
@given(
    ticks=st.lists(
        st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=6
    ),
    none=st.booleans(),
)
def test_what_is_ticked_stays_and_what_is_not_is_never_observed(
    ticks: list[list[bool]], none: bool, rules: minsight.Rules
) -> None:
    columns = [
        Column(n, f"q___{id_}", "answer", id_, question="q")
        for n, id_ in enumerate(_ENTRIES)
    ]
    other = Column(5, "q___none", "tick", question="q")
    boxes = pl.DataFrame({str(n): [row[n] for row in ticks] for n in range(5)})
    frame = boxes.with_columns(pl.Series("5", ["1" if none else "0"] * len(ticks)))
    given_ = [boxes[str(n)] for n in range(5)]
    found = with_ticks(frame, columns, given_, [other], rules.vocabulary)
    for before, after in zip(given_, found, strict=True):
        for was, now in zip(before.to_list(), after.to_list(), strict=True):
            assert now is True if was else now in (False, None)
    for n, row in enumerate(ticks):
        if not any(row) and not none:
            assert {answer[n] for answer in found} == {None}

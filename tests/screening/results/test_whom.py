"""Whom to see: the urgent alone, with what was reported and the cells it stood in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.screening.pipeline import Screened, Screening
from minsight.screening.results.whom import (
    LISTED,
    WHOM,
    signs_of,
    telling_ids,
)
from minsight.screening.sources.files import find_sources
from random_laws import examples


def screened(path: Path, rules: minsight.Rules, **about: Any) -> list[Screened]:
    screening = Screening(rules, listing=True, **about)
    (source,) = find_sources([path]).sources
    return list(screening.screen(source))


def listed(path: Path, rules: minsight.Rules, **about: Any) -> list[dict[str, Any]]:
    frames = [one.whom for one in screened(path, rules, **about)]
    assert all(frame.schema == WHOM for frame in frames)
    return pl.concat(frames).to_dicts()


def written(folder: Path, text: str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_runs_from_emergency_to_soon() -> None:
    assert LISTED == ("emergency", "same_day", "soon")


def test_a_person_is_listed_with_the_advice_the_reason_and_the_cell(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    path = written(tmp_path, "id,age,sex,Fainting,fever\na,9 months,f, Yes ,no\n")
    (one,) = listed(path, rules)
    (sign,) = (flag for flag in rules.catalogue.flags if flag.id == "fainting")
    assert one == {
        "file": str(path),
        "row": 1,
        "subject_id": "a",
        "age": "9 months",
        "sex": "female",
        "urgency": "emergency",
        "urgency_judged": True,
        "advice": rules.catalogue.urgencies["emergency"],
        "reasons": sign.text,
        "reported": "Fainting",
        "cells": "Fainting: Yes",
    }


def test_a_value_is_shown_in_the_unit_of_the_rules_and_as_it_stood(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    path = written(tmp_path, "id,haemoglobin (g/dL),fainting\na,5.10,no\nb,14,no\n")
    (one,) = listed(path, rules)
    assert (one["subject_id"], one["reported"]) == ("a", "Haemoglobin 51 g/L")
    assert one["cells"] == "haemoglobin (g/dL): 5.10"


def test_what_was_said_in_words_is_shown_without_the_rest_of_the_text(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    text = 'id,symptoms,fainting\na,"call Ann Smith; had a seizure",\n'
    (one,) = listed(written(tmp_path, text), rules)
    assert (one["reported"], one["cells"]) == ("Seizure", "symptoms: had a seizure")


def test_records_have_no_columns_and_show_the_words(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    line = '{"subject_id": "a", "age_years": 3, "present": ["Fainting"]}\n'
    (one,) = listed(written(tmp_path, line, "people.jsonl"), rules)
    assert (one["age"], one["sex"], one["cells"]) == ("3 years", None, "Fainting")


def test_a_long_file_shows_the_name_of_the_question(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    path = written(tmp_path, "id,item,answer\na,fainting,yes\na,age,31\nb,fever,no\n")
    (one,) = listed(path, rules)
    assert (one["age"], one["cells"]) == ("31 years", "fainting: yes")


def test_nobody_calm_is_listed_judged_or_not(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    text = "id,symptoms,fainting\na,wibble zonk,no\nb,tired,no\n"
    assert listed(written(tmp_path, text), rules) == []


def test_without_a_list_no_cell_is_kept(tmp_path: Path, rules: minsight.Rules) -> None:
    (source,) = find_sources([written(tmp_path, "id,fainting\na,yes\n")]).sources
    assert all(one.whom.is_empty() for one in Screening(rules).screen(source))


@pytest.mark.parametrize("way", ["reference", "forward"])
def test_one_by_one_gives_the_same_list(
    way: Any, tmp_path: Path, rules: minsight.Rules
) -> None:
    text = (
        "id,age,sex,fainting,chest pain,haemoglobin (g/dL),symptoms\n"
        "a,30,f,yes,no,,\nb,40,m,,yes,6.9,\nc,,,no,no,,had a seizure\nd,5,,no,no,12,\n"
    )
    path = written(tmp_path, text)
    assert listed(path, rules, way=way) == listed(path, rules)


_CELL = st.sampled_from(["yes", "no", ""])


@examples(15)
@given(st.lists(st.tuples(*[_CELL] * 5), min_size=1, max_size=20))
def test_all_who_are_urgent_are_listed_once_each_with_a_reason_and_a_cell(
    tmp_path_factory: pytest.TempPathFactory,
    rules: minsight.Rules,
    people: Iterable[tuple[str, ...]],
) -> None:
    names = "fainting,confusion,fever,shortness of breath,pregnant"
    lines = [f"p{n},{','.join(answers)}" for n, answers in enumerate(people)]
    text = "\n".join([f"id,{names}", *lines]) + "\n"
    path = written(tmp_path_factory.mktemp("people"), text)
    batches = screened(path, rules)
    results = pl.concat([one.results for one in batches])
    urgent = results.filter(pl.col("urgency").is_in(LISTED)).unique("row")
    found = pl.concat([one.whom for one in batches])
    assert sorted(found["row"]) == sorted(urgent["row"])
    for column in ("advice", "reasons", "reported", "cells"):
        assert found[column].str.len_chars().min() != 0
    assert not found["cells"].str.contains(": no|: $").any()


def test_every_sign_that_makes_urgent_has_an_answer_that_tells(
    rules: minsight.Rules,
) -> None:
    telling = telling_ids(rules)
    below = {id_: rules.vocabulary.shown_by(id_) for id_ in telling}
    for sign in signs_of(rules.catalogue):
        assert any(set(sign.reads) & shown for shown in below.values()), sign.id


@pytest.mark.parametrize("way", ["columnar", "reference"])
def test_results_say_the_age_and_the_sex_that_were_assessed(
    way: Any, tmp_path: Path, rules: minsight.Rules
) -> None:
    text = "id,age,sex,fatigue\na,9 months,f,yes\nb,34,,no\nc,,m,\n"
    batches = screened(written(tmp_path, text), rules, way=way)
    results = pl.concat([one.results for one in batches]).unique("row").sort("row")
    assert results.select("age", "age_years", "sex").rows() == [
        ("9 months", 0.75, "female"),
        ("34 years", 34.0, None),
        (None, None, "male"),
    ]

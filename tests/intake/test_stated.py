"""Stated values: what a text says was measured is what a field says was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

import minsight
from minsight import Measurement, Subject, SubjectError
from minsight.intake.answers import Answers, enter
from minsight.intake.recognition import recognise
from minsight.intake.records import measurement_from_text, read_subject, subject_json
from minsight.intake.stated import stated_values
from minsight.logic.backend import BackendName


def of(rules: minsight.Rules, *texts: str, **said: object) -> Answers:
    keep_going = bool(said.pop("keep_going", False))
    subject = Subject(present=texts, **said)  # type: ignore[arg-type]  # as fields are
    return enter(subject, rules.vocabulary, keep_going=keep_going)


def taken(answers: Answers) -> dict[str, float]:
    return {value.measurement: value.value for value in answers.values}


SAME = [
    ("ferritin 12 ng/ml, hb 10.8 g/dl", ["ferritin=12 ng/mL", "hb=10.8 g/dL"]),
    ("K+ 2.9", ["potassium=2.9 mmol/L"]),
    ("his sodium was 118 and he is drowsy", ["sodium=118 mmol/L"]),
    ("Ca 1.7, albumin 28, tingling fingers", ["calcium=1.7 mmol/L", "albumin=28 g/L"]),
    ("TSAT 9 and MCV 68", ["tsat=9 %", "mcv=68 fL"]),
    ("magnesium came back at 0.4 mmol/L", ["Mg=0.4 mmol/L"]),
    ("phosphate 1.1 mg/dL, weak", ["phosphate=1.1 mg/dL"]),
    ("TSH 48", ["TSH=48 mIU/L"]),
    ("zinc 48 ug/dL and a rash round the mouth", ["zinc=48 ug/dL"]),
    ("B12 150 pg/mL", ["B12=150 pg/mL"]),
    ("blood sugar 1.9", ["blood sugar=1.9 mmol/L"]),
]


@pytest.mark.parametrize(("text", "measured"), SAME)
def test_a_value_in_a_text_is_the_one_of_a_field(
    rules: minsight.Rules, engine: BackendName, text: str, measured: list[str]
) -> None:
    values = [measurement_from_text(one) for one in measured]
    told = of(rules, text, age="40y")
    given = of(rules, measurements=values, age="40y")
    assert taken(told) == taken(given)
    found = rules.assess(Subject(present=[text], age="40y"), engine=engine)
    alone = rules.assess(Subject(measurements=values, age="40y"), engine=engine)
    assert {m.id for m in found.recognised if m.answer == "measured"} == {
        m.id for m in alone.recognised
    }
    low = {c.mineral for c in alone.candidates if c.level == "measured_low"}
    assert low <= {c.mineral for c in found.candidates if c.level == "measured_low"}


@pytest.mark.parametrize(("text", "measured"), SAME)
def test_what_is_typed_both_ways_may_agree_and_may_not_differ(
    rules: minsight.Rules, text: str, measured: list[str]
) -> None:
    values = [measurement_from_text(one) for one in measured]
    assert taken(of(rules, text, measurements=values)) == taken(of(rules, text))
    other = Measurement(values[0].name, values[0].value * 1.1, values[0].unit)
    with pytest.raises(SubjectError, match=r"are two values of .*; keep one of them"):
        of(rules, text, measurements=[other])
    kept = of(rules, text, measurements=[other], keep_going=True)
    assert len(taken(kept)) == len(values) - 1
    assert any("Taken as unknown" in note for note in kept.notes)


def test_two_texts_may_not_differ_either(rules: minsight.Rules) -> None:
    assert taken(of(rules, "hb 10.8 g/dl", "Hb 108")) == {"haemoglobin": 108}
    with pytest.raises(SubjectError, match="`hb 9` and `Hb 11` are two values of"):
        of(rules, "hb 9", "Hb 11")


def test_of_two_values_in_one_text_none_is_taken(rules: minsight.Rules) -> None:
    found = of(rules, "ferritin 12 ug/L, later ferritin 45 ug/L, tired")
    assert taken(found) == {}
    assert found.present == {"fatigue"}
    told = "another value of it is given besides; give the one of now"
    assert [left.because for left in found.unrecognised] == [told, told]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("her brother had a potassium of 2.9 mmol/L", "said of somebody else"),
        ("potassium was 2.9 last year", "said of the past"),
        ("previous ferritin 12 ug/L", "said of the past"),
        ("no potassium 2.9", "it is not clear whether this is denied"),
        ("possible ferritin 12 ug/L", "it is not clear whether this is in doubt"),
        ("fear of potassium 2.9", "not said to be there"),
        ("potassium 31 mmol/L", "beyond anything measured (0.8 to 12 mmol/L); check"),
        ("b12 140", "its unit is not told, and it may be `ng/L` or `pmol/L`"),
    ],
)
def test_a_value_that_is_not_of_the_person_now_is_told(
    rules: minsight.Rules, text: str, because: str
) -> None:
    found = of(rules, text)
    assert (taken(found), found.present) == ({}, frozenset())
    assert [left.because.startswith(because) for left in found.unrecognised] == [True]


def test_a_doubtful_value_takes_no_neighbour_with_it(rules: minsight.Rules) -> None:
    found = of(rules, "tired, b12 140, losing hair")
    assert found.present == {"fatigue", "hair_loss"}
    assert [left.text for left in found.unrecognised] == ["b12 140"]
    assert found.unrecognised[0].suggestions[0] == "Vitamin B12 in serum"


def test_a_value_of_some_weeks_ago_is_one(rules: minsight.Rules) -> None:
    assert taken(of(rules, "ferritin 11 two weeks ago")) == {"ferritin": 11}


def test_a_unit_that_was_taken_for_granted_is_told(rules: minsight.Rules) -> None:
    told = "Potassium in blood was given without a unit, and read in mmol/L."
    assert told in of(rules, "potassium 3.1").notes
    assert told not in of(rules, "potassium 3.1 mmol/L").notes


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("K 5.1 Ur 22 Cr 180", ["Ur 22 Cr 180"]),
        ("ferritin 12 plt 450", ["plt 450"]),
        ("ferritin 12 on 3 May", []),
        ("Hb 80 at the clinic 2 weeks ago", []),
    ],
)
def test_figures_behind_a_value_are_read_or_told(
    rules: minsight.Rules, text: str, left: list[str]
) -> None:
    found = of(rules, text, keep_going=True)
    assert [one.text for one in found.unrecognised] == left


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("b12 90", ["ng/L", "pmol/L"]),
        ("Mg 0.25", ["mmol/L", "mg/dL", "mEq/L"]),
        ("phosphate 0.25", ["mmol/L", "mg/dL"]),
    ],
)
def test_a_value_that_says_the_same_in_each_unit_is_taken(
    rules: minsight.Rules, text: str, units: list[str]
) -> None:
    def told(subject: Subject) -> tuple[object, ...]:
        found = rules.assess(subject)
        ranked = [(c.mineral, c.level) for c in found.candidates]
        return (found.urgency.level, [r.flag for r in found.urgency.reasons], ranked)

    name, value = text.split()
    alone = told(Subject(present=[text], age="40y"))
    for unit in units:
        given = measurement_from_text(f"{name}={value} {unit}")
        assert told(Subject(measurements=[given], age="40y")) == alone


@pytest.mark.parametrize(
    ("text", "values", "present"),
    [
        ("64F Na 109 on citalopram", {"sodium": 109}, {"hyponatraemia_drug"}),
        ("bisoprolol 5mg K 2.1", {"potassium": 2.1}, set()),
        ("wt 61kg Hb 55 breathless", {"haemoglobin": 55}, {"shortness_of_breath"}),
        ("70M Mg 0.31 mmol/L twitching", {"serum_magnesium": 0.31}, set()),
        ("Ur 30 K 7.1", {"potassium": 7.1}, set()),
        ("creat 400 K+ 6.8 weak", {"potassium": 6.8}, {"muscle_weakness"}),
        ("nil meds Na 108 confused", {"sodium": 108}, {"confusion"}),
        ("no h/o ulcers Hb 61 pale", {"haemoglobin": 61}, {"pallor"}),
        ("PMH asthma K 2.3 palpitations", {"potassium": 2.3}, {"palpitations"}),
        ("K 7.0 ?squeezed sample", {"potassium": 7.0}, set()),
        ("hyperkalaemia 7.2 on spironolactone", {"potassium": 7.2}, set()),
        ("pottasium 2.2, weak", {"potassium": 2.2}, {"muscle_weakness"}),
        ("aspirin 75 mg 2 tablets", {}, set()),
        ("K 4.0 -> 7.1 after trimethoprim", {"potassium": 7.1}, {"trimethoprim"}),
        ("Na 138 on Monday, 116 today", {"sodium": 116}, set()),
        ("Hb 132 last month -> 98 -> 61 now", {"haemoglobin": 61}, set()),
        ("potassium 6.9 mmol/L last night, now 4.6", {"potassium": 4.6}, set()),
        ("ferritin 9 in june, now 8 weeks pregnant", {"ferritin": 9}, {"pregnant"}),
        ("K 3.9, pulse 113 today", {"potassium": 3.9}, set()),
    ],
)
def test_a_value_among_other_notes_is_the_latest_and_no_neighbour_takes_it(
    rules: minsight.Rules, text: str, values: dict[str, float], present: set[str]
) -> None:
    found = of(rules, text, keep_going=True)
    assert taken(found) == values
    assert present <= found.present


@pytest.mark.parametrize("field", ["absent", "unsure", "not_groups"])
def test_a_value_is_not_denied_by_its_list(rules: minsight.Rules, field: str) -> None:
    subject = Subject(**{field: ["ferritin 12 ug/L"]})  # type: ignore[arg-type]  # a list
    found = enter(subject, rules.vocabulary)
    assert taken(found) == {}
    assert [left.text for left in found.unrecognised] == ["ferritin 12 ug/L"]


def test_what_a_laboratory_adjusted_is_not_adjusted_again(
    rules: minsight.Rules,
) -> None:
    total = of(rules, "calcium 2.0 mmol/L, albumin 20 g/L")
    ready = of(rules, "adjusted calcium 2.0 mmol/L, albumin 20 g/L")
    assert taken(total)["serum_calcium"] == pytest.approx(2.4)
    assert taken(ready)["serum_calcium"] == 2.0
    field = measurement_from_text("corrected calcium=2.0 mmol/L")
    albumin = measurement_from_text("albumin=20 g/L")
    both = of(rules, measurements=[field, albumin])
    assert taken(both)["serum_calcium"] == 2.0


@pytest.mark.parametrize(("text", "measured"), SAME)
def test_a_record_that_is_read_again_says_the_same(
    rules: minsight.Rules, text: str, measured: list[str]
) -> None:
    subject = Subject(present=[text], age="40y")
    again = read_subject(subject_json(subject).encode(), "record")
    assert enter(again, rules.vocabulary) == enter(subject, rules.vocabulary)
    entered = enter(subject, rules.vocabulary)
    written = Subject(measurements=entered.stated, age="40y")
    assert taken(enter(written, rules.vocabulary)) == taken(entered)
    assert len(entered.stated) == len(measured)


def test_a_limit_is_told_as_one(rules: minsight.Rules) -> None:
    shown = rules.explain(Subject(present=["ferritin <5"], age="30y"), "iron")
    assert "Serum ferritin below 5 ug/L" in str(shown)


def test_values_are_of_the_meaning_of_their_text(rules: minsight.Rules) -> None:
    meaning = recognise("K 2.9 mmol/L, tired", rules.vocabulary)
    (value,) = meaning.values
    assert (value.text, value.given) == (
        "K 2.9 mmol/L",
        Measurement("potassium", 2.9, "mmol/L"),
    )
    assert stated_values((), str, rules.vocabulary) == ()


@pytest.mark.parametrize("engine", [None, "reference", "forward", "columnar"])
def test_a_column_of_free_text_gives_values(
    rules: minsight.Rules, engine: BackendName | None, tmp_path: Path
) -> None:
    """In a table on every engine as in a record."""
    table = tmp_path / "people.csv"
    table.write_text('id,note\n1,"tired, potassium 2.9"\n2,hb 8 g/dL\n3,b12 140\n')
    mapping = tmp_path / "map.yaml"
    mapping.write_text("id: id\ntexts: [{column: note, given: present}]\n")
    records = tmp_path / "people.jsonl"
    records.write_text(
        '{"subject_id": "1", "present": ["tired"], "measurements":'
        ' [{"name": "K", "value": 2.9, "unit": "mmol/L"}]}\n'
        '{"subject_id": "2", "measurements":'
        ' [{"name": "Hb", "value": 8, "unit": "g/dL"}]}\n'
        '{"subject_id": "3", "present": ["b12 140"]}\n'
    )
    of_table, of_records = tmp_path / "table.csv", tmp_path / "records.csv"
    rules.screen(table, of_table, map=mapping, engine=engine)
    rules.screen(records, of_records, engine=engine)
    told, given = of_table.read_text(), of_records.read_text()
    assert told.replace("people.csv", "people.jsonl") == given

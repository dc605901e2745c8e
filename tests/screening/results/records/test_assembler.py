"""A record that was put together from shared parts is that of the person alone."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import msgspec
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.assessment.record import assessment_line
from minsight.compiler.catalogue import catalogue_of
from minsight.compiler.lowering import lower
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.base import KnowledgeBase
from minsight.logic.atoms import Atom
from minsight.logic.backend import BackendName
from minsight.logic.program import Program
from minsight.screening import source_of
from minsight.screening.pipeline import Screening
from random_laws import examples
from strategies import given_sets, rules_of_four, said_people, shipped
from tables import table_of


def records_of(screening: Screening, file: Path) -> list[bytes]:
    """The records of a file, taken batch by batch."""
    pieces = [
        piece
        for screened in screening.screen(source_of(file))
        for piece in screened.records
    ]
    return b"".join(pieces).splitlines(keepends=True)


def screening_of(rules: minsight.Rules, way: BackendName) -> Screening:
    return Screening(rules, way=way, full=True, keep_going=True)


@lru_cache
def of_shipped(way: BackendName) -> Screening:
    """One for all examples, as its expressions take long to make."""
    return screening_of(minsight.load(), way)


def assert_same_records(
    program: Program,
    starts: Sequence[frozenset[Atom]],
    *,
    alone: Screening,
    together: Screening,
) -> None:
    ids = [f'p"{number}' for number in range(len(starts))]
    table = table_of(program, starts).with_columns(pl.Series("subject_id", ids))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.parquet"
        table.write_parquet(file)
        expected, found = (records_of(one.again(), file) for one in (alone, together))
    assert len(expected) == len(found)
    for theirs, mine in zip(expected, found, strict=True):
        assert theirs == mine


@examples(3)
@given(data=st.data())
def test_any_people_have_the_records_of_each_alone(data: st.DataObject) -> None:
    alone, together = of_shipped("reference"), of_shipped("columnar")
    program = minsight.load().program
    people = st.lists(given_sets(program, shipped()), min_size=5, max_size=25)
    drawn = data.draw(people)
    assert_same_records(program, drawn, alone=alone, together=together)


@examples(2)
@given(data=st.data())
def test_so_they_have_with_any_rules(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    folder = data.draw(rules_of_four())
    compiled = rules.knowledge
    knowledge = KnowledgeBase(
        lower(folder),
        compiled.vocabulary,
        catalogue_of(folder),
        compiled.written_guide,
    )
    made = minsight.Rules(knowledge, None)
    people = st.lists(given_sets(made.program, folder), min_size=3, max_size=15)
    assert_same_records(
        made.program,
        data.draw(people),
        alone=screening_of(made, "reference"),
        together=screening_of(made, "columnar"),
    )


@examples(2)
@given(data=st.data())
def test_people_told_in_words_have_the_records_of_each_alone(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(said_people(rules.vocabulary), min_size=1, max_size=8))
    people: list[tuple[Subject, bytes]] = []
    for person in drawn:
        with suppress(minsight.SubjectError):  # a second value, for one
            line = assessment_line(rules.assess(person, keep_going=True))
            people.append((person, line))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.jsonl"
        file.write_bytes(b"".join(_record(person) for person, _ in people))
        found = records_of(of_shipped("columnar").again(), file) if people else []
    assert [line for _, line in people] == found


CALCIUM = """subject_id,age,sex,serum_calcium,albumin,pallor,postmenopausal,pregnant
a,44,f,1.9,30,yes,no,
b,,f,1.9,,no,,yes
c,63,m,2.1,28,,,no
d,2,f,2.0,33,yes,no,no
e,62,f,,,yes,no,yes
"""


def test_values_are_told_as_they_were_given_and_read_as_they_are_adjusted(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(CALCIUM, encoding="utf-8")
    expected, found = (
        records_of(screening_of(rules, way), file) for way in ("reference", "columnar")
    )
    assert len(expected) == 5
    assert b"was adjusted for" in expected[0]
    assert b"`pregnant` was left out" in expected[4]
    assert expected == found


def test_values_beyond_a_limit_have_the_records_of_each_alone(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("id,age,ferritin (ug/L)\na,30,<5\nb,30,12\nc,30,>300\nd,,<40\n")
    given = (
        ("a", 30, Measurement("ferritin", 5, "ug/L", "<")),
        ("b", 30, Measurement("ferritin", 12, "ug/L")),
        ("c", 30, Measurement("ferritin", 300, "ug/L", ">")),
        ("d", None, Measurement("ferritin", 40, "ug/L", "<")),
    )
    people = [
        Subject(subject_id=id_, age=age, measurements=[value])
        for id_, age, value in given
    ]
    alone = [assessment_line(rules.assess(person)) for person in people]
    assert records_of(of_shipped("columnar").again(), file) == alone


def _record(person: Subject) -> bytes:
    record = {
        "subject_id": person.subject_id,
        "present": person.present,
        "absent": person.absent,
        "unsure": person.unsure,
        "groups": person.groups,
        "measurements": [
            {
                "name": m.name,
                "value": m.value,
                "unit": m.unit,
                "comparator": m.comparator,
            }
            for m in person.measurements
        ],
        "sex": person.sex,
        "age_days": person.age_days,
    }
    return msgspec.json.encode(record) + b"\n"

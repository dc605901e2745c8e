"""The parts of records, where nothing or little holds."""

from __future__ import annotations

import msgspec
import polars as pl

import minsight
from minsight.intake.answers import enter
from minsight.intake.recognition import recognise
from minsight.screening.results.records.assembler import Records
from minsight.screening.results.records.minerals import MineralParts
from minsight.screening.results.records.numbering import read_ids
from minsight.screening.results.records.people import Links, LookAlikesMet
from minsight.screening.results.records.said import SaidInColumns, SaidInWords


def test_nobody_has_no_record(rules: minsight.Rules) -> None:
    nobody = pl.DataFrame(schema={"row": pl.UInt64, "pallor": pl.Boolean})
    assert list(Records(rules, nobody.columns).of(nobody, {}, None)) == []


def test_where_nothing_holds_lists_are_empty(rules: minsight.Rules) -> None:
    assert LookAlikesMet(rules.knowledge).of((0,)) == b"[]"
    assert Links(rules.knowledge).of((0,)) == []
    part = MineralParts(
        rules.knowledge,
        "iron",
        possible=(),
        measured=(),
        numbering=read_ids(rules.knowledge),
    )
    matched = part.matched((0,))
    assert matched.reasons == b',"reasons":[],"against":[],"context":[]'
    assert (matched.shown, matched.covered) == (0, frozenset())


def test_a_column_is_told_by_its_name_and_a_value_as_it_was_given(
    rules: minsight.Rules,
) -> None:
    vocabulary = rules.vocabulary
    words = SaidInWords(vocabulary, read_ids(rules.knowledge))
    columns = SaidInColumns(
        vocabulary,
        words,
        ids=["pallor", "fever"],
        measured=["ferritin"],
        recognising=recognise,
    )
    assert columns.plain
    answers = pl.DataFrame({"row": [1], "pallor": [False], "fever": [True]})
    values = pl.DataFrame({"ferritin": [8.5]})
    (said,) = columns.of(answers.select(columns.exprs()), values, [None])
    person = minsight.Subject(
        present=["fever"],
        absent=["pallor"],
        measurements=[minsight.Measurement("ferritin", 8.5, "ug/L")],
    )
    alone = words.of(enter(person, vocabulary))
    assert msgspec.structs.replace(said, observed=list(said.observed)) == alone

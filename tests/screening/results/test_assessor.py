"""A table of people is assessed as each of them would be alone."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.assessment.differential import assemble, left_open
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.intake.answers import Answers, enter
from minsight.intake.facts import given_atoms
from minsight.intake.subject import Subject
from minsight.logic.atoms import Atom
from minsight.logic.backend import Evaluation
from minsight.screening.results.assessor import TableAssessor
from minsight.screening.results.schema import SEPARATOR, assessed_of
from random_laws import examples
from strategies import given_sets, shipped
from tables import table_of


def assert_same_results(rules: minsight.Rules, starts: list[frozenset[Atom]]) -> None:
    table = table_of(rules.program, starts).with_columns(
        pl.Series("row", range(1, len(starts) + 1), dtype=pl.UInt64),
        pl.Series("subject_id", [f"p{number}" for number in range(len(starts))]),
    )
    persons = table.select("row", "subject_id", "age_days", "sex").iter_rows()
    expected = assessed_of(
        (
            (number, alone(rules, Subject(subject_id=i, age_days=age, sex=sex), start))
            for (number, i, age, sex), start in zip(persons, starts, strict=True)
        ),
        rules.catalogue,
    )
    found = TableAssessor(rules, table.columns).assess(table)
    assert found.results.schema == expected.results.schema
    rows = zip(found.results.rows(), expected.results.rows(), strict=True)
    for mine, theirs in rows:
        assert theirs == mine
    assert found.reasons == expected.reasons
    assert found.against == expected.against
    for text, counts in (("reasons", found.reasons), ("against", found.against)):
        lists = found.results[text].str.split(SEPARATOR).explode()
        assert counts == Counter(rule for rule in lists if rule), text


def alone(
    rules: minsight.Rules, subject: Subject, start: frozenset[Atom]
) -> minsight.Assessment:
    """The assessment of one person by the reference evaluator."""
    answers = Answers(
        subject,
        *(frozenset[str](), frozenset[str](), frozenset[str]()),
        *((), (), ()),
    )

    def evaluate(given: frozenset[Atom]) -> Evaluation:
        return rules.evaluate(given, engine="reference")

    return assemble(
        rules._compiled,
        answers,
        evaluate(start),
        more=left_open(rules._compiled, answers, start, evaluate),
        version=rules.version,
    )


def test_every_curated_person_has_the_same_results_in_a_table(
    rules: minsight.Rules,
) -> None:
    cases, issues = read_cases(rules_folder())
    assert issues == []
    starts = [
        given_atoms(
            enter(subject_of(written), rules.vocabulary),
            rules.program,
            rules.vocabulary,
        )
        for file in cases.values()
        for written in (
            *(person.subject for person in file.people),
            *(case.match for case in file.rules),
            *(case.match for case in file.flags),
        )
    ]
    assert len(starts) > 900
    assert_same_results(rules, starts)


@examples(15)
@given(data=st.data())
def test_any_people_have_the_same_results_in_a_table(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    people = st.lists(given_sets(rules.program, shipped()), min_size=5, max_size=25)
    assert_same_results(rules, data.draw(people))

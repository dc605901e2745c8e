"""The runner: how a case is read, when it fails, and what a failure says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest
from pydantic import ValidationError

import minsight
from minsight import Measurement, Subject
from minsight.cases.documents import (
    CasesDocument,
    PersonCase,
    RuleCase,
    SubjectDocument,
)
from minsight.cases.folder import read_cases
from minsight.cases.runner import Failure, person_failures, run_cases, size, subject_of
from minsight.logic.backend import BackendName
from places import SMALL_RULES

GREY: Final = {"present": ["grey_nails"], "groups": ["well_water"], "age": "30y"}


def small_cases() -> dict[str, CasesDocument]:
    cases, issues = read_cases(SMALL_RULES)
    assert issues == []
    return cases


def test_a_rule_without_a_case_is_a_failure(small: minsight.Rules) -> None:
    cases = small_cases()
    whole = cases["alum/cases.yaml"]
    cases["alum/cases.yaml"] = whole.model_copy(update={"rules": whole.rules[1:]})
    (failure,) = run_cases(small, cases, engine="reference")
    assert failure.case == whole.rules[0].rule
    assert "add a match and a near miss" in failure.message


def test_a_match_that_does_not_match_and_a_near_miss_that_does_are_failures(
    small: minsight.Rules, engine: BackendName
) -> None:
    cases = small_cases()
    whole = cases["alum/cases.yaml"]
    first = whole.rules[0]
    swapped = first.model_copy(
        update={"match": first.near_miss, "near_miss": first.match}
    )
    cases["alum/cases.yaml"] = whole.model_copy(
        update={"rules": [swapped, *whole.rules[1:]]}
    )
    failures = run_cases(small, cases, engine=engine)
    assert [failure.message for failure in failures] == [
        "does not match on its match",
        "matches on its near miss",
    ]


def test_a_person_who_comes_out_otherwise_is_a_failure_that_says_how(
    small: minsight.Rules,
) -> None:
    cases = small_cases()
    whole = cases["alum/cases.yaml"]
    person = whole.people[0]
    wrong = person.expect.model_copy(update={"levels": {"alum": "measured_low"}})
    changed = person.model_copy(update={"expect": wrong})
    cases["alum/cases.yaml"] = whole.model_copy(update={"people": [changed]})
    (failure,) = run_cases(small, cases, engine="reference")
    assert failure.case == person.name
    assert "not at `measured_low`" in failure.message


# --- whole people ---------------------------------------------------------------------


def failures(
    small: minsight.Rules, expected: Mapping[str, object], **subject: object
) -> list[str]:
    """What is wrong with a person, who has grey nails and drinks well water."""
    person = PersonCase.model_validate(
        {"name": "Somebody", "subject": {**GREY, **subject}, "expect": expected}
    )
    found = list(person_failures(small, "a.yaml", person, "reference"))
    assert {(one.file, one.case) for one in found} <= {("a.yaml", "Somebody")}
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ({"first": "alum"}, []),
        ({"first": "ochre"}, ["`alum` is first, not `ochre`"]),
        ({"levels": {"alum": "typical_pattern", "ochre": "few_findings"}}, []),
        (
            {"levels": {"ochre": "no_pattern"}},
            ["ochre is at `few_findings`, not at `no_pattern`"],
        ),
        ({"at_most": "typical_pattern"}, []),
        ({"at_most": "few_findings"}, ["alum is at `typical_pattern`"]),
        ({"urgency": "none"}, []),
        ({"urgency": "soon"}, ["urgency is `none`, not `soon`"]),
        ({"reasons": {"alum": ["alum.well_water", "alum.grey_nails"]}}, []),
        (
            {"reasons": {"alum": ["alum.itch"]}},
            ["alum does not show `alum.itch` among its reasons"],
        ),
        (
            {"against": {"alum": ["alum.against_fever"]}},
            ["alum does not show `alum.against_fever` among its against"],
        ),
        (
            {"brakes": {"ochre": ["adult"]}},
            ["ochre does not show `adult` among its brakes"],
        ),
        ({}, []),
    ],
)
def test_every_expectation_is_held_against_what_comes_out(
    small: minsight.Rules, expected: dict[str, object], told: list[str]
) -> None:
    assert failures(small, expected) == told


def test_all_that_is_otherwise_is_told(small: minsight.Rules) -> None:
    wrong = {"first": "ochre", "at_most": "partial_pattern", "urgency": "routine"}
    assert len(failures(small, wrong)) == 3


def test_where_nobody_stands_first_that_is_said(small: minsight.Rules) -> None:
    found = failures(small, {"first": "alum"}, present=[], groups=[])
    assert found == ["nothing is first, not `alum`"]


def test_a_context_is_a_reason_and_what_is_against_is_not(
    small: minsight.Rules,
) -> None:
    expected = {
        "reasons": {"alum": ["alum.first_year"]},
        "against": {"alum": ["alum.against_fever"]},
        "brakes": {"alum": ["contrary"]},
    }
    baby = {"present": ["grey_nails", "fever"], "age": "6mo"}
    assert failures(small, expected, **baby) == []


def test_another_explanation_is_named_by_what_speaks_against_in_any_case(
    small: minsight.Rules,
) -> None:
    fever = {"present": ["grey_nails", "fever"]}
    assert failures(small, {"named": {"alum": ["An Infection"]}}, **fever) == []
    assert failures(small, {"named": {"alum": ["a cold"]}}, **fever) == [
        "alum does not name a cold as another explanation"
    ]
    assert failures(small, {"named": {"chalk": ["a cold"]}}) == [
        "chalk does not name a cold as another explanation"
    ]


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ({"present": ["unheard_of"]}, "unknown id `unheard_of`"),
        (
            {"absent": ["grey_nails"]},
            "`grey_nails` is said to be present and `grey_nails` to be absent",
        ),
    ],
)
def test_a_person_who_cannot_be_entered_fails_with_the_reason(
    small: minsight.Rules, subject: dict[str, object], told: str
) -> None:
    (message,) = failures(small, {}, **subject)
    assert message.startswith(told)


# --- pairs ----------------------------------------------------------------------------


def test_a_match_in_words_that_no_rule_knows_cannot_be_read(
    small: minsight.Rules,
) -> None:
    cases = small_cases()
    whole = cases["alum/cases.yaml"]
    unknown = SubjectDocument(present=["unheard_of"])
    changed = whole.rules[0].model_copy(update={"match": unknown})
    cases["alum/cases.yaml"] = whole.model_copy(
        update={"rules": [changed, *whole.rules[1:]]}
    )
    (failure,) = run_cases(small, cases, engine="reference")
    assert str(failure) == (
        "alum/cases.yaml: alum.grey_nails: its match cannot be read: unknown id"
        " `unheard_of`"
    )


def test_a_case_of_a_rule_that_is_gone_is_a_failure(small: minsight.Rules) -> None:
    cases = small_cases()
    nobody = SubjectDocument()
    gone = RuleCase(rule="alum.gone", match=nobody, near_miss=nobody)
    cases["more.yaml"] = CasesDocument(rules=[gone])
    messages = [
        (one.file, one.case, one.message)
        for one in run_cases(small, cases, engine="reference")
    ]
    assert messages == [
        ("more.yaml", "alum.gone", "does not match on its match"),
        ("more.yaml", "alum.gone", "is a case of nothing that exists"),
    ]


def test_a_warning_sign_without_a_case_is_missed_where_those_cases_are(
    small: minsight.Rules,
) -> None:
    cases = small_cases()
    del cases["baseline/red_flags.cases.yaml"]
    assert run_cases(small, cases, engine="reference") == [
        Failure(
            "baseline/red_flags.cases.yaml",
            flag,
            "has no case; add a match and a near miss",
        )
        for flag in ("shaking", "feverish_baby")
    ]


# --- reading --------------------------------------------------------------------------


def test_the_subject_of_a_case_is_the_one_that_was_written() -> None:
    written = SubjectDocument.model_validate(
        {
            "age": "9mo",
            "sex": "female",
            "present": ["itch"],
            "absent": ["fever"],
            "groups": ["deep_well"],
            "not_groups": ["mill_worker"],
            "measurements": [{"name": "serum_alum", "value": 8, "unit": "ug/L"}],
        }
    )
    assert subject_of(written) == Subject(
        age="9mo",
        sex="female",
        present=["itch"],
        absent=["fever"],
        groups=["deep_well"],
        not_groups=["mill_worker"],
        measurements=[Measurement("serum_alum", 8, "ug/L")],
    )
    assert subject_of(SubjectDocument()) == Subject()


def test_a_file_is_as_large_as_its_cases_are_many() -> None:
    cases = small_cases()
    assert size(cases["alum/cases.yaml"]) == 13 + 10
    assert size(cases["baseline/red_flags.cases.yaml"]) == 2
    assert size(CasesDocument()) == 0


@pytest.mark.parametrize(
    "written",
    [
        {"rules": [{"rule": "alum.itch", "match": {}}]},
        {"rules": [{"rule": "Itch", "match": {}, "near_miss": {}}]},
        {"people": [{"name": "A", "subject": {"symptoms": []}, "expect": {}}]},
        {"people": [{"name": "", "subject": {}, "expect": {}}]},
        {"people": [{"name": "A", "subject": {"age": "old"}, "expect": {}}]},
        {"people": [{"name": "A", "subject": {}, "expect": {"at_most": "high"}}]},
        {"people": [{"name": "A", "subject": {}, "expect": {"urgency": "now"}}]},
        {"people": [{"name": "A", "subject": {"sex": "f"}, "expect": {}}]},
        {"surprise": []},
    ],
)
def test_a_file_of_cases_has_a_form(written: dict[str, object]) -> None:
    """A misspelt key would test nothing, and nobody would notice."""
    with pytest.raises(ValidationError):
        CasesDocument.model_validate(written)

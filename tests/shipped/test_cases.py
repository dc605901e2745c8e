"""The cases beside the rules come out on every engine, and no rule is without one."""

from __future__ import annotations

import minsight
from minsight.cases.documents import CasesDocument
from minsight.cases.folder import read_cases
from minsight.cases.runner import run_cases
from minsight.compiler.bundle import rules_folder
from minsight.logic.backend import BackendName
from places import SMALL_RULES


def small_cases() -> dict[str, CasesDocument]:
    cases, issues = read_cases(SMALL_RULES)
    assert issues == []
    return cases


def test_every_shipped_rule_has_its_case_and_every_case_comes_out(
    rules: minsight.Rules, engine: BackendName
) -> None:
    cases, issues = read_cases(rules_folder())
    assert issues == []
    assert [str(failure) for failure in run_cases(rules, cases, engine=engine)] == []


def test_there_are_well_people_and_look_alikes_who_must_stay_quiet() -> None:
    cases, _ = read_cases(rules_folder())
    well = cases["baseline/well_people.cases.yaml"].people
    alike = cases["baseline/look_alikes.cases.yaml"].people
    assert len(well) >= 20
    assert {person.expect.at_most for person in well} == {"few_findings"}
    assert len(alike) >= 10
    assert {person.expect.at_most for person in alike} <= {
        "few_findings",
        "partial_pattern",
    }


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

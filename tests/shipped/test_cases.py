"""The cases beside the rules come out, and no rule is without one.

The README's `check-rules` runs them on the forward engine; that every backend means the
same of these people is a law of the backends.
"""

from __future__ import annotations

import minsight
from minsight.cases.folder import read_cases
from minsight.cases.runner import run_cases
from minsight.compiler.bundle import rules_folder


def test_every_shipped_rule_has_its_case_and_every_case_comes_out(
    rules: minsight.Rules,
) -> None:
    cases, issues = read_cases(rules_folder())
    assert issues == []
    assert [
        str(failure) for failure in run_cases(rules, cases, engine="reference")
    ] == []


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

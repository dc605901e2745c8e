"""Words: nothing that people read claims more than the rules know.

The levels compare answers with published pictures. Words such as "likely" are heard as
numbers (Hashim 2024), "rare" and "common" as well (Andreadis 2021), so none is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import minsight
from banned import ALLOWED, banned_in
from command_line import said
from minsight.assessment.wording import source_title
from minsight.cases.documents import PersonCase
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.knowledge.catalogue import Link, RuleSentence
from minsight.knowledge.strengths import STRENGTH_OF
from minsight_cli.rendering.brief import show_assessment
from minsight_cli.rendering.profile import show_profile, show_profiles


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("This is likely; probably rare.", ["likely", "probably", "rare"]),
        ("You have a risk of 20 % or risk of 7.5%.", [
            "you have", "risk of 20 %", "risk of 7.5%",
        ]),
        ("A Possible Diagnosis", ["possible", "diagnosis"]),
        ("unlikely, rarely, uncommon, a likelihood ratio, a deficiency", []),
    ],
)  # fmt: skip
def test_banned_words_are_found_as_whole_words_in_any_case(
    text: str, found: list[str]
) -> None:
    assert banned_in(text) == found


def test_what_is_allowed_is_not_banned() -> None:
    assert [banned_in(words) for words in ALLOWED] == [[]] * len(ALLOWED)


# --- what stands in the rules ---------------------------------------------------------


def sentences(rules: minsight.Rules) -> Iterator[tuple[str, str]]:
    """Every text of the rules that can be shown to a person, with where it stands."""
    catalogue = rules.catalogue
    for rule in catalogue.rules:
        yield rule.id, rule.because
        yield rule.id, rule.points_to or ""
    notices: list[RuleSentence | Link] = [*catalogue.flags, *catalogue.links]
    for notice in (*notices, *catalogue.brakes):
        yield notice.id, notice.text
    for level in catalogue.levels:
        yield level.id, level.sentence
    yield from catalogue.urgencies.items()
    for step in catalogue.advice.steps:
        yield "advice", step
    yield "footer", catalogue.footer
    for finding in rules.vocabulary.findings:
        yield finding.id, finding.label
    for group in rules.vocabulary.groups:
        yield group.id, group.label
    for strength in STRENGTH_OF.values():
        yield "strength", strength.words


def test_no_sentence_of_the_rules_holds_a_banned_word(rules: minsight.Rules) -> None:
    found = [(where, text) for where, text in sentences(rules) if banned_in(text)]
    assert found == []


# --- what is printed ------------------------------------------------------------------


def without_titles(printed: str, rules: minsight.Rules) -> str:
    """What was printed, without titles and addresses of sources, which are quoted."""
    text = re.sub(r"<https?:[^>]*>", "", said(printed))
    for source in rules.catalogue.sources:
        text = text.replace(said(source_title(source)), "")
    return text


def people() -> list[PersonCase]:
    cases, issues = read_cases(rules_folder())
    assert issues == []
    return [person for written in cases.values() for person in written.people]


def test_no_assessment_of_a_curated_person_prints_a_banned_word(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    curated = people()
    assert len(curated) > 20
    for person in curated:
        assessment = rules.assess(subject_of(person.subject))
        show_assessment(assessment, rules, full=True)
        printed = without_titles(capsys.readouterr().out, rules)
        assert printed.startswith("Urgency: ")
        assert (person.name, banned_in(printed)) == (person.name, [])


def test_no_profile_prints_a_banned_word(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    show_profiles(rules.catalogue.profiles)
    assert banned_in(capsys.readouterr().out) == []
    for mineral, profile in rules.profiles.items():
        show_profile(profile, rules, with_rules=True)
        printed = without_titles(capsys.readouterr().out, rules)
        assert printed.startswith(profile.name)
        assert (mineral, banned_in(printed)) == (mineral, [])

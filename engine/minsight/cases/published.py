"""Cases that lessons are made from: whole people, rules with several facts, published.

They are read from the rule folder, since compiled rules do not carry them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from minsight.assessment.engine import Engine
from minsight.cases.documents import CasesDocument, Expectation, SubjectDocument
from minsight.cases.folder import Published, read_cases, read_published
from minsight.cases.lesson_case import MADE_UP, PUBLISHED, LessonCase
from minsight.cases.published_documents import PublishedCase
from minsight.cases.runner import subject_of
from minsight.compiler.layout import BY_HAND
from minsight.compiler.layout import PUBLISHED as PUBLISHED_FILE
from minsight.errors import Issue, Remedy, RulesError, did_you_mean, quoted
from minsight.intake.subject import LISTS, Subject

FEWEST_FACTS: Final = 3
"""A case of a rule with fewer facts is an example of that rule, not a person."""
_ANSWERS: Final = ("present", "groups", "absent")
"""The lists of a published case that hold phrases."""


def lesson_cases(root: Path) -> tuple[LessonCase, ...]:
    """Every case of a rule folder that a lesson could be made from, in file order.

    Raises:
        RulesError: when the files of cases have problems.
    """
    written, issues = read_cases(root)
    published, more = read_published(root)
    if issues or more:
        raise RulesError([*issues, *more])
    return (
        *(_published(case, published.ids.get(case.id, {})) for case in published.cases),
        *(case for file, cases in written.items() for case in _made_up(file, cases)),
    )


def published_issues(root: Path, rules: Engine) -> list[Issue]:
    """What is wrong with the published cases of a folder, beside these rules."""
    published, issues = read_published(root)
    return [*issues, *_unmapped(published), *_unknown(published, rules)]


def _unmapped(published: Published) -> Iterator[Issue]:
    """Phrases that nobody mapped, which would count as nothing in silence."""
    for number, case in enumerate(published.cases):
        known = published.ids.get(case.id, {})
        for answer in _ANSWERS:
            for place, phrase in enumerate(getattr(case, answer)):
                if phrase not in known:
                    yield Issue(
                        published.place(PUBLISHED_FILE, number, answer, place),
                        f"the phrase {quoted(phrase)} of {case.id} has no ids",
                        f"add it to {BY_HAND}, with [] when nothing fits",
                    )


def _unknown(published: Published, rules: Engine) -> Iterator[Issue]:
    """Ids that the rules do not have."""
    known = rules.vocabulary.finding.keys() | rules.vocabulary.group.keys()
    for case, phrases in published.ids.items():
        for phrase, ids in phrases.items():
            for id_ in ids:
                if id_ not in known:
                    yield Issue(
                        published.place(BY_HAND, case, phrase),
                        f"{quoted(id_)} is no finding and no group",
                        did_you_mean(id_, known) or Remedy.KNOWN_WORDS,
                    )
    for number, one in enumerate(published.cases):
        for mineral in one.expected:
            if mineral not in rules.program.minerals:
                yield Issue(
                    published.place(PUBLISHED_FILE, number, "expected"),
                    f"the rules point to no mineral {quoted(mineral)}",
                    did_you_mean(mineral, rules.program.minerals)
                    or "use the id of a mineral that is scored",
                )


def _made_up(file: str, written: CasesDocument) -> Iterator[LessonCase]:
    for person in written.people:
        yield LessonCase(
            id=f"{file}: {person.name}",
            kind=MADE_UP,
            source=person.source or f"made up for the rules, in rules/{file}",
            subject=subject_of(person.subject),
            expected=_expected(person.expect),
        )
    for case in written.rules:
        if _facts(case.match) >= FEWEST_FACTS:
            yield LessonCase(
                id=f"{file}: {case.rule}",
                kind=MADE_UP,
                source=f"made up for the rule {case.rule}, in rules/{file}",
                subject=subject_of(case.match),
            )


def _expected(expect: Expectation) -> frozenset[str] | None:
    """A person on whom no mineral may rise has another explanation."""
    return frozenset() if expect.at_most is not None else None


def _facts(subject: SubjectDocument) -> int:
    return sum(len(getattr(subject, name)) for name in LISTS if name != "unsure")


def _published(case: PublishedCase, ids: Mapping[str, Iterable[str]]) -> LessonCase:
    def mapped(phrases: Iterable[str]) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(i for phrase in phrases for i in ids.get(phrase, ()))
        )

    words: dict[str, str] = {}
    for answer in _ANSWERS:
        for phrase in getattr(case, answer):
            for id_ in ids.get(phrase, ()):
                words.setdefault(id_, phrase)
    return LessonCase(
        id=case.id,
        kind=PUBLISHED,
        source=case.source,
        subject=Subject(
            present=mapped((*case.present, *case.groups)),
            absent=mapped(case.absent),
            sex=case.sex,
            age=case.age_years,
        ),
        words=words,
        expected=frozenset(case.expected),
    )

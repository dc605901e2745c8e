"""Cases: what the rules say of the subjects that were written down beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment, Candidate
from minsight.cases.documents import (
    CasesDocument,
    Expectation,
    PairDocument,
    PersonCase,
    SubjectDocument,
)
from minsight.cases.first_words import word_failures
from minsight.errors import SubjectError, quoted
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.intake.subject import Measurement, Subject
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.backend import BackendName
from minsight.scales import LEVELS

RED_FLAG_CASES: Final = "baseline/red_flags.cases.yaml"


class Failure(msgspec.Struct, frozen=True):
    """A case that did not come out as written."""

    file: str
    case: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.case}: {self.message}"


def run_cases(
    rules: Engine, cases: Mapping[str, CasesDocument], *, engine: BackendName
) -> list[Failure]:
    """Every case that fails on this engine, and every rule or flag without a case."""
    failures: list[Failure] = []
    for file, written in cases.items():
        for name, pair, holds in _pairs(written):
            failures += _pair_failures(
                rules, file, name, pair, holds=holds, engine=engine
            )
        for person in written.people:
            failures += person_failures(rules, file, person, engine)
        if written.words:
            failures += [
                Failure(file, entry, message)
                for entry, message in word_failures(rules, written.words, engine=engine)
            ]
    return failures + list(_uncovered(rules, cases))


def size(written: CasesDocument) -> int:
    """How many cases a file holds."""
    pairs = len(written.rules) + len(written.flags)
    return pairs + len(written.people) + len(written.words)


def _pairs(written: CasesDocument) -> Iterator[tuple[str, PairDocument, Atom]]:
    """Each match and near miss, with its name and the atom that they are about."""
    for rule_case in written.rules:
        yield rule_case.rule, rule_case, atoms.evidence(rule_case.rule)
    for flag_case in written.flags:
        yield flag_case.flag, flag_case, atoms.flag(flag_case.flag)


def subject_of(written: SubjectDocument) -> Subject:
    """The subject of a case."""
    return Subject(
        present=tuple(written.present),
        absent=tuple(written.absent),
        groups=tuple(written.groups),
        not_groups=tuple(written.not_groups),
        measurements=tuple(
            Measurement(m.name, m.value, m.unit) for m in written.measurements
        ),
        age=written.age,
        sex=written.sex,
    )


def _uncovered(rules: Engine, cases: Mapping[str, CasesDocument]) -> Iterator[Failure]:
    homes = {rule.id: f"{rule.mineral}/cases.yaml" for rule in rules.catalogue.rules}
    homes |= {flag.id: RED_FLAG_CASES for flag in rules.catalogue.flags}
    covered: set[str] = set()
    for file, written in cases.items():
        for name, _, _ in _pairs(written):
            covered.add(name)
            if name not in homes:
                yield Failure(file, name, "is a case of nothing that exists")
    for name, home in homes.items():
        if name not in covered:
            yield Failure(home, name, "has no case; add a match and a near miss")


def _pair_failures(
    rules: Engine,
    file: str,
    name: str,
    pair: PairDocument,
    *,
    holds: Atom,
    engine: BackendName,
) -> Iterator[Failure]:
    for what, written, wanted in (
        ("match", pair.match, True),
        ("near miss", pair.near_miss, False),
    ):
        try:
            found = holds in _everything(rules, written, engine)
        except SubjectError as error:
            yield Failure(file, name, f"its {what} cannot be read: {error}")
            continue
        if found != wanted:
            verb = "matches" if found else "does not match"
            yield Failure(file, name, f"{verb} on its {what}")


def _everything(
    rules: Engine, written: SubjectDocument, engine: BackendName
) -> frozenset[Atom]:
    """All that holds for the subject of a case, which must speak in ids."""
    answers = enter(subject_of(written), rules.vocabulary)
    if answers.unrecognised:
        raise SubjectError(f"unknown id `{answers.unrecognised[0].text}`")
    given = given_atoms(answers, rules.program, rules.vocabulary)
    return rules.evaluate(given, engine=engine).holds


def person_failures(
    rules: Engine, file: str, person: PersonCase, engine: BackendName
) -> Iterator[Failure]:
    """How the assessment of a whole person differs from what was expected."""
    try:
        assessment = rules.assess(subject_of(person.subject), engine=engine)
    except SubjectError as error:
        yield Failure(file, person.name, str(error))
        return
    if assessment.unrecognised:
        text = assessment.unrecognised[0].text
        yield Failure(file, person.name, f"unknown id `{text}`")
    for message in _differences(assessment, person.expect):
        yield Failure(file, person.name, message)


def _differences(assessment: Assessment, expect: Expectation) -> Iterator[str]:
    by_mineral = {c.mineral: c for c in assessment.candidates}
    first = assessment.candidates[0].mineral if assessment.candidates else None
    if expect.first is not None and first != expect.first:
        yield f"{quoted(first)} is first, not `{expect.first}`"
    for mineral, level in expect.levels.items():
        found = by_mineral[mineral].level if mineral in by_mineral else LEVELS[0]
        if found != level:
            yield f"{mineral} is at `{found}`, not at `{level}`"
    if expect.at_most is not None:
        for candidate in assessment.candidates:
            if LEVELS.index(candidate.level) > LEVELS.index(expect.at_most):
                yield f"{candidate.mineral} is at `{candidate.level}`"
    if expect.urgency is not None and assessment.urgency.level != expect.urgency:
        yield f"urgency is `{assessment.urgency.level}`, not `{expect.urgency}`"
    yield from _missing_ids(assessment, expect)
    yield from _not_named(assessment, expect)


def _not_named(assessment: Assessment, expect: Expectation) -> Iterator[str]:
    by_mineral = {c.mineral: c for c in assessment.candidates}
    for mineral, words in expect.named.items():
        named = _other_explanations(by_mineral.get(mineral))
        for word in words:
            if word.lower() not in named:
                yield f"{mineral} does not name {word} as another explanation"


def _other_explanations(candidate: Candidate | None) -> str:
    if candidate is None:
        return ""
    points_to = (reason.points_to or "" for reason in candidate.against)
    because = (reason.because for reason in candidate.reasons)
    return " ".join((*candidate.look_alikes, *points_to, *because)).lower()


def _missing_ids(assessment: Assessment, expect: Expectation) -> Iterator[str]:
    by_mineral = {c.mineral: c for c in assessment.candidates}
    for name, wanted in (
        ("reasons", expect.reasons),
        ("against", expect.against),
        ("brakes", expect.brakes),
    ):
        for mineral, ids in wanted.items():
            found = _shown_ids(by_mineral.get(mineral), name)
            for id_ in ids:
                if id_ not in found:
                    yield f"{mineral} does not show `{id_}` among its {name}"


def _shown_ids(candidate: Candidate | None, name: str) -> set[str]:
    if candidate is None:
        return set()
    if name == "brakes":
        return {brake.id for brake in candidate.brakes}
    if name == "against":
        return {reason.rule for reason in candidate.against}
    return {reason.rule for reason in (*candidate.reasons, *candidate.context)}

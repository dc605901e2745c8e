"""Typical uses of the library, for the type checker; nobody runs this file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import minsight
from minsight.whatif.changes import Change


def loading() -> minsight.Rules:
    minsight.load("rules")
    minsight.load(Path("rules"), cache=False)
    with minsight.load() as rules:
        version: str = rules.version
        fingerprint: str = rules.fingerprint
        name: str = rules.profiles["iron"].name
        assert version and fingerprint and name
    return rules


def subjects() -> list[minsight.Subject]:
    return [
        minsight.Subject(),
        minsight.Subject(present=("always tired",), age="28", sex="female"),
        minsight.Subject(absent=("hair loss",), unsure=("itch",), age=0.75),
        minsight.Subject(groups=("vegan",), not_groups=("pregnant",), age_days=12),
        minsight.Subject(
            subject_id="a1",
            measurements=(minsight.Measurement("ferritin", 8, "ug/L"),),
        ),
        minsight.Subject(present=["a list", "as people write it"]),
        minsight.subject_from_record({"present": ["fatigue"], "age_years": 28}),
    ]


def assessing(rules: minsight.Rules) -> minsight.Assessment:
    rules.assess(minsight.Subject())
    rules.assess(minsight.Subject(), engine="forward")
    rules.assess({"present": ["fatigue"], "age_years": 28})
    return rules.assess(minsight.Subject(), engine="reference")


def reading(assessment: minsight.Assessment) -> dict[str, str]:
    urgency: minsight.Urgency = assessment.urgency
    level: str = urgency.level
    notes: tuple[str, ...] = assessment.notes
    texts = [match.text for match in assessment.recognised if match.similarity < 100]
    hints = [", ".join(unknown.suggestions) for unknown in assessment.unrecognised]
    parts = [level, *notes, assessment.rules.fingerprint, *texts, *hints]
    assert all(part.strip() for part in parts)
    return {c.mineral: c.level for c in assessment.candidates}


def explaining(candidates: Iterable[minsight.Candidate]) -> list[str]:
    reasons: list[minsight.Reason] = []
    for candidate in candidates:
        reasons += [*candidate.reasons, *candidate.against, *candidate.context]
        number: int = candidate.rank + candidate.points
        lines = [candidate.advice, *(brake.sentence for brake in candidate.brakes)]
        assert number and " ".join(lines)
    return [f"{reason.because} [{reason.grade}]" for reason in reasons]


def failing() -> tuple[minsight.Issue, ...]:
    try:
        minsight.load("rules")
    except minsight.RulesError as error:
        place: minsight.Place = error.issues[0].place
        line: int = place.line
        assert place.file and line and error.issues[0].fix
        return error.issues
    except (minsight.FileError, minsight.BackendError, minsight.SubjectError) as error:
        known: minsight.MinsightError = error
        assert str(known)
    return ()


def ages() -> float:
    return minsight.parse_age("9 months")


def refused_by_the_type_checker() -> None:
    """Each line is an error; an ignore that is not needed would be one, too."""
    minsight.load(3)  # type: ignore[arg-type]
    minsight.load("rules", True)  # type: ignore[call-arg]
    minsight.Subject(age=["28"])  # type: ignore[arg-type]
    minsight.Subject().present = ()  # type: ignore[misc]
    minsight.Measurement("ferritin", "8", "ug/L")  # type: ignore[arg-type]
    minsight.load().assess(["fatigue"])  # type: ignore[arg-type]
    minsight.load().assess(minsight.Subject(), engine="steam")  # type: ignore[arg-type]


def exploring(rules: minsight.Rules) -> list[str]:
    before = minsight.Subject(present=["always tired"])
    after = rules.change(before, Change("add", "ice"), Change("age", "16")).subject
    comparison = rules.compare(before, after)
    came = [reason.because for one in comparison.moved for reason in one.reasons.came]
    rules.compare(rules.assess(before), rules.assess(after))
    return [comparison.urgency.level.after, *came]

"""What an assistant is told: short, typed, with sources, limits and the fingerprint.

There are no odds in it and no amount of anything to take, since none is known
here. The types are dataclasses because the SDK describes those to assistants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ConfigDict, with_config
from typing_extensions import NotRequired, TypedDict

from minsight.assessment.model import Assessment, Candidate, Reason
from minsight.assessment.wording import source_title
from minsight.knowledge.catalogue import Catalogue
from minsight.scales import URGENCIES, told_urgency
from minsight.service.answers import Answer, ProblemAnswer


class MeasuredValue(TypedDict):
    """A value of a test with its unit, such as ferritin, 8, ug/L."""

    name: str
    value: float
    unit: str
    comparator: NotRequired[Literal["", "<", "<=", ">", ">="]]


@with_config(ConfigDict(extra="allow"))  # the rules say better what is wrong
class PersonRecord(TypedDict, total=False):
    """One person. Findings and groups in words or ids; what is not said is unknown."""

    age_years: float
    age_months: float
    age_days: float
    sex: Literal["female", "male"]
    present: list[str]
    absent: list[str]
    unsure: list[str]
    groups: list[str]
    not_groups: list[str]
    measurements: list[MeasuredValue]


class AskedChange(TypedDict):
    """One change: `add` and `group` say yes, `deny` no, `remove` takes back."""

    kind: Literal["add", "remove", "deny", "group", "age", "sex", "measure"]
    text: str


@dataclass(frozen=True)
class CitedWork:
    """A source that the answer rests on."""

    id: str
    title: str
    url: str | None


@dataclass(frozen=True)
class FromRules:
    """What every answer ends with: its sources, its limits, and which rules gave it."""

    sources: list[CitedWork]
    limits: str
    version: str
    fingerprint: str


@dataclass(frozen=True)
class SaidReason:
    """A sentence for or against, with how good the evidence is and the sources."""

    because: str
    grade: str
    sources: list[str]


@dataclass(frozen=True)
class ToldUrgency:
    """How soon the person should be seen; tell it before anything else."""

    level: str
    sentence: str
    because: list[str]


@dataclass(frozen=True)
class ToldCandidate:
    """A mineral whose lack fits, with the sentence of its level and what to ask."""

    mineral: str
    lack: str
    level: str
    sentence: str
    advice: str
    reasons: list[SaidReason]
    against: list[SaidReason]
    tests: list[str]
    may_also_be: list[str]
    not_asked_yet: list[str]


def told_urgency_of(assessment: Assessment) -> ToldUrgency:
    """The urgency of an assessment."""
    urgency = assessment.urgency
    told = [*urgency.reasons, *urgency.at_some_age, *urgency.if_so]
    level = told_urgency(urgency.level, judged=urgency.judged)
    return ToldUrgency(level, urgency.sentence, [one.message for one in told])


def told_candidates(assessment: Assessment, *, most: int) -> list[ToldCandidate]:
    """The first candidates; none in an emergency, when there are other things to do."""
    if assessment.urgency.level == URGENCIES[-1]:
        return []
    return [_candidate(one) for one in assessment.candidates[:most]]


def _candidate(one: Candidate) -> ToldCandidate:
    return ToldCandidate(
        mineral=one.mineral,
        lack=one.lack,
        level=one.level,
        sentence=one.sentence,
        advice=one.advice,
        reasons=[said_reason(reason) for reason in one.reasons],
        against=[said_reason(reason) for reason in one.against],
        tests=list(one.tests),
        may_also_be=list(one.look_alikes),
        not_asked_yet=list(one.missing),
    )


def said_reason(reason: Reason) -> SaidReason:
    """A reason as it is told."""
    return SaidReason(reason.because, reason.grade, list(reason.sources))


def keys_in(candidates: Iterable[ToldCandidate]) -> list[str]:
    """The keys of the sources that candidates cite, once each."""
    reasons = (r for one in candidates for r in (*one.reasons, *one.against))
    return list(dict.fromkeys(key for reason in reasons for key in reason.sources))


def from_rules(
    answer: Answer, catalogue: Catalogue, keys: Iterable[str] = ()
) -> FromRules:
    """What an answer ends with; `keys` are those of its sources."""
    assert not isinstance(answer, ProblemAnswer)
    cited = (catalogue.source[key] for key in dict.fromkeys(keys))
    return FromRules(
        sources=[CitedWork(one.id, source_title(one), one.url) for one in cited],
        limits=catalogue.footer,
        version=answer.version,
        fingerprint=answer.fingerprint,
    )


@dataclass(frozen=True)
class Understood:
    """What words were read as. `person` is what the other tools take."""

    person: dict[str, Any]
    read: list[dict[str, str]]
    not_understood: list[dict[str, Any]]
    at_odds: str
    notes: list[str]
    from_rules: FromRules


@dataclass(frozen=True)
class AssessedPerson:
    """What fits a person's answers: tell the urgency first, then the level sentences.

    `record` is the whole assessment as JSON, where it was asked for.
    """

    urgency: ToldUrgency
    candidates: list[ToldCandidate]
    other_states_that_fit: list[str]
    not_understood: list[str]
    notes: list[str]
    record: str
    from_rules: FromRules


@dataclass(frozen=True)
class ExplainedMineral:
    """Why a mineral stands at its level, step by step, and what a higher one lacks."""

    mineral: str
    level: str
    sentence: str
    steps: list[str]
    next_sentence: str
    lacks: list[str]
    held_back_by: list[str]
    urgency: ToldUrgency
    from_rules: FromRules


@dataclass(frozen=True)
class MovedMineral:
    """The level of a mineral before and after; none where it was no candidate."""

    mineral: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ChangedPerson:
    """What the changes moved; `unmoved` says why nothing did, where nothing did."""

    person: dict[str, Any]
    urgency_before: ToldUrgency
    urgency_after: ToldUrgency
    moved: list[MovedMineral]
    unmoved: list[str]
    notes: list[str]
    from_rules: FromRules


@dataclass(frozen=True)
class AskableQuestion:
    """A question, the name that its reply goes by, and the units of a value."""

    name: str
    ask: str
    more: str
    units: list[str]


@dataclass(frozen=True)
class NextQuestion:
    """What to ask next. At `enough` nothing likely can change the first candidates."""

    questions: list[AskableQuestion]
    enough: bool
    about_so_many_more: int
    urgency: ToldUrgency
    first: list[MovedMineral]
    from_rules: FromRules


@dataclass(frozen=True)
class LearnedMineral:
    """What the rules tell of a mineral, apart from any person; or the list of all."""

    minerals: list[str]
    name: str
    summary: str
    what_it_does: list[SaidReason]
    foods: list[SaidReason]
    when_it_lacks: list[SaidReason]
    what_looks_like_it: list[SaidReason]
    tests: list[SaidReason]
    doubts: list[str]
    from_rules: FromRules

"""The cases beside the rules, and those of the baseline."""

from __future__ import annotations

from pydantic import model_validator

from minsight.files.document import (
    AgeText,
    Document,
    Id,
    RuleId,
    Sex,
    SourceKey,
    Text,
)
from minsight.scales import LevelName, UrgencyName


class MeasurementEntry(Document):
    name: Text
    value: float
    unit: Text


class SubjectDocument(Document):
    """One person of a case, in vocabulary ids."""

    age: AgeText | None = None
    sex: Sex | None = None
    present: list[Id] = []
    absent: list[Id] = []
    groups: list[Id] = []
    not_groups: list[Id] = []
    measurements: list[MeasurementEntry] = []


class PairDocument(Document):
    """A subject on whom something holds, and a near one on whom it must not."""

    match: SubjectDocument
    near_miss: SubjectDocument


class RuleCase(PairDocument):
    rule: RuleId


class FlagCase(PairDocument):
    flag: Id


class Expectation(Document):
    """What an assessment must show. Minerals left out of `levels` may be anything.

    `named` are words that a candidate must mention as another explanation.
    """

    first: Id | None = None
    levels: dict[Id, LevelName] = {}
    at_most: LevelName | None = None
    reasons: dict[Id, list[RuleId]] = {}
    against: dict[Id, list[RuleId]] = {}
    brakes: dict[Id, list[Id]] = {}
    named: dict[Id, list[Text]] = {}
    urgency: UrgencyName | None = None


class PersonCase(Document):
    """A whole person and what the assessment of them must show."""

    name: Text
    subject: SubjectDocument
    expect: Expectation
    source: Text | None = None


class WordCase(Document):
    """What one entry of the vocabulary alone must and may list.

    Any other mineral must not be listed; of one that is `neutral` none may.
    """

    entry: Text
    must: list[Id] = []
    may: list[Id] = []
    because: Text | None = None
    neutral: Text | None = None
    sources: list[SourceKey] = []

    @model_validator(mode="after")
    def _says_why(self) -> WordCase:
        if (self.because is None) == (self.neutral is None):
            raise ValueError("needs `because`, or `neutral` with the reason")
        if self.neutral is not None and (self.must or self.may):
            raise ValueError("is `neutral`, and so lists no mineral")
        if self.because is not None and not self.sources:
            raise ValueError("needs its `sources`")
        return self


class CasesDocument(Document):
    mineral: Id | None = None
    words: list[WordCase] = []
    rules: list[RuleCase] = []
    flags: list[FlagCase] = []
    people: list[PersonCase] = []

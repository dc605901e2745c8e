"""`levels.yaml`: gates, brakes, points and advice."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from minsight.files.document import (
    AgeText,
    Document,
    Id,
    Text,
)
from minsight.scales import EffectName, LevelName, Strength, UrgencyName, Weight


class LevelDocument(Document):
    id: LevelName
    sentence: Text
    advice: Annotated[int, Field(ge=0)]
    advice_with_strong_risk: Annotated[int, Field(ge=0)] | None = None
    folded: bool = False


class FindingsGate(Document):
    strength: Strength
    clusters: Annotated[int, Field(ge=1)] = 1


class CombinationGate(Document):
    effect: EffectName
    carried_by: Literal["finding", "characteristic", "group"] | None = None


class Gate(Document):
    """One way to reach a level: all parts given must hold."""

    findings: FindingsGate | None = None
    risk: Weight | None = None
    combination: CombinationGate | None = None
    measured: Literal["low"] | None = None
    urgent: Literal[True] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Gate:
        parts = (self.findings, self.risk, self.combination, self.measured, self.urgent)
        if all(part is None for part in parts):
            raise ValueError("an empty gate would always be open")
        return self


class GatesDocument(Document):
    level: LevelName
    any: Annotated[list[Gate], Field(min_length=1)]


class BrakeDocument(Document):
    """What lowers a level after the gates, in the order of the file."""

    id: Id
    when: Literal["adult_without_cause", "contrary_explains_all", "contrary", "capped"]
    at_most: LevelName | None = None
    down: Literal[1] | None = None
    from_age: AgeText | None = None
    without_risk: Weight | None = None
    unless: list[Gate] = []
    sentence: Text

    @model_validator(mode="after")
    def _one_effect(self) -> BrakeDocument:
        if (self.at_most is None) == (self.down is None):
            raise ValueError("needs exactly one of `at_most` and `down`")
        return self


class PointsDocument(Document):
    """Points order candidates inside one level and mean nothing else."""

    findings: dict[Strength, int]
    nonspecific_at_most: int
    further_in_cluster: int
    risk: dict[Weight, int]
    risk_at_most: int
    combination: dict[EffectName, int]
    textbook: Annotated[int, Field(ge=1)]
    against: int


class LevelsDocument(Document):
    levels: list[LevelDocument]
    gates: list[GatesDocument]
    brakes: list[BrakeDocument]
    urgent_from: UrgencyName
    points: PointsDocument
    advice: list[Text]
    advice_earlier_below: AgeText
    professional_below: AgeText
    professional_from: LevelName
    professional_advice: Annotated[int, Field(ge=0)]
    footer: Text

"""The profile and the rules of one mineral."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from minsight.compiler.documents.conditions import ConditionDocument
from minsight.files.document import (
    SYMBOL,
    Document,
    Id,
    LifeStage,
    LoincCode,
    RuleId,
    Sourced,
    SourcedText,
    Text,
)
from minsight.scales import EffectName, Strength, UrgencyName, Weight

MOST_BASE_RATE: Final = 9
"""Of the minerals that are lacking least often; 0 is of those lacking most often."""


class IntakeDocument(Sourced):
    """Recommended intake by life stage, in the unit of the source table."""

    unit: Literal["mg/day", "ug/day", "g/day"]
    kind: Text
    values: Annotated[dict[str, float], Field(min_length=1)]
    note: Text | None = None


class UpperLimitDocument(Sourced):
    unit: Text
    values: Annotated[dict[str, float | Literal["not determined"]], Field(min_length=1)]
    note: Text | None = None


class FittingText(SourcedText):
    """A fact that is told to everybody `unless` the condition holds of the person."""

    unless: ConditionDocument | None = None


class FoodDocument(SourcedText):
    """A food that holds the mineral, and the kinds of food that it is `made_of`."""

    made_of: list[Id] = []


class FoodKindDocument(Sourced):
    """A kind of food, and for whom it is not named."""

    id: Id
    label: Text
    not_for: ConditionDocument | None = None
    because: Text


class FoodsDocument(Document):
    kinds: list[FoodKindDocument]


class TestDocument(Sourced):
    """A laboratory or bedside test that would tell more.

    Whoever brings one of the measurements that it `measures` need not be told of it.
    """

    name: Text
    reads: Text
    measures: list[Id] = []
    unless: ConditionDocument | None = None
    loinc: LoincCode | None = None
    note: Text | None = None


class ProfileDocument(Document):
    """What a mineral does and who runs short of it.

    One that is `silent_unless` a condition holds has no level for anybody else.
    """

    id: Id
    name: Text
    symbol: Annotated[str, Field(pattern=SYMBOL)]
    kind: Literal["macromineral", "trace mineral"]
    lack: Text
    base_rate: Annotated[int, Field(ge=0, le=MOST_BASE_RATE)]
    base_rate_note: Text
    scored: bool
    not_scored_because: Text | None = None
    adult_brake: bool = True
    silent_unless: ConditionDocument | None = None
    summary: Text
    functions: Annotated[list[SourcedText], Field(min_length=1)]
    foods: Annotated[list[FoodDocument], Field(min_length=1)]
    intake: IntakeDocument | None
    no_intake_because: Text | None = None
    upper_limit: UpperLimitDocument | None = None
    lack_facts: list[SourcedText] = []
    life_stage_facts: list[SourcedText] = []
    tests: list[TestDocument] = []
    look_alikes: list[FittingText] = []
    interactions: list[SourcedText] = []
    cautions: list[SourcedText] = []
    doubts: list[Text] = []

    @model_validator(mode="after")
    def _reasons_given(self) -> ProfileDocument:
        if not self.scored and self.not_scored_because is None:
            raise ValueError("`scored: false` needs `not_scored_because`")
        if self.intake is None and self.no_intake_because is None:
            raise ValueError("`intake: null` needs `no_intake_because`")
        return self


class Consequent(Document):
    """What a rule concludes: exactly one kind of evidence."""

    supports: Strength | None = None
    risk: Weight | None = None
    combination: EffectName | None = None
    textbook: Literal["complete"] | None = None
    context: Literal["raises", "lowers"] | None = None
    against: Literal["brake", "cap", "note"] | None = None
    measured: Literal["low"] | None = None
    points_to: Text | None = None
    explains: list[Id] = []
    urgency: UrgencyName = "none"

    @model_validator(mode="after")
    def _one_kind(self) -> Consequent:
        kinds = [k for k in KINDS if getattr(self, k) is not None]
        if len(kinds) != 1:
            raise ValueError(f"needs exactly one of {', '.join(KINDS)}")
        if self.against is None and (self.points_to or self.explains):
            raise ValueError("`points_to` and `explains` belong to `against`")
        if self.against is not None and self.points_to is None:
            raise ValueError("`against` needs `points_to`: what fits better")
        if self.combination is None and self.urgency != "none":
            raise ValueError("`urgency` belongs to `combination`; see urgency.yaml")
        return self


KINDS = (
    "supports",
    "risk",
    "combination",
    "textbook",
    "context",
    "against",
    "measured",
)


class RuleDocument(Sourced):
    id: RuleId
    when: ConditionDocument
    then: Consequent
    because: Text
    ages: list[LifeStage] = []
    cluster: Id | None = None
    status: Literal["draft", "reviewed", "stable", "deprecated"] = "draft"
    deprecated_because: Text | None = None
    note: Text | None = None


class RulesDocument(Document):
    mineral: Id
    rules: list[RuleDocument]

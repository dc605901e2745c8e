"""The rule files as written: one pydantic model for each kind of file.

A document mirrors its YAML; it knows nothing of atoms or engines. Unknown keys are
refused everywhere. References between documents are checked in `checking`, not here.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from minsight.ages import parse_age

Text = Annotated[str, Field(min_length=1, max_length=1_000)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
StageId = Annotated[str, Field(pattern=r"^[0-9][0-9]*(-[0-9]+)?(mo|y)\+?$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z0-9_]{2,59}$")]
SourceKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Grade: TypeAlias = Literal["A", "B", "C"]
Strength: TypeAlias = Literal[
    "pathognomonic_like", "characteristic", "supportive", "nonspecific"
]
Weight: TypeAlias = Literal["strong", "moderate", "weak"]
Effect: TypeAlias = Literal["very_strong", "strong", "moderate", "weak"]
Urgency: TypeAlias = Literal["none", "routine", "soon", "same_day", "emergency"]
Level: TypeAlias = Literal[
    "no_pattern",
    "few_findings",
    "partial_pattern",
    "typical_pattern",
    "measured_low",
]
Sex: TypeAlias = Literal["female", "male"]


def _age_text(value: object) -> object:
    if isinstance(value, str):
        parse_age(value)
    return value


AgeText = Annotated[str, BeforeValidator(_age_text)]


class Document(BaseModel):
    """Base of every document: frozen, and closed to keys it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


# --- conditions ---------------------------------------------------------------------


class AllOf(Document):
    """Holds when every part holds."""

    all: Annotated[list[Condition], Field(min_length=1)]


class AnyOf(Document):
    """Holds when at least one part holds."""

    any: Annotated[list[Condition], Field(min_length=1)]


class AtLeast(Document):
    """Holds when at least `at_least` of the parts in `of` hold."""

    at_least: Annotated[int, Field(ge=1)]
    of: Annotated[list[Condition], Field(min_length=1)]

    @model_validator(mode="after")
    def _reachable(self) -> AtLeast:
        if self.at_least > len(self.of):
            raise ValueError(
                f"asks for {self.at_least} of {len(self.of)}; lower `at_least`"
            )
        return self


class Absent(Document):
    """Holds when the finding or group was said to be absent (not when unknown)."""

    absent: Id


def _condition_kind(value: object) -> str | None:
    if isinstance(value, str):
        return "id"
    kinds = ("all", "any", "at_least", "absent")
    if isinstance(value, dict):
        return next((kind for kind in kinds if kind in value), None)
    return next((kind for kind in kinds if hasattr(value, kind)), None)


Condition: TypeAlias = Annotated[
    Annotated[str, Tag("id")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[Absent, Tag("absent")],
    Discriminator(
        _condition_kind,
        custom_error_type="condition",
        custom_error_message="is not a condition; write an id, or one of"
        " `all: [...]`, `any: [...]`, `at_least: n` with `of: [...]`, `absent: id`",
    ),
]


# --- vocabulary ---------------------------------------------------------------------


class Hpo(Document):
    """A Human Phenotype Ontology term and how well it fits."""

    id: Annotated[str, Field(pattern=r"^HP:\d{7}$")]
    label: Text
    match: Literal["exact", "close", "broad"]


class Derivation(Document):
    """When a subject is put into a group without being asked."""

    from_: AgeText | None = Field(default=None, alias="from")
    below: AgeText | None = None
    sex: Sex | None = None
    when: Condition | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Derivation:
        if self.from_ is self.below is self.sex is self.when is None:
            raise ValueError(
                "derives from nothing; give `from`, `below`, `sex` or `when`"
            )
        return self


class FindingDocument(Document):
    id: Id
    label: Text
    kind: Literal["symptom", "sign", "lab"]
    category: Id
    synonyms: list[Text] = []
    parents: list[Id] = []
    cluster: Id | None = None
    lay: bool = True
    asked_of: Derivation | None = None
    hpo: Hpo | None = None
    note: Text | None = None


class FindingsDocument(Document):
    findings: list[FindingDocument]


class GroupDocument(Document):
    id: Id
    label: Text
    category: Id
    definition: Text
    synonyms: list[Text] = []
    parents: list[Id] = []
    derive: Derivation | None = None
    asked_of: Derivation | None = None
    only_for: Derivation | None = None
    note: Text | None = None


class LifeStageDocument(Document):
    """An age band that rules name in `ages`."""

    id: StageId
    label: Text
    from_: AgeText = Field(alias="from")
    below: AgeText | None = None


class RiskGroupsDocument(Document):
    life_stages: list[LifeStageDocument]
    groups: list[GroupDocument]


class ClusterDocument(Document):
    id: Id
    label: Text
    because: Text


class ClustersDocument(Document):
    clusters: list[ClusterDocument]


class Sourced(Document):
    """Anything that claims a fact: it names its sources and their grade."""

    sources: Annotated[list[SourceKey], Field(min_length=1)]
    grade: Grade


class Cutoff(Document):
    """One line of a band: the value below (or from) which it holds, and for whom."""

    below: float | None = None
    from_: float | None = Field(default=None, alias="from")
    whom: Derivation | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Cutoff:
        if (self.below is None) == (self.from_ is None):
            raise ValueError("needs exactly one of `below` and `from`")
        return self


class BandDocument(Sourced):
    """A named range of a measurement, such as `ferritin_low`."""

    id: Id
    label: Text
    cutoffs: Annotated[list[Cutoff], Field(min_length=1)]
    note: Text | None = None


class MeasurementDocument(Document):
    id: Id
    label: Text
    synonyms: list[Text] = []
    unit: Text
    units: Annotated[dict[str, float], Field(min_length=1)]
    plausible_to: Annotated[float, Field(gt=0)]
    loinc: Text | None = None
    bands: list[BandDocument] = []
    note: Text | None = None


class MeasurementsDocument(Document):
    measurements: list[MeasurementDocument]


class SourceDocument(Document):
    id: SourceKey
    title: Text
    publisher: Text | None = None
    year: int | None = None
    url: Text | None = None
    read: bool
    note: Text | None = None


class SourcesDocument(Document):
    sources: list[SourceDocument]


# --- one mineral --------------------------------------------------------------------


class Fact(Sourced):
    text: Text
    note: Text | None = None


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


class TestDocument(Sourced):
    """A laboratory or bedside test that would tell more."""

    name: Text
    reads: Text
    loinc: Annotated[str, Field(pattern=r"^\d+-\d$")] | None = None
    note: Text | None = None


class ProfileDocument(Document):
    id: Id
    name: Text
    symbol: Annotated[str, Field(pattern=r"^[A-Z][a-z]?$")]
    kind: Literal["macromineral", "trace mineral"]
    lack: Text
    base_rate: Annotated[int, Field(ge=0, le=9)]
    base_rate_note: Text
    scored: bool
    not_scored_because: Text | None = None
    adult_brake: bool = True
    summary: Text
    functions: Annotated[list[Fact], Field(min_length=1)]
    foods: Annotated[list[Fact], Field(min_length=1)]
    intake: IntakeDocument | None
    no_intake_because: Text | None = None
    upper_limit: UpperLimitDocument | None = None
    lack_facts: list[Fact] = []
    life_stage_facts: list[Fact] = []
    tests: list[TestDocument] = []
    look_alikes: list[Fact] = []
    interactions: list[Fact] = []
    cautions: list[Fact] = []
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
    combination: Effect | None = None
    context: Literal["raises", "lowers"] | None = None
    against: Literal["brake", "note"] | None = None
    measured: Literal["low"] | None = None
    points_to: Text | None = None
    explains: list[Id] = []
    urgency: Urgency = "none"

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


KINDS = ("supports", "risk", "combination", "context", "against", "measured")


class RuleDocument(Sourced):
    id: RuleId
    when: Condition
    then: Consequent
    because: Text
    ages: list[StageId | Literal["pregnant", "lactating"]] = []
    cluster: Id | None = None
    status: Literal["draft", "reviewed", "stable", "deprecated"] = "draft"
    deprecated_because: Text | None = None
    note: Text | None = None


class RulesDocument(Document):
    mineral: Id
    rules: list[RuleDocument]


# --- cases --------------------------------------------------------------------------


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


class RuleCase(Document):
    """A subject on whom the rule matches, and a near one on whom it must not."""

    rule: RuleId
    match: SubjectDocument
    near_miss: SubjectDocument


class Expectation(Document):
    """What an assessment must show. Minerals left out of `levels` may be anything."""

    first: Id | None = None
    levels: dict[Id, Level] = {}
    at_most: Level | None = None
    reasons: dict[Id, list[RuleId]] = {}
    against: dict[Id, list[RuleId]] = {}
    brakes: dict[Id, list[Id]] = {}
    urgency: Urgency | None = None


class PersonCase(Document):
    """A whole person and what the assessment of them must show."""

    name: Text
    subject: SubjectDocument
    expect: Expectation
    source: Text | None = None


class CasesDocument(Document):
    mineral: Id | None = None
    rules: list[RuleCase] = []
    people: list[PersonCase] = []


# --- shared rules -------------------------------------------------------------------


class PictureDocument(Sourced):
    """A derived finding: a named combination that several minerals read."""

    id: Id
    label: Text
    when: Condition
    because: Text


class PicturesDocument(Document):
    pictures: list[PictureDocument]


class RedFlagDocument(Sourced):
    id: Id
    when: Condition
    urgency: Literal["soon", "same_day", "emergency"]
    message: Text
    note: Text | None = None


class UrgencyDocument(Document):
    order: list[Urgency]
    sentences: dict[Urgency, Text]
    red_flags: list[RedFlagDocument]


class LinkDocument(Sourced):
    """A sentence shown when the minerals stand at these levels together."""

    id: Id
    when: Annotated[dict[Id, Level], Field(min_length=1)]
    note: Text


class NetworkDocument(Document):
    links: list[LinkDocument]


class LevelDocument(Document):
    id: Level
    sentence: Text
    advice: Annotated[int, Field(ge=0)]
    advice_with_strong_risk: Annotated[int, Field(ge=0)] | None = None
    folded: bool = False


class FindingsGate(Document):
    strength: Strength
    clusters: Annotated[int, Field(ge=1)] = 1


class CombinationGate(Document):
    effect: Effect
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
    level: Level
    any: Annotated[list[Gate], Field(min_length=1)]


class BrakeDocument(Document):
    """What lowers a level after the gates, in the order of the file."""

    id: Id
    when: Literal["adult_without_cause", "contrary_explains_all", "contrary"]
    at_most: Level | None = None
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
    combination: dict[Effect, int]
    against: int


class LevelsDocument(Document):
    levels: list[LevelDocument]
    gates: list[GatesDocument]
    brakes: list[BrakeDocument]
    urgent_from: Urgency
    points: PointsDocument
    advice: list[Text]
    advice_earlier_below: AgeText
    professional_below: AgeText
    professional_from: Level
    professional_advice: Annotated[int, Field(ge=0)]
    out_of_age: Literal["one class lower"]
    footer: Text


AllOf.model_rebuild()
AnyOf.model_rebuild()
AtLeast.model_rebuild()

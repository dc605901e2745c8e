"""The files of `vocabulary/`."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from minsight.compiler.documents.conditions import ConditionDocument
from minsight.files.document import (
    HPO_NUMBERS,
    HPO_PATTERN,
    NAME_ENDING,
    AgeText,
    Document,
    Id,
    Sex,
    Sourced,
    SourceKey,
    StageId,
    Text,
)

NameEnding: TypeAlias = Annotated[str, Field(pattern=NAME_ENDING)]
"""How names end; in lower case, for it is compared with normalised words."""


class Hpo(Document):
    """A Human Phenotype Ontology term and how well it fits."""

    id: Annotated[str, Field(pattern=HPO_PATTERN)]
    label: Text
    match: Literal["exact", "close", "broad"]


class Derivation(Document):
    """When a subject is put into a group without being asked."""

    from_: AgeText | None = Field(default=None, alias="from")
    below: AgeText | None = None
    sex: Sex | None = None
    when: ConditionDocument | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Derivation:
        if self.from_ is self.below is self.sex is self.when is None:
            raise ValueError(
                "derives from nothing; give `from`, `below`, `sex` or `when`"
            )
        return self


class LastingDocument(Document):
    """How long the first of its parents must last to be this finding."""

    from_: AgeText = Field(alias="from")
    sources: Annotated[list[SourceKey], Field(min_length=1)]


class FindingDocument(Document):
    id: Id
    label: Text
    kind: Literal["symptom", "sign", "lab"]
    category: Id
    synonyms: list[Text] = []
    parents: list[Id] = []
    cluster: Id | None = None
    lay: bool = True
    told_only: bool = False
    lasting: LastingDocument | None = None
    asked_of: Derivation | None = None
    hpo: Hpo | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _lasts_of_something(self) -> FindingDocument:
        if self.lasting is not None and not self.parents:
            raise ValueError(
                "`lasting` says how long a parent lasts; name it in `parents`"
            )
        return self


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
    from_: AgeText | None = Field(default=None, alias="from")
    below: AgeText | None = None

    @model_validator(mode="after")
    def _bounded(self) -> LifeStageDocument:
        if self.from_ is self.below is None:
            raise ValueError("holds at every age; give `from`, `below` or both")
        return self


class HpoDocument(Document):
    """Terms of the Human Phenotype Ontology by the finding nearest above them."""

    release: Text
    below: dict[Id, Annotated[str, Field(pattern=HPO_NUMBERS)]]


class RiskGroupsDocument(Document):
    life_stages: list[LifeStageDocument]
    groups: list[GroupDocument]


class ClusterDocument(Document):
    id: Id
    label: Text
    because: Text


class ClustersDocument(Document):
    clusters: list[ClusterDocument]


Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Factor = Annotated[float, Field(gt=0, allow_inf_nan=False)]
ToldAs: TypeAlias = Literal["low", "normal", "high"]


class CutoffDocument(Document):
    """One line of a band: the values from and below which it holds, and for whom."""

    below: Number | None = None
    from_: Number | None = Field(default=None, alias="from")
    whom: Derivation | None = None

    @model_validator(mode="after")
    def _bounded(self) -> CutoffDocument:
        if self.below is self.from_ is None:
            raise ValueError("holds for every value; give `from`, `below` or both")
        if self.below is not None and (self.from_ or 0.0) >= self.below:
            raise ValueError("holds for no value; `below` must be more than `from`")
        return self

    @property
    def limits(self) -> tuple[float, ...]:
        """The bounds that are given."""
        return tuple(x for x in (self.from_, self.below) if x is not None)


class BandDocument(Sourced):
    """A named range of a measurement, such as `ferritin_low`.

    A value inside it observes the findings it names as `parents`. `told_as` says what
    people call such a value; without it, its first line does: `below` is low.
    """

    id: Id
    label: Text
    parents: list[Id] = []
    told_as: ToldAs | None = None
    cutoffs: Annotated[list[CutoffDocument], Field(min_length=1)]
    note: Text | None = None

    @property
    def called(self) -> ToldAs:
        """What people call a value in it."""
        if self.told_as is not None:
            return self.told_as
        return "low" if self.cutoffs[0].from_ is None else "high"


class AdjustmentDocument(Document):
    """A value read beside another: for each unit that `by` lacks to `at`, add `per`.

    Not below the age `from`: what holds for adults need not hold for a newborn.
    """

    by: Id
    at: Factor
    per: Factor
    from_: AgeText | None = Field(default=None, alias="from")
    already: list[Text] = []


class UnitSpanDocument(Document):
    """Numbers that, given without a unit, can only be meant in this one."""

    unit: Text
    from_: Number = Field(alias="from")
    to: Factor


class MeasurementDocument(Document):
    """A measurement, kept in `unit`; `units` are the others that are accepted.

    `molar_mass` in g/mol joins mass and amount, `valence` amount and equivalents.
    `unstated` are numbers that people give without a unit.
    """

    id: Id
    label: Text
    synonyms: list[Text] = []
    unit: Text
    units: list[Text] = []
    unstated: list[UnitSpanDocument] = []
    molar_mass: Factor | None = None
    valence: Annotated[int, Field(ge=1, le=4)] | None = None
    adjusted: AdjustmentDocument | None = None
    plausible_from: Number = 0.0
    plausible_to: Factor
    loinc: Text | None = None
    bands: list[BandDocument] = []
    note: Text | None = None

    @model_validator(mode="after")
    def _some_value_is_plausible(self) -> MeasurementDocument:
        if self.plausible_from >= self.plausible_to:
            raise ValueError("accepts no value; give a larger `plausible_to`")
        return self

    @model_validator(mode="after")
    def _one_unit_is_possible(self) -> MeasurementDocument:
        spans = sorted(self.unstated, key=lambda span: span.from_)
        for span in spans:
            if span.unit not in (self.unit, *self.units):
                raise ValueError(f"takes no `{span.unit}`; give it among the `units`")
        for one, next_ in pairwise(spans):
            if next_.from_ <= one.to:
                raise ValueError(
                    f"takes {next_.from_:g} without a unit for `{one.unit}` and for"
                    f" `{next_.unit}`; let `unstated` hold it once or not at all"
                )
        return self


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


class FrameDocument(Document):
    """Phrases of one finding or group: one of each list of `words`, in any order.

    A list is named as `<list>` or written out. What `means: nothing` says only what its
    words do not mean.
    """

    means: Id
    words: Annotated[
        list[Text | Annotated[list[Text], Field(min_length=1)]], Field(min_length=1)
    ]
    spread: bool = False


class FramesDocument(Document):
    lists: dict[Id, Annotated[list[Text], Field(min_length=1)]] = {}
    frames: list[FrameDocument] = []


class MedicinesOfGroupDocument(Document):
    """Names of medicines that mean one group, and endings of others that do."""

    means: Id
    endings: list[NameEnding] = []
    names: Annotated[list[Text], Field(min_length=1)]


class ProductDocument(Document):
    """A name that holds several medicines, `of` which each is named by itself."""

    name: Text
    of: Annotated[list[Text], Field(min_length=1)]


class MedicinesDocument(Sourced):
    """Medicines by group; the sources are those of the endings.

    `too_much` is the finding of whoever took too much of any of them.
    """

    too_much: Id | None = None
    classes: list[MedicinesOfGroupDocument]
    products: list[ProductDocument] = []

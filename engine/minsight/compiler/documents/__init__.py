"""Documents: the rule files as written, one pydantic model for each kind of file.

A document mirrors its YAML; it knows nothing of atoms or engines. Unknown keys are
refused everywhere. References between documents are checked in `compiler.checks`, not
here.
"""

from minsight.compiler.documents.conditions import (
    Absent as Absent,
    AllOf as AllOf,
    AnyOf as AnyOf,
    AtLeast as AtLeast,
    ConditionDocument as ConditionDocument,
)
from minsight.compiler.documents.interview import (
    AgesAndSexDocument as AgesAndSexDocument,
    FrequenciesDocument as FrequenciesDocument,
    FrequencyBandDocument as FrequencyBandDocument,
    HistoryDocument as HistoryDocument,
    HistoryPartDocument as HistoryPartDocument,
    HistoryQuestionDocument as HistoryQuestionDocument,
    HowOftenDocument as HowOftenDocument,
    MoreOftenDocument as MoreOftenDocument,
    WarningFamiliesDocument as WarningFamiliesDocument,
    WarningSignsDocument as WarningSignsDocument,
    WordingDocument as WordingDocument,
    WordingsDocument as WordingsDocument,
)
from minsight.compiler.documents.levels import (
    BrakeDocument as BrakeDocument,
    CombinationGate as CombinationGate,
    FindingsGate as FindingsGate,
    Gate as Gate,
    GatesDocument as GatesDocument,
    LevelDocument as LevelDocument,
    LevelsDocument as LevelsDocument,
    PointsDocument as PointsDocument,
)
from minsight.compiler.documents.minerals import (
    KINDS as KINDS,
    MOST_BASE_RATE as MOST_BASE_RATE,
    Consequent as Consequent,
    FittingText as FittingText,
    FoodDocument as FoodDocument,
    FoodKindDocument as FoodKindDocument,
    FoodsDocument as FoodsDocument,
    IntakeDocument as IntakeDocument,
    ProfileDocument as ProfileDocument,
    RuleDocument as RuleDocument,
    RulesDocument as RulesDocument,
    TestDocument as TestDocument,
    UpperLimitDocument as UpperLimitDocument,
)
from minsight.compiler.documents.shared import (
    LinkDocument as LinkDocument,
    LookAlikeDocument as LookAlikeDocument,
    LookAlikesDocument as LookAlikesDocument,
    NetworkDocument as NetworkDocument,
    PictureDocument as PictureDocument,
    PicturesDocument as PicturesDocument,
    RedFlagDocument as RedFlagDocument,
    UrgencyDocument as UrgencyDocument,
)
from minsight.compiler.documents.vocabulary import (
    AdjustmentDocument as AdjustmentDocument,
    BandDocument as BandDocument,
    ClusterDocument as ClusterDocument,
    ClustersDocument as ClustersDocument,
    CutoffDocument as CutoffDocument,
    Derivation as Derivation,
    FindingDocument as FindingDocument,
    FrameDocument as FrameDocument,
    FramesDocument as FramesDocument,
    MedicinesDocument as MedicinesDocument,
    MedicinesOfGroupDocument as MedicinesOfGroupDocument,
    ProductDocument as ProductDocument,
    FindingsDocument as FindingsDocument,
    GroupDocument as GroupDocument,
    Hpo as Hpo,
    HpoDocument as HpoDocument,
    LifeStageDocument as LifeStageDocument,
    MeasurementDocument as MeasurementDocument,
    MeasurementsDocument as MeasurementsDocument,
    RiskGroupsDocument as RiskGroupsDocument,
    SourceDocument as SourceDocument,
    SourcesDocument as SourcesDocument,
    ToldAs as ToldAs,
)
from minsight.files.document import (
    AgeText as AgeText,
    Document as Document,
    SourcedText as SourcedText,
    Grade as Grade,
    Id as Id,
    LifeStage as LifeStage,
    RuleId as RuleId,
    Sex as Sex,
    Sourced as Sourced,
    SourceKey as SourceKey,
    StageId as StageId,
    Text as Text,
)

from minsight.knowledge.base import KnowledgeBase as KnowledgeBase
from minsight.knowledge.catalogue import (
    Advice as Advice,
)
from minsight.knowledge.catalogue import (
    Catalogue as Catalogue,
)
from minsight.knowledge.catalogue import (
    Fact as Fact,
)
from minsight.knowledge.catalogue import (
    Fit as Fit,
)
from minsight.knowledge.catalogue import (
    IntakeTable as IntakeTable,
)
from minsight.knowledge.catalogue import (
    Level as Level,
)
from minsight.knowledge.catalogue import (
    Link as Link,
)
from minsight.knowledge.catalogue import (
    LookAlike as LookAlike,
)
from minsight.knowledge.catalogue import (
    Profile as Profile,
)
from minsight.knowledge.catalogue import (
    Rule as Rule,
)
from minsight.knowledge.catalogue import (
    RuleSentence as RuleSentence,
)
from minsight.knowledge.catalogue import (
    Source as Source,
)
from minsight.knowledge.catalogue import (
    Test as Test,
)
from minsight.knowledge.guide import (
    FrequencyBand as FrequencyBand,
)
from minsight.knowledge.guide import (
    Guide as Guide,
)
from minsight.knowledge.guide import (
    HistoryPart as HistoryPart,
)
from minsight.knowledge.guide import (
    HistoryQuestion as HistoryQuestion,
)
from minsight.knowledge.guide import (
    MoreOften as MoreOften,
)
from minsight.knowledge.guide import (
    WarningSigns as WarningSigns,
)
from minsight.knowledge.guide import (
    Wording as Wording,
)
from minsight.knowledge.phrases import Phrase as Phrase
from minsight.knowledge.phrases import PhraseFrame as PhraseFrame
from minsight.knowledge.vocabulary import (
    Adjustment as Adjustment,
)
from minsight.knowledge.vocabulary import (
    Demographic as Demographic,
)
from minsight.knowledge.vocabulary import (
    Family as Family,
)
from minsight.knowledge.vocabulary import (
    Finding as Finding,
)
from minsight.knowledge.vocabulary import (
    Group as Group,
)
from minsight.knowledge.vocabulary import (
    MeasurementKind as MeasurementKind,
)
from minsight.knowledge.vocabulary import (
    UnitSpan as UnitSpan,
)
from minsight.knowledge.vocabulary import (
    Vocabulary as Vocabulary,
)

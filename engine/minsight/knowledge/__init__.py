"""Knowledge: what the rules know, frozen, as the cache keeps it."""

# ruff: noqa: I001  # a name beside itself is exported; sorting would part them
from typing import TYPE_CHECKING

from minsight._face import lazy

if TYPE_CHECKING:
    from minsight.knowledge.base import (
        KnowledgeBase as KnowledgeBase,
    )
    from minsight.knowledge.catalogue import (
        Advice as Advice,
        Catalogue as Catalogue,
        Fact as Fact,
        IntakeTable as IntakeTable,
        Level as Level,
        Link as Link,
        Profile as Profile,
        Rule as Rule,
        RuleSentence as RuleSentence,
        Source as Source,
        Test as Test,
    )
    from minsight.knowledge.phrases import (
        Phrase as Phrase,
    )
    from minsight.knowledge.vocabulary import (
        Adjustment as Adjustment,
        Demographic as Demographic,
        Finding as Finding,
        Group as Group,
        MeasurementKind as MeasurementKind,
        Vocabulary as Vocabulary,
    )

__all__, __getattr__, __dir__ = lazy(
    __name__,
    {
        "base": "KnowledgeBase",
        "catalogue": (
            "Advice Catalogue Fact IntakeTable Level Link Profile Rule "
            "RuleSentence Source Test"
        ),
        "phrases": "Phrase",
        "vocabulary": "Adjustment Demographic Finding Group MeasurementKind Vocabulary",
    },
)

"""Assessment: from atoms that hold to a differential."""

# ruff: noqa: I001  # a name beside itself is exported; sorting would part them
from typing import TYPE_CHECKING

from minsight._face import lazy

if TYPE_CHECKING:
    from minsight.assessment.engine import (
        Engine as Engine,
    )
    from minsight.assessment.model import (
        ActedBrake as ActedBrake,
        Assessment as Assessment,
        Candidate as Candidate,
        Reason as Reason,
        RulesIdentity as RulesIdentity,
        Urgency as Urgency,
        UrgencyReason as UrgencyReason,
    )
    from minsight.assessment.record import (
        assessment_json as assessment_json,
        assessment_schema as assessment_schema,
    )

__all__, __getattr__, __dir__ = lazy(
    __name__,
    {
        "engine": "Engine",
        "model": (
            "ActedBrake Assessment Candidate Reason RulesIdentity Urgency UrgencyReason"
        ),
        "record": "assessment_json assessment_schema",
    },
)

from minsight.assessment.engine import Engine as Engine
from minsight.assessment.model import (
    ActedBrake as ActedBrake,
)
from minsight.assessment.model import (
    Assessment as Assessment,
)
from minsight.assessment.model import (
    Candidate as Candidate,
)
from minsight.assessment.model import (
    LookAlikeMet as LookAlikeMet,
)
from minsight.assessment.model import (
    Reason as Reason,
)
from minsight.assessment.model import (
    RulesIdentity as RulesIdentity,
)
from minsight.assessment.model import (
    Urgency as Urgency,
)
from minsight.assessment.model import (
    UrgencyReason as UrgencyReason,
)
from minsight.assessment.record import (
    assessment_json as assessment_json,
)
from minsight.assessment.record import (
    assessment_schema as assessment_schema,
)

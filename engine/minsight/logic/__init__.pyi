from minsight.logic.backend import (
    Backend as Backend,
)
from minsight.logic.backend import (
    BackendName as BackendName,
)
from minsight.logic.backend import (
    Evaluation as Evaluation,
)
from minsight.logic.program import (
    Clause as Clause,
)
from minsight.logic.program import (
    Cutoff as Cutoff,
)
from minsight.logic.program import (
    PointSum as PointSum,
)
from minsight.logic.program import (
    Program as Program,
)
from minsight.logic.program import (
    Stratum as Stratum,
)

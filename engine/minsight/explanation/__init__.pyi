from minsight.explanation.model import (
    Completion as Completion,
)
from minsight.explanation.model import (
    Condition as Condition,
)
from minsight.explanation.model import (
    Explanation as Explanation,
)
from minsight.explanation.model import (
    GatePart as GatePart,
)
from minsight.explanation.model import (
    MineralProof as MineralProof,
)
from minsight.explanation.model import (
    NeededAnswer as NeededAnswer,
)
from minsight.explanation.model import (
    OpenGate as OpenGate,
)
from minsight.explanation.model import (
    OpenRule as OpenRule,
)
from minsight.explanation.model import (
    ProofStep as ProofStep,
)
from minsight.explanation.model import (
    WhyNot as WhyNot,
)
from minsight.explanation.proofs import Inference as Inference

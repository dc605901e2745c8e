"""Explanation: how a conclusion follows from the answers, and why another does not."""

# ruff: noqa: I001  # a name beside itself is exported; sorting would part them
from typing import TYPE_CHECKING

from minsight._face import lazy

if TYPE_CHECKING:
    from minsight.explanation.model import (
        Completion as Completion,
        Condition as Condition,
        Explanation as Explanation,
        GatePart as GatePart,
        MineralProof as MineralProof,
        NeededAnswer as NeededAnswer,
        OpenGate as OpenGate,
        OpenRule as OpenRule,
        ProofStep as ProofStep,
        WhyNot as WhyNot,
    )
    from minsight.explanation.proofs import (
        Inference as Inference,
    )

__all__, __getattr__, __dir__ = lazy(
    __name__,
    {
        "model": (
            "Completion Condition Explanation GatePart MineralProof "
            "NeededAnswer OpenGate OpenRule ProofStep WhyNot"
        ),
        "proofs": "Inference",
    },
)

"""What-if: what would change an assessment, computed from the rules."""

# ruff: noqa: I001  # a name beside itself is exported; sorting would part them
from typing import TYPE_CHECKING

from minsight._face import lazy

if TYPE_CHECKING:
    from minsight.whatif.bounds import (
        End as End,
        Ranges as Ranges,
        RankBound as RankBound,
        Room as Room,
        Witness as Witness,
    )
    from minsight.whatif.changes import (
        Change as Change,
        Changed as Changed,
        Setting as Setting,
    )
    from minsight.whatif.comparison import (
        CandidateStanding as CandidateStanding,
        Comparison as Comparison,
        MineralMoves as MineralMoves,
        Moves as Moves,
        Pair as Pair,
        UrgencyMoves as UrgencyMoves,
    )
    from minsight.whatif.duel import (
        Duel as Duel,
        DuelQuestion as DuelQuestion,
        DuelStanding as DuelStanding,
    )
    from minsight.whatif.flip import (
        Flip as Flip,
        Flips as Flips,
    )
    from minsight.whatif.hypotheses import (
        Switch as Switch,
    )
    from minsight.whatif.patterns import (
        ChangeChoice as ChangeChoice,
        Pattern as Pattern,
    )
    from minsight.whatif.reach import (
        Reach as Reach,
    )
    from minsight.whatif.scenarios import (
        Scenario as Scenario,
        ScenarioOutcome as ScenarioOutcome,
        Scenarios as Scenarios,
    )
    from minsight.whatif.sensitivity import (
        ChangeEffect as ChangeEffect,
        Move as Move,
        Sensitivity as Sensitivity,
    )

__all__, __getattr__, __dir__ = lazy(
    __name__,
    {
        "bounds": "End RankBound Ranges Room Witness",
        "changes": "Change Changed Setting",
        "comparison": (
            "CandidateStanding Comparison MineralMoves Moves Pair UrgencyMoves"
        ),
        "duel": "Duel DuelQuestion DuelStanding",
        "flip": "Flip Flips",
        "hypotheses": "Switch",
        "patterns": "ChangeChoice Pattern",
        "reach": "Reach",
        "scenarios": "Scenario ScenarioOutcome Scenarios",
        "sensitivity": "ChangeEffect Move Sensitivity",
    },
)

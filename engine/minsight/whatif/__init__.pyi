from minsight.whatif.bounds import (
    End as End,
)
from minsight.whatif.bounds import (
    Ranges as Ranges,
)
from minsight.whatif.bounds import (
    RankBound as RankBound,
)
from minsight.whatif.bounds import (
    Room as Room,
)
from minsight.whatif.bounds import (
    Witness as Witness,
)
from minsight.whatif.changes import (
    Change as Change,
)
from minsight.whatif.changes import (
    Changed as Changed,
)
from minsight.whatif.comparison import (
    CandidateStanding as CandidateStanding,
)
from minsight.whatif.comparison import (
    Comparison as Comparison,
)
from minsight.whatif.comparison import (
    MineralMoves as MineralMoves,
)
from minsight.whatif.comparison import (
    Moves as Moves,
)
from minsight.whatif.comparison import (
    Pair as Pair,
)
from minsight.whatif.comparison import (
    UrgencyMoves as UrgencyMoves,
)
from minsight.whatif.duel import (
    Duel as Duel,
)
from minsight.whatif.duel import (
    DuelQuestion as DuelQuestion,
)
from minsight.whatif.duel import (
    DuelStanding as DuelStanding,
)
from minsight.whatif.flip import (
    Flip as Flip,
)
from minsight.whatif.flip import (
    Flips as Flips,
)
from minsight.whatif.hypotheses import Switch as Switch
from minsight.whatif.patterns import (
    ChangeChoice as ChangeChoice,
)
from minsight.whatif.patterns import (
    Pattern as Pattern,
)
from minsight.whatif.reach import Reach as Reach
from minsight.whatif.scenarios import (
    Scenario as Scenario,
)
from minsight.whatif.scenarios import (
    ScenarioOutcome as ScenarioOutcome,
)
from minsight.whatif.scenarios import (
    Scenarios as Scenarios,
)
from minsight.whatif.sensitivity import (
    ChangeEffect as ChangeEffect,
)
from minsight.whatif.sensitivity import (
    Move as Move,
)
from minsight.whatif.sensitivity import (
    Sensitivity as Sensitivity,
)
from minsight.whatif.settings import Setting as Setting

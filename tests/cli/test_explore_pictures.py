"""Pictures of the screen of `minsight explore`, over made-up rules.

`pytest tests/cli/test_explore_pictures.py --snapshot-update` draws them anew; look at
them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import minsight
from minsight.intake.recognition import Unrecognised
from minsight_cli.tui.app import Explore
from minsight_cli.tui.state import Opened, State

Compare: TypeAlias = Callable[..., bool]

PERSON = State(
    replies={
        "grey_nails": "observed",
        "tiredness": "observed",
        "fever": "excluded",
        "itch": "unsure",
        "deep_well": "observed",
    },
    age_days=30 * 365.25,
    sex="female",
)


def screen(rules: minsight.Rules, state: State, *texts: str) -> Explore:
    left = tuple(Unrecognised(text, ()) for text in texts)
    return Explore(rules, Opened(state, left), save=None)


def test_answers_and_candidates(snap_compare: Compare, small: minsight.Rules) -> None:
    assert snap_compare(screen(small, PERSON), terminal_size=(80, 24))


def test_words_that_are_searched(snap_compare: Compare, small: minsight.Rules) -> None:
    words = ["slash", *"ashen", "space", *"nails", "comma", *"blorp"]
    assert snap_compare(screen(small, State()), press=words, terminal_size=(80, 24))


def test_an_emergency_with_answers_at_odds(
    snap_compare: Compare, small: minsight.Rules
) -> None:
    odd = {"fever": "observed", "nail_change": "excluded", "ridged_nails": "observed"}
    state = State(replies=odd, age_days=90)  # type: ignore[arg-type]  # replies all
    assert snap_compare(screen(small, state, "glows"), terminal_size=(80, 24))


def test_a_comparison(snap_compare: Compare, small: minsight.Rules) -> None:
    assert snap_compare(
        screen(small, PERSON), press=["space", "c", "enter"], terminal_size=(80, 24)
    )


def test_a_large_terminal(snap_compare: Compare, small: minsight.Rules) -> None:
    assert snap_compare(screen(small, PERSON), press=["tab"], terminal_size=(120, 40))


def test_a_narrow_terminal(snap_compare: Compare, small: minsight.Rules) -> None:
    assert snap_compare(screen(small, PERSON), terminal_size=(50, 30))

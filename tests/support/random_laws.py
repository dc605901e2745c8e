"""Random laws: how many examples each tries, and what else they have in common.

Each states its usual number with `examples`. MINSIGHT_EXAMPLES multiplies them all:
`make laws` tries ten times as many as `make test`.
"""

from __future__ import annotations

import os
from typing import Final

from hypothesis import HealthCheck, settings

TIMES: Final = int(os.environ.get("MINSIGHT_EXAMPLES", "1"))
"""How many times the usual number of examples each law tries."""
USUAL: Final = 100
"""How many a law tries that states no number."""


def load_profile() -> None:
    """Makes the settings below those of every law; called before any is imported."""
    settings.register_profile(
        "laws",
        max_examples=USUAL * TIMES,
        deadline=None,  # a busy machine breaks no law
        suppress_health_check=[
            HealthCheck.too_slow,  # nor does a slow one
            HealthCheck.data_too_large,  # rule sets and people are large
            HealthCheck.function_scoped_fixture,  # examples share them
        ],
    )
    settings.load_profile("laws")


def examples(usual: int) -> settings:
    """Settings of a law that usually tries so many examples."""
    return settings(max_examples=usual * TIMES)

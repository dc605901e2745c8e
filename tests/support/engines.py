"""The backends that can run here."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from minsight.logic.backend import BackendName

FORWARD_CAN_RUN: Final = find_spec("durable_rules_engine") is not None
"""False above Python 3.12; `tests/cli/test_check.py` says what is shown there."""

_FORWARD: Final[list[BackendName]] = ["forward"] if FORWARD_CAN_RUN else []
ENGINES: Final[list[BackendName]] = ["reference", *_FORWARD]
"""Those for one person at a time."""
BACKENDS: Final[list[BackendName]] = [*ENGINES, "columnar"]

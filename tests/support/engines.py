"""The engines that can run here."""

from __future__ import annotations

from importlib.util import find_spec

from minsight.assessment.engine import BackendName

FORWARD_CAN_RUN = find_spec("durable_rules_engine") is not None
"""False above Python 3.12; `tests/cli/test_check.py` says what is shown there."""

ENGINES: list[BackendName] = ["reference", *(["forward"] if FORWARD_CAN_RUN else [])]  # type: ignore[list-item]  # a literal in a display

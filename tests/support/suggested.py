"""What is suggested for words that are not understood, for tests that choose of it."""

from __future__ import annotations

import minsight
from minsight.intake.corrections import suggested_ids
from minsight.intake.recognition import recognise


def second(rules: minsight.Rules, text: str) -> str:
    """The id that is suggested second for the whole text."""
    return suggested_ids(recognise(text, rules.vocabulary), rules.vocabulary)[1]

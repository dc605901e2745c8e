"""Stamping: which rules gave an answer."""

from __future__ import annotations

from minsight.assessment.engine import Engine


def stamp_of(rules: Engine) -> dict[str, str]:
    """The version and the fingerprint of the rules, by the keys of every answer."""
    return {"version": rules.version, "fingerprint": rules.fingerprint}

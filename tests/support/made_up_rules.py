"""Rules of a catalogue, made up one by one for a test."""

from __future__ import annotations

from typing import Any

from minsight.knowledge.catalogue import Rule


def rule(name: str, kind: str, strength: str, **more: Any) -> Rule:
    """A rule of alum that reads what it is named for, unless `more` says otherwise."""
    fields: dict[str, Any] = {
        "cluster": name if kind == "supports" else None,
        "reads": (name,),
        "reads_absent": (),
        "more_specific": (),
        "ages": (),
        "because": f"{name} is made up.",
        "points_to": None,
        "urgency": "none",
        "grade": "C",
        "sources": ("handbook",),
    }
    return Rule(
        id=f"alum.{name}",
        mineral="alum",
        kind=kind,
        strength=strength,
        **{**fields, **more},
    )

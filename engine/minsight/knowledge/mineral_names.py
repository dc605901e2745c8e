"""What a mineral may be called: its id, its name, its symbol, and parts of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minsight.knowledge.catalogue import Profile


def mineral_names(profiles: Iterable[Profile]) -> dict[str, str]:
    """What a mineral may be called, in small letters, and its id."""
    names: dict[str, str] = {}
    for profile in profiles:
        called = (profile.id, profile.name, profile.symbol, *_parts(profile.name))
        names |= dict.fromkeys((name.lower() for name in called), profile.id)
    return names


def _parts(name: str) -> list[str]:
    """The names in one such as `Cobalt (vitamin B12)`: both, and `B12`."""
    parts = [part.strip() for part in re.split(r"[()]", name) if part.strip()]
    return [*parts, *(part.removeprefix("vitamin ") for part in parts)]

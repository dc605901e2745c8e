"""Least inputs: the smallest that still do harm of the same sort, kept in a folder."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hostile.crew import Tried, tried
from hostile.inputs import Trial

MOST_TRIES: Final = 120


def least(found: Tried) -> Tried:
    """The same sort of harm with one input, and as little of its file as it takes.

    What does no harm again, alone or together, is handed back as it was.
    """
    sort = sort_of(found.faults[0])
    singles = [found.trial._replace(inputs=(one,)) for one in found.trial.inputs]
    alone = _first(iter(singles), sort)
    if alone is None:
        return _first(iter([found.trial]), sort) or found._replace(
            faults=tuple(f"(not again) {fault}" for fault in found.faults)
        )
    tries = 0
    smaller: Tried | None = alone
    while smaller is not None and tries < MOST_TRIES:
        alone = smaller
        candidates = list(_smaller(alone.trial))[: MOST_TRIES - tries]
        tries += len(candidates)
        smaller = _first(iter(candidates), sort)
    return alone


def sort_of(fault: str) -> str:
    """The sort of a fault: what it says before its particulars."""
    return fault.split(":", maxsplit=1)[0]


def _first(trials: Iterator[Trial], sort: str) -> Tried | None:
    for one in tried(trials, 1):
        if any(sort_of(fault) == sort for fault in one.faults):
            return one
    return None


def _smaller(trial: Trial) -> Iterator[Trial]:
    """The trial with less in one of its files, large pieces first."""
    (one,) = trial.inputs
    for name, raw in one.files.items():
        for piece in (2, 4, 8, 16):
            size = len(raw) // piece
            if not size:
                continue
            for start in range(0, len(raw), size):
                less = raw[:start] + raw[start + size :]
                files = {**one.files, name: less}
                changed = one._replace(files=files, rows=None, expected=None)
                yield trial._replace(inputs=(changed,))


def keep(found: Tried, folder: Path) -> Path:
    """Write files, commands and faults of a trial into a folder of its own."""
    place = folder / found.trial.seed
    place.mkdir(parents=True, exist_ok=True)
    for names, one in zip(found.trial.names, found.trial.inputs, strict=True):
        for name, raw in zip(names, one.files.values(), strict=True):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(raw)
    told = [*found.faults, ""]
    for number, command in enumerate(found.trial.commands):
        line = shlex.join(("minsight", *command.arguments))
        if command.stdin:
            (place / f"stdin-{number}").write_bytes(command.stdin)
            line += f" < stdin-{number}"
        told.append(line)
    text = "\n".join(told) + "\n"
    (place / "how.txt").write_text(text, "utf-8", errors="backslashreplace")
    return place

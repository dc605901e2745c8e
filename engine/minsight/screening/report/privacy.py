"""Privacy: what only few people said or are named by, which a report leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from minsight.screening.summary.counts import URGENCY_IS
from minsight.screening.summary.tally import OTHER, Tally

_FILES: Final = "(small files)"
_NOTICES: Final = "other things that are told of fewer than {} rows each"
_INPUTS: Final = "{} file{} of fewer than {} rows{}"


def without_few(
    tally: Tally, manifest: Mapping[str, Any], *, smallest: int
) -> tuple[Tally, dict[str, Any]]:
    """The tally and the manifest without texts of fewer than `smallest` rows.

    Reasons, columns and notices may quote what one person wrote, and a file of one
    person may bear a name. They are counted together; so are such files, whose hashes
    could be guessed.
    """
    inputs = manifest.get("inputs", ())
    few = [one for one in inputs if one.get("rows", 0) < smallest]
    names = {one["name"] for one in few}
    told: Counter[tuple[str, str]] = Counter()
    for (file, message), rows in tally.notices.items():
        if file in names or 0 < rows < smallest:
            told[_FILES if file in names else file, _NOTICES.format(smallest)] += rows
        else:
            told[file, message] = rows
    public = replace(
        tally,
        reject_kinds=_joined(tally.reject_kinds, smallest),
        reject_columns=_joined(tally.reject_columns, smallest),
        notices=told,
        groups=_pooled(tally.groups, smallest),
    )
    if not few:
        return public, dict(manifest)
    kept = [one for one in inputs if one["name"] not in names]
    return public, {**manifest, "inputs": [*kept, {"name": _in_words(few, smallest)}]}


def _pooled(
    groups: Counter[tuple[str, str, str]], smallest: int
) -> Counter[tuple[str, str, str]]:
    """The counts with the values of fewer persons as one."""
    persons: Counter[tuple[str, str]] = Counter()
    for (name, value, what), number in groups.items():
        persons[name, value] += number * what.startswith(URGENCY_IS)
    pooled: Counter[tuple[str, str, str]] = Counter()
    for (name, value, what), number in groups.items():
        few = persons[name, value] < smallest
        pooled[name, OTHER if few else value, what] += number
    return pooled


def _joined(counts: Counter[str], smallest: int) -> Counter[str]:
    joined: Counter[str] = Counter()
    for text, rows in counts.items():
        joined[OTHER if rows < smallest else text] += rows
    return joined


def _in_words(few: list[Mapping[str, Any]], smallest: int) -> str:
    damaged = sum(bool(one.get("problem")) for one in few)
    several = len(few) != 1
    told = f", {damaged} of them not read to the end" if damaged else ""
    words = "s" if several else ""
    return _INPUTS.format(len(few), words, smallest, " each" * several + told)

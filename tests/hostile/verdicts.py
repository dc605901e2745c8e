"""Verdicts: what is wrong with the outcome of a trial, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from hostile import memory, outcomes
from hostile.inputs import Input, Trial
from hostile.running import Ended, ended, written
from minsight_cli.exits import Exit

KNOWN: Final = frozenset(int(code) for code in Exit)


def judged(trial: Trial) -> list[str]:
    """Run a trial; every fault as a sentence."""
    memory.forget_peak()
    before = memory.now()
    with written(trial) as folder:
        commands = trial.commands
        found = [ended(command) for command in commands]
        faults = [fault for one in found for fault in _harm(one)]
        if trial.is_screened and not faults and found[0].code < Exit.USAGE:
            faults = list(_read_back(trial, folder, found[0]))
    added = memory.peak() - before
    if added > memory.MOST and trial.bytes < memory.SMALL:
        faults.append(f"memory: {added >> 20} MiB for {trial.bytes} bytes")
    return faults


def _harm(one: Ended) -> Iterator[str]:
    err = one.err.decode(errors="replace")
    if one.escaped:
        yield f"escaped: {one.escaped.strip().splitlines()[-1][:200]}"
    elif one.code == Exit.INTERNAL:
        yield f"exit 4: {err.strip()[:300]}"
    elif one.code not in KNOWN:
        yield f"exit {one.code}: {err.strip()[:300]}"
    if b"Traceback (most recent" in one.out + one.err:
        yield f"traceback: {err.strip()[-300:]}"


def _read_back(trial: Trial, folder: Path, how: Ended) -> Iterator[str]:
    try:
        yield from _rows(trial, folder, how)
    except Exception as error:  # noqa: BLE001 - whatever another reader says of it
        yield f"unreadable: {type(error).__name__}: {str(error)[:200]}"


def _rows(trial: Trial, folder: Path, how: Ended) -> Iterator[str]:
    """Every row of every input stands in the results or the rejects, once."""
    results = outcomes.results_of(folder / trial.output)
    rejected = outcomes.rejected_of(folder / f"{trial.output}.rejects")
    inputs = outcomes.inputs_of(folder / f"{trial.output}.manifest.json")
    if "" in results:
        results = outcomes.placed(results[""], inputs, rejected)
    names = [one[0] for one in trial.names]
    if set(inputs) != set(names):
        yield f"files: the manifest tells of {sorted(inputs)}"
    for name, one in zip(names, trial.inputs, strict=True):
        told = inputs.get(name, {})
        yield from _accounted(name, one, told, results.get(name), rejected.get(name))
    others = sorted(name for name in results.keys() - set(names) if results[name])
    if others:
        yield f"files: results of {others}"
    lost = any(one["rejected"] or one.get("problem") for one in inputs.values())
    if (how.code == Exit.DONE) == lost:
        yield f"exit {how.code} does not say whether something was rejected"


def _accounted(
    name: str,
    one: Input,
    told: Mapping[str, Any],
    found: Mapping[int, object] | None,
    rejected: set[int] | None,
) -> Iterator[str]:
    assessed, aside = set(found or ()), rejected or set()
    rows = told.get("rows", 0)
    numbers = (rows, told.get("assessed", 0), told.get("rejected", 0))
    if numbers != (rows, len(assessed), len(aside)):
        yield f"rows: {name}: told {numbers}, found {len(assessed)} and {len(aside)}"
    if both := assessed & aside:
        yield f"rows: {name}: both assessed and rejected: {sorted(both)[:5]}"
    if not one.in_lines and assessed | aside != set(range(1, rows + 1)):
        yield f"rows: {name}: {rows} told, {len(assessed | aside)} accounted for"
    whole = not told.get("problem")
    if whole and one.rows is not None and rows != one.rows:
        yield f"rows: {name}: {one.rows} made, {rows} told"
    for row, expected in (one.expected or {}).items():
        answer = (found or {}).get(row)
        if answer != expected:
            yield f"answer: {name}, row {row}: {answer} instead of {expected}"

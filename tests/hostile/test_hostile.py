"""A few inputs of each kind; `make hostile` tries a hundred thousand."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from hostile import least, mutations
from hostile.crew import Tried
from hostile.inputs import Command, Input, Trial, trial
from hostile.kinds import KINDS
from hostile.running import Ended
from hostile.verdicts import _accounted, _harm, judged


@pytest.mark.parametrize("name", KINDS)
def test_hostile_inputs_do_no_harm(name: str) -> None:
    kind = KINDS[name]
    few = kind._replace(together=min(kind.together, 6))
    trials = [trial(name, few, 1, number) for number in range(6 // few.together)]
    assert [judged(one) for one in trials] == [[]] * len(trials)


@pytest.mark.parametrize("name", KINDS)
def test_the_same_seed_gives_the_same_inputs(name: str) -> None:
    few = KINDS[name]._replace(together=2)
    first, again, other = (trial(name, few, seed, 0) for seed in (1, 1, 2))
    assert first == again
    assert first != other


# --- what is wrong is seen ------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "sort"),
    [
        (Ended(0, b"", b""), []),
        (Ended(2, b"", b"minsight: no\n"), []),
        (Ended(4, b"", b"minsight: internal error\n"), ["exit 4"]),
        (Ended(-1, b"", b"", "PanicException: x"), ["escaped"]),
        (Ended(1, b"", b"Traceback (most recent call last)\n"), ["traceback"]),
        (Ended(7, b"", b""), ["exit 7"]),
    ],
)
def test_harm_is_seen(how: Ended, sort: list[str]) -> None:
    assert [least.sort_of(fault) for fault in _harm(how)] == sort


def test_rows_that_are_lost_doubled_or_answered_otherwise_are_seen() -> None:
    one = Input({"a.csv": b""}, (), 3, expected={1: ("none", ())})
    told = {"rows": 3, "assessed": 2, "rejected": 1, "problem": ""}
    right = {1: ("none", ()), 2: ("soon", ())}

    def faults(found: Mapping[int, object], rejected: set[int]) -> list[str]:
        return [f.split(":")[0] for f in _accounted("a", one, told, found, rejected)]

    assert faults(right, {3}) == []
    assert "rows" in faults(right, set())
    assert "rows" in faults(right, {2})
    assert "rows" in faults(right, {4})
    assert faults({**right, 1: ("soon", ())}, {3}) == ["answer"]


def test_harmful_inputs_are_kept_with_how_to_hand_them_in(tmp_path: Path) -> None:
    command = Command(("check", "a b"), b"typed")
    harmful = Trial("commands", "commands-1-0", (Input({"x/y": b"z"}, (command,)),))
    place = least.keep(Tried(harmful, ("exit 4: why",), 1.0), tmp_path)
    assert (place / "x" / "y").read_bytes() == b"z"
    assert (place / "stdin-0").read_bytes() == b"typed"
    told = (place / "how.txt").read_text(encoding="utf-8").splitlines()
    assert told == ["exit 4: why", "", "minsight check 'a b' < stdin-0"]


def test_a_value_is_spoiled_in_a_copy() -> None:
    value = {"a": [1, {"b": "c"}]}
    chance = random.Random(1)
    spoiled = [mutations.tree(chance, value) for _ in range(50)]
    assert value == {"a": [1, {"b": "c"}]}
    assert sum(one != value for one in spoiled) > 40

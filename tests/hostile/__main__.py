"""Hand hostile inputs to every part of the program, for as long as you like.

Each input must end without a traceback, an exit code of 4, a native abort, more than
ten seconds, more than 1 GiB for less than 1 MB, or a row that is in neither the results
nor the rejects. People are screened in every form on every engine, and must come out as
the reference has them. The least input that does harm is kept in a folder.

Exits with 1 when any did harm.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hostile.crew import Tried, tried
from hostile.inputs import Trial, trial
from hostile.kinds import KINDS
from hostile.least import keep, least, sort_of


@dataclass
class Score:
    """What became of the inputs of one kind."""

    inputs: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    kept: list[Tried] = field(default_factory=list)


def trials(arguments: argparse.Namespace) -> Iterator[Trial]:
    """Trials of the chosen kinds in turn, each as often as its share says."""
    started, made = time.monotonic(), Counter[str]()
    numbers = {name: itertools.count() for name in arguments.kinds}
    while made.total() < arguments.inputs:
        if time.monotonic() - started > 60 * arguments.minutes:
            return
        name = min(arguments.kinds, key=lambda one: (made[one] + 1) / KINDS[one].share)
        made[name] += KINDS[name].together
        yield trial(name, KINDS[name], arguments.seed, next(numbers[name]))


def main() -> int:
    """Try inputs until there are enough; 0 when none did harm, else 1."""
    arguments = _arguments()
    scores: dict[str, Score] = defaultdict(Score)
    with contextlib.suppress(KeyboardInterrupt):  # who has seen enough sees the table
        for one in tried(trials(arguments), arguments.processes):
            score = scores[one.trial.kind]
            score.inputs += len(one.trial.inputs)
            score.seconds += one.seconds
            if one.faults:
                _look_into(one, score, arguments)
            _show(scores)
    print(file=sys.stderr)
    print(_table(scores))
    return 1 if any(score.faults for score in scores.values()) else 0


def _look_into(one: Tried, score: Score, arguments: argparse.Namespace) -> None:
    """Count the faults of a trial; keep the least of the first few of each sort."""
    sort = sort_of(one.faults[0])
    score.faults[sort] += 1
    if score.faults[sort] <= arguments.keep:
        smallest = least(one)
        place = keep(smallest, arguments.folder)
        print(f"\n{place}: {smallest.faults[0]}", file=sys.stderr, flush=True)


def _show(scores: Mapping[str, Score]) -> None:
    done = sum(score.inputs for score in scores.values())
    harm = sum(score.faults.total() for score in scores.values())
    if sys.stderr.isatty():
        told = f"\r{done:,} inputs, {harm} did harm "
        print(told, end="", file=sys.stderr, flush=True)


def _table(scores: Mapping[str, Score]) -> str:
    lines = ["kind            inputs   ms each  faults"]
    for name, score in sorted(scores.items()):
        each = 1000 * score.seconds / score.inputs
        faults = ", ".join(f"{n} {sort}" for sort, n in score.faults.items()) or "0"
        lines.append(f"{name:<14}{score.inputs:>8,}{each:>10.1f}  {faults}")
    total = sum(score.inputs for score in scores.values())
    harm = sum(score.faults.total() for score in scores.values())
    return "\n".join([*lines, f"{'all':<14}{total:>8,}{'':>10}  {harm}"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="hostile",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--seed", type=int, default=1, metavar="S", help="of all inputs [default: 1]")
    add("--inputs", type=int, default=100_000, metavar="N", help="[default: 100000]")
    add("--minutes", type=float, default=1e9, metavar="M", help="stop after so many")
    add("--kinds", nargs="+", default=list(KINDS), choices=KINDS, metavar="KIND",
        help=f"of {', '.join(KINDS)} [default: all]")  # fmt: skip
    add("--processes", type=int, default=2, metavar="P", help="[default: 2]")
    add("--keep", type=int, default=3, metavar="K",
        help="how many of a sort and kind to look into [default: 3]")  # fmt: skip
    add("--folder", type=Path, default=Path("build/hostile"), metavar="DIR",
        help="where harmful inputs are kept [default: build/hostile]")  # fmt: skip
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

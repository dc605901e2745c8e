"""Many random subjects through two engines in one process: same answers, flat memory.

Every subject is a random set of given atoms: findings and groups said present or
absent, an age, a sex, measured values near the cutoffs. Nothing is closed or repaired
on the way in, so contradictory and improbable people are among them. Both engines of a
pair evaluate each subject, and everything that holds and all points must be equal.

Exits with 1 when an engine raised, two engines differed, or memory grew by 5 MiB or
more after the warm-up.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import json
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import median
from typing import Final, TypeAlias

from rich.console import Console
from rich.table import Table

import minsight
from arguments import parser_of, positive
from minsight.api import Rules
from minsight.backends import open_backend
from minsight.errors import BackendError
from minsight.logic.atoms import Atom
from minsight.logic.backend import BackendName
from minsight.logic.program import Program
from soak_columns import compared
from subjects import Given, choices_of, random_subject

WARM_UP: Final = 2_000
SAMPLE_EVERY: Final = 1_000
FEWEST_SAMPLES: Final = 12
"""Memory goes up and down by some MiB; fewer readings say nothing of its growth."""
MOST_GROWTH_BYTES: Final = 5 * 1024 * 1024
ENGINES: Final[tuple[BackendName, ...]] = ("reference", "forward")
COLUMNAR: Final[tuple[BackendName, BackendName]] = ("reference", "columnar")
NO_FORWARD: Final = (
    "durable-rules is not installed (it supports Python up to 3.12), so there is no"
    " forward engine to compare"
)

Points: TypeAlias = Mapping[str, int]
Evaluate: TypeAlias = Callable[[Given], tuple[frozenset[Atom], Points]]


@dataclass
class Outcome:
    """What a run has met so far; `memory` holds (subjects done, resident bytes)."""

    subjects: int = 0
    mismatches_of_holds: int = 0
    mismatches_of_points: int = 0
    crashes: int = 0
    memory: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_judged(self) -> bool:
        """Whether there are enough readings of memory to say how it grew."""
        return len(self.memory) >= FEWEST_SAMPLES

    @property
    def growth_bytes(self) -> int:
        """Resident memory in the last third less that in the first, in the median."""
        if not self.is_judged:
            return 0
        third = len(self.memory) // 3
        read = [bytes_ for _, bytes_ in self.memory]
        return int(median(read[-third:]) - median(read[:third]))

    @property
    def slope_bytes_per_subject(self) -> float:
        """The least-squares slope of resident memory over subjects."""
        if len(self.memory) < 2:
            return 0.0
        mean_x = sum(x for x, _ in self.memory) / len(self.memory)
        mean_y = sum(y for _, y in self.memory) / len(self.memory)
        across = sum((x - mean_x) ** 2 for x, _ in self.memory)
        along = sum((x - mean_x) * (y - mean_y) for x, y in self.memory)
        return along / across

    @property
    def faults(self) -> int:
        return self.mismatches_of_holds + self.mismatches_of_points + self.crashes

    @property
    def is_clean(self) -> bool:
        return self.faults == 0 and self.growth_bytes < MOST_GROWTH_BYTES


@contextlib.contextmanager
def engine(name: BackendName, program: Program) -> Iterator[Evaluate]:
    """A fresh engine by its name; freed at the end."""
    try:
        backend = open_backend(name, program)
    except BackendError:
        raise SystemExit(NO_FORWARD) from None
    with contextlib.closing(backend):

        def evaluate(given: Given) -> tuple[frozenset[Atom], Points]:
            found = backend.evaluate(given)
            return found.holds, found.points

        yield evaluate


def soak(
    pair: tuple[BackendName, BackendName],
    rules: Rules,
    *,
    subjects: int,
    seed: int,
    progress: Progress,
) -> Outcome:
    """Run one pair of engines over the subjects of one seed."""
    if pair == COLUMNAR:
        return _soak_tables(subjects, seed, progress)
    chance, choices, outcome = random.Random(seed), choices_of(rules), Outcome()
    first, second = pair
    with engine(first, rules.program) as left, engine(second, rules.program) as right:
        for number in range(1, subjects + 1):
            given = random_subject(chance, choices).given
            _compare(pair, left, right, given, outcome)
            outcome.subjects = number
            if number >= WARM_UP and number % SAMPLE_EVERY == 0:
                outcome.memory.append((number, resident_bytes()))
            progress.show(outcome)
    progress.clear()
    return outcome


def _soak_tables(subjects: int, seed: int, progress: Progress) -> Outcome:
    """The same for tables of subjects, whose engine keeps nothing between them."""
    outcome = Outcome()
    for table in compared(subjects, seed):
        for given, expected, found in table.first if not outcome.faults else ():
            _print_difference(COLUMNAR, given, expected, found)
        outcome.subjects += table.subjects
        outcome.mismatches_of_holds += table.holds_differ
        outcome.mismatches_of_points += table.points_differ
        progress.show(outcome)
    progress.clear()
    return outcome


def _compare(
    pair: tuple[str, str],
    left: Evaluate,
    right: Evaluate,
    given: Given,
    outcome: Outcome,
) -> None:
    """Count what is wrong with one subject; print the first of its kind in full."""
    try:
        (holds, points), (other_holds, other_points) = left(given), right(given)
    except Exception:  # noqa: BLE001  # whatever an engine raises is counted
        outcome.crashes += 1
        if outcome.crashes == 1:
            print(f"\nfirst exception, on {_as_code(given)}\n{traceback.format_exc()}")
        return
    differs = holds != other_holds
    if differs:
        outcome.mismatches_of_holds += 1
        if outcome.mismatches_of_holds == 1:
            mine, theirs = holds - other_holds, other_holds - holds
            _print_difference(pair, given, mine, theirs)
    if points != other_points:
        outcome.mismatches_of_points += 1
        if outcome.mismatches_of_points == 1:
            print(f"\nfirst mismatch of points, on {_as_code(given)}")
            print(f"{pair[0]}: {dict(points)}\n{pair[1]}: {dict(other_points)}")


def _print_difference(
    pair: tuple[str, str], given: Given, mine: frozenset[Atom], theirs: frozenset[Atom]
) -> None:
    print(f"\nfirst mismatch of what holds, on {_as_code(given)}")
    print(f"only {pair[0]}: {_as_code(mine)}")
    print(f"only {pair[1]}: {_as_code(theirs)}")


def _as_code(some: frozenset[Atom]) -> str:
    """The atoms as a sorted literal, ready to be pasted into a test."""
    return json.dumps(sorted(some), indent=2)


def resident_bytes() -> int:
    """Resident memory now where the system tells it, else its highest so far."""
    import resource

    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize()
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


class Progress:
    """A line on standard error that overwrites itself; silent when nobody watches."""

    def __init__(self, label: str, total: int) -> None:
        self._label, self._total = label, total
        self._watched = sys.stderr.isatty()
        self._shown_at = 0.0

    def show(self, outcome: Outcome) -> None:
        now = time.monotonic()
        if self._watched and now - self._shown_at >= 0.5:
            self._shown_at = now
            done = f"{outcome.subjects:,} of {self._total:,}"
            print(f"\r{self._label}: {done} ", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._watched:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _pair(text: str) -> tuple[str, str]:
    first, _, second = text.partition(":")
    known = {*product(ENGINES, ENGINES), COLUMNAR}
    if (first, second) not in known:
        raise argparse.ArgumentTypeError(
            f"`{text}` is not a pair of engines; write `reference:forward` or"
            " `reference:columnar`"
        )
    return first, second


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument(
        "--subjects",
        type=positive,
        default=2_000,
        metavar="N",
        help="how many random subjects each pair gets [default: 2000]",
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="of the subjects [default: 1]"
    )
    parser.add_argument(
        "--engine-pairs",
        type=_pair,
        nargs="+",
        default=[("reference", "forward")],
        metavar="A:B",
        help="the engines to compare: `reference:forward`, `reference:columnar`, or"
        " `reference:reference`, which shows what the interpreter itself keeps"
        " [default: reference:forward]",
    )
    return parser.parse_args()


def _report(
    results: Mapping[str, tuple[Outcome, float]], arguments: argparse.Namespace
) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("engines", no_wrap=True)
    for title in (
        "subjects",
        "ms each",
        "holds differ",
        "points differ",
        "crashes",
        "growth KiB",
        "bytes each",
    ):
        table.add_column(title, justify="right", no_wrap=True)
    for name, (outcome, seconds) in results.items():
        table.add_row(
            name,
            f"{outcome.subjects:,}",
            f"{1000 * seconds / outcome.subjects:.1f}",
            str(outcome.mismatches_of_holds),
            str(outcome.mismatches_of_points),
            str(outcome.crashes),
            f"{outcome.growth_bytes / 1024:,.0f}" if outcome.is_judged else "-",
            f"{outcome.slope_bytes_per_subject:.1f}" if outcome.is_judged else "-",
        )
    Console(width=100, highlight=False).print(table)
    record = {
        "benchmark": "soak",
        "seed": arguments.seed,
        "pairs": {
            name: {
                "subjects": outcome.subjects,
                "seconds": round(seconds, 1),
                "mismatches_of_holds": outcome.mismatches_of_holds,
                "mismatches_of_points": outcome.mismatches_of_points,
                "crashes": outcome.crashes,
                "memory_samples": len(outcome.memory),
                "first_bytes": outcome.memory[0][1] if outcome.memory else None,
                "last_bytes": outcome.memory[-1][1] if outcome.memory else None,
                "growth_bytes": outcome.growth_bytes,
                "slope_bytes_per_subject": round(outcome.slope_bytes_per_subject, 2),
                "clean": outcome.is_clean,
            }
            for name, (outcome, seconds) in results.items()
        },
    }
    print(json.dumps(record))


def main() -> int:
    """Soak every pair; 0 when all are clean, else 1."""
    arguments = _arguments()
    faulthandler.enable()
    rules = minsight.load(cache=False)
    results: dict[str, tuple[Outcome, float]] = {}
    for pair in arguments.engine_pairs:
        name = ":".join(pair)
        started = time.perf_counter()
        outcome = soak(
            pair,
            rules,
            subjects=arguments.subjects,
            seed=arguments.seed,
            progress=Progress(name, arguments.subjects),
        )
        results[name] = outcome, time.perf_counter() - started
    _report(results, arguments)
    return 0 if all(outcome.is_clean for outcome, _ in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

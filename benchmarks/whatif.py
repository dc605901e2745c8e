"""How long the questions of `whatif` take once the rules are loaded, all of them.

The people are nobody, and those of the published cases of `rules/lessons`. Of each
are asked: the bounds and the sensitivity; the flip of the first candidate and of the
fourth, in up to four changes; what it takes to bring the second and the fifth mineral
of the rules to the typical picture, in up to four answers; and what tells the first two
candidates apart. Nothing waits and one thread works, so processor time is what a quiet
machine takes; it is held against the limits, the slowest question of each kind.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

import minsight
from arguments import evenly, parser_of, positive
from minsight.api import Rules
from minsight.errors import SubjectError
from minsight.intake.subject import Subject

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))
import accuracy

LIMITS_MS: Final = {
    "bounds": 300,
    "sensitivity": 300,
    "duel": 300,
    "reach": 2_000,
    "flip": 2_000,
}


def people(rules: Rules, *, most: int) -> Iterator[Subject]:
    """Nobody, and the people of the published cases that can be assessed."""
    yield Subject()
    for case in evenly(accuracy.mapped_by_hand(), most - 1):
        subject = minsight.subject_from_record(case.subject)
        try:
            rules.assess(subject)
        except SubjectError:
            continue
        yield subject


def questions(
    rules: Rules, subject: Subject
) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is asked of one person, by the name of the question."""
    minerals = rules.program.minerals
    order = [candidate.mineral for candidate in rules.assess(subject).candidates]
    order += [mineral for mineral in minerals if mineral not in order]
    yield "bounds", lambda: rules.bounds(subject)
    yield "sensitivity", lambda: rules.sensitivity(subject)
    yield "duel", lambda: rules.duel(subject, order[0], order[1])
    for mineral in (order[0], order[3]):
        yield "flip", lambda mineral=mineral: rules.flip(subject, mineral)  # type: ignore[misc]
    for mineral in (minerals[1], minerals[4]):
        yield (
            "reach",
            lambda mineral=mineral: rules.reach(  # type: ignore[misc]
                mineral, "typical_pattern", subject=subject
            ),
        )


def timed(rules: Rules, *, most: int) -> dict[str, list[float]]:
    """The milliseconds of processor time of every question, by name."""
    found: dict[str, list[float]] = {name: [] for name in LIMITS_MS}
    for subject in people(rules, most=most):
        for name, ask in questions(rules, subject):
            started = time.process_time()
            ask()
            found[name].append(1e3 * (time.process_time() - started))
    return found


def _report(found: dict[str, list[float]]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("question", no_wrap=True)
    for title in ("asked", "median ms", "slowest ms", "limit ms"):
        table.add_column(title, justify="right", no_wrap=True)
    record: dict[str, dict[str, float]] = {}
    for name, took in found.items():
        median, slowest = statistics.median(took), max(took)
        record[name] = {"median_ms": round(median, 1), "slowest_ms": round(slowest, 1)}
        table.add_row(
            name,
            str(len(took)),
            f"{median:,.0f}",
            f"{slowest:,.0f}",
            f"{LIMITS_MS[name]:,}",
        )
    Console(width=100, highlight=False).print(table)
    print(json.dumps({"benchmark": "whatif", "questions": record}))


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument(
        "--people",
        type=positive,
        default=15,
        metavar="N",
        help="of how many people the questions are asked [default: 15]",
    )
    return parser.parse_args()


def main() -> int:
    """Ask everything of everybody; 1 when a limit is not met."""
    arguments = _arguments()
    with minsight.load(cache=False) as rules:
        rules.sensitivity(Subject())  # what is made once is made now
        found = timed(rules, most=arguments.people)
    _report(found)
    slow = [name for name, took in found.items() if max(took) > LIMITS_MS[name]]
    if slow:
        print(f"slower than its limit: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())

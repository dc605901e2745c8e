"""What do the questions about the rules cost, after start-up?

Each question is put for the same people: nobody, a tired girl, and the development-like
person with many answers. The reader of rules and the vocabulary are warm; everything
that belongs to one question is in its time.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

import minsight
from arguments import parser_of, positive

GOALS_MS: Final = {
    "sensitivity": 300,
    "bounds": 300,
    "flip": 2000,
    "reach": 2000,
    "duel": 300,
}
PEOPLE: Final = {
    "nobody": minsight.Subject(),
    "tired girl": minsight.Subject(
        present=["fatigue", "pallor"], age="16", sex="female"
    ),
    "many answers": minsight.Subject(
        present=["fatigue", "pallor", "hair_loss", "diarrhea", "muscle_cramps"],
        absent=["fever", "goitre", "ice_craving", "seizure"],
        groups=["vegetarian_diet"],
        age="34",
        sex="female",
    ),
}


def questions(
    rules: minsight.Rules,
) -> dict[str, Callable[[minsight.Subject], Any]]:
    """The questions, each put to every mineral that it takes."""
    minerals = rules.program.minerals
    return {
        "sensitivity": rules.sensitivity,
        "bounds": rules.bounds,
        "duel": lambda who: rules.duel(who, "iron", "zinc"),
        "flip": lambda who: [rules.flip(who, m, most=4) for m in minerals],
        "reach": lambda who: [
            rules.reach(m, "typical_pattern", subject=who, most=4) for m in minerals
        ],
    }


def times(rules: minsight.Rules, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each question for one mineral, over people and rounds."""
    found: dict[str, list[float]] = {}
    for name, ask in questions(rules).items():
        each = len(rules.program.minerals) if name in ("flip", "reach") else 1
        for _ in range(rounds):
            for who in PEOPLE.values():
                began = time.perf_counter()
                ask(who)
                spent = (time.perf_counter() - began) * 1000 / each
                found.setdefault(name, []).append(spent)
    return found


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument("--rounds", type=positive, default=3)
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    with minsight.load() as rules:
        for who in PEOPLE.values():
            rules.assess(who)
        found = times(rules, arguments.rounds)
    print(f"{'question':<12} {'median ms':>10} {'most ms':>10} {'goal ms':>8}")
    for name, spent in found.items():
        print(
            f"{name:<12} {median(spent):>10.0f} {max(spent):>10.0f} {GOALS_MS[name]:>8}"
        )
    print(json.dumps({name: round(median(spent), 1) for name, spent in found.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

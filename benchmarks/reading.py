"""How the time to read a text grows with its length, for texts made to be slow.

Each pattern repeats what one kind of cue looks for: ages, sexes, denials, joins, lists,
signs, spellings, numbers, terms, marks. A text is read in doubling lengths up to the
longest that the library takes. "growth" is the time of the longest over that of the one
a quarter as long: 4 is linear, 16 quadratic.

Exits with 1 when a text took longer than its limit, or when one grew much faster than
its length.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

import minsight
from arguments import parser_of, positive
from minsight.intake.answers import enter
from minsight.intake.subject import MOST_TEXT, Subject
from minsight.knowledge.vocabulary import Vocabulary

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))
from hostile_texts import PATTERNS, of_length

LENGTHS: Final = (MOST_TEXT // 8, MOST_TEXT // 4, MOST_TEXT // 2, MOST_TEXT)
MOST_GROWTH: Final = 8.0
"""Halfway from linear to quadratic, by factors."""
COUNTS_FROM_MS: Final = 50.0
"""What is faster tells nothing of its growth."""
LIMIT_MS: Final = 2_000.0


def main() -> int:
    parser = parser_of(__doc__)
    parser.add_argument("--rounds", type=positive, default=1)
    options = parser.parse_args()
    vocabulary = minsight.load().vocabulary
    _ms("severe cramps in both calves", vocabulary, 1)  # builds what reads the others
    found = {
        name: [_ms(of_length(one, n), vocabulary, options.rounds) for n in LENGTHS]
        for name, one in PATTERNS.items()
    }
    _show(found)
    return int(any(_is_slow(times) for times in found.values()))


def _ms(text: str, vocabulary: Vocabulary, rounds: int) -> float:
    """The least time of the processor that the text takes."""
    least = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        enter(Subject(present=[text]), vocabulary, keep_going=True)
        least = min(least, time.process_time() - started)
    return 1000 * least


def _growth(times: list[float]) -> float:
    return times[-1] / max(times[-3], 1.0)


def _is_slow(times: list[float]) -> bool:
    grows = times[-1] >= COUNTS_FROM_MS and _growth(times) > MOST_GROWTH
    return grows or times[-1] > LIMIT_MS


def _show(found: Mapping[str, list[float]]) -> None:
    table = Table("pattern", *(f"{n:,}" for n in LENGTHS), "growth", "")
    for name, times in found.items():
        slow = "slow" if _is_slow(times) else ""
        shown = (f"{one:.0f}" for one in times)
        table.add_row(name, *shown, f"{_growth(times):.1f}", slow)
    Console().print(table)
    print(json.dumps({"benchmark": "reading", "lengths": LENGTHS, "ms": found}))


if __name__ == "__main__":
    sys.exit(main())

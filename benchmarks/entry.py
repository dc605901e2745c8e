"""What it costs to read a phrase, and a text of ten thousand characters.

The phrases are those of `tests/data/gold_phrases.yaml`, known and unknown ones; the
text is made of them, one sentence after another. Times are of a warm process: the first
phrase builds what reads the others, and is told apart.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

import minsight
from arguments import parser_of, positive
from minsight.intake.recognition import recognise
from minsight.knowledge.vocabulary import Vocabulary

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))
import gold

PHRASE_MS: Final = 2.0
TEXT_MS: Final = 300.0
LONG: Final = 10_000


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("--rounds", type=positive, default=3)
    options = parser.parse_args()
    vocabulary = minsight.load().vocabulary
    texts = [entry.text for entry in gold.gold()]
    first = _ms("severe cramps in both calves for three weeks", vocabulary)
    phrases = [t for t in texts if len(t.split()) <= 6]
    each = [min(_times(text, vocabulary, options.rounds)) for text in phrases]
    whole = ". ".join(texts)
    longs = [whole[start : start + LONG] for start in range(0, len(whole) - LONG, LONG)]
    long = [min(_times(text, vocabulary, options.rounds)) for text in longs]
    _show(first, each, long)


def _times(text: str, vocabulary: Vocabulary, rounds: int) -> list[float]:
    return [_ms(text, vocabulary) for _ in range(rounds)]


def _ms(text: str, vocabulary: Vocabulary) -> float:
    started = time.perf_counter()
    recognise(text, vocabulary)
    return 1000 * (time.perf_counter() - started)


def _show(first: float, each: Sequence[float], long: Sequence[float]) -> None:
    table = Table("text", "number", "median ms", "slowest tenth ms", "most ms", "goal")
    found = {}
    for name, times, goal in (
        ("a phrase", each, PHRASE_MS),
        (f"{LONG:,} characters", long, TEXT_MS),
    ):
        tenth = statistics.quantiles(times, n=10, method="inclusive")[-1]
        figures = (statistics.median(times), tenth, max(times))
        shown = (f"{figure:.2f}" for figure in figures)
        table.add_row(name, str(len(times)), *shown, f"{goal:g}")
        found[name] = dict(zip(("median", "tenth", "most"), figures, strict=True))
    console = Console()
    console.print(table)
    console.print(f"The first phrase, which builds the reader: {first:.0f} ms")
    print(json.dumps({"benchmark": "entry", "first_ms": first, "ms": found}))


if __name__ == "__main__":
    main()

"""Many small tables and files, one after another in one process: flat memory.

Each round assesses a table in memory and a lazy one, and screens a file. The median of
the resident memory in the last third of the rounds less that in the first is its
growth.

Exits with 1 when memory grew by 5 MiB or more.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

import polars as pl

import minsight
from arguments import parser_of, positive
from soak import MOST_GROWTH_BYTES, resident_bytes

WARM_UP: Final = 10
ANSWERS: Final = {"id": ["a", "b"], "fatigue": ["yes", "maybe"], "age": [30, 40]}


def memory_of(calls: int) -> Iterator[int]:
    """Resident memory after each round."""
    rules = minsight.load()
    frame = pl.DataFrame(ANSWERS)
    with tempfile.TemporaryDirectory() as folder:
        source, results = Path(folder, "people.csv"), Path(folder, "results.csv")
        frame.write_csv(source)
        for _ in range(WARM_UP + calls):
            rules.assess_table(frame)
            rules.assess_table(frame.lazy()).results.collect()
            rules.screen(source, results, force=True)
            yield resident_bytes()


def main() -> int:
    """Run all rounds; 1 when memory grew."""
    parser = parser_of(__doc__)
    parser.add_argument("--calls", type=positive, default=60, help="how many rounds")
    calls = parser.parse_args().calls
    began = time.perf_counter()
    readings = list(memory_of(calls))[WARM_UP:]
    third = max(1, len(readings) // 3)
    growth = round(median(readings[-third:]) - median(readings[:third]))
    seconds = round(time.perf_counter() - began, 1)
    print(f"{calls} rounds, {seconds} s, growth {growth / 1024:,.0f} KiB")
    print(json.dumps({"calls": calls, "seconds": seconds, "growth_bytes": growth}))
    return int(growth >= MOST_GROWTH_BYTES)


if __name__ == "__main__":
    sys.exit(main())

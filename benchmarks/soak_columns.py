"""Do columns agree with the reference evaluator on very many people?

Synthetic people (see `synthetic.py`) are assessed in columns, and each of them alone by
the reference evaluator, in several processes. Level, rank, points, reasons, brakes and
urgency of every candidate must be equal, and so must the rows that are rejected. The
first rows that differ are printed, and the script ends with 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, Final

import polars as pl

import minsight
import synthetic
from arguments import parser_of, positive
from minsight.screening.frames import NAME, place_frame, places, raws_of
from minsight.screening.running import Screening, Way

PIECE: Final = 5_000
"""How many people a process takes at a time."""


def found(rules: minsight.Rules, people: pl.DataFrame, way: Way) -> list[Any]:
    """All results and rejects, as plain rows."""
    placing = place_frame(people.columns, rules.vocabulary, None)
    columns = people.select(
        pl.col(people.columns[place]).alias(str(place)) for place in places(placing)
    )
    screening = Screening(rules, way=way)
    rows: list[Any] = []
    for one in screening.screen_raws(raws_of(columns), placing, file=NAME):
        rows += one.results.rows()
        rows += ((r.row, r.column, r.reason) for r in one.rejects)
    return sorted(rows, key=str)


def differences(first: int, *, seed: int) -> Sequence[tuple[Any, Any]]:
    """What differs between the two ways for the people from this number on."""
    with minsight.load() as rules:
        people = synthetic.People(rules, seed=seed).frame(first, PIECE)
        columns, alone = (found(rules, people, w) for w in ("columnar", "reference"))
    if columns == alone:
        return ()
    apart = set(map(str, columns)) ^ set(map(str, alone))
    return [(first, row) for row in sorted(apart)]


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument("--people", type=positive, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    began = time.monotonic()
    firsts = range(1, arguments.people + 1, PIECE)
    work = partial(differences, seed=arguments.seed)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done, apart in enumerate(pool.map(work, firsts), start=1):
            for first, row in apart[:10]:
                print(f"from person {first}: {row}")
            if apart:
                return 1
            if done % 20 == 0:
                print(f"{done * PIECE:,} people agree", flush=True)
    seconds = time.monotonic() - began
    print(f"{len(firsts) * PIECE:,} people agree; {seconds:,.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

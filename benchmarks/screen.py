"""What does screening a file cost, beside reading it and beside engines for one person?

Synthetic people who answer every question that the rules read (see `synthetic.py`) are
written once. Then every measurement is a process of its own: Polars only reading the
file, and screening it into Parquet with all reasons, manifest and tally. Who runs one
person after another (durable-rules, CLIPS) does so for a sample, warm, without reading
or writing anything.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

import polars as pl

import minsight
import synthetic
from arguments import parser_of, positive
from minsight.facts import given_atoms
from minsight.screening import source_of, sources
from minsight.screening.batches import place, read_batches
from minsight.screening.manifests import Options
from minsight.screening.runs import Order, Runner
from one_assessment import Clips

SIZES: Final = "10000,100000,1000000"
MOST_CSV: Final = 200_000
SAMPLE: Final = 200
GOALS: Final = {"parquet": 4.0, "csv": 2.0}
PEAK_GOAL_MIB: Final = 2048
TIMES_FASTER_GOAL: Final = 1000
_MIB: Final = 1024


def read(file: Path) -> int:
    """Polars reads the whole file; how many rows it has."""
    table = pl.read_csv(file) if file.suffix == ".csv" else pl.read_parquet(file)
    return table.height


def screen(file: Path) -> int:
    """The file is screened into Parquet; how many rows were accounted for."""
    with minsight.load() as rules:
        output = file.with_name(f"{file.name}.results.parquet")
        order = Order(
            found=sources([file]),
            output=output,
            rejects=output.with_suffix(".rejects"),
            options=Options(),
        )
        return Runner(order, rules).run().tally.rows


WORK: Final[dict[str, Callable[[Path], int]]] = {"read": read, "screen": screen}


def measured_here(what: str, file: Path) -> dict[str, float]:
    """Seconds of the work, without the start of Python, and the peak memory in MiB."""
    began = time.perf_counter()
    rows = WORK[what](file)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
    return {"rows": rows, "seconds": seconds, "peak_mib": peak}


def measured(what: str, file: Path, rounds: int) -> dict[str, float]:
    """The medians of some processes that do nothing else."""
    command = [sys.executable, __file__, "--only", what, "--file", str(file)]
    found = [
        json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        for _ in range(rounds)
    ]
    return {name: median(one[name] for one in found) for name in found[0]}


def one_by_one(file: Path) -> dict[str, float]:
    """People a second of the engines for one person, on the first rows of a file."""
    with minsight.load() as rules:
        source = source_of(file)
        placing = place(source, rules.vocabulary)
        batch = next(read_batches(source, placing, rules.vocabulary, one_by_one=True))
        people = [
            given_atoms(answers, rules.program, rules.vocabulary)
            for _, answers in batch.entered[:SAMPLE]
        ]
        clips = Clips(rules.program)
        engines: dict[str, Callable[[Any], Any]] = {
            "durable-rules": lambda given: rules.evaluate(given, engine="forward"),
            "CLIPS": clips.evaluate,
            "reference": lambda given: rules.evaluate(given, engine="reference"),
        }
        return {name: _rate(engine, people) for name, engine in engines.items()}


def _rate(engine: Callable[[Any], Any], people: Sequence[Any]) -> float:
    engine(people[0])
    began = time.perf_counter()
    for person in people:
        engine(person)
    return len(people) / (time.perf_counter() - began)


def compare(sizes: Sequence[int], rounds: int, folder: Path) -> list[dict[str, Any]]:
    """A record for each size and format."""
    with minsight.load() as rules:
        people = synthetic.People(rules, seed=1)
    found: list[dict[str, Any]] = []
    for size in sizes:
        for form in ("parquet", "csv"):
            if form == "csv" and size > MOST_CSV:
                continue
            file = folder / f"{size}.{form}"
            synthetic.write(people, size, file)
            read_, screened = (measured(what, file, rounds) for what in WORK)
            assert read_["rows"] == screened["rows"] == size
            record = {
                "people": size,
                "format": form,
                "seconds": round(screened["seconds"], 2),
                "rows_a_second": round(size / screened["seconds"]),
                "to_reading": round(screened["seconds"] / read_["seconds"], 1),
                "peak_mib": round(screened["peak_mib"]),
            }
            found.append(record)
            _show(record)
            for made in folder.glob(f"{size}.{form}*"):
                if size != min(sizes) or form != "parquet":
                    made.unlink()
    return found


def _show(record: dict[str, Any]) -> None:
    goal = GOALS[record["format"]]
    print(
        f"{record['people']:>10,} {record['format']:<8} {record['seconds']:>8.2f}"
        f" {record['rows_a_second']:>12,} {record['to_reading']:>10.1f} (goal {goal:g})"
        f" {record['peak_mib']:>8,} (goal {PEAK_GOAL_MIB:,})",
        flush=True,
    )


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument(
        "--sizes", default=SIZES, help="how many people, with commas between"
    )
    parser.add_argument("--rounds", type=positive, default=3, help="processes a figure")
    parser.add_argument("--only", choices=WORK, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    if arguments.only:
        print(json.dumps(measured_here(arguments.only, arguments.file)))
        return 0
    sizes = [int(size) for size in arguments.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="minsight-") as made:
        folder = Path(made)
        print("    people format    seconds  rows/second  x reading        peak MiB")
        records = compare(sizes, arguments.rounds, folder)
        alone = one_by_one(folder / f"{min(sizes)}.parquet")
    fastest = max(record["rows_a_second"] for record in records)
    print("\nengines for one person, people a second, and how much faster a table is:")
    for name, rate in alone.items():
        print(
            f"{name:<14} {rate:>9,.0f} {fastest / rate:>9,.0f} x"
            f" (goal {TIMES_FASTER_GOAL:,})"
        )
    print(json.dumps({"tables": records, "one_by_one": alone}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What screening a file costs, beside reading it and beside engines for one person.

Synthetic people who answer every question that the rules read (see `synthetic.py`) are
written to a file, and the file goes when it was measured. Every measurement is a
process of its own: Polars only reading the file, in batches and CSV as text, which is
the fastest way that any size allows; and screening it into Parquet, with all reasons,
tally and manifest. They take turns, and medians are shown. The time is that of the
work: Python has started and the rules are loaded. Who assesses one person after another
(durable-rules, CLIPS) does so for a sample, warm, from given atoms to what holds.

Exits with 1 when a goal is missed and `--strict` was given.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

import polars as pl
from rich.console import Console
from rich.table import Table

import minsight
import synthetic
from arguments import parser_of, positive
from minsight.api import Rules
from minsight.intake.facts import given_atoms
from minsight.screening import source_of
from minsight.screening.answers.batches import (
    read_batches,
)
from minsight.screening.answers.places import (
    place,
)
from one_assessment import Clips

SIZES: Final = (10_000, 100_000)
MOST_CSV: Final = 1_000_000
SAMPLE: Final = 200
MOST_TIMES_READING: Final = {"parquet": 4.0, "csv": 2.0}
MOST_PEAK_MIB: Final = 2048
LEAST_TIMES_FASTER: Final = 1000
MOST_GROWTH: Final = 1.25
"""How much longer a row may take in the largest file than in a smaller one."""
MOST_SECONDS_OF_SURVEY: Final = 2.0
BYTES_A_PERSON: Final = {"parquet": 400, "csv": 1_800}
"""On disk while a file is screened: the file, its results, and their parts."""
MAP: Final = Path(__file__).parent.parent / "examples" / "nhanes.map.yaml"


@dataclass(frozen=True)
class Figures:
    """What one kind of work on one file came to."""

    rows: int
    seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Record:
    """Both kinds of work on a file of so many people."""

    people: int
    form: str
    reading: Figures
    screening: Figures

    @property
    def times_reading(self) -> float:
        return self.screening.seconds / self.reading.seconds

    @property
    def rows_a_second(self) -> float:
        return self.people / self.screening.seconds


# --- the work, in a process of its own ------------------------------------------------


def read(file: Path, _: Rules, __: Path | None) -> int:
    """Polars reads the whole file; how many rows it has."""
    if file.suffix == ".csv":
        scan = pl.scan_csv(file, infer_schema=False)
    else:
        scan = pl.scan_parquet(file)
    return sum(batch.height for batch in scan.collect_batches())


def screen(file: Path, rules: Rules, mapping: Path | None) -> int:
    """The file is screened into Parquet; how many rows were accounted for."""
    with tempfile.TemporaryDirectory(dir=file.parent) as made:
        run = rules.screen(file, Path(made) / "results.parquet", map=mapping)
        return run.manifest.rows


WORK: Final[Mapping[str, Callable[[Path, Rules, Path | None], int]]] = {
    "read": read,
    "screen": screen,
}


def work(what: str, file: Path, mapping: Path | None) -> Figures:
    """Do it here: the seconds of the work, and the peak memory of this process."""
    with minsight.load() as rules:
        began = time.perf_counter()
        rows = WORK[what](file, rules, mapping)
        seconds = time.perf_counter() - began
    return Figures(rows, seconds, peak_mib())


def peak_mib() -> float:
    """The peak memory of this program.

    What `getrusage` tells on Linux is never less than the peak of the process that
    started this one, which had made the tables.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        (line,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text("ascii"))
        return int(line) / 2**10
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measured(file: Path, rounds: int, *options: str) -> tuple[Figures, Figures]:
    """Medians of both kinds of work, which take turns."""
    found: dict[str, list[Figures]] = {what: [] for what in WORK}
    for _ in range(rounds):
        for what, figures in found.items():
            command = [sys.executable, __file__, "--only", what, "--file", str(file)]
            done = subprocess.run([*command, *options], check=True, capture_output=True)
            figures.append(Figures(**json.loads(done.stdout)))
    return _median(found["read"]), _median(found["screen"])


def _median(found: Sequence[Figures]) -> Figures:
    return Figures(
        found[0].rows,
        median(one.seconds for one in found),
        median(one.peak_mib for one in found),
    )


# --- all of it ------------------------------------------------------------------------


def compare(
    sizes: Sequence[int], rounds: int, folder: Path, *, most_csv: int
) -> Iterator[Record]:
    """A record for each size and form of file."""
    with minsight.load() as rules:
        people = synthetic.People(rules, seed=1)
        for size in sizes:
            for form in MOST_TIMES_READING:
                if form == "csv" and size > most_csv:
                    continue
                _refuse_a_full_disk(folder, size * BYTES_A_PERSON[form])
                file = folder / f"people.{form}"
                synthetic.write(people, size, file)
                reading, screening = measured(file, rounds)
                assert reading.rows == screening.rows == size, "rows were lost"
                file.unlink()
                yield Record(size, form, reading, screening)


def _refuse_a_full_disk(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < 2 * needed:
        raise SystemExit(
            f"`{folder}` has {free / 1e9:.1f} GB free and {2 * needed / 1e9:.1f} GB are"
            " wanted; name another folder with TMPDIR, or smaller sizes"
        )


def one_by_one(folder: Path) -> dict[str, float]:
    """People a second of the engines for one person, on a sample of the same people."""
    with minsight.load() as rules:
        file = folder / "sample.parquet"
        synthetic.write(synthetic.People(rules, seed=1), SAMPLE, file)
        source = source_of(file)
        placing = place(source, rules.vocabulary)
        batches = read_batches(source, placing, rules.vocabulary, one_by_one=True)
        people = [
            given_atoms(answers, rules.program, rules.vocabulary)
            for batch in batches
            for _, answers in batch.entered
        ]
        engines: dict[str, Callable[[Any], object]] = {
            "durable-rules": partial(rules.evaluate, engine="forward"),
            "CLIPS": Clips(rules.program).evaluate,
            "reference": partial(rules.evaluate, engine="reference"),
        }
        return {name: _rate(engine, people) for name, engine in engines.items()}


def _rate(engine: Callable[[Any], object], people: Sequence[Any]) -> float:
    engine(people[0])
    began = time.perf_counter()
    for person in people:
        engine(person)
    return len(people) / (time.perf_counter() - began)


# --- what it comes to -----------------------------------------------------------------


@dataclass(frozen=True)
class Goal:
    """A figure beside what it should be."""

    what: str
    figure: float
    most: float | None = None
    least: float | None = None

    @property
    def is_met(self) -> bool:
        under = self.most is None or self.figure <= self.most
        return under and (self.least is None or self.figure >= self.least)


def goals_of(
    records: Sequence[Record], alone: Mapping[str, float], survey: Figures | None
) -> Iterator[Goal]:
    """The goals of the project, as far as they were measured."""
    for record in records:
        what = f"{record.people:,} people, {record.form}: times reading"
        most = MOST_TIMES_READING[record.form]
        yield Goal(what, record.times_reading, most=most)
    largest = max(records, key=lambda record: record.people)
    peak = max(record.screening.peak_mib for record in records)
    yield Goal(f"peak MiB up to {largest.people:,} people", peak, most=MOST_PEAK_MIB)
    for name in ("durable-rules", "CLIPS"):
        times = max(record.rows_a_second for record in records) / alone[name]
        yield Goal(f"times faster than {name}", times, least=LEAST_TIMES_FASTER)
    yield from _growth(records)
    if survey is not None:
        yield Goal("seconds of NHANES", survey.seconds, most=MOST_SECONDS_OF_SURVEY)


def _growth(records: Sequence[Record]) -> Iterator[Goal]:
    """How much longer a row takes in the largest file than in the one before it."""
    for form in MOST_TIMES_READING:
        by_size = sorted(
            (record for record in records if record.form == form),
            key=lambda record: record.people,
        )
        if len(by_size) > 1:
            before, last = by_size[-2:]
            what = f"a row of {last.people:,} to one of {before.people:,}, {form}"
            growth = before.rows_a_second / last.rows_a_second
            yield Goal(what, growth, most=MOST_GROWTH)


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(titles[0], no_wrap=True)
    for title in titles[1:]:
        table.add_column(title, justify="right", no_wrap=True)
    return table


def report(
    records: Sequence[Record], alone: Mapping[str, float], goals: Sequence[Goal]
) -> None:
    """Tables for people and a last line for machines."""
    console = Console(width=100, highlight=False)
    files = _table(
        "file", "reading s", "screening s", "x reading", "rows/s", "peak MiB"
    )
    for record in records:
        files.add_row(
            f"{record.people:,} {record.form}",
            f"{record.reading.seconds:.2f}",
            f"{record.screening.seconds:.2f}",
            f"{record.times_reading:.1f}",
            f"{record.rows_a_second:,.0f}",
            f"{record.screening.peak_mib:,.0f}",
        )
    console.print(files, "")
    singly = _table("one person after another", "people/s")
    for name, rate in alone.items():
        singly.add_row(name, f"{rate:,.0f}")
    console.print(singly, "")
    against = _table("goal", "figure", "at most", "at least", "")
    for goal in goals:
        bounds = ("" if one is None else f"{one:,g}" for one in (goal.most, goal.least))
        shown = f"{goal.figure:,.0f}" if goal.figure > 100 else f"{goal.figure:.2f}"
        against.add_row(goal.what, shown, *bounds, "met" if goal.is_met else "missed")
    console.print(against)
    print(json.dumps(_as_json(records, alone, goals)))


def _as_json(
    records: Sequence[Record], alone: Mapping[str, float], goals: Sequence[Goal]
) -> dict[str, object]:
    return {
        "benchmark": "screen",
        "files": [
            {
                "people": record.people,
                "form": record.form,
                "reading_seconds": round(record.reading.seconds, 3),
                "screening_seconds": round(record.screening.seconds, 3),
                "times_reading": round(record.times_reading, 2),
                "rows_a_second": round(record.rows_a_second),
                "peak_mib": round(record.screening.peak_mib),
            }
            for record in records
        ],
        "people_a_second": {name: round(rate, 1) for name, rate in alone.items()},
        "missed": [goal.what for goal in goals if not goal.is_met],
    }


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(positive(size.replace("_", "")) for size in text.split(","))


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default=SIZES,
        metavar="N,N",
        help="how many people [default: 10000,100000]; ten million need 8 GB",
    )
    parser.add_argument(
        "--most-csv",
        type=positive,
        default=MOST_CSV,
        metavar="N",
        help="larger sizes are measured as Parquet only [default: 1000000]",
    )
    parser.add_argument(
        "--rounds", type=positive, default=2, metavar="N", help="[default: 2]"
    )
    parser.add_argument(
        "--nhanes",
        type=Path,
        metavar="FILE",
        help="also screen NHANES, as `examples/nhanes.map.yaml` reads it",
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 when a goal is missed"
    )
    parser.add_argument("--only", choices=WORK, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--map", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _survey(file: Path | None, rounds: int, folder: Path) -> Figures | None:
    if file is None:
        return None
    copied = Path(shutil.copy(file, folder / "nhanes.csv"))
    return measured(copied, rounds, "--map", str(MAP))[1]


def main() -> int:
    """Measure all, print it, and say whether the goals were met."""
    arguments = _arguments()
    if arguments.only:
        figures = work(arguments.only, arguments.file, arguments.map)
        print(json.dumps(vars(figures)))
        return 0
    rounds = arguments.rounds
    with tempfile.TemporaryDirectory(prefix="minsight-") as made:
        folder = Path(made)
        alone = one_by_one(folder)
        survey = _survey(arguments.nhanes, rounds, folder)
        records = []
        for record in compare(
            arguments.sizes, rounds, folder, most_csv=arguments.most_csv
        ):
            records.append(record)
            shown = f"{record.people:,} {record.form}: {record.times_reading:.1f}"
            print(f"{shown} times reading", file=sys.stderr)
    goals = list(goals_of(records, alone, survey))
    report(records, alone, goals)
    return int(arguments.strict and not all(goal.is_met for goal in goals))


if __name__ == "__main__":
    sys.exit(main())

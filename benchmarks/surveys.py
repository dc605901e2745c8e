"""What screening costs where more is asked of it: full records, free words, many files.

Synthetic people (see `synthetic.py`) answer so many questions as a survey has, and not
all that there are. Every measurement is a process of its own, and the kinds of work
take turns; medians are shown, and the ratio to the same people as a table in and out.

* records: full assessments, a line of JSON a person.
* few, many and all texts: a column of free words beside the answers, of which a
  twentieth, a fifth or all are different. The texts are made of the phrases of
  `tests/data/gold_phrases.yaml`.
* files: the people of one file in files of their own.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

import polars as pl
from rich.console import Console
from rich.table import Table

import minsight
import synthetic
from arguments import parser_of, positive
from screen import peak_mib

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))
import gold

QUESTIONS: Final = 60
MEASURED: Final = 3
DIFFERENT: Final = {"few texts": 0.05, "many texts": 0.2, "all texts": 1.0}
SEED: Final = 3


@dataclass(frozen=True)
class Cost:
    """What one kind of work came to."""

    rows: int
    seconds: float
    peak_mib: float
    megabytes: float


@dataclass(frozen=True)
class Kind:
    """A kind of work: what is screened, into what, and what it is compared with."""

    name: str
    source: Path
    ending: str
    beside: str


def work(source: Path, ending: str) -> Cost:
    """Screen it here: the seconds of the work, and the peak memory of this process."""
    files = sorted(source.iterdir()) if source.is_dir() else [source]
    with (
        minsight.load() as rules,
        tempfile.TemporaryDirectory(dir=source.parent) as made,
    ):
        target = Path(made) / f"results{ending}"
        began = time.perf_counter()
        run = rules.screen(files, target)
        seconds = time.perf_counter() - began
        size = target.stat().st_size / 1e6
        return Cost(run.manifest.rows, seconds, peak_mib(), size)


def measured(kinds: Sequence[Kind], rounds: int) -> dict[str, Cost]:
    """Medians of each kind; they take turns."""
    found: dict[str, list[Cost]] = {kind.name: [] for kind in kinds}
    for _ in range(rounds):
        for kind in kinds:
            told = [str(kind.source), "--ending", kind.ending]
            done = subprocess.run(
                [sys.executable, __file__, "--only", *told],
                check=True,
                stdout=subprocess.PIPE,
            )
            found[kind.name].append(Cost(**json.loads(done.stdout)))
    return {name: _median(costs) for name, costs in found.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        costs[0].rows,
        median(one.seconds for one in costs),
        median(one.peak_mib for one in costs),
        costs[0].megabytes,
    )


# --- what is screened -----------------------------------------------------------------


def made_in(folder: Path, people: int, texts: int, files: int) -> list[Kind]:
    """All that is screened, written into a folder."""
    with minsight.load() as rules:
        everybody = synthetic.People(rules, seed=SEED)
        drawn = random.Random(SEED)
        asked = drawn.sample(everybody.questions, QUESTIONS)
        asked += drawn.sample(everybody.measurements, MEASURED)
        frame = everybody.frame(0, max(people, texts, files))
    survey = frame.select("subject_id", "age", "sex", *asked)
    kinds = [
        Kind("table", folder / "survey.parquet", ".parquet", "table"),
        Kind("records", folder / "survey.parquet", ".jsonl", "table"),
    ]
    survey.head(people).write_parquet(folder / "survey.parquet")
    own = survey.head(texts)
    own.write_csv(folder / "no texts.csv")
    kinds.append(Kind("no texts", folder / "no texts.csv", ".parquet", "no texts"))
    for name, share in DIFFERENT.items():
        words = _texts(drawn, texts, share)
        path = folder / f"{name}.csv"
        own.with_columns(pl.Series("symptoms", words)).write_csv(path)
        kinds.append(Kind(name, path, ".parquet", "no texts"))
    few = survey.head(files)
    few.write_csv(folder / "one file.csv")
    (folder / "files").mkdir()
    for number, person in enumerate(few.iter_slices(1)):
        person.write_csv(folder / "files" / f"{number:06d}.csv")
    return [
        *kinds,
        Kind("one file", folder / "one file.csv", ".csv", "one file"),
        Kind("files", folder / "files", ".csv", "one file"),
    ]


def _texts(drawn: random.Random, number: int, share: float) -> list[str]:
    """So many texts, of which this share is different."""
    phrases = [e.text for e in gold.gold() if len(e.text) < 60]
    different = [
        f"{'; '.join(drawn.sample(phrases, drawn.randint(1, 2)))} for {n + 2} weeks"
        for n in range(max(1, round(number * share)))
    ]
    return different if share == 1 else drawn.choices(different, k=number)


# --- what it comes to -----------------------------------------------------------------


def report(kinds: Sequence[Kind], found: dict[str, Cost]) -> None:
    """A table for people and a last line for machines."""
    table = Table(box=None, pad_edge=False)
    titles = ("rows", "seconds", "rows/s", "beside", "times", "peak MiB", "MB")
    table.add_column("work", no_wrap=True)
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    for kind in kinds:
        cost, beside = found[kind.name], found[kind.beside]
        table.add_row(
            kind.name,
            f"{cost.rows:,}",
            f"{cost.seconds:.2f}",
            f"{cost.rows / cost.seconds:,.0f}",
            kind.beside,
            f"{cost.seconds / beside.seconds:.1f}",
            f"{cost.peak_mib:,.0f}",
            f"{cost.megabytes:,.1f}",
        )
    Console(width=100, highlight=False).print(table)
    figures = {name: vars(cost) for name, cost in found.items()}
    print(json.dumps({"benchmark": "surveys", "work": figures}))


def main() -> int:
    """Measure all and print it."""
    parser = parser_of(__doc__)
    parser.add_argument("--people", type=positive, default=20_000)
    parser.add_argument("--texts", type=positive, default=2_000)
    parser.add_argument("--files", type=positive, default=50)
    parser.add_argument("--rounds", type=positive, default=2)
    parser.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ending", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.only:
        print(json.dumps(vars(work(told.only, told.ending))))
        return 0
    with tempfile.TemporaryDirectory(prefix="minsight-") as made:
        kinds = made_in(Path(made), told.people, told.texts, told.files)
        report(kinds, measured(kinds, told.rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())

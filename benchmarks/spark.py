"""What does Spark cost on one machine, beside Polars on the same file?

Synthetic people who answer every question that the rules read (see `synthetic.py`) are
written once, as Parquet in as many files as there are cores, or as one CSV. Then every
run is a whole `minsight screen`, from before its start to after its end: columnar, and
Spark on one core and on two. A file of a hundred tells what starting costs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import minsight
import synthetic
from arguments import parser_of, positive

SIZES: Final = "10000"
FORMS: Final = ("parquet", "csv")
FILES: Final = 2
WAYS: Final = {
    "columnar": (),
    "spark local[1]": ("--engine", "spark", "--master", "local[1]"),
    "spark local[2]": ("--engine", "spark", "--master", "local[2]"),
}


def written(people: synthetic.People, rows: int, folder: Path, ending: str) -> Path:
    """A folder of Parquet, or a file of CSV, with so many people."""
    if ending == "csv":
        file = folder / f"{rows}.csv"
        synthetic.write(people, rows, file)
        return file
    target = folder / f"{rows}.parquet"
    target.mkdir()
    for number in range(FILES):
        synthetic.write(people, rows // FILES, target / f"{number}.parquet")
    return target


def seconds_of(way: str, source: Path) -> float:
    """How long the command takes, with start and end."""
    output = source.with_name(f"{source.name}.out.parquet")
    command = [sys.executable, "-m", "minsight_cli", "screen", str(source), *WAYS[way]]
    began = time.perf_counter()
    done = subprocess.run(
        [*command, "--output", str(output), "--force"], capture_output=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - began


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument(
        "--rows", default=SIZES, help=f"sizes, smallest first [default: {SIZES}]"
    )
    parser.add_argument(
        "--forms",
        nargs="+",
        choices=FORMS,
        default=FORMS[:1],
        help="of the files [default: parquet]",
    )
    parser.add_argument("--rounds", type=positive, default=1, help="the best counts")
    chosen = parser.parse_args()
    sizes = [int(size) for size in chosen.rows.split(",")]
    found = []
    print(f"{'file':<8} {'rows':>9}  {'way':<15} {'seconds':>8} {'rows a second':>14}")
    with minsight.load() as rules, tempfile.TemporaryDirectory() as name:
        people = synthetic.People(rules, seed=1)
        for ending in chosen.forms:
            for rows in sizes:
                source = written(people, rows, Path(name), ending)
                for way in WAYS:
                    best = min(seconds_of(way, source) for _ in range(chosen.rounds))
                    found.append([ending, rows, way, best])
                    speed = f"{rows / best:>14,.0f}"
                    print(f"{ending:<8} {rows:>9,}  {way:<15} {best:>8.1f} {speed}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()

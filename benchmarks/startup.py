"""Whole processes side by side: what starting costs before and beside the work.

Every round starts every contender once, one after another, so that a busy moment of the
machine meets all of them; one round before the first is not counted. The cache of
compiled rules lives in a temporary folder: filled by the warm-up for most contenders,
new and empty every time for the one with a cold cache.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from arguments import parser_of, positive

INTERPRETER: Final = "python -c pass"
HELLO: Final = "Typer hello-world"
HELLO_SCRIPT: Final = """\
import typer


def main(name: str = "world") -> None:
    print(f"Hello, {name}")


if __name__ == "__main__":
    typer.run(main)
"""
PERSON: Final = ("always tired", "craving ice", "--age", "28", "--sex", "female")


@dataclass(frozen=True)
class Contender:
    """A command to start; `cold` when it finds an empty cache every time."""

    name: str
    command: tuple[str, ...]
    cold: bool = False

    def seconds(self, folder: Path) -> float:
        """How long one process takes, from before its start to after its end."""
        cache = folder / "cache"
        if self.cold:
            cache = Path(tempfile.mkdtemp(dir=folder, prefix="cold-"))
        surroundings = {**os.environ, "XDG_CACHE_HOME": str(cache)}
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        started = time.perf_counter()
        done = subprocess.run(
            self.command,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        took = time.perf_counter() - started
        if done.returncode != 0:
            why = done.stderr.decode(errors="replace").strip()
            raise SystemExit(f"`{self.name}` ended with {done.returncode}: {why}")
        return took


def contenders_in(folder: Path) -> list[Contender]:
    """What is compared, all with this interpreter and its console script."""
    hello = folder / "hello.py"
    hello.write_text(HELLO_SCRIPT, encoding="utf-8")
    minsight = shutil.which("minsight", path=sysconfig.get_path("scripts"))
    if minsight is None:
        raise SystemExit(
            "minsight is not installed beside this python; run `make bench`"
        )
    check = (minsight, "check", *PERSON)
    return [
        Contender(INTERPRETER, (sys.executable, "-c", "pass")),
        Contender(HELLO, (sys.executable, str(hello))),
        Contender("minsight --version", (minsight, "--version")),
        Contender("check, forward", (*check, "--engine", "forward")),
        Contender("check, reference", (*check, "--engine", "reference")),
        Contender("check, forward, --json", (*check, "--engine", "forward", "--json")),
        Contender("check, cold cache", (*check, "--engine", "forward"), cold=True),
    ]


def time_all(
    contenders: Sequence[Contender], folder: Path, *, rounds: int
) -> Mapping[str, list[float]]:
    """The seconds of every contender in every round."""
    seconds: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    for number in range(rounds + 1):
        if sys.stderr.isatty():
            print(f"\rround {number} of {rounds} ", end="", file=sys.stderr, flush=True)
        for contender in contenders:
            took = contender.seconds(folder)
            if number > 0:
                seconds[contender.name].append(took)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    return seconds


def _report(seconds: Mapping[str, list[float]], rounds: int) -> None:
    medians = {name: statistics.median(took) for name, took in seconds.items()}
    table = Table(box=None, pad_edge=False)
    table.add_column("process", no_wrap=True)
    for title in ("min ms", "median ms", "x hello-world", "x interpreter"):
        table.add_column(title, justify="right", no_wrap=True)
    record: dict[str, dict[str, float]] = {}
    for name, median in medians.items():
        record[name] = {
            "min_ms": round(1000 * min(seconds[name]), 1),
            "median_ms": round(1000 * median, 1),
            "to_hello": round(median / medians[HELLO], 3),
            "to_interpreter": round(median / medians[INTERPRETER], 3),
        }
        table.add_row(
            name,
            f"{record[name]['min_ms']:,.0f}",
            f"{record[name]['median_ms']:,.0f}",
            f"{record[name]['to_hello']:.2f}",
            f"{record[name]['to_interpreter']:.2f}",
        )
    Console(width=100, highlight=False).print(table)
    print(json.dumps({"benchmark": "startup", "rounds": rounds, "contenders": record}))


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument(
        "--rounds",
        type=positive,
        default=15,
        metavar="N",
        help="how often every process is started and timed [default: 15]",
    )
    return parser.parse_args()


def main() -> int:
    """Time every process in every round."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="minsight-startup-") as name:
        folder = Path(name)
        seconds = time_all(contenders_in(folder), folder, rounds=arguments.rounds)
    _report(seconds, arguments.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Signals at random moments: one line, the code of the signal, and nothing left behind.

Each command runs in a process of its own and is told to end at a moment between its
first statement and its usual end. `python benchmarks/stopping.py --times 100`.

Exits with 1 when one ended in another way.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from arguments import parser_of, positive

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LATEST: Final = 1.1
"""Of the usual time of a command."""
HUNG_AFTER_S: Final = 60
PUBLISHED: Final = {"out.parquet", "out.parquet.manifest.json"}
"""What may be there: all of it, when the signal came after the last step."""
BEGIN: Final = """
import os, sys
from minsight_cli.start import console
os.write(1, b"!")
console()
"""


def commands(folder: Path) -> Mapping[str, Sequence[str]]:
    """Commands that need nobody, one of them with much to clean up."""
    people = folder / "people.csv"
    rows = (f"p{number},yes,30,f\n" for number in range(20_000))
    people.write_text("id,fatigue,age,sex\n" + "".join(rows), encoding="utf-8")
    out = folder / "out.parquet"
    return {
        "check": ("check", "always tired", "--age", "28"),
        "screen": ("screen", str(people), "--force", "--output", str(out)),
        "whatif": ("whatif", "always tired", "--age", "28", "--flip", "iron"),
        "interview": ("interview", "--save", str(folder / "ann.json")),
    }


def run(
    args: Sequence[str], stop: signal.Signals | None, after: float
) -> tuple[int, str, float]:
    """The code, what was said on standard error, and the seconds it took."""
    process = subprocess.Popen(
        [sys.executable, "-c", BEGIN, *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.read(1)
    began = time.monotonic()
    if stop is not None:
        time.sleep(after)
        process.send_signal(stop)
    _, errors = process.communicate(timeout=HUNG_AFTER_S)
    return process.returncode, errors.decode(), time.monotonic() - began


def fault(code: int, errors: str, stop: signal.Signals, left: Sequence[str]) -> str:
    """What is wrong with an end; empty when nothing is."""
    if code in (0, 1):  # it was done before
        return ""
    if code != 128 + stop:
        return f"exit {code}: {errors[-400:]}"
    if errors.count("\n") != 1 or not errors.startswith("minsight: "):
        return f"said {errors[-400:]!r}"
    return f"left {left}" if left and set(left) != PUBLISHED else ""


def main() -> int:
    """Run all; 1 when there was a fault."""
    parser = parser_of(__doc__)
    parser.add_argument("--times", type=positive, default=10, help="of each command")
    parser.add_argument("--seed", type=positive, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.update(TMPDIR=name, XDG_CACHE_HOME=str(folder / "cache"))
        for kind, args in commands(folder).items():
            run(args, None, 0)
            usual = run(args, None, 0)[2]
            for _ in range(options.times):
                stop, after = draw.choice(SIGNALS), draw.uniform(0, LATEST * usual)
                code, errors, _ = run(args, stop, after)
                left = [
                    path.name
                    for path in folder.iterdir()
                    if path.name not in ("people.csv", "cache", "ann.json")
                ]
                wrong = fault(code, errors, stop, left)
                ends[f"{kind} {stop.name} {wrong or code}"] += 1
                for path in folder.glob("*out.parquet*"):
                    path.unlink()
    for end, count in sorted(ends.items()):
        print(f"{count:5} {end}")
    return int(any(not end.split()[-1].isdigit() for end in ends))


if __name__ == "__main__":
    sys.exit(main())

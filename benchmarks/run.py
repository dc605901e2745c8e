"""Runs the benchmarks one after another, and says how long each of them took.

Those that need no Java, each in its usual size, in a process of its own. One that fails
does not keep the others from running.

Exits with 1 when one of them does not exit with 0.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Final, NamedTuple

from arguments import parser_of

SCRIPTS: Final = (
    "startup",
    "one_assessment",
    "well_people",
    "entry",
    "reading",
    "interview",
    "screen",
    "surveys",
    "whatif",
)


class Ran(NamedTuple):
    """What became of one benchmark."""

    script: str
    seconds: float
    code: int


def run(script: str) -> Ran:
    """Run one benchmark, which prints its own figures."""
    print(f"\n{script}.py", flush=True)
    began = time.perf_counter()
    file = Path(__file__).with_name(f"{script}.py")
    done = subprocess.run([sys.executable, str(file)], check=False)
    return Ran(script, time.perf_counter() - began, done.returncode)


def main() -> int:
    """Run all; 1 when one failed."""
    parser_of(__doc__).parse_args()
    ran = [run(script) for script in SCRIPTS]
    print(f"\n{'benchmark':<16} {'seconds':>7}")
    for script, seconds, code in ran:
        print(f"{script:<16} {seconds:>7.0f}" + (f"  exit code {code}" if code else ""))
    print(f"{'all':<16} {sum(one.seconds for one in ran):>7.0f}")
    return int(any(one.code for one in ran))


if __name__ == "__main__":
    sys.exit(main())

"""The page in a browser: its size, how soon it is ready, how long it takes to answer.

Opens the page of the shipped rules in headless Chromium some times, each time anew,
and asks it the same. It needs what its tests need: `tests/page/conftest.py`.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from arguments import parser_of, positive

ROOT: Final = Path(__file__).resolve().parents[1]
TESTS: Final = ROOT / "tests" / "page"
PACKAGES: Final = ROOT / "build" / "page-tests"
TIRED: Final = {"present": ["always tired", "craving ice"], "age_years": 28}
PALE: Final = {"present": ["pale", "breathless on effort"], "sex": "female"}
FEVER: Final = {"kind": "add", "text": "fever"}
ASKED: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("a first assessment", {"ask": "assess", "subject": TIRED}),
    ("a next assessment", {"ask": "assess", "subject": PALE}),
    ("reading words", {"ask": "read", "subject": {"present": ["tired, very pale"]}}),
    ("explain", {"ask": "explain", "subject": TIRED, "minerals": ["iron"]}),
    ("what if", {"ask": "whatif", "subject": TIRED, "changes": [FEVER]}),
    ("flip", {"ask": "flip", "subject": TIRED, "mineral": "iron"}),
    ("bounds", {"ask": "bounds", "subject": TIRED}),
    ("a next question", {"ask": "next", "subject": TIRED}),
    ("words not understood", {"ask": "read", "subject": {"present": ["zork"]}}),
    ("more of them", {"ask": "read", "subject": {"present": ["blobb"]}}),
)
"""What the page is asked, in this order."""


def measured(page: Path, rounds: int) -> dict[str, Any]:
    """The times of all rounds, in milliseconds."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or not PACKAGES.is_dir():
        sys.exit("this needs Chromium and `make build/page-tests/installed`")
    asked = json.dumps(ASKED)
    command = ("node", TESTS / "time.mjs", chromium, PACKAGES, page, str(rounds), asked)
    done = subprocess.run(command, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print the medians."""
    parser = parser_of(__doc__)
    parser.add_argument("--rounds", type=positive, default=5, help="times it is opened")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "minsight.html"
        program = (sys.executable, "-m", "minsight_cli", "page", "--output", str(page))
        subprocess.run(program, check=True, stdout=subprocess.DEVNULL)
        size = page.stat().st_size
        found = measured(page, rounds)
    table = Table("what", "median ms", "slowest ms", title=f"{size / 1e6:.1f} MB")
    times = {"ready": found["ready"], **found["took"]}
    for name, took in times.items():
        table.add_row(name, f"{statistics.median(took):.0f}", f"{max(took):.0f}")
    Console().print(table)
    medians = {name: round(statistics.median(took), 1) for name, took in times.items()}
    print(json.dumps({"bytes": size, "rounds": rounds, "median_ms": medians}))


if __name__ == "__main__":
    main()

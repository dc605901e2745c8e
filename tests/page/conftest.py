"""The page in Chromium: one walk through it, of which each test looks at a part.

It takes Chromium, Node.js, what `tests/page/package.json` names, and the frame;
`make test` sets them up where there are Chromium and npm. Without them these tests are
left out and the run says so; with `MINSIGHT_BROWSER` set they must be there.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

import gold
import minsight
from asked import EXAMPLES, raw
from command_line import CommandLine
from minsight.cases.published import lesson_cases
from minsight.compiler.bundle import rules_folder
from minsight.service import Service
from minsight_cli.page.frame import FRAME
from places import ROOT
from serving import running

PACKAGES: Final = ROOT / "build" / "page-tests"
CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser")
NEEDED: Final = {
    "Chromium": CHROMIUM is not None,
    "Node.js": shutil.which("node") is not None,
    "what tests/page/package.json names": (PACKAGES / "node_modules").is_dir(),
    "the frame (`make page`)": FRAME.is_file(),
}
MISSING: Final = [name for name, there in NEEDED.items() if not there]
PEOPLE: Final = 150
DRIVING_S: Final = 400

collect_ignore = ["test_in_browser.py"] if MISSING else []
if os.environ.get("MINSIGHT_BROWSER"):
    assert not MISSING, f"the page cannot be tested without {', '.join(MISSING)}"


def pytest_report_header() -> list[str]:
    """Say at the beginning of a run what is left out."""
    left_out = f"page: not tested in a browser, without {', '.join(MISSING)}"
    return [left_out] if MISSING else []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs them all, as each would start a browser of its own."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("page"))


def a_person(chance: random.Random, rules: minsight.Rules) -> dict[str, Any]:
    """Somebody with a few answers in ids and in words, some of them not understood."""
    known = rules.vocabulary
    findings = chance.sample(sorted(known.finding), chance.randrange(8))
    told = [chance.choice(gold.gold()).text for _ in range(chance.randrange(2))]
    person: dict[str, Any] = {
        "present": [*findings[:5], *told],
        "absent": findings[5:],
        "groups": chance.sample(sorted(known.group), chance.randrange(3)),
    }
    if chance.random() < 0.8:
        person["age_years"] = chance.choice([0.5, 3, 9, 16, 28, 45, 71])
    if chance.random() < 0.8:
        person["sex"] = chance.choice(["female", "male"])
    return person


@pytest.fixture(scope="session")
def requests(rules: minsight.Rules) -> list[bytes]:
    """One request of each kind, and many people to assess."""
    chance = random.Random(20)
    people = [a_person(chance, rules) for _ in range(PEOPLE)]
    assess = [{"ask": "assess", "subject": one, "keep_going": True} for one in people]
    return [raw(one) for one in (*EXAMPLES, *assess)]


@pytest.fixture(scope="session")
def service(rules: minsight.Rules) -> Service:
    return Service(rules, lesson_cases(rules_folder()))


@pytest.fixture(scope="session")
def answers(service: Service, requests: list[bytes]) -> list[str]:
    """What the library answers to them."""
    return [service.answer(one).decode() for one in requests]


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory, command: CommandLine) -> Path:
    """The page that the command writes."""
    path = tmp_path_factory.mktemp("page") / "minsight.html"
    assert command.run("page", "--output", str(path)).code == 0
    return path


@pytest.fixture(scope="session")
def seen(page: Path, requests: list[bytes], service: Service) -> dict[str, Any]:
    """What was seen on the way through the page."""
    asked = page.with_name("requests.jsonl")
    asked.write_bytes(b"\n".join(requests))
    drive = Path(__file__).with_name("drive.mjs")
    with running(service) as server:
        served = f"http://127.0.0.1:{server.port}/"
        done = subprocess.run(
            ("node", drive, str(CHROMIUM), PACKAGES, page, asked, served),
            capture_output=True,
            check=False,
            timeout=DRIVING_S,
        )
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found

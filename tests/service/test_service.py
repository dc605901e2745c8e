"""The service: bytes to bytes, the same wherever it is asked, and never a raise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from asked import EXAMPLES, TIRED, answered, raw
from minsight.cases.published import lesson_cases
from minsight.compiler.bundle import rules_folder
from minsight.service.answers import Answer
from minsight.service.lessons import packed_cases, unpacked_cases
from minsight.service.service import Service
from minsight.service.taking import requests_known
from random_laws import examples

HEAVY: Final = (
    "durable",
    "narwhals",
    "pandas",
    "pint",
    "polars",
    "pydantic",
    "rich",
    "typer",
    "yaml",
)
"""What a browser has not got."""
ASK_ALL: Final = """
import json, sys
from pathlib import Path
from minsight.service import service_from
folder = Path(sys.argv[1])
service = service_from((folder / "rules").read_bytes(), (folder / "cases").read_bytes())
for line in (folder / "requests").read_bytes().splitlines():
    sys.stdout.buffer.write(service.answer(line) + b"\\n")
heavy = [name for name in sys.argv[2:] if name in sys.modules]
sys.stdout.buffer.write(json.dumps(heavy).encode())
"""


@pytest.mark.parametrize("asked", EXAMPLES, ids=lambda asked: asked["ask"])
def test_every_request_has_its_answer(asked: dict[str, Any], service: Service) -> None:
    found = service.answer(raw(asked))
    typed: Any = msgspec.json.decode(found, type=Answer)
    assert type(typed).__struct_config__.tag == asked["ask"]
    assert typed.fingerprint == service.rules.fingerprint
    assert typed.version == minsight.__version__


def test_the_examples_are_all_that_can_be_asked() -> None:
    assert tuple(asked["ask"] for asked in EXAMPLES) == requests_known()


def test_another_process_without_the_heavy_packages_answers_the_same_bytes(
    service: Service, tmp_path: Path
) -> None:
    """So a browser can: sets and dicts never decide the order of anything."""
    (tmp_path / "rules").write_bytes(service.rules.packed())
    (tmp_path / "cases").write_bytes(packed_cases(service.cases))
    lines = b"\n".join(map(raw, EXAMPLES))
    (tmp_path / "requests").write_bytes(lines)
    ran = subprocess.run(
        [sys.executable, "-c", ASK_ALL, str(tmp_path), *HEAVY],
        capture_output=True,
        check=True,
    )
    *answers, heavy = ran.stdout.splitlines()
    assert json.loads(heavy) == []
    assert answers == [service.answer(line) for line in lines.splitlines()]


def test_what_is_no_fault_of_the_asker_is_told_as_ours(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(service.rules, "bounds", broken)
    found = answered(service, ask="bounds", subject=TIRED)
    assert (found["ask"], found["kind"]) == ("problem", "fault")
    assert "division" not in json.dumps(found)


def test_lessons_need_cases(rules: minsight.Rules) -> None:
    found = answered(Service(rules), ask="lessons")
    assert found["what"] == "there are no cases here"


def test_packed_cases_are_the_cases() -> None:
    cases = lesson_cases(rules_folder())
    assert unpacked_cases(packed_cases(cases)) == cases


@examples(60)
@given(junk=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_bytes_have_an_answer(junk: bytes, service: Service) -> None:
    assert msgspec.json.decode(service.answer(junk))["ask"] == "problem"


JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@examples(80)
@given(asked=st.sampled_from(EXAMPLES), data=st.data())
def test_a_request_with_one_part_wrong_has_an_answer(
    asked: dict[str, Any], data: st.DataObject, service: Service
) -> None:
    key = data.draw(st.sampled_from([*asked, "subject", "more"]))
    found = answered(service, **{**asked, key: data.draw(JSON)})
    assert found["fingerprint"] == service.rules.fingerprint
    assert found.get("kind") != "fault"

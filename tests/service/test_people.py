"""What is asked about a person: the records of the command line, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from asked import TIRED, answered, raw, sent
from command_line import CommandLine
from minsight.assessment.record import assessment_line
from minsight.compiler.bundle import rules_folder
from minsight.service.people import record_bytes
from minsight.service.service import Service
from random_laws import examples
from strategies import said_people

RULES: Final = ("--rules", str(rules_folder()))
AT_ODDS: Final = {"present": ["fever"], "absent": ["fever"]}


def indented(record: bytes) -> str:
    return msgspec.json.format(record, indent=2).decode() + "\n"


def record(service: Service, **asked: Any) -> bytes:
    return record_bytes(service.answer(raw(asked)))


def written(folder: Path) -> str:
    file = folder / "person.json"
    file.write_text(json.dumps(TIRED), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("command_name", ["check", "explain"])
def test_a_record_is_that_of_the_command_line(
    command_name: str, service: Service, command: CommandLine, tmp_path: Path
) -> None:
    ask = {"check": "assess"}.get(command_name, command_name)
    person = ("--subject", written(tmp_path), "--json")
    run = command.run(command_name, *person, *RULES)
    assert run.out == indented(record(service, ask=ask, subject=TIRED))


def test_a_comparison_is_that_of_the_command_line(
    service: Service, command: CommandLine, tmp_path: Path
) -> None:
    person = ("--subject", written(tmp_path), "--json")
    run = command.run("whatif", *person, "--add", "pica", "--age", "40", *RULES)
    changes = [{"kind": "add", "text": "pica"}, {"kind": "age", "text": "40"}]
    found = record(service, ask="whatif", subject=TIRED, changes=changes)
    assert run.out == indented(found)


QUESTIONS: Final[dict[str, tuple[tuple[str, ...], dict[str, Any]]]] = {
    "flip": (("--flip", "iron", "--most", "1"), {"mineral": "iron", "most": 1}),
    "reach": (
        ("--reach", "zinc:typical", "--most", "1"),
        {"mineral": "zinc", "level": "typical_pattern", "most": 1},
    ),
    "duel": (("--duel", "iron", "zinc"), {"one": "iron", "other": "zinc"}),
    "bounds": (("--bounds",), {}),
    "sensitivity": (("--sensitivity",), {}),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_to_a_question_is_that_of_the_command_line(
    question: str, service: Service, command: CommandLine, tmp_path: Path
) -> None:
    options, parts = QUESTIONS[question]
    person = ("--subject", written(tmp_path), "--json")
    run = command.run("whatif", *person, *options, *RULES)
    found = record(service, ask=question, subject=TIRED, **parts)
    assert run.out == indented(b'{"' + question.encode() + b'":' + found + b"}")


@examples(40)
@given(data=st.data())
def test_anybody_has_the_record_that_the_library_writes(
    data: st.DataObject, service: Service, rules: minsight.Rules
) -> None:
    subject = data.draw(said_people(rules.vocabulary))
    request = {"ask": "assess", "subject": sent(subject), "keep_going": True}
    found = record_bytes(service.answer(raw(request)))
    assert found + b"\n" == assessment_line(rules.assess(subject, keep_going=True))


def test_a_what_if_shows_both_sides(service: Service) -> None:
    changes = [{"kind": "remove", "text": "craving ice"}]
    found = answered(service, ask="whatif", subject=TIRED, changes=changes)
    assert found["subject"]["present"] == ["always tired"]
    assert found["before"]["candidates"][0]["mineral"] == "iron"
    assert found["settings"][0]["of"] == "ice_craving"
    assert found["unmoved"] == []


@pytest.mark.parametrize(
    ("asked", "kind", "where", "advice"),
    [
        ({"ask": "assess", "subject": AT_ODDS}, "subject", "subject", "keep one"),
        ({"ask": "assess", "subject": {"presnt": []}}, "subject", "subject", "did you"),
        (
            {"ask": "flip", "subject": TIRED, "mineral": "irn"},
            "request",
            "mineral",
            "did you mean `iron`?",
        ),
        (
            {"ask": "duel", "subject": TIRED, "one": "iron", "other": "gold"},
            "request",
            "other",
            "",
        ),
        (
            {
                "ask": "whatif",
                "subject": TIRED,
                "changes": [{"kind": "add", "text": "xyzzy"}],
            },
            "request",
            "changes",
            "use words of the vocabulary",
        ),
        (
            {"ask": "explain", "subject": TIRED, "minerals": ["sulfur"]},
            "request",
            "minerals",
            "",
        ),
    ],
)
def test_a_problem_says_what_where_and_what_to_do(
    asked: dict[str, Any], kind: str, where: str, advice: str, service: Service
) -> None:
    found = answered(service, **asked)
    assert (found["ask"], found["kind"], found["where"]) == ("problem", kind, where)
    assert advice in found["what_to_do"]
    assert found["what"]


def test_contradictions_are_unknown_when_one_wants_to_keep_going(
    service: Service,
) -> None:
    found = answered(service, ask="assess", subject=AT_ODDS, keep_going=True)
    assert "Taken as unknown" in found["record"]["notes"][0]

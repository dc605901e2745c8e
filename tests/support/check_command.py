"""People and outcomes that the tests of `minsight check` share."""

from __future__ import annotations

import json
from typing import Any, Final

from command_line import (
    CommandLine,
    Outcome,
)

LEVELS: Final = (
    "no_pattern",
    "few_findings",
    "partial_pattern",
    "typical_pattern",
    "measured_low",
)
IRON_PICTURE: Final = ("tiredness", "pale skin", "ice craving", "spoon-shaped nails")
WOMAN: Final = (*IRON_PICTURE, "--age", "28", "--sex", "female")
EMERGENCY: Final = ("seizure", *WOMAN)
NONSENSE: Final = (
    "",
    " ",
    "\t",
    "?!",
    "\x1b[31mred\x1b[0m",
    "\x07\x08\x0b\x7f\x9b31m",
    "two\nlines",
    "x" * 10_000,
    "word " * 2_000,
    "\N{GRINNING FACE}" * 60,
    "e\N{COMBINING ACUTE ACCENT}" * 200,
    "\N{RIGHT-TO-LEFT OVERRIDE}desrever",
    "[bold]markup[/bold] [/]",
    "'; drop table minerals; --",
    "NaN",
)
BINARY: Final = bytes(range(256)) * 8


REFERENCE: Final = ("--engine", "reference")


def check(command: CommandLine, *args: str, stdin: bytes = b"") -> Outcome:
    """A check on the engine that starts fastest; both engines print the same."""
    return command.run("check", *REFERENCE, *args, stdin=stdin)


def record(outcome: Outcome) -> Any:
    assert (outcome.code, outcome.err) == (0, "")
    return json.loads(outcome.out)


def levels(outcome: Outcome) -> dict[str, str]:
    return {c["mineral"]: c["level"] for c in record(outcome)["candidates"]}


def first(outcome: Outcome) -> str:
    return str(record(outcome)["candidates"][0]["mineral"])

"""`minsight check`: what one person's answers print, and how it looks."""

from __future__ import annotations

import errno
import json
import os
import pty
import re
import sys
from typing import Final

import pytest

import minsight
from check_command import (
    EMERGENCY,
    IRON_PICTURE,
    LEVELS,
    NONSENSE,
    WOMAN,
    check,
    first,
    levels,
    record,
)
from command_line import (
    COLUMNS,
    CommandLine,
    control_characters,
    too_wide,
)
from minsight.assessment.record import assessment_json

# --- urgency speaks first -------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "level"),
    [
        (("always tired", "--age", "40"), "none"),
        (("goitre", "hoarse voice", *IRON_PICTURE), "soon"),
        (("confusion", "ice craving", "spoon-shaped nails"), "same_day"),
        (("confusion", *IRON_PICTURE), "emergency"),  # confused, and pale
        (EMERGENCY, "emergency"),
    ],
)
def test_urgency_is_the_first_thing_printed(
    command: CommandLine,
    rules: minsight.Rules,
    said: tuple[str, ...],
    level: str,
) -> None:
    expected = f"Urgency: {rules.catalogue.urgencies[level]}"
    assert check(command, *said).out.splitlines()[0] == expected


def test_urgency_is_first_even_when_text_was_not_understood(
    command: CommandLine,
) -> None:
    lines = check(command, "qqqq wwww", "seizure").out.splitlines()
    assert lines[0].startswith("Urgency: Call emergency services")
    assert any(line.startswith("Not understood: qqqq wwww") for line in lines)


def test_an_emergency_hides_the_ranking(command: CommandLine) -> None:
    outcome = check(command, *EMERGENCY)
    assert outcome.code == 0
    assert "not shown in an emergency" in outcome.out
    assert "Iron" not in outcome.out
    assert "\n1. " not in outcome.out


def test_all_shows_the_ranking_of_an_emergency_below_the_warning(
    command: CommandLine,
) -> None:
    out = check(command, *EMERGENCY, "--all").out
    assert out.startswith("Urgency: Call emergency services")
    assert "\n1. Iron" in out
    assert "not shown in an emergency" not in out


def test_the_record_of_an_emergency_is_complete(command: CommandLine) -> None:
    with_seizure = levels(check(command, *EMERGENCY, "--json"))
    assert with_seizure["iron"] == "typical_pattern"


# --- the examples that the first issue names ------------------------------------------


def test_tiredness_paleness_ice_craving_and_spoon_nails_put_iron_first(
    command: CommandLine,
) -> None:
    outcome = check(command, *WOMAN, "--json")
    assert first(outcome) == "iron"
    assert levels(outcome)["iron"] == "typical_pattern"
    assert record(outcome)["unrecognised"] == []


def test_an_infant_with_rash_hair_loss_and_diarrhoea_puts_zinc_first(
    command: CommandLine,
) -> None:
    said = ("rash round the mouth", "hair loss", "diarrhoea", "--age", "4mo")
    outcome = check(command, *said, "--json")
    assert first(outcome) == "zinc"
    assert record(outcome)["unrecognised"] == []


def test_a_goitre_picture_in_a_low_iodine_area_puts_iodine_first(
    command: CommandLine,
) -> None:
    said = ("goitre", "cold intolerance", "weight gain", "--group", "low-iodine area")
    outcome = check(command, *said, "--age", "40", "--json")
    assert first(outcome) == "iodine"
    assert record(outcome)["unrecognised"] == []


def test_weak_thighs_and_heart_on_feeding_by_vein_put_selenium_first(
    command: CommandLine,
) -> None:
    said = ("weak thighs", "heart-muscle disease", "--age", "50")
    group = ("--group", "long parenteral nutrition")
    outcome = check(command, *said, *group, "--json")
    assert first(outcome) == "selenium"
    assert record(outcome)["unrecognised"] == []


def test_a_tired_adult_has_nothing_above_few_findings(command: CommandLine) -> None:
    found = levels(check(command, "always tired", "--age", "40", "--json"))
    assert set(found.values()) == {"few_findings"}
    out = check(command, "always tired", "--age", "40").out
    assert "\n1. " not in out


# --- how it looks ---------------------------------------------------------------------

LOOKS: Final = [
    ("always tired", "--age", "40"),
    ("brittle nails", "--age", "12d"),
    WOMAN,
    (*WOMAN, "--all"),
    (*EMERGENCY, "--all"),
    ("rash round the mouth", "hair loss", "diarrhoea", "--age", "4mo", "--all"),
    (*NONSENSE,),
    ("--measure", "ferritin=8 ug/L", "--absent", "hair loss"),
]


@pytest.mark.parametrize("said", LOOKS)
def test_output_that_is_no_terminal_is_plain_text_of_80_columns(
    command: CommandLine, said: tuple[str, ...]
) -> None:
    """No control characters, no line that is too wide, none that ends in blanks."""
    outcome = check(command, *said)
    assert outcome.code == 0
    assert control_characters(outcome.out) == []
    lines = outcome.out.splitlines()
    assert too_wide(outcome.out) == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_process_without_a_terminal_prints_plain_80_columns(
    command: CommandLine,
) -> None:
    outcome = command.process("check", *WOMAN)
    assert (outcome.code, outcome.err) == (0, "")
    assert control_characters(outcome.out) == []
    assert max(len(line) for line in outcome.out.splitlines()) <= COLUMNS
    assert "1  Iron" in outcome.out


def test_a_terminal_gets_colour(command: CommandLine) -> None:
    shown = on_a_terminal(command, "check", "confusion", *WOMAN)
    assert colours(shown) != []
    assert "Urgency: " in shown


def test_a_terminal_gets_no_colour_with_no_color(command: CommandLine) -> None:
    shown = on_a_terminal(command, "check", "confusion", *WOMAN, NO_COLOR="1")
    assert colours(shown) == []
    assert "Urgency: " in shown


def on_a_terminal(command: CommandLine, *args: str, **env: str) -> str:
    """What the command writes to a pseudo-terminal of 80 columns."""
    ours, theirs = pty.openpty()
    process = command.spawn(
        *args,
        env={"TERM": "xterm-256color", "COLUMNS": str(COLUMNS), **env},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b"".join(iter(lambda: _read_terminal(ours), b""))
    os.close(ours)
    assert process.wait() == 0
    return shown.decode()


def _read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError as error:  # how Linux says that the other end was closed
        if error.errno != errno.EIO:
            raise
        return b""


def colours(text: str) -> list[str]:
    """The SGR sequences of a text that set a colour."""
    sequences = re.findall(r"\x1b\[([\d;]*)m", text)
    return [s for s in sequences if re.search(r"(?:^|;)(?:[349][0-8]|10[0-7])", s)]


# --- the record -----------------------------------------------------------------------


def test_json_is_the_record_of_the_library(
    command: CommandLine, rules: minsight.Rules
) -> None:
    said = ("--absent", "hair loss", "--unsure", "restless legs", "--group", "vegan")
    measured = ("--measure", "ferritin=8 ug/L", "--not-group", "pregnant")
    outcome = check(command, *WOMAN, *said, *measured, "--json")
    subject = minsight.Subject(
        present=IRON_PICTURE,
        absent=("hair loss",),
        unsure=("restless legs",),
        groups=("vegan",),
        not_groups=("pregnant",),
        measurements=(minsight.Measurement("ferritin", 8, "ug/L"),),
        age="28",
        sex="female",
    )
    expected = json.loads(assessment_json(rules.assess(subject)))
    assert record(outcome) == expected
    assert expected["unrecognised"] == []


def test_json_has_the_promised_parts(command: CommandLine) -> None:
    assessment = record(check(command, *WOMAN, "--json"))
    assert {"subject_id", "rules", "urgency", "candidates"} <= set(assessment)
    assert {"recognised", "unrecognised", "notes"} <= set(assessment)
    assert {"version", "fingerprint"} <= set(assessment["rules"])
    candidate = assessment["candidates"][0]
    assert {"mineral", "rank", "level", "points", "reasons"} <= set(candidate)
    assert {"against", "brakes", "missing", "tests"} <= set(candidate)
    reason = candidate["reasons"][0]
    assert {"rule", "says", "matched", "strength", "cluster"} <= set(reason)
    assert {"counted", "because", "grade", "sources"} <= set(reason)


def test_json_is_one_document_and_nothing_else(command: CommandLine) -> None:
    out = check(command, "qqqq wwww", *NONSENSE, "--json").out
    document, end = json.JSONDecoder().raw_decode(out)
    assert out[end:] == "\n"
    said = [entry["text"] for entry in document["unrecognised"]]
    assert " ".join(said) == " ".join(["qqqq wwww", *NONSENSE])


def test_candidates_come_by_falling_level_with_ranks_from_one(
    command: CommandLine,
) -> None:
    candidates = record(check(command, *WOMAN, "--json"))["candidates"]
    steps = [LEVELS.index(candidate["level"]) for candidate in candidates]
    assert steps == sorted(steps, reverse=True)
    assert [c["rank"] for c in candidates] == list(range(1, len(candidates) + 1))


@pytest.mark.parametrize("form", [(), ("--all",), ("--json",)])
@pytest.mark.parametrize("said", [WOMAN, EMERGENCY, ("qqqq wwww",)])
def test_both_engines_print_the_same(
    command: CommandLine, said: tuple[str, ...], form: tuple[str, ...]
) -> None:
    reference = command.run("check", *said, *form, "--engine", "reference")
    forward = command.run("check", *said, *form, "--engine", "forward")
    if sys.version_info < (3, 13):
        assert forward == reference
    else:
        assert (forward.code, "up to 3.12" in forward.err) == (2, True)
    assert command.run("check", *said, *form) == reference

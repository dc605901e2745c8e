"""`minsight whatif`: before and after on a terminal, in a record, in a table."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import msgspec
import pytest

import minsight
from banned import banned_in
from command_line import (
    COLUMNS,
    CommandLine,
    control_characters,
    is_one_paragraph,
    too_wide,
)

START = "16-year-old girl, always tired, vegetarian"


def shown(command: CommandLine, *args: str, columns: int = COLUMNS) -> str:
    """What `whatif` prints, but for the command line at the end; it must fit."""
    outcome = command.run("whatif", *args, columns=columns)
    assert (outcome.code, outcome.err) == (0, "")
    assert control_characters(outcome.out) == []
    lines = [one for one in outcome.out.splitlines() if "minsight check" not in one]
    assert too_wide("\n".join(lines), columns) == []
    assert [line for line in lines if line != line.rstrip()] == []
    footer = "Education and decision support only."
    assert footer in outcome.out
    assert banned_in(outcome.out) == []
    return outcome.out


def row(text: str, name: str) -> str:
    """The row of a mineral, its columns one space apart."""
    (found,) = re.findall(rf"^{name}  +\S.*\)?.*$", text, re.MULTILINE)[:1]
    return " ".join(str(found).split())


def test_a_level_that_rises_is_shown_with_what_came(command: CommandLine) -> None:
    """Craving ice is characteristic, and with a risk factor that is typical."""
    text = shown(command, START, "--add", "craving ice")
    assert re.search(
        r"^Iron \d+\. few findings \(\d+\) 1\. typical pattern \(\d+\) up$",
        row(text, "Iron"),
    )
    assert "Change: Craving and chewing ice: not said, now yes" in text
    assert "   + craving ice (typical sign): " in text
    assert "Next step now:" in text


def test_what_goes_is_shown_as_gone(command: CommandLine) -> None:
    text = shown(command, "pica", "--deny", "pica")
    assert row(text, "Iron").endswith("not listed gone")
    assert "   - pica (typical sign): " in text


def test_urgency_stands_first_and_hides_the_candidates(command: CommandLine) -> None:
    text = shown(command, START, "--add", "chest pain")
    assert text.index("Urgency after, up: ") < text.index("+ Chest pain")
    assert "Iron" not in text
    assert "Iron" in shown(command, START, "--add", "chest pain", "--all")


def test_no_change_says_so_and_why(command: CommandLine) -> None:
    text = shown(command, START, "--add", "tiredness")
    assert "No candidate moved: no level, no points and no reason" in text
    assert "Why: Fatigue was answered so already." in text


def test_only_what_changed_is_shown_unless_all_is(command: CommandLine) -> None:
    some = shown(command, "spoon nails", "fatigue", "--add", "craving ice")
    everything = shown(
        command, "spoon nails", "fatigue", "--add", "craving ice", "--all"
    )
    assert "Magnesium" not in some
    assert "Magnesium" in everything


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_it_fits_terminals_of_other_widths(command: CommandLine, columns: int) -> None:
    shown(command, START, "--add", "craving ice", columns=columns)


def test_colour_carries_nothing(command: CommandLine) -> None:
    plain = command.run("whatif", START, "--add", "craving ice").out
    coloured = command.run("whatif", START, "--add", "craving ice", FORCE_COLOR="1").out
    assert coloured != plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    (in_table,) = re.findall(r"^.*few findings.*typical.*$", coloured, re.MULTILINE)
    assert "\x1b" not in in_table, "the colour of an urgency in the table"


def test_the_last_command_assesses_the_person_after(
    command: CommandLine, rules: minsight.Rules
) -> None:
    changes = ("--deny", "vegetarian", "--add", "hair loss", "--age", "9mo")
    text = shown(command, START, "--sex", "male", *changes)
    (line,) = re.findall(r"^  (minsight check .*)$", text, re.MULTILINE)
    again = json.loads(command.run(*shlex.split(line)[1:], "--json").out)
    person = minsight.Subject(
        present=["fatigue", "hair_loss"],
        absent=["vegetarian_diet"],
        age="9mo",
        sex="male",
    )
    expected = msgspec.to_builtins(rules.assess(person).candidates)
    for one, other in zip(again["candidates"], expected, strict=True):
        assert (one["mineral"], one["level"], one["points"]) == (
            other["mineral"],
            other["level"],
            other["points"],
        )


def test_the_record_is_the_comparison(
    command: CommandLine, rules: minsight.Rules
) -> None:
    outcome = command.run("whatif", "fatigue", "--add", "craving ice", "--json")
    before = minsight.Subject(present=["fatigue"])
    after = minsight.Subject(present=["fatigue", "craving ice"])
    expected = msgspec.json.encode(rules.compare(before, after))
    assert json.loads(outcome.out) == json.loads(expected)
    assert (outcome.code, outcome.err) == (0, "")


def test_an_age_that_was_not_said_names_the_option_of_the_start(
    command: CommandLine,
) -> None:
    assert "--start-age" in shown(command, "fatigue", "--age", "28")
    given = shown(command, "fatigue", "--start-age", "28", "--age", "9mo")
    assert "age: 28 years, now 9 months" in given
    assert "--start-age" not in given


def test_the_start_has_all_that_check_takes(command: CommandLine) -> None:
    start = (
        "fatigue", "--absent", "fever", "--unsure", "itch", "--not-group", "pregnant",
        "--start-group", "vegetarian", "--start-age", "28", "--start-sex", "female",
        "--start-measure", "ferritin=8 ug/L",
    )  # fmt: skip
    text = shown(command, *start, "--remove", "ferritin")
    assert row(text, "Iron").startswith("Iron 1. measured low")
    assert "Change: Serum ferritin: 8 ug/L, now not said" in text
    for kept in ("--absent fever", "--unsure itch", "--not-group pregnant", "--age 28"):
        assert kept in text


def test_a_record_is_a_start(command: CommandLine, tmp_path: Path) -> None:
    record = tmp_path / "person.json"
    record.write_text('{"present": ["fatigue"], "age_years": 28}', encoding="utf-8")
    text = shown(command, "--subject", str(record), "--age", "30")
    assert "Change: age: 28 years, now 30 years" in text


# --- scenarios ------------------------------------------------------------------------

FILE = """\
start: {present: [tired teenager]}
scenarios:
  - {name: ice, changes: [{add: craving ice}, {group: vegetarian}]}
  - {name: pain, changes: [{add: chest pain}]}
  - {name: same, changes: [{deny: fever}]}
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "some.scenarios.yaml"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def test_scenarios_become_rows(command: CommandLine, file: str) -> None:
    text = shown(command, "--scenarios", file)
    lines = {line.split("  ")[0]: line for line in text.splitlines()}
    assert "Iron: few findings" in lines["(start)"]
    assert "Iron: typical pattern" in lines["ice"]
    assert "iron up" in lines["ice"]
    assert "emergency" in lines["pain"]
    assert "Iron" not in lines["pain"]
    assert "no candidate moved" in lines["same"]


def test_the_record_of_scenarios_has_each_comparison(
    command: CommandLine, file: str
) -> None:
    tried = json.loads(command.run("whatif", "--scenarios", file, "--json").out)
    assert [one["name"] for one in tried] == ["ice", "pain", "same"]
    assert tried[1]["comparison"]["urgency"]["level"]["after"] == "emergency"
    assert "craving ice" in tried[0]["changed"]["subject"]["present"]


# --- refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ((), "nothing is changed"),
        (("fatigue",), "nothing is changed"),
        (("fatigue", "--add", "xyzzy"), "`xyzzy` was not understood"),
        (("fatigue", "--add", "\x1b[31m"), "was not understood"),
        (("fatigue", "--remove", "pica"), "what was said is `Fatigue`"),
        (("fatigue", "--age", ""), "is not an age"),
        (("fatigue", "--sex", "x"), "is not a sex"),
        (("fatigue", "--measure", "ferritin"), "is not a measurement"),
        (("vegan", "--deny", "vegetarian"), "after the changes, "),
        (("fatigue", "--most", "2"), "--most belongs to a question"),
        (("--subject", "no.json", "--add", "pica"), "`no.json`: no such file"),
        (("--scenarios", "no.yaml"), "`no.yaml`"),
        (("--scenarios", "x", "--add", "pica"), "brings its own changes"),
        (("--results", "x.csv", "--add", "pica"), "--results needs --subject"),
        (
            ("fatigue", "--results", "x.csv", "--subject", "1", "--add", "pica"),
            "is the start",
        ),
        (
            ("pica", "--subject", "-", "--start-age", "3", "--add", "itch"),
            "--start-age both",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_paragraph(
    command: CommandLine, args: tuple[str, ...], named: str
) -> None:
    outcome = command.run("whatif", *args, stdin=b'{"age_years": 28}')
    assert (outcome.code, outcome.out) == (2, "")
    assert is_one_paragraph(outcome.err), outcome.err
    assert named in outcome.err
    assert control_characters(outcome.err) == []

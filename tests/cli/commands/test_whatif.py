"""`whatif` takes no option in silence, and knows the start from the changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

import minsight
from minsight.intake.subject import Subject
from minsight.whatif.changes import Change
from minsight_cli.commands.whatif.command import (
    _changes,
    _of_results,
    _refuse_useless,
    whatif,
)

ADD = [Change("add", "fever")]
FILE = Path("scenarios.yaml")


def test_changes_come_by_kind_whatever_their_order_on_the_line() -> None:
    found = _changes(
        sex="f",
        age="9mo",
        measure=["ferritin=8 ug/L"],
        deny=["fever"],
        add=["tired", "pale"],
        remove=None,
        group=[],
    )
    assert set(found) == {
        Change("add", "tired"),
        Change("add", "pale"),
        Change("deny", "fever"),
        Change("age", "9mo"),
        Change("sex", "f"),
        Change("measure", "ferritin=8 ug/L"),
    }
    again = _changes(
        add=["tired", "pale"], deny=["fever"], measure=["ferritin=8 ug/L"],
        age="9mo", sex="f",
    )  # fmt: skip
    assert found == again
    assert _changes(age=None, sex=None, add=None) == []


@pytest.mark.parametrize(
    ("changes", "scenarios", "asks", "most", "told"),
    [
        (ADD, FILE, False, None, "--scenarios brings its own changes"),
        ([], FILE, True, None, "--scenarios brings its own changes"),
        (ADD, None, False, 2, "--most belongs to a question"),
        ([], FILE, False, 2, "--most belongs to a question"),
        ([], None, False, None, "nothing is changed; write for example"),
    ],
)
def test_what_would_be_ignored_is_refused(
    changes: list[Change],
    scenarios: Path | None,
    asks: bool,
    most: int | None,
    told: str,
) -> None:
    with pytest.raises(typer.BadParameter, match=told):
        _refuse_useless(changes, scenarios, asks=asks, most=most)


@pytest.mark.parametrize(
    ("changes", "scenarios", "asks", "most"),
    [
        (ADD, None, False, None),
        ([], FILE, False, None),
        ([], None, True, 2),
        (ADD, None, True, None),
    ],
)
def test_what_is_of_use_is_taken(
    changes: list[Change], scenarios: Path | None, asks: bool, most: int | None
) -> None:
    _refuse_useless(changes, scenarios, asks=asks, most=most)


def test_a_row_of_results_is_the_whole_start(rules: minsight.Rules) -> None:
    results = Path("results.csv")
    with pytest.raises(typer.BadParameter, match="--results needs --subject ID"):
        _of_results(results, None, Subject(), rules)
    with pytest.raises(typer.BadParameter, match="the row of --results is the start"):
        _of_results(results, "a", Subject(sex="f"), rules)


def test_a_change_of_nothing_is_told_before_the_rules_are_loaded(
    tmp_path: Path,
) -> None:
    with pytest.raises(typer.BadParameter, match="nothing is changed"):
        whatif(["tired"], rules=tmp_path / "none")


def test_a_change_is_printed_with_the_command_of_the_person_after(
    capsys: pytest.CaptureFixture[str],
) -> None:
    whatif(["tired"], start_age="30", add=["fever"], sex="f")
    shown = capsys.readouterr().out
    assert "\n  minsight check tired fever --age 30 --sex female\n" in shown

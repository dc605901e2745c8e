"""The list to put right has a number for each line, and says what can be typed."""

from __future__ import annotations

import pytest

import minsight
from command_line import COLUMNS, said, too_wide
from minsight.intake.recognition import Recognised, Unrecognised
from minsight_cli.rendering.asking_back import Listed, ReadingScreen

READ = Listed(0, Recognised("pyrexia", "absent", "fever", "finding", "synonym", 100))
LEFT = Listed(0, Unrecognised("zonky hair", ("Hair loss",), "said of the past"))
OFFER = Listed(0, LEFT.what, "hair_loss")


@pytest.fixture
def screen(rules: minsight.Rules) -> ReadingScreen:
    return ReadingScreen(rules.vocabulary)


def test_what_was_read_and_what_was_not_stands_by_number(
    screen: ReadingScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.listed((READ, LEFT, OFFER), "both cannot be")
    shown = capsys.readouterr().out
    assert "  1 not: Fever (pyrexia)" in shown
    assert "  2 Not understood: zonky hair (said of the past); did you mean" in shown
    assert "      3 Hair loss" in shown
    assert "Both cannot be." in shown
    assert "`3` takes that suggestion; `2: other words` says what is meant" in said(
        shown
    )
    assert "`-1` strikes" in said(shown)


def test_only_what_can_be_done_is_offered(
    screen: ReadingScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen.listed((READ,))
    shown = said(capsys.readouterr().out)
    assert "takes that suggestion" not in shown
    assert "other words" not in shown


def test_a_long_text_is_cut_and_no_line_is_too_wide(
    screen: ReadingScreen,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    screen.listed((Listed(0, Unrecognised("zonk " * 500, ())),))
    shown = capsys.readouterr().out
    assert shown.count("zonk") <= 40
    assert too_wide(shown) == []

"""The screen of `minsight explore`, driven by its keys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

import minsight
from minsight.intake.recognition import Unrecognised
from minsight.intake.records import read_subject
from minsight_cli.tui.answers import AnswerList, SearchBox
from minsight_cli.tui.app import Explore
from minsight_cli.tui.candidates import CandidateList
from minsight_cli.tui.dialogs import ChoiceDialog, Copying, LineDialog, ReadingDialog
from minsight_cli.tui.state import Opened, State

Drive: TypeAlias = Callable[[Explore, "Pilot[Any]"], Awaitable[None]]

ADULT = State(replies={"fatigue": "observed"}, age_days=28 * 365.25, sex="female")


def played(
    rules: minsight.Rules,
    drive: Drive,
    state: State = ADULT,
    *,
    size: tuple[int, int] = (80, 24),
    save: Path | None = None,
) -> Explore:
    """The application after it was driven."""

    async def play() -> Explore:
        app = Explore(rules, Opened(state), save=save)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await drive(app, pilot)
            await pilot.pause()
        return app

    return asyncio.run(play())


def pressed(
    rules: minsight.Rules, *keys: str, state: State = ADULT, **how: Any
) -> Explore:
    """The application after these keys; a key of several letters is typed as one."""

    async def drive(_: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press(*keys)

    return played(rules, drive, state, **how)


def seen(
    rules: minsight.Rules, selector: str, *keys: str, state: State = ADULT, **how: Any
) -> str:
    """What a part of the screen shows after these keys."""
    found: list[str] = []

    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press(*keys)
        await pilot.pause()
        found.append(shown(app, selector))

    played(rules, drive, state, **how)
    return found[0]


def typed(text: str) -> tuple[str, ...]:
    named = {
        " ": "space",
        ",": "comma",
        ".": "full_stop",
        "/": "slash",
        "=": "equals_sign",
    }
    return tuple(named.get(letter, letter) for letter in text)


def shown(app: Explore, selector: str) -> str:
    return str(app.screen_stack[0].query_one(selector, Static).content)


def options(app: Explore, kind: type[OptionList]) -> list[str]:
    listed = app.screen_stack[0].query_one(kind)
    return [
        str(listed.get_option_at_index(n).prompt) for n in range(listed.option_count)
    ]


def highlighted(app: Explore, kind: type[OptionList]) -> str:
    option = app.screen_stack[0].query_one(kind).highlighted_option
    assert option is not None
    return str(option.prompt)


# --- answers --------------------------------------------------------------------------


def test_space_goes_round_yes_no_and_unknown(rules: minsight.Rules) -> None:
    """The highlight begins on the first answer, and undo brings an unknown one back."""
    replies = [
        pressed(rules, *["space"] * times).bench.state.reply("fatigue")
        for times in (1, 2)
    ]
    assert replies == ["excluded", "unknown"]
    assert pressed(rules, "space", "u").bench.state == ADULT


def test_what_was_said_stands_on_top_with_its_mark(rules: minsight.Rules) -> None:
    state = State(
        replies={"fatigue": "observed", "fever": "excluded", "pallor": "unsure"}
    )

    async def drive(app: Explore, _: Pilot[Any]) -> None:
        first = options(app, AnswerList)[:4]
        labels = [rules.vocabulary.label(id_) for id_ in state.replies]
        assert first[0] == "-- Said so far --"
        assert [row[:3] for row in first[1:]] == ["[+]", "[-]", "[?]"]
        assert [row[4:] for row in first[1:]] == labels
        assert any(row.startswith("[ ]") for row in options(app, AnswerList))

    played(rules, drive, state)


def test_d_means_not_sure_and_backspace_unknown(rules: minsight.Rules) -> None:
    assert pressed(rules, "d").bench.state.reply("fatigue") == "unsure"
    assert pressed(rules, "d", "backspace").bench.state.reply("fatigue") == "unknown"


def test_undo_and_redo_have_an_end(rules: minsight.Rules) -> None:
    app = pressed(rules, "space", "d", "u", "u", "u", "r", "ctrl+r", "r")
    assert app.bench.state.reply("fatigue") == "unsure"


def test_an_answer_moves_the_candidates_at_once(rules: minsight.Rules) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        before = options(app, CandidateList)
        await pilot.press("slash", *typed("spoon nails"), "enter")
        await pilot.pause()
        after = options(app, CandidateList)
        assert before[0].split() == ["1", "Iron", "few", "findings"]
        assert after[0].split() == ["1", "Iron", "partial", "pattern"]
        assert "Spoon" in shown(app, "#why") or "spoon" in shown(app, "#why")

    played(rules, drive)


# --- search ---------------------------------------------------------------------------


def test_words_are_taken_as_one_step_and_what_is_left_stays(
    rules: minsight.Rules,
) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("slash", *typed("craving ice, no fever, blorp"), "enter")
        assert app.bench.state.replies == {
            **ADULT.replies,
            "ice_craving": "observed",
            "fever": "excluded",
        }
        assert app.query_one(SearchBox).value == "blorp"
        await pilot.press("escape", "u")
        assert app.bench.state == ADULT

    played(rules, drive)


def test_a_found_row_is_toggled_from_the_list(rules: minsight.Rules) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("slash", *typed("nail"))
        await pilot.pause()
        rows = options(app, AnswerList)
        assert rows[0] == "-- Found --"
        assert "[ ] Spoon-shaped nails" in rows
        await pilot.press("down")
        while "Spoon" not in highlighted(app, AnswerList):
            await pilot.press("down")
        await pilot.press("space")
        assert app.bench.state.reply("spoon_nails") == "observed"
        assert highlighted(app, AnswerList) == "[+] Spoon-shaped nails"

    played(rules, drive)


def test_keys_are_letters_while_words_are_typed(rules: minsight.Rules) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("slash", *typed("quxs"))
        assert app.query_one(SearchBox).value == "quxs"

    assert played(rules, drive).bench.state == ADULT


def test_nonsense_is_told_and_takes_nothing(rules: minsight.Rules) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("slash", *typed("blorp"), "enter")
        assert "Not understood: blorp" in shown(app, "#meaning")

    assert played(rules, drive).bench.state == ADULT


# --- who it is, and test results ------------------------------------------------------


def test_age_and_sex_are_asked_for(rules: minsight.Rules) -> None:
    keys = ("a", *typed("9mo"), "enter", "x", *typed("male"), "enter")
    state = pressed(rules, *keys, state=State()).bench.state
    assert (state.age_days, state.sex) == (9 * 30.4375, "male")
    line = seen(rules, "#person", *keys, state=State())
    assert line == "minsight explore  9 months, male  (not saved)"


def test_a_refused_line_stays_open_with_the_reason(rules: minsight.Rules) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("a", *typed("old"), "enter")
        assert isinstance(app.screen, LineDialog)
        assert "is not an age" in str(app.screen.query_one("#refused", Static).content)
        await pilot.press("escape")
        assert app.bench.state.age_days is None

    played(rules, drive, State())


@pytest.mark.parametrize(
    "text", ["ferritin 8 ug/L", "ferritin=8 ug/L", "Ferritin: 8 ng/mL"]
)
def test_a_test_result_is_taken_and_taken_away(
    rules: minsight.Rules, text: str
) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("m")
        app.screen.query_one(Input).value = text
        await pilot.press("enter")
        assert [m.name for m in app.bench.state.measurements] == ["ferritin"]
        assert "measured low" in options(app, CandidateList)[0]
        await pilot.press("down")
        assert highlighted(app, AnswerList).startswith("[=] ")
        await pilot.press("backspace")
        assert app.bench.state == ADULT

    played(rules, drive)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ferritin", "is not a measurement"),
        ("ferritin 8", "is not a measurement"),
        ("ferritin 8 bananas", "is not a unit"),
        ("unobtainium 8 g/L", "is no test the rules read"),
        ("ferritin 9e99 ug/L", "is not a"),
        ("ferritin 999999999 ug/L", "beyond anything measured"),
    ],
)
def test_a_test_result_that_cannot_be_is_refused(
    rules: minsight.Rules, text: str, reason: str
) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("m")
        app.screen.query_one(Input).value = text
        await pilot.press("enter")
        assert reason in str(app.screen.query_one("#refused", Static).content)
        assert app.bench.state == ADULT

    played(rules, drive)


# --- what must be told ----------------------------------------------------------------


def test_answers_at_odds_are_told_on_top(rules: minsight.Rules) -> None:
    state = State(replies={"pica": "excluded", "ice_craving": "observed"})
    told = seen(rules, "#warnings", state=state)
    assert told.startswith("At odds: ")
    assert "`ice_craving` is a kind of `pica`" in told
    assert seen(rules, "#warnings", "backspace", state=state) == ""


def test_texts_of_the_start_that_mean_nothing_are_told(rules: minsight.Rules) -> None:
    """And nothing calm is said beside them, now or after a change."""
    begun = Opened(ADULT, (Unrecognised("blorp\x1b[31m", ()),))
    app = Explore(rules, begun, save=None)

    async def look() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            for key in ("", "space"):
                await pilot.press(*key.split())
                await pilot.pause()
                told = shown(app, "#warnings")
                assert told.startswith("Not understood, not judged: `blorp")
                assert "\x1b" not in told
                urgency = f"Urgency: {rules.catalogue.not_judged['unread']}"
                assert shown(app, "#urgency") == urgency

    asyncio.run(look())


def test_urgency_stands_on_top_and_an_emergency_hides_the_ranking(
    rules: minsight.Rules,
) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        assert "emergency" in shown(app, "#urgency")
        assert options(app, CandidateList) == []
        assert "not shown in an emergency" in shown(app, "#why")
        await pilot.press("v")
        assert options(app, CandidateList) != []

    played(rules, drive, State(replies={"tetany": "observed", "fatigue": "observed"}))


# --- snapshots ------------------------------------------------------------------------


def test_a_snapshot_is_compared_and_gone_back_to(rules: minsight.Rules) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("n", *typed("tired only"), "enter")
        await pilot.press("slash", *typed("spoon nails"), "enter", "escape", "c")
        assert isinstance(app.screen, ChoiceDialog)
        await pilot.press("enter")
        assert isinstance(app.screen, ReadingDialog)
        text = str(app.screen.query("Static").first(Static).content)
        assert "Spoon-shaped nails: unknown -> yes" in text
        assert "Iron: few findings, place 1 -> partial pattern, place 1" in text
        assert "  came: " in text
        await pilot.press("b")
        assert app.bench.state == ADULT
        await pilot.press("u")
        assert app.bench.state.reply("spoon_nails") == "observed"

    played(rules, drive)


def test_two_equal_moments_have_no_difference(rules: minsight.Rules) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("c", "enter")
        text = str(app.screen.query("Static").first(Static).content)
        assert text.startswith("Answers\nThe same.\n\nWhat moved\nNothing.")

    played(rules, drive)


# --- files and the command line -------------------------------------------------------


def test_the_answers_are_saved_as_a_subject_record(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    file = tmp_path / "ann.json"
    app = pressed(rules, "d", "s", save=file)
    assert read_subject(file.read_bytes(), "ann") == app.subject
    assert app.bench.is_saved


def test_without_a_file_one_is_asked_for_and_none_is_overwritten(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.json"
    taken.write_text("mine", encoding="utf-8")

    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("s")
        for name in (str(taken), str(tmp_path / "no" / "such.json"), " "):
            app.screen.query_one(Input).value = name
            await pilot.press("enter")
            assert isinstance(app.screen, LineDialog), name
            assert str(app.screen.query_one("#refused", Static).content) != ""
        app.screen.query_one(Input).value = str(tmp_path / "new.json")
        await pilot.press("enter")

    app = played(rules, drive)
    assert taken.read_text(encoding="utf-8") == "mine"
    new = (tmp_path / "new.json").read_bytes()
    assert read_subject(new, "new") == app.subject


def test_the_command_line_can_be_read(rules: minsight.Rules) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("e")
        assert isinstance(app.screen, Copying)
        command = "minsight check fatigue --age 28 --sex female"
        assert app.screen.query_one("TextArea").text == command  # type: ignore[attr-defined]  # a TextArea has one
        await pilot.press("c", "escape")
        assert app.clipboard == command

    played(rules, drive)


# --- the end --------------------------------------------------------------------------


def is_over(app: Explore) -> bool:
    return app.return_code is not None


def test_quitting_asks_only_when_something_is_not_saved(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("d", "q")
        assert isinstance(app.screen, ReadingDialog)
        await pilot.press("escape")
        assert app.is_running
        await pilot.press("q", "s")

    file = tmp_path / "ann.json"
    assert is_over(pressed(rules, "q"))
    assert is_over(pressed(rules, "d", "q", "q"))
    assert is_over(pressed(rules, "d", "ctrl+c", "ctrl+c"))
    assert is_over(played(rules, drive, save=file))
    assert read_subject(file.read_bytes(), "ann").unsure == ("fatigue",)


def test_closing_the_help_with_q_does_not_quit(rules: minsight.Rules) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        await pilot.press("question_mark")
        assert isinstance(app.screen, ReadingDialog)
        await pilot.press("q")
        assert app.is_running
        assert not isinstance(app.screen, ReadingDialog)

    played(rules, drive)


# --- sizes ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 40), (40, 16), (200, 60)])
def test_every_part_has_room(rules: minsight.Rules, size: tuple[int, int]) -> None:
    async def drive(app: Explore, _: Pilot[Any]) -> None:
        for selector in ("#answers", "#candidates", "#reasons", "#urgency", "#foot"):
            region = app.query_one(selector).region
            assert region.height > 0, selector
            assert app.screen.region.contains_region(region), selector

    played(rules, drive, size=size)


@pytest.mark.parametrize("size", [(39, 24), (80, 15), (5, 3), (1, 1)])
def test_a_small_terminal_is_told_so(
    rules: minsight.Rules, size: tuple[int, int]
) -> None:
    async def drive(app: Explore, pilot: Pilot[Any]) -> None:
        assert app.query_one("#small").display
        assert not app.query_one("#sides").display
        told = f"This terminal is {size[0]} columns by {size[1]} lines."
        assert shown(app, "#small").startswith(told)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert not app.query_one("#small").display
        assert app.query_one("#sides").display

    played(rules, drive, size=size)

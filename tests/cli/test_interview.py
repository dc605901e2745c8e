"""`minsight interview`, and `check` without words, in a terminal the test drives."""

from __future__ import annotations

import json
import re
import shlex
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from check_command import REFERENCE, check
from command_line import CommandLine, said
from minsight_cli.exits import Exit
from terminal import Terminal

Start: TypeAlias = Callable[..., Terminal]

WHO: Final = ("28", "f")
WORDS: Final = (*WHO, "always tired, hair falling out", "", "vegetarian", "")
"""What is typed until the first question is put."""
AGAIN: Final = "The same again:"


@pytest.fixture
def start(command: CommandLine) -> Iterator[Start]:
    """Starts `minsight` in a terminal; ended when the test is over."""
    started: list[Terminal] = []

    def begin(*args: str, columns: int = 80) -> Terminal:
        started.append(Terminal(command, *args, columns=columns))
        started[-1].ask()
        return started[-1]

    yield begin
    for terminal in started:
        terminal.close()


def command_of(shown: str) -> list[str]:
    """The arguments of the command line that an ending gives."""
    line = shown.split(AGAIN)[1].strip()
    program, *args = shlex.split(line)
    assert program == "minsight"
    return args


def assert_check_says_the_same(command: CommandLine, shown: str) -> list[str]:
    """The command line of the ending leads to the very text of the ending."""
    what, *args = command_of(shown)
    assert what == "check"
    again = check(command, *args)
    assert again.code == Exit.DONE
    assert shown.split(AGAIN, maxsplit=1)[0].strip().endswith(again.out.strip())
    return args


# --- the course of it -----------------------------------------------------------------


def test_every_answer_is_taken_as_it_was_given(
    command: CommandLine, start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "ann.json"
    terminal = start("interview", "--save", str(file))
    asked = [terminal.answers(WORDS)]
    asked += [terminal.ask(word) for word in ("8", "no", "not sure", "skip")]
    assert [number_of(text) for text in asked] == [1, 2, 3, 4, 5]
    code, shown = terminal.end("stop")
    assert code == Exit.DONE
    args = assert_check_says_the_same(command, shown)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    replies = [step for steps in saved(file)["steps"] for step in steps.items()]
    assert [reply for _, reply in replies[:8]] == ["no"] * 7 + ["yes"]
    assert {reply for _, reply in replies} == {"yes", "no", "unsure", "skip"}
    for id_, reply in replies:
        if id_.startswith("q_"):
            continue
        before = args[args.index(id_) - 1] if id_ in args else None
        options = {"no": ("--absent", "--not-group"), "unsure": ("--unsure",)}
        if reply == "yes":
            assert before == "--group" or args.index(id_) < args.index("--absent")
        else:
            assert before in options.get(reply, (None,))


def number_of(shown: str) -> int:
    return int(re.findall(r"Question (\d+)", shown)[-1])


@pytest.mark.parametrize("word", ["y", "YES", " yes ", "Yeah", "a bit", "sometimes"])
def test_a_yes_may_be_written_in_many_ways(start: Start, word: str) -> None:
    terminal = start("interview")
    number = at_a_plain_question(terminal)
    assert number_of(terminal.ask(word)) == number + 1


@pytest.mark.parametrize("word", ["N", "not really", "it used to", "nothing"])
def test_a_no_may_be_written_in_many_ways(start: Start, word: str) -> None:
    terminal = start("interview")
    number = at_a_plain_question(terminal)
    assert number_of(terminal.ask(word)) == number + 1


def at_a_plain_question(terminal: Terminal) -> int:
    """Lists are left out until one question is put alone; its number."""
    shown = terminal.answers(["33", "m", "", ""])
    while "No means:" not in shown:
        shown = terminal.ask("skip")
    return number_of(shown)


def test_back_takes_the_last_reply_back(start: Start) -> None:
    terminal = start("interview")
    first = terminal.answers(WORDS)
    terminal.ask("8")
    assert question_of(terminal.ask("no wait")) == question_of(first)
    assert "Taken back: vegetarian" in terminal.ask("back")
    _, shown = terminal.end("stop")
    assert "vegetarian" not in command_of(shown)


def question_of(shown: str) -> str:
    return re.split(r"Question \d+.*\n", shown)[-1]


def test_why_names_the_minerals_and_asks_again(start: Start) -> None:
    terminal = start("interview")
    terminal.answers(WORDS)
    shown = terminal.ask("why")
    assert "The answer bears on" in shown
    assert "First so far: iron (partial pattern)" in shown
    assert "Question 2" in terminal.ask("no")


def test_words_are_taken_at_any_question(command: CommandLine, start: Start) -> None:
    terminal = start("interview")
    terminal.answers(WORDS)
    assert "Understood: Brittle nails" in terminal.ask("my nails are brittle")
    shown = terminal.ask("my aunt had a fever")
    assert "Not understood: my aunt had a fever (said of somebody else)" in shown
    _, shown = terminal.end("stop")
    assert "my nails are brittle" in assert_check_says_the_same(command, shown)


def test_words_in_doubt_are_put_right_before_they_count(
    command: CommandLine, start: Start
) -> None:
    terminal = start("interview")
    terminal.answers(WORDS)
    shown = terminal.ask("zonky hair, no fever")
    assert "Not understood: zonky hair; did you mean" in shown
    assert "as you said" in terminal.ask("4")
    assert "Question" in terminal.ask("")
    _, shown = terminal.end("stop")
    args = assert_check_says_the_same(command, shown)
    assert "zonky" not in " ".join(args)
    assert args[args.index("fever") - 1] == "--absent"


def test_a_contradiction_is_refused_and_changes_nothing(
    command: CommandLine, start: Start
) -> None:
    terminal = start("interview")
    terminal.answers(WORDS)
    shown = terminal.ask("no hair loss")
    assert "hair falling out" in shown
    assert "keep one of them" in said(shown)
    _, shown = terminal.end("stop")
    assert "no hair loss" not in assert_check_says_the_same(command, shown)


@pytest.mark.parametrize("line", ["", "help", "h"])
def test_help_is_shown_when_asked_for_or_nothing_is_typed(
    start: Start, line: str
) -> None:
    terminal = start("interview")
    terminal.answers(WORDS)
    assert "Give the numbers that apply" in said(terminal.ask(line))


def test_an_impossible_age_is_asked_again(start: Start) -> None:
    terminal = start("interview")
    assert "How old" not in terminal.ask("999")
    assert "Female or male" in terminal.ask("28")
    assert "female" in terminal.ask("perhaps a fish").lower()
    assert "What is wrong?" in terminal.ask("f")


def test_what_is_urgent_is_said_at_once(start: Start) -> None:
    terminal = start("interview")
    terminal.answers(WHO)
    assert "Urgency:" in terminal.ask("had a seizure this morning")


def test_it_could_end_twice_and_says_so(command: CommandLine, start: Start) -> None:
    """Where nothing likely can change the picture, and where no answer can."""
    terminal = start("interview")
    shown = terminal.answers(WORDS)
    while "Go on all the same?" not in shown:
        shown = terminal.ask("no")
    assert "nothing likely can change the first candidates" in said(shown)
    assert "none is likely to" in said(terminal.ask("yes"))
    terminal.type("no\n" * 60)
    code, shown = terminal.end()
    assert code == Exit.DONE
    last = "No answer that could still be given here can change the first three"
    assert last in said(shown)
    assert_check_says_the_same(command, shown)


def test_who_has_heard_enough_ends_there(command: CommandLine, start: Start) -> None:
    terminal = start("interview")
    shown = terminal.answers(WORDS)
    while "Go on all the same?" not in shown:
        shown = terminal.ask("no")
    terminal.type("\n")
    code, shown = terminal.end()
    assert code == Exit.DONE
    assert "Ended where nothing likely can change the first candidates." in said(shown)
    assert_check_says_the_same(command, shown)


def test_after_an_emergency_nothing_more_is_asked(start: Start) -> None:
    terminal = start("interview")
    terminal.answers(WORDS)
    shown = terminal.ask("1")
    assert "emergency" in shown
    assert "No more is asked now: get help first." in shown
    assert "Question 2" in terminal.ask("yes")
    again = terminal.ask("no")
    assert "Go on all the same?" not in again


def test_a_later_word_corrects_a_reply(command: CommandLine, start: Start) -> None:
    """Who said no to a list of warning signs and then thinks of one is believed."""
    terminal = start("interview")
    terminal.answers(WORDS)
    terminal.ask("no")
    shown = terminal.ask("I do have chest pain")
    assert "Your reply before this is taken back: Chest pain." in shown
    assert "No more is asked now" in shown
    terminal.type("\n")
    _, shown = terminal.end()
    assert "Chest pain needs emergency assessment." in said(shown)
    assert_check_says_the_same(command, shown)


def test_a_correction_with_a_slip_is_no_all_clear(start: Start) -> None:
    """A suggestion that is taken corrects a no, as words do that were understood."""
    terminal = start("interview")
    terminal.answers(WORDS)
    terminal.ask("no")
    shown = terminal.ask("oh and chesst pain")
    assert "2 Chest pain" in shown
    terminal.ask("2")
    shown = terminal.ask("")
    assert "Your reply before this is taken back: Chest pain." in shown
    assert "Chest pain needs emergency assessment." in said(shown)


def test_a_sign_named_behind_a_no_is_not_denied(start: Start) -> None:
    terminal = start("interview")
    terminal.answers(WORDS)
    shown = terminal.ask("no, but chest pain")
    assert "Chest pain needs emergency assessment." in said(shown)


def test_words_that_are_struck_tick_no_line(command: CommandLine, start: Start) -> None:
    terminal = start("interview")
    terminal.answers([*WORDS, "no"])
    assert "monthly periods" in terminal.text
    terminal.ask("heavvy periods, zonky")
    terminal.ask("-1 -2")
    terminal.ask("")
    _, shown = terminal.end("stop")
    assert "heavy_periods" not in assert_check_says_the_same(command, shown)


def test_an_emergency_is_told_again_when_a_file_is_resumed(
    start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "ann.json"
    first = start("interview", "--save", str(file))
    first.answers([*WORDS, "1"])
    first.interrupt()
    second = start("interview", "--save", str(file))
    assert "No more is asked now: get help first." in second.text


def test_words_may_stand_behind_a_no(command: CommandLine, start: Start) -> None:
    terminal = start("interview")
    number = at_a_plain_question(terminal)
    shown = terminal.ask("no, but my nails are brittle")
    assert "Understood: Brittle nails" in shown
    assert number_of(shown) == number + 1
    _, shown = terminal.end("stop")
    assert "my nails are brittle" in assert_check_says_the_same(command, shown)


def test_lists_take_numbers(command: CommandLine, start: Start) -> None:
    terminal = start("interview")
    assert "any of these now?" in terminal.answers(WORDS)
    assert "Which of them?" in terminal.ask("yes")
    assert "there is no number 99" in terminal.ask("8 99").lower()
    assert "Question 2" in terminal.ask("8 4?")
    _, shown = terminal.end("stop")
    args = assert_check_says_the_same(command, shown)
    assert args.count("--unsure") == 1


def test_who_chooses_a_kind_of_something_does_not_deny_it(start: Start) -> None:
    """In a list that holds both, the number of the kind alone contradicts nothing."""
    terminal = start("interview")
    shown = terminal.answers([*WORDS, "no"])
    for _ in range(12):
        shown = terminal.ask("yes")
        if "Which of them?" in shown:
            shown = terminal.ask("1")
        assert "keep one of" not in shown
    _, shown = terminal.end("stop")
    assert AGAIN in shown


def test_a_clinician_is_asked_for_values_too(start: Start) -> None:
    clinical = start("interview", "--clinician")
    assert "Signs and measurements are asked about too" in clinical.text
    shown = clinical.answers(WORDS)
    for _ in range(60):
        shown = clinical.ask("no" if "Go on all the same?" not in shown else "yes")
        if "(a value in" in shown:
            break
    assert "Give the value and its unit" in clinical.ask("yes")
    assert "Question" in clinical.ask("skip")


# --- how it ends ----------------------------------------------------------------------


@pytest.mark.parametrize("after", [3, 6, 8])
def test_closed_input_ends_with_the_assessment(
    command: CommandLine, start: Start, after: int
) -> None:
    terminal = start("interview")
    terminal.answers([*WORDS, "no", "yes"][:after])
    terminal.type("\x04")
    code, shown = terminal.end()
    assert code == Exit.DONE
    assert "The input ended." in shown
    assert_check_says_the_same(command, shown)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_closed_input_before_anything_was_said(start: Start, after: int) -> None:
    terminal = start("interview")
    terminal.answers(WHO[:after])
    terminal.type("\x04")
    code, shown = terminal.end()
    assert code == Exit.DONE
    assert "Nothing was said that could be assessed." in shown


@pytest.mark.parametrize("after", [0, 1, 3, 7])
def test_an_interrupt_leaves_a_command_that_goes_on(
    command: CommandLine, start: Start, after: int
) -> None:
    terminal = start("interview")
    terminal.answers([*WORDS, "no", "yes"][:after])
    code, shown = terminal.interrupt()
    assert code == Exit.INTERRUPTED
    assert "Traceback" not in terminal.text
    if after > len(WHO):
        repeats = shown.split("What was said so far:")[1].strip()
        _, what, *args = shlex.split(repeats)
        assert check(command, *args).code == Exit.DONE
        assert what == "check"


@pytest.mark.parametrize("columns", [40, 132])
def test_every_width_is_kept_to(start: Start, columns: int) -> None:
    terminal = start("interview", columns=columns)
    terminal.answers([*WORDS, "why", "no", "yes"])
    code, _ = terminal.end("stop")
    assert code == Exit.DONE
    lines = terminal.text.split(AGAIN)[0].splitlines()
    assert not [line for line in lines if len(line) > columns and line[0] != ">"]


def test_piped_answers_lead_through_it_too(command: CommandLine) -> None:
    typed = "\n".join([*WORDS, "yes", "no", "stop", ""])
    outcome = command.run("interview", stdin=typed.encode())
    assert outcome.code == Exit.DONE
    assert "Urgency" in outcome.out
    assert "minsight check" in outcome.out


# --- kept and resumed -----------------------------------------------------------------


def test_an_interrupted_interview_goes_on_from_its_file(
    command: CommandLine, start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "ann's interview.json"
    first = start("interview", "--save", str(file))
    asked = question_of(first.answers([*WORDS, "no", "2"]))
    code, shown = first.interrupt()
    assert code == Exit.INTERRUPTED
    assert f"Kept in `{file}`. To go on from here:" in said(shown)
    program, *words = shlex.split(shown.splitlines()[-1])
    assert program == "minsight"
    second = start(*words)
    assert "Going on with the saved interview, after 2 questions." in second.text
    assert question_of(second.text).removesuffix("> ") == asked.removesuffix("> ")
    _, shown = second.end("stop")
    assert_check_says_the_same(command, shown)


def test_every_reply_is_in_the_file_before_the_next_question(
    start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "ann.json"
    terminal = start("interview", "--clinician", "--save", str(file))
    terminal.answers(WORDS)
    assert saved(file)["told"] == ["always tired, hair falling out", "vegetarian"]
    assert saved(file)["clinician"] is True
    for number, answer in enumerate(("no", "skip", "not sure"), start=1):
        terminal.ask(answer)
        assert len(saved(file)["steps"]) == number
    terminal.ask("back")
    assert len(saved(file)["steps"]) == 2


def saved(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_bytes())
    return found


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("", "not a saved interview"),
        ("{}", "not a saved interview"),
        ('{"fingerprint": "", "steps": [{"no_such_finding": "yes"}]}', "do not ask"),
        ('{"fingerprint": "", "told": ["tired", "not tired"]}', "keep one of them"),
    ],
)
def test_a_file_that_cannot_be_resumed_is_refused_in_words(
    command: CommandLine, tmp_path: Path, raw: str, says: str
) -> None:
    file = tmp_path / "ann.json"
    file.write_text(raw)
    outcome = command.run("interview", "--save", str(file))
    assert outcome.code == Exit.USAGE
    assert says in said(outcome.err)
    assert file.read_text() == raw


def test_a_file_that_cannot_be_written_is_refused_in_words(
    command: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "nowhere" / "ann.json"
    outcome = command.run("interview", "--save", str(file), stdin=b"28\nf\ntired\n\n\n")
    assert outcome.code == Exit.USAGE
    assert "ann.json" in outcome.err


# --- check without words --------------------------------------------------------------


def test_check_without_words_on_a_terminal_is_an_interview(
    command: CommandLine, start: Start
) -> None:
    terminal = start("check", *REFERENCE)
    assert "An interview about one person" in terminal.text
    terminal.answers([*WORDS, "no"])
    code, shown = terminal.end("stop")
    assert code == Exit.DONE
    assert_check_says_the_same(command, shown)


def test_check_with_an_age_only_does_not_ask_it_again(start: Start) -> None:
    terminal = start("check", "--age", "28", "--sex", "female")
    assert "How old" not in terminal.text
    assert "What is wrong?" in terminal.text


def test_piped_text_is_read_as_one(command: CommandLine) -> None:
    text = (
        "28F, always tired and losing hair, vegetarian; no fever, denies heavy periods"
    )
    piped = check(command, "--json", stdin=text.encode())
    given = check(command, text, "--json")
    assert piped == given
    ids = {(r["id"], r["answer"]) for r in json.loads(piped.out)["recognised"]}
    assert {
        ("age", "present"),
        ("sex", "present"),
        ("fatigue", "present"),
        ("hair_loss", "present"),
        ("vegetarian_diet", "present"),
        ("fever", "absent"),
        ("heavy_periods", "absent"),
    } <= ids

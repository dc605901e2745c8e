"""The screen of `minsight explore`: what each key does to the state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList, Static

from minsight.ages import age_as_typed, parse_age
from minsight.api import Rules
from minsight.errors import MinsightError, SubjectError
from minsight.intake.recognition import Meaning, recognise
from minsight.intake.subject import Subject
from minsight.scales import Status
from minsight_cli.printable import printable
from minsight_cli.rendering.text import urgency_style
from minsight_cli.tui.answers import AnswerList, AnswersPanel, SearchBox
from minsight_cli.tui.candidates import CandidatesPanel
from minsight_cli.tui.dialogs import (
    ChoiceDialog,
    Copying,
    Dialog,
    LineDialog,
    ReadingDialog,
    sentence,
)
from minsight_cli.tui.difference import moved
from minsight_cli.tui.files import SavedFile, command_line
from minsight_cli.tui.keys import FOOT, FOOT_OF_SEARCH, HELP, packed
from minsight_cli.tui.look import BREAKPOINTS, LOWEST, NARROWEST
from minsight_cli.tui.measuring import as_typed, measurement_of, names_known
from minsight_cli.tui.rows import rows_at_rest, rows_found
from minsight_cli.tui.state import Opened, State, Workbench, workbench
from minsight_cli.tui.wording import meant, person_line, urgency_line, warnings


class Explore(App[None]):
    """Answers on the left, candidates with their reasons on the right."""

    TITLE = "minsight explore"
    CSS_PATH = "explore.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", show=False),
        Binding("u", "undo", "undo", show=False),
        Binding("r,ctrl+r", "redo", "redo", show=False),
        Binding("a", "age", "age", show=False),
        Binding("x", "sex", "sex", show=False),
        Binding("m", "measure", "test result", show=False),
        Binding("s", "save", "save", show=False),
        Binding("n", "snapshot", "snapshot", show=False),
        Binding("c", "compare", "compare", show=False),
        Binding("e", "command", "command line", show=False),
        Binding("v", "ranking", "show the ranking", show=False),
        Binding("question_mark,f1", "help", "help", show=False),
        Binding("q", "leave", "quit", show=False),
        Binding("ctrl+c,ctrl+q", "leave_now", "quit", show=False, priority=True),
    ]

    def __init__(self, rules: Rules, opened: Opened, *, save: Path | None) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self._rules, self._vocabulary = rules, rules.vocabulary
        self._bench = workbench(opened.state)
        self._opened = opened
        self._file = SavedFile(save)
        self._ranking = False
        self._assessment = opened.assessed(opened.state, rules)
        self.broken: Exception | None = None
        """What ended the session, if that was a mistake of ours."""

    @property
    def bench(self) -> Workbench:
        """The history, the snapshots and what was saved."""
        return self._bench

    @property
    def subject(self) -> Subject:
        """The person as they are answered for now."""
        return self._bench.state.subject(self._vocabulary)

    def compose(self) -> ComposeResult:
        with Vertical(id="top"):
            yield Static(id="person", markup=False)
            yield Static(id="urgency", markup=False)
            yield Static(id="warnings", markup=False)
        with Horizontal(id="sides"):
            yield AnswersPanel(id="left")
            yield CandidatesPanel(self._rules)
        yield Static(id="foot", markup=False)
        yield Static(id="small", markup=False)

    def on_mount(self) -> None:
        self.query_one(AnswerList).focus()
        self._show()
        for note in self._opened.notes:
            self.notify(printable(note), markup=False, timeout=10)

    def on_resize(self, event: events.Resize) -> None:
        columns, lines = event.size
        small = columns < NARROWEST or lines < LOWEST
        self.screen_stack[0].set_class(small, "-small")
        self._show_foot(columns)
        self._at("#small").update(
            f"This terminal is {columns} columns by {lines} lines. Make it at least"
            f" {NARROWEST} by {LOWEST}; q quits."
        )

    def _handle_exception(self, error: Exception) -> None:
        """Keep the error for the command to tell, and draw no page of our insides."""
        self.broken = self.broken or error
        super()._handle_exception(error)
        self._exit_renderables.clear()

    # --- the state ------------------------------------------------------------------

    def _change(self, state: State) -> None:
        """Take a state up, if it can be assessed.

        Raises:
            SubjectError: when it cannot, as with values that exclude each other.
        """
        self._become(self._bench.changed(state))

    def _become(self, bench: Workbench) -> None:
        self._assessment = self._opened.assessed(bench.state, self._rules)
        self._bench = bench
        self._show()

    def _try(self, state: State) -> None:
        """Take a state up, or say why not."""
        try:
            self._change(state)
        except MinsightError as error:
            self.notify(printable(sentence(error)), markup=False, severity="error")

    # --- what is shown --------------------------------------------------------------

    def _show(self) -> None:
        state, assessment = self._bench.state, self._assessment
        self._at("#person").update(person_line(state, saved=self._bench.is_saved))
        urgency = self._at("#urgency")
        urgency.update(urgency_line(assessment))
        urgency.set_classes(urgency_style(assessment))
        told = warnings(state.at_odds(self._vocabulary), self._opened.unrecognised)
        odd = self._at("#warnings")
        odd.update(told)
        odd.set_class(bool(told), "shown")
        self._show_rows()
        hidden = assessment.urgency.level == "emergency" and not self._ranking
        self.screen_stack[0].query_one(CandidatesPanel).show(
            assessment, said_nothing=state.says_nothing, ranking=not hidden
        )

    def _show_rows(self) -> None:
        words = self._box.value.strip()
        state = self._bench.state
        rows = tuple(
            rows_found(words, state, self._vocabulary)
            if words
            else rows_at_rest(state, self._assessment, self._vocabulary)
        )
        self.screen_stack[0].query_one(AnswerList).show(rows)
        line = self._at("#meaning")
        line.set_class(bool(words), "shown")
        if words:
            meaning = recognise(words, self._vocabulary)
            line.update(meant(meaning, self._vocabulary, found=bool(rows)))

    def _at(self, selector: str) -> Static:
        return self.screen_stack[0].query_one(selector, Static)

    @property
    def _box(self) -> SearchBox:
        return self.screen_stack[0].query_one(SearchBox)

    # --- answers --------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on an answer; keys come as actions."""
        if event.option_list.id == "answers":
            self.action_next_reply()

    def action_next_reply(self) -> None:
        """The next reply to the highlighted entry."""
        id_ = self.query_one(AnswerList).chosen
        if id_ is None:
            return
        if id_ in self._vocabulary.measurement:
            self._ask_for_value(id_)
        else:
            self._try(self._bench.state.toggled(id_))

    def action_reply(self, reply: Status) -> None:
        """This reply to the highlighted entry."""
        id_, state = self.query_one(AnswerList).chosen, self._bench.state
        if id_ is None:
            return
        if id_ not in self._vocabulary.measurement:
            self._try(state.replied(id_, reply))
        elif reply == "unknown":
            self._try(state.without_measurement(id_))

    def action_search(self) -> None:
        self._box.focus()

    def on_descendant_focus(self) -> None:
        self._show_foot(self.size.width)

    def _show_foot(self, columns: int) -> None:
        keys = FOOT_OF_SEARCH if self._box.has_focus else FOOT
        self._at("#foot").update(packed(keys, columns))

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input is self._box:
            self._show_rows()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what the words mean; what they do not mean stays in the box."""
        if event.input is not self._box:
            return
        meaning = recognise(event.value, self._vocabulary)
        if meaning.recognised:
            self._tell(meaning)
        else:
            self.query_one(AnswerList).focus()

    def _tell(self, meaning: Meaning) -> None:
        self._try(self._bench.state.told(meaning))
        for note in meaning.notes:
            self.notify(printable(note), markup=False)
        self._box.value = ", ".join(left.text for left in meaning.unrecognised)

    def on_search_box_left(self, event: SearchBox.Left) -> None:
        if event.emptied:
            self._box.value = ""
        self.query_one(AnswerList).focus()

    def action_undo(self) -> None:
        self._step(self._bench.undone(), "Nothing to undo.")

    def action_redo(self) -> None:
        self._step(self._bench.redone(), "Nothing to redo.")

    def _step(self, bench: Workbench, otherwise: str) -> None:
        if bench == self._bench:
            self.notify(otherwise)
        else:
            self._become(bench)

    def action_ranking(self) -> None:
        self._ranking = not self._ranking
        self._show()

    # --- the person -----------------------------------------------------------------

    def action_age(self) -> None:
        days = self._bench.state.age_days
        value = "" if days is None else age_as_typed(days)
        hint = "`28`, `9mo`, `9 months`, `3y` or `12d`; empty when unknown."
        self.push_screen(LineDialog("Age", hint, self._take_age, value=value))

    def _take_age(self, text: str) -> None:
        try:
            days = parse_age(text) if text.strip() else None
        except ValueError as error:
            raise SubjectError(str(error)) from None
        self._change(self._bench.state.of_age(days))

    def action_sex(self) -> None:
        value = self._bench.state.sex or ""
        hint = "female or male; empty when unknown."
        self.push_screen(LineDialog("Sex", hint, self._take_sex, value=value))

    def _take_sex(self, text: str) -> None:
        sex = Subject(sex=text).sex if text.strip() else None
        self._change(self._bench.state.of_sex(sex))

    def action_measure(self) -> None:
        hint = "Name, value and unit, as in `ferritin 8 ug/L`. Known are:\n{}"
        known = hint.format(names_known(self._vocabulary))
        self.push_screen(LineDialog("A test result", known, self._take_value))

    def _ask_for_value(self, id_: str) -> None:
        given = next(m for m in self._bench.state.measurements if m.name == id_)
        value = as_typed(given, self._vocabulary)
        hint = "Name, value and unit."
        self.push_screen(
            LineDialog("A test result", hint, self._take_value, value=value)
        )

    def _take_value(self, text: str) -> None:
        if text.strip():
            given = measurement_of(text, self._vocabulary)
            self._change(self._bench.state.measured(given))

    # --- files, snapshots, the command line -----------------------------------------

    def action_save(self) -> None:
        self._save_then(lambda: None)

    def _save_then(self, go_on: Callable[[], None]) -> None:
        if self._file.path is not None:
            try:
                self._write(str(self._file.path))
            except (MinsightError, OSError) as error:
                self.notify(printable(sentence(error)), markup=False, severity="error")
            else:
                go_on()
            return
        hint = "The file for the answers, as a subject record that `check` reads too."
        ask = LineDialog("Save", hint, self._write, value="person.json")
        self.push_screen(ask, lambda given: None if given is None else go_on())

    def _write(self, name: str) -> None:
        self._file = self._file.written(name, self.subject)
        self._bench = self._bench.marked_saved()
        self._show()
        self.notify(printable(f"Saved in {self._file.path}."), markup=False)

    def action_snapshot(self) -> None:
        taken = ", ".join(self._bench.snapshots)
        hint = f"A name for the answers as they are now. Taken already: {taken}."
        self.push_screen(LineDialog("Snapshot", hint, self._keep))

    def _keep(self, name: str) -> None:
        self._bench = self._bench.kept(name)

    def action_compare(self) -> None:
        names = list(self._bench.snapshots)
        self.push_screen(
            ChoiceDialog("Compare with which snapshot?", names), self._compare
        )

    def _compare(self, name: str | None) -> None:
        if name is None:
            return
        kept = self._bench.snapshots[name]
        lines = [
            *moved(kept, self._bench.state, self._rules),
            "",
            "What was first stands before the arrow, what is now after it.",
        ]
        answers = [("b", f"back to {name}")]
        title = f"From {name} to now"

        def go_back(answer: str | None) -> None:
            if answer == "b":
                self._try(kept)

        self.push_screen(
            ReadingDialog(title, "\n".join(lines), answers=answers), go_back
        )

    def action_command(self) -> None:
        if self._bench.state.says_nothing:
            self.notify("Nothing was said yet that a command line could repeat.")
            return
        hint = "This says the same again. It is printed when you quit, too."
        command = command_line(self._bench.state, self._vocabulary)
        self.push_screen(Copying("Command line", hint, command))

    # --- help and the end -----------------------------------------------------------

    def action_help(self) -> None:
        self.push_screen(ReadingDialog("Keys", HELP))

    def action_leave_now(self) -> None:
        """Ctrl-C: asks as `q` does, and no second time."""
        if isinstance(self.screen, Dialog) and self.screen.leaving:
            self.exit()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        if self._bench.is_saved:
            self.exit()
            return
        answers = [("s", "saves and quits"), ("q", "quits without saving")]
        text = "The answers are not saved."
        dialog = ReadingDialog("Quit?", text, answers=answers)
        dialog.leaving = True
        self.push_screen(dialog, self._leave)

    def _leave(self, answer: str | None) -> None:
        if answer == "q":
            self.exit()
        elif answer == "s":
            self._save_then(self.exit)

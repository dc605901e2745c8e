"""Two assessments side by side: urgency first, a table, then what came and went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from minsight.api import Rules
from minsight.assessment.differential import ANSWERED, IDLE
from minsight.assessment.model import ActedBrake, Assessment, Reason
from minsight.assessment.wording import joined, said, strength_in_words
from minsight.scales import URGENCIES
from minsight.whatif.changes import Changed
from minsight.whatif.comparison import CandidateStanding, Comparison, MineralMoves, Pair
from minsight.whatif.no_change import why_unmoved
from minsight.whatif.scenarios import ScenarioOutcome
from minsight.whatif.settings import NOT_SAID, Setting
from minsight.whatif.statements import AGE, SEX
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import id_in_words, inside
from minsight_cli.rendering.text import (
    INDENT,
    cited,
    not_understood,
    reason_line,
    understood,
)

FEWEST_SHOWN = 3
FIRST_CANDIDATES = 3
_ABSENT = "not listed"


def show_comparison(
    before: Assessment,
    after: Assessment,
    changed: Changed,
    rules: Rules,
    *,
    command: str,
    show_all: bool,
) -> None:
    """Print what moved between two assessments; in an emergency `--all` shows more.

    `command` assesses the person after the changes.
    """
    page = Page()
    comparison = rules.compare(before, after)
    understood(page, before, rules.vocabulary)
    not_understood(page, before)
    for setting in changed.settings:
        page.item(_setting(setting), lead="Change:")
    for note in changed.notes:
        page.line(f"Note: {note}")
    page.blank()
    _urgency(page, comparison)
    if after.urgency.level == "emergency" and not show_all:
        page.blank()
        page.line(
            "The candidates are not shown in an emergency. They can wait; --all shows"
            " them."
        )
    else:
        _minerals(page, comparison, before, after, rules, show_all=show_all)
        _notes(page, comparison, show_all=show_all)
        _why(page, why_unmoved(comparison, after, changed.settings, rules))
    _end(page, "Assess the person after the changes:", command, after)


def _setting(setting: Setting) -> str:
    """An answer before and after; an age or sex that was unknown could be the start's.

    Somebody used to `check` may have meant that.
    """
    told = f"{setting.label}: {setting.before}"
    if setting.before == setting.after:
        return f"{told} already"
    told = f"{told}, now {setting.after}"
    if setting.of in (AGE, SEX) and setting.before == NOT_SAID:
        return f"{told} (--start-{setting.of} would say it of the start)"
    return told


def _end(page: Page, lead: str, command: str, after: Assessment) -> None:
    page.blank()
    page.line(lead)
    page.verbatim(f"  {command}")
    page.blank()
    page.line(after.footer, "quiet")
    identity = after.rules
    page.line(f"Rules {identity.version}, fingerprint {identity.fingerprint}.", "quiet")
    page.show()


def _urgency(page: Page, comparison: Comparison) -> None:
    urgency = comparison.urgency
    level, sentence = urgency.level, urgency.sentence
    if level.before == level.after:
        line = Text("Urgency, before and after: ", "bold")
        page.line(line.append(sentence.after, level.after))
    else:
        more = URGENCIES.index(level.after) > URGENCIES.index(level.before)
        line = Text("Urgency before: ", "bold").append(sentence.before, level.before)
        page.line(line)
        line = Text("Urgency after, ", "bold").append("up: " if more else "down: ")
        page.line(line.append(sentence.after, level.after))
    moves = urgency.reasons
    for lead, reasons in (
        ("+", moves.came),
        ("-", moves.went),
        ("~", [pair.after for pair in moves.changed]),
    ):
        for reason in reasons:
            text = Text(reason.message)
            text.append(f" [{cited(reason.grade, reason.sources)}]", "quiet")
            page.item(text, indent=2, lead=lead)


# --- candidates -----------------------------------------------------------------------


def _minerals(
    page: Page,
    comparison: Comparison,
    before: Assessment,
    after: Assessment,
    rules: Rules,
    *,
    show_all: bool,
) -> None:
    page.blank()
    changed = [one for one in comparison.minerals if one.has_moved_by_itself]
    shown = comparison.minerals if show_all else _worth_showing(changed, rules)
    if not changed:
        page.line("No candidate moved: no level, no points and no reason is different.")
    if shown:
        heading = ("Place, level (points)", "before", "after", "")
        page.table(heading, [_row(one) for one in shown])
    if not show_all:
        _left_out(page, comparison, changed, shown)
    with_reasons = [one for one in shown if one.has_moved_by_itself]
    if with_reasons:
        page.blank()
        page.line("What came (+), what went (-), what counts otherwise (~)", "bold")
    for one in with_reasons:
        _reasons(page, one, before, after, rules)


def _worth_showing(
    changed: Sequence[MineralMoves], rules: Rules
) -> Sequence[MineralMoves]:
    """Those that are more than a few findings on either side, or the first of all."""
    levels = rules.catalogue.level
    unfolded = [
        one
        for one in changed
        for standing in [one.before or one.after, one.after or one.before]
        if standing is not None and not levels[standing.level].folded
    ]
    return list(dict.fromkeys(unfolded)) or changed[:FEWEST_SHOWN]


def _row(one: MineralMoves) -> tuple[str, str, str, str]:
    direction = "" if not one.has_moved_by_itself else one.direction
    return one.name, _cell(one.before), _cell(one.after), direction


def _cell(standing: CandidateStanding | None) -> str:
    if standing is None:
        return _ABSENT
    return f"{standing.rank}. {id_in_words(standing.level)} ({standing.points})"


def _left_out(
    page: Page,
    comparison: Comparison,
    changed: Sequence[MineralMoves],
    shown: Sequence[MineralMoves],
) -> None:
    """Those that changed and are folded, and those that only changed places."""
    folded = [f"{inside(m.name)} ({m.direction})" for m in changed if m not in shown]
    if folded:
        page.line(
            f"Never more than a few unspecific findings: {joined(folded)}."
            " (--all shows them.)"
        )
    places = [inside(one.name) for one in comparison.moved if one not in changed]
    if places:
        page.line(f"Only the place changed: {joined(places)}.")


def _reasons(
    page: Page, one: MineralMoves, before: Assessment, after: Assessment, rules: Rules
) -> None:
    standing = one.after or one.before
    line = Text(f"{one.name}  ", "mineral")
    gone = "No longer listed." if one.after is None else ""
    page.line(line.append(gone or (standing.sentence if standing else ""), "level"))
    moves = one.reasons
    for reason in moves.came:
        line = reason_line(reason, after, rules.vocabulary)
        page.item(line, indent=INDENT, lead="+")
    for reason in moves.went:
        line = reason_line(reason, before, rules.vocabulary)
        page.item(line, indent=INDENT, lead="-")
    for pair in moves.changed:
        page.item(_otherwise(pair, before, after, rules), indent=INDENT, lead="~")
    _brakes(page, one)
    if one.after and one.before and one.after.advice != one.before.advice:
        page.item(one.after.advice, indent=INDENT, lead="Next step now:")


def _otherwise(
    pair: Pair[Reason], before: Assessment, after: Assessment, rules: Rules
) -> Text:
    """How a reason counts now and counted before."""
    vocabulary = rules.vocabulary
    was, now = pair.before, pair.after
    line = Text(said(now, after, vocabulary), "italic")
    told = said(was, before, vocabulary)
    parts: list[str] = []
    if strength_in_words(was) != strength_in_words(now):
        parts.append(f"{strength_in_words(now)}, before {strength_in_words(was)}")
    if was.counted != now.counted:
        parts.append(
            "counts now, before once with the other signs of its kind"
            if now.counted
            else "counts now once with the other signs of its kind"
        )
    if not parts:
        parts.append(f"the same reason, before by {told}")
    return line.append(f": {'; '.join(parts)}.", "not italic")


def _brakes(page: Page, one: MineralMoves) -> None:
    for lead, word, brakes in (
        ("+", "Held back", one.brakes.came),
        ("-", "No longer held back", one.brakes.went),
        ("~", "Held back", [pair.after for pair in one.brakes.changed]),
    ):
        for brake in brakes:
            page.item(_brake(word, brake), indent=INDENT, lead=lead)


def _brake(word: str, brake: ActedBrake) -> str:
    moved = f"{id_in_words(brake.from_level)} to {id_in_words(brake.to_level)}"
    return f"{word}, {moved}: {brake.sentence}"


def _notes(page: Page, comparison: Comparison, *, show_all: bool) -> None:
    """Remarks that came; with all, also those that went, and those that repeat."""
    repeat = (ANSWERED, IDLE) if comparison.is_empty else (ANSWERED,)
    for note in comparison.notes.came:
        if show_all or not note.startswith(repeat):
            page.blank()
            page.item(f"Note: {note}", lead="+")
    for note in comparison.notes.went if show_all else ():
        page.blank()
        page.item(f"Note: {note}", lead="-")


def _why(page: Page, sentences: Sequence[str]) -> None:
    if sentences:
        page.blank()
    for sentence in sentences:
        page.item(sentence, lead="Why:")


# --- scenarios ------------------------------------------------------------------------


def show_scenarios(
    start: Assessment,
    outcomes: Sequence[ScenarioOutcome],
    rules: Rules,
    *,
    show_all: bool,
) -> None:
    """Print the scenarios as a table, a row for each, the start first."""
    page = Page()
    understood(page, start, rules.vocabulary)
    not_understood(page, start)
    page.blank()
    page.table(
        ("Scenario", "Urgency", "First candidates", "Against the start"),
        [
            (
                "(start)",
                id_in_words(start.urgency.level),
                _first(start, show_all=show_all),
                "",
            ),
            *(_scenario(one, rules, show_all=show_all) for one in outcomes),
        ],
    )
    for one in outcomes:
        for note in one.changed.notes:
            page.line(f"Note, {one.name}: {note}")
    page.blank()
    page.line(start.footer, "quiet")
    identity = start.rules
    page.line(f"Rules {identity.version}, fingerprint {identity.fingerprint}.", "quiet")
    page.show()


def _scenario(
    one: ScenarioOutcome, rules: Rules, *, show_all: bool
) -> tuple[str, str, str, str]:
    after = one.assessment
    urgency = one.comparison.urgency.level
    word = id_in_words(urgency.after)
    if urgency.before != urgency.after:
        more = URGENCIES.index(urgency.after) > URGENCIES.index(urgency.before)
        word += " (up)" if more else " (down)"
    if after.urgency.level == "emergency" and not show_all:
        return one.name, word, "not shown in an emergency", ""
    return (
        one.name,
        word,
        _first(after, show_all=show_all),
        "; ".join(_moved(one, rules)),
    )


def _first(assessment: Assessment, *, show_all: bool) -> str:
    if assessment.urgency.level == "emergency" and not show_all:
        return "not shown in an emergency"
    first = assessment.candidates[:FIRST_CANDIDATES]
    return "; ".join(f"{c.name}: {id_in_words(c.level)}" for c in first) or "none"


def _moved(one: ScenarioOutcome, rules: Rules) -> Iterator[str]:
    changed = [m for m in one.comparison.minerals if m.has_moved_by_itself]
    moved = [m for m in changed if m.direction != "same"]
    shown = _worth_showing(moved, rules)
    yield from (f"{inside(m.name)} {m.direction}" for m in shown)
    if len(moved) > len(shown):
        yield f"{len(moved) - len(shown)} more in a few findings"
    if len(changed) > len(moved):
        yield f"{len(changed) - len(moved)} in advice or reasons only"
    if not changed:
        yield "no candidate moved"

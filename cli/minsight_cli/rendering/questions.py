"""Answers to questions about the rules, in lay words and in small charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import singledispatch
from string import ascii_uppercase
from typing import Final

from rich.text import Text

from minsight.api import Rules
from minsight.assessment.wording import joined
from minsight.intake.subject import Subject
from minsight.scales import LEVELS
from minsight.whatif.bounds import Ranges, RankBound
from minsight.whatif.duel import Duel, DuelStanding
from minsight.whatif.flip import Flip, Flips
from minsight.whatif.hypotheses import Switch
from minsight.whatif.patterns import ChangeChoice, Pattern
from minsight.whatif.reach import Reach
from minsight.whatif.sensitivity import ChangeEffect, Move, Sensitivity
from minsight_cli.rendering.bars import bar
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import counted, id_in_words, inside
from minsight_cli.rendering.text import begin

PATTERNS_SHOWN: Final = 12
EFFECTS_SHOWN: Final = 15
QUESTIONS_SHOWN: Final = 15
BARS_SHOWN: Final = 12
LONG_LIST: Final = 4
"""Lists of more answers get a letter when they are needed twice."""
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six")
_CHANGED: Final = {
    ("unknown", "yes"): "{}",
    ("unknown", "no"): "not: {}",
    ("yes", "no"): "not: {}, instead of yes",
    ("no", "yes"): "{}, instead of no",
    ("yes", "unknown"): "take back: {}",
    ("no", "unknown"): "take back the no to: {}",
}
_TAKEN_OR_TURNED: Final = {
    "yes": "take back or deny: {}",
    "no": "take back the no to, or say: {}",
    "unknown": "answer either way: {}",
}
_TARGETS: Final = {
    "higher": "A higher level",
    "lower": "A lower level",
    "into_first": "Into the first three",
    "out_of_first": "Out of the first three",
}


def show_answers(rules: Rules, subject: Subject, answers: Sequence[object]) -> None:
    """Print what was understood, then each answer."""
    page = Page()
    assessment = rules.assess(subject)
    begin(page, assessment, rules.vocabulary)
    for answer in answers:
        page.blank()
        _show(answer, page, rules)
    page.blank()
    page.line(assessment.footer, "quiet")
    page.line(f"Rules {rules.version}, fingerprint {rules.fingerprint}.", "quiet")
    page.show()


@singledispatch
def _show(answer: object, page: Page, rules: Rules) -> None:  # noqa: ARG001  # by kind
    raise TypeError(f"no rendering for {type(answer).__name__}")


# --- reach and flip -------------------------------------------------------------------


@_show.register
def _(answer: Reach, page: Page, rules: Rules) -> None:
    name, level = _name(answer.mineral, rules), id_in_words(answer.level)
    page.heading(f"{name} to {level}")
    if answer.already:
        page.line(f"{name} is there already: {id_in_words(answer.now)}.")
        return
    page.line(f"{name} is at {id_in_words(answer.now)} now.")
    if not answer.count:
        page.line(
            f"No set of up to {_number(answer.most)} open answers brings it there."
        )
        if answer.level == LEVELS[-1]:
            page.line("A measured value may; this asks for answers only.")
    else:
        sets = "1 set" if answer.count == 1 else f"{answer.count} sets"
        is_enough = "is" if answer.count == 1 else "are"
        page.line(
            f"{sets} of up to {_number(answer.most)} open answers {is_enough} enough,"
            " and no part of one is."
        )
        _patterns(page, answer.patterns, rules)
    if not answer.complete:
        page.line("There were too many sets to look through all: there may be others.")


@_show.register
def _(answer: Flips, page: Page, rules: Rules) -> None:
    name = _name(answer.mineral, rules)
    place = "no candidate" if answer.rank is None else f"rank {answer.rank}"
    page.heading(
        f"What would move {inside(name)}: {id_in_words(answer.level)}, {place} now"
    )
    for flip in answer.flips:
        page.blank()
        _flip(page, flip, answer, rules)


def _flip(page: Page, flip: Flip, answer: Flips, rules: Rules) -> None:
    line = Text(f"{_TARGETS[flip.target]}: ", "bold")
    if flip.least is None:
        line.append(f"no {_changes(flip.searched, up_to=True)} is enough.", "not bold")
        if flip.searched < answer.most:
            line.append(" Larger sets were not looked through.", "not bold")
        page.line(line)
        return
    ways = "1 way" if flip.count == 1 else f"{flip.count} ways"
    line.append(f"{_changes(flip.least)}, {ways}.", "not bold")
    page.line(line)
    _patterns(page, flip.patterns, rules)
    if not flip.patterns:
        for changes in flip.sets[:PATTERNS_SHOWN]:
            page.item("; and ".join(_told(changes, rules)), indent=1)
        page.line(f"   and {flip.count - PATTERNS_SHOWN} more; --json lists them.")


def _changes(count: int, *, up_to: bool = False) -> str:
    if up_to:
        return f"set of up to {_number(count)} changes"
    return "one change" if count == 1 else f"{_number(count)} changes"


def _patterns(page: Page, patterns: Sequence[Pattern], rules: Rules) -> None:
    """Choices, with long lists that come again under a letter."""
    shown = patterns[:PATTERNS_SHOWN]
    used = Counter(c.of for pattern in shown for c in pattern.choices)
    long = [of for of, times in used.items() if times > 1 and len(of) > LONG_LIST]
    letters = dict(zip(long, ascii_uppercase, strict=False))
    for pattern in shown:
        parts = [_choice(choice, letters, rules) for choice in pattern.choices]
        page.item("; and ".join(parts), indent=1)
    hidden = patterns[PATTERNS_SHOWN:]
    if hidden:
        count = sum(pattern.count for pattern in hidden)
        page.item(
            f"and {count} more, told in {len(hidden)} further lines by --json", indent=1
        )
    for of, letter in letters.items():
        page.item(f"{', '.join(_told(of, rules))}.", indent=1, lead=f"List {letter}:")


def _choice(
    choice: ChangeChoice, letters: Mapping[tuple[Switch, ...], str], rules: Rules
) -> str:
    told = _told(choice.of, rules)
    if choice.of in letters:
        return f"{_number(choice.take)} of list {letters[choice.of]}"
    if len(told) == 1:
        return told[0]
    if choice.take == len(choice.of):
        return "; and ".join(told)
    return f"{_number(choice.take)} of: {' / '.join(told)}"


def _told(changes: Iterable[Switch], rules: Rules) -> list[str]:
    """Each change in lay words; a yes that may as well be denied is told once."""
    made: dict[str, list[Switch]] = {}
    for change in changes:
        made.setdefault(change.id, []).append(change)
    return [
        _change(same[0], rules)
        if len(same) == 1
        else _TAKEN_OR_TURNED[same[0].was].format(rules.vocabulary.label(id_))
        for id_, same in made.items()
    ]


# --- duel -----------------------------------------------------------------------------


@_show.register
def _(answer: Duel, page: Page, rules: Rules) -> None:
    one, other = _name(answer.one, rules), _name(answer.other, rules)
    page.heading(f"{one} or {inside(other)}: what tells them apart from here")
    now = answer.now
    page.line(
        f"Now {inside(one)} is at {id_in_words(now.level_of_one)} and"
        f" {inside(other)} at {id_in_words(now.level_of_other)};"
        f" {_lead(now, answer, rules)}."
    )
    if not answer.questions:
        page.line("No open question moves one of the two.")
    for question in answer.questions[:QUESTIONS_SHOWN]:
        sides = [
            f"{word} {_lead(side, answer, rules)}"
            for word, side in (("yes:", question.yes), ("no:", question.no))
            if side is not None and side != now
        ]
        line = Text(rules.vocabulary.label(question.id), "bold")
        page.item(line.append(f"  {'; '.join(sides)}", "not bold"), indent=1)
    more = len(answer.questions) - QUESTIONS_SHOWN
    if more > 0:
        page.line(f"   and {more} more that move one of them; --json lists all.")


def _lead(side: DuelStanding, answer: Duel, rules: Rules) -> str:
    """Which is ahead, and by what."""
    if side.ahead is None:
        return "neither is a candidate"
    steps, points = side.lead
    if side.ahead == answer.other:
        steps, points = -steps, -points
    name = inside(_name(side.ahead, rules))
    if steps:
        return f"{name} ahead by {counted(steps, 'level')}"
    if points > 0:
        return f"{name} ahead by {counted(points, 'point')}"
    return (
        f"{name} ahead, at equal points" if points == 0 else f"{name} ahead by a link"
    )


# --- bounds ---------------------------------------------------------------------------


@_show.register
def _(answer: Ranges, page: Page, rules: Rules) -> None:
    page.heading("How far each mineral can still go")
    page.line(
        f"{counted(answer.open, 'answer')} still open, each yes, no or never given."
        " What was said stays said."
    )
    page.blank()
    titles = ("", "now", "lowest", "highest", "rank", "best", "worst")
    page.verbatim(_cells(titles))
    for room in answer.rooms:
        page.verbatim(
            _cells(
                (
                    _name(room.mineral, rules).partition(" (")[0],
                    id_in_words(room.level),
                    id_in_words(room.lowest.level) + _star(exact=room.lowest.exact),
                    id_in_words(room.highest.level) + _star(exact=room.highest.exact),
                    _rank(room.rank),
                    _ranked(room.best),
                    _ranked(room.worst),
                )
            )
        )
    page.blank()
    page.line("A dash is no candidate. Some answers lead to each level and rank told.")
    if not all(r.best.exact and r.worst.exact for r in answer.rooms):
        page.line(
            "Where two ranks are told, such as 15-16, no answers lead further than the"
            " outer one, and some lead to the inner one."
        )
    if not all(r.lowest.exact and r.highest.exact for r in answer.rooms):
        page.line("* no answers lead further, but none were found that lead here.")


def _cells(cells: Sequence[str]) -> str:
    widths = (11, 16, 17, 17, 5, 6, 8)
    return "".join(f"{c:<{w}}" for c, w in zip(cells, widths, strict=True)).rstrip()


def _rank(rank: int | None) -> str:
    return "-" if rank is None else str(rank)


def _ranked(place: RankBound) -> str:
    if place.exact:
        return _rank(place.rank)
    ends = sorted([place.rank or 99, place.shown or 99])
    return "-".join(str(end) if end < 99 else "none" for end in ends)


def _star(*, exact: bool) -> str:
    return "" if exact else "*"


# --- sensitivity ----------------------------------------------------------------------


@_show.register
def _(answer: Sensitivity, page: Page, rules: Rules) -> None:
    page.heading("What each single answer moves")
    page.line(
        f"{counted(len(answer.effects), 'change')} of one answer would move something,"
        f" {answer.without_effect} nothing; {answer.refused} contradict what was said."
    )
    page.blank()
    for effect in answer.effects[:EFFECTS_SHOWN]:
        line = Text(_change(effect.change, rules), "bold")
        page.item(line.append(f": {_moved(effect, rules)}.", "not bold"), indent=1)
    more = len(answer.effects) - EFFECTS_SHOWN
    if more > 0:
        page.line(f"   and {more} more; --json lists all.")
    for mineral in answer.first:
        _chart(page, mineral, answer.effects, rules)


def _moved(effect: ChangeEffect, rules: Rules) -> str:
    """Levels first, then places among the first, then points."""
    steps: dict[str, list[str]] = {}
    for move in sorted(effect.moves, key=lambda move: -abs(move.steps)):
        if move.steps:
            steps.setdefault(_direction(move), []).append(move.mineral)
    parts = [f"{_names(named, rules)} {to}" for to, named in steps.items()]
    parts += [
        f"{inside(_name(move.mineral, rules))} is {_place(move.rank_after)}"
        for move in effect.moves
        if move.places and not move.steps
    ]
    if effect.urgency != effect.urgency_after:
        urgency = rules.catalogue.urgencies[effect.urgency_after].rstrip(".")
        parts.insert(0, f"urgency: {urgency}")
    points = [
        f"{inside(_name(move.mineral, rules))} {move.gain:+d}"
        for move in effect.moves
        if move.gain
    ]
    if not parts and points:
        parts = [f"points of {joined(points)}"]
    return "; ".join(parts or ["only the order behind the first three"])


def _names(minerals: Iterable[str], rules: Rules) -> str:
    return joined(inside(_name(mineral, rules)) for mineral in minerals)


def _direction(move: Move) -> str:
    word = "up" if move.steps > 0 else "down"
    return f"{word} to {id_in_words(move.level_after)}"


def _place(rank: int | None) -> str:
    return "no candidate" if rank is None else f"number {rank}"


def _chart(
    page: Page, mineral: str, effects: Iterable[ChangeEffect], rules: Rules
) -> None:
    """Bars of the points that each change wins or costs a mineral."""
    moving = [
        (effect, move)
        for effect in effects
        if (move := effect.move_of(mineral)) is not None and (move.gain or move.steps)
    ]
    if not moving:
        return
    moving.sort(key=lambda pair: (-abs(pair[1].steps), -abs(pair[1].gain)))
    shown = sorted(moving[:BARS_SHOWN], key=lambda pair: -pair[1].gain)
    widest = max((abs(move.gain) for _, move in shown), default=0) or 1
    page.blank()
    page.heading(f"{_name(mineral, rules)}: points won or lost by one answer")
    for effect, move in shown:
        level = id_in_words(move.level_after) if move.steps else ""
        page.verbatim(bar(_change(effect.change, rules), move.gain, widest, level))
    if len(moving) > BARS_SHOWN:
        page.line(f" and {len(moving) - BARS_SHOWN} more that move it less")


# --- words ----------------------------------------------------------------------------


def _change(change: Switch, rules: Rules) -> str:
    """A change in lay words."""
    label = rules.vocabulary.label(change.id)
    return _CHANGED[change.was, change.to].format(label)


def _name(mineral: str, rules: Rules) -> str:
    return rules.profiles[mineral].name


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)

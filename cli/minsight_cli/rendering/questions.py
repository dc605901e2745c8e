"""The answers to questions about the rules, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from minsight.scales import LEVELS
from minsight_cli.rendering.page import Page

if TYPE_CHECKING:
    from minsight.exploring.hypotheses import Switch
    from minsight.exploring.moving import Duels, Effect, Move
    from minsight.exploring.ranging import Range
    from minsight.exploring.reaching import Flip, Flips, Reached
    from minsight.rules import Rules

MOST_SETS: Final = 12
MOST_EFFECTS: Final = 20
MOST_QUESTIONS: Final = 12
BAR: Final = 12
"""How many columns a bar has on each side of its line at the most."""
_ANSWER: Final = {"yes": "yes", "no": "no", "unknown": "not known"}


def show_flips(flips: Flips, rules: Rules) -> None:
    """Print the fewest changes that move a mineral."""
    page = Page()
    name = _name(flips.mineral, rules)
    place = f"rank {flips.rank}" if flips.rank else "no candidate"
    page.line(f"{name} stands at {_words(flips.level)}, {place}.")
    for one in flips.flips:
        page.blank()
        page.heading(_aim(one))
        if not one.sets:
            more = "" if one.complete else ", of those that were tried"
            page.line(f"No change of {one.most} answers or fewer does{more}.")
        _sets(page, one.sets, rules)
        if one.sets and not one.complete:
            page.line("There may be others with as few.", "quiet")
    page.show()


def show_reached(reached: Reached, rules: Rules) -> None:
    """Print the least answers that lead to a level."""
    page = Page()
    name = _name(reached.mineral, rules)
    goal = f"{name} at {_words(reached.level)}"
    if reached.sets == ((),):
        page.line(f"{goal}: it is there already.")
    elif not reached.sets:
        page.line(f"{goal}: no {reached.most} answers or fewer lead there.")
    else:
        count = len(reached.sets)
        page.line(
            f"{goal}: {count} least {'set' if count == 1 else 'sets'} of answers, up to"
            f" {reached.most} each. Each is enough; no part of it is."
        )
    _sets(page, reached.sets, rules)
    if not reached.complete:
        page.line("There may be more sets than these.", "quiet")
    page.show()


def show_duels(duels: Duels, rules: Rules) -> None:
    """Print the questions that tell two minerals apart."""
    page = Page()
    one, other = (_name(m, rules) for m in (duels.one, duels.other))
    if not duels.questions:
        page.line(f"No open question tells {one} and {other} apart.")
    else:
        page.line(f"What to ask to tell {one} and {other} apart, best first:")
    for duel in duels.questions[:MOST_QUESTIONS]:
        page.blank()
        page.line(rules.vocabulary.label(duel.id))
        for answer, moves in (("yes", duel.yes), ("no", duel.no)):
            if moves is not None:
                said = [
                    f"{rules.catalogue.profile[m.mineral].name} {_move(m)}"
                    for m in moves
                ]
                page.item("; ".join(said), lead=f"  {answer}:")
    _rest(page, len(duels.questions) - MOST_QUESTIONS, "question")
    page.show()


def show_ranges(ranges: Sequence[Range], rules: Rules) -> None:
    """Print what each mineral can still come to."""
    page = Page()
    page.line("What each mineral can still come to, whatever is answered yet:")
    page.blank()
    rows = [
        (
            _name(one.mineral, rules),
            _words(one.level),
            _words(one.worst) + ("" if one.worst_is_exact else " *"),
            _words(one.best) + ("" if one.best_is_exact else " *"),
            f"{one.first}-{one.last}",
        )
        for one in ranges
    ]
    page.table(("mineral", "now", "worst", "best", "rank"), rows)
    page.blank()
    if any(not (one.worst_is_exact and one.best_is_exact) for one in ranges):
        page.line(
            "* No answers lead beyond this level; none were found that lead to it.",
            "quiet",
        )
    page.line(
        "Levels without a star are exact. No answers lead beyond the ranks, but not"
        " every rank between need be reached.",
        "quiet",
    )
    page.show()


def show_effects(effects: Sequence[Effect], rules: Rules) -> None:
    """Print what single answers do: a bar for the mineral that each moves most."""
    page = Page()
    if not effects:
        page.line("No single answer moves anything.")
    else:
        page.line("What one changed answer would do, strongest first.")
        page.line("Bars show points of the mineral that moves most: - fewer, + more.")
    longest = max((abs(e.moves[0].points) for e in effects if e.moves), default=1) or 1
    for effect in effects[:MOST_EFFECTS]:
        page.blank()
        page.line(_change(effect.change, rules))
        for move in effect.moves[:1]:
            name = _name(move.mineral, rules)
            page.item(f"{name} {_move(move)}", lead=_bar(move.points, longest))
        others = len(effect.moves) - 1
        if others > 0:
            page.line(f"{'':{2 * BAR + 3}} and {others} more minerals", "quiet")
        if effect.urgency != effect.was_urgency:
            page.line(
                f"  urgency {_words(effect.was_urgency)} to {_words(effect.urgency)}"
            )
    _rest(page, len(effects) - MOST_EFFECTS, "answer")
    page.show()


def _bar(points: int, longest: int) -> str:
    """A bar to the left or right of a line.

    >>> _bar(-3, 3).rstrip(), _bar(1, 3).strip()
    (' ------------|', '|++++')
    """
    length = round(BAR * abs(points) / longest)
    left = "-" * length if points < 0 else ""
    right = "+" * length if points > 0 else ""
    return f" {left:>{BAR}}|{right:<{BAR}}"


def _sets(page: Page, sets: Sequence[Sequence[Switch]], rules: Rules) -> None:
    shown = [one for one in sets if one]
    for one in shown[:MOST_SETS]:
        page.item("; ".join(_change(change, rules) for change in one), indent=2)
    _rest(page, len(shown) - MOST_SETS, "set")


def _change(change: Switch, rules: Rules) -> str:
    label = rules.vocabulary.label(change.id)
    was = "" if change.was == "unknown" else f" (now {_ANSWER[change.was]})"
    return f"{label}: {_ANSWER[change.to]}{was}"


def _move(move: Move) -> str:
    """How a mineral moves, in words."""
    words: list[str] = []
    if move.level != move.was_level:
        words.append(f"{_words(move.was_level)} to {_words(move.level)}")
    if move.rank != move.was_rank:
        words.append(f"rank {move.was_rank or 'none'} to {move.rank or 'none'}")
    if move.points:
        words.append(
            f"{move.points:+d} {'point' if abs(move.points) == 1 else 'points'}"
        )
    return ", ".join(words) or "stays"


def _aim(flip: Flip) -> str:
    match flip.aim:
        case "into_first":
            return "Into the first three"
        case "out_of_first":
            return "Out of the first three"
        case "higher":
            return f"Up to {_words(flip.level or LEVELS[0])}"
        case _:
            return f"Down to {_words(flip.level or LEVELS[0])}"


def _name(mineral: str, rules: Rules) -> str:
    return rules.catalogue.profile[mineral].name


def _words(name: str) -> str:
    return name.replace("_", " ")


def _rest(page: Page, left: int, what: str) -> None:
    if left > 0:
        page.line(f"  and {left} more {what}{'' if left == 1 else 's'}", "quiet")

"""What is different between two moments of an exploration, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from minsight.api import Rules
from minsight.assessment.model import Assessment
from minsight.intake.status import AS_ANSWERED
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.whatif.comparison import CandidateStanding, MineralMoves, compare
from minsight_cli.rendering.phrasing import id_in_words
from minsight_cli.tui.state import State

_WORDS: Final[Mapping[Status, str]] = {**AS_ANSWERED, "unsure": "not sure"}


def moved(before: State, after: State, rules: Rules) -> Iterator[str]:
    """What is different between two states: answers, then what they lead to."""
    answers = list(answers_moved(before, after, rules.vocabulary))
    outcome = list(assessment_moved(before.assessed(rules), after.assessed(rules)))
    yield "Answers"
    yield from answers or ["The same."]
    yield ""
    yield "What moved"
    yield from outcome or ["Nothing."]


def answers_moved(before: State, after: State, vocabulary: Vocabulary) -> Iterator[str]:
    """Each answer that is another one now."""
    for id_ in {**before.replies, **after.replies}:
        one, other = before.reply(id_), after.reply(id_)
        if one != other:
            yield f"{vocabulary.label(id_)}: {_WORDS[one]} -> {_WORDS[other]}"
    values = [
        {m.name: f"{m.value:g} {m.unit}" for m in state.measurements}
        for state in (before, after)
    ]
    for id_ in {**values[0], **values[1]}:
        first, second = (one.get(id_, "unknown") for one in values)
        if first != second:
            yield f"{vocabulary.label(id_)}: {first} -> {second}"


def assessment_moved(before: Assessment, after: Assessment) -> Iterator[str]:
    """Urgency, levels, ranks and reasons that are others now."""
    found = compare(before, after)
    urgency = found.urgency.level
    if urgency.before != urgency.after:
        yield f"Urgency: {id_in_words(urgency.before)} -> {id_in_words(urgency.after)}"
    for mineral in found.minerals:
        yield from _mineral_moved(mineral)


def _mineral_moved(moves: MineralMoves) -> Iterator[str]:
    lines = [
        *(f"  came: {reason.because}" for reason in moves.reasons.came),
        *(f"  went: {reason.because}" for reason in moves.reasons.went),
    ]
    first, second = _stands(moves.before), _stands(moves.after)
    if first != second:
        yield f"{moves.name}: {first} -> {second}"
    elif lines:
        yield f"{moves.name}: {second}, as before"
    yield from lines


def _stands(one: CandidateStanding | None) -> str:
    if one is None:
        return "nothing points to it"
    return f"{id_in_words(one.level)}, place {one.rank}"

"""What is different between two moments of an exploration, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from minsight.assessment import Assessment, Candidate, Reason
from minsight.exploring.states import Reply, State
from minsight.vocabulary import Vocabulary

_WORDS: Final[dict[Reply | None, str]] = {
    "yes": "yes",
    "no": "no",
    "unsure": "not sure",
    None: "unknown",
}


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
    if before.urgency.level != after.urgency.level:
        yield (
            f"Urgency: {_plain(before.urgency.level)} -> {_plain(after.urgency.level)}"
        )
    one = {candidate.mineral: candidate for candidate in before.candidates}
    other = {candidate.mineral: candidate for candidate in after.candidates}
    for mineral in {**other, **one}:
        yield from _candidate_moved(one.get(mineral), other.get(mineral))


def _candidate_moved(
    before: Candidate | None, after: Candidate | None
) -> Iterator[str]:
    known = after or before
    if known is None:
        return
    lines = [
        *(f"  came: {reason.because}" for reason in _new(before, after)),
        *(f"  went: {reason.because}" for reason in _new(after, before)),
    ]
    first, second = _standing(before), _standing(after)
    if first != second:
        yield f"{known.name}: {first} -> {second}"
    elif lines:
        yield f"{known.name}: {second}, as before"
    yield from lines


def _standing(candidate: Candidate | None) -> str:
    if candidate is None:
        return "nothing points to it"
    return f"{_plain(candidate.level)}, place {candidate.rank}"


def _new(before: Candidate | None, after: Candidate | None) -> Iterable[Reason]:
    """The reasons of the second that the first does not have."""
    had = {reason.rule for reason in _reasons(before)}
    return [reason for reason in _reasons(after) if reason.rule not in had]


def _reasons(candidate: Candidate | None) -> tuple[Reason, ...]:
    if candidate is None:
        return ()
    return (*candidate.reasons, *candidate.against, *candidate.context)


def _plain(level: str) -> str:
    return level.replace("_", " ")

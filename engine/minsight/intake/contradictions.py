"""Contradictions: answers that cannot both be true of one person.

Nothing is assessed while they stand, because each half would be believed. Whoever wants
to go on all the same has both halves taken as unknown, and is told so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from minsight.ages import age_in_words, span_in_words
from minsight.errors import quoted
from minsight.intake.text.spelling import denials
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import ANYBODY, Demographic, Vocabulary

NEAR_BELOW: Final = 0.8
NEAR_ABOVE: Final = 1.25
"""By which factor an age may lie outside the bounds of a word for it."""


class SaidEntry(msgspec.Struct, frozen=True):
    """An answer in ids, with the words it was given in."""

    id: str
    text: str


class Contradiction(msgspec.Struct, frozen=True):
    """Two answers that exclude each other, by what is unknown when both are dropped.

    `drops` are ids of findings and groups, or the fields `age` and `sex`.
    """

    message: str
    drops: tuple[str, ...]


def contradictions(
    vocabulary: Vocabulary,
    *,
    present: Sequence[SaidEntry],
    absent: Sequence[SaidEntry],
    age_days: float | None,
    sex: str | None,
) -> tuple[Contradiction, ...]:
    """Every pair of answers that exclude each other, each told once."""
    found = [
        *_present_and_absent(vocabulary, present, absent),
        *_against_age_or_sex(vocabulary, present, age_days=age_days, sex=sex),
        *_against_each_other(vocabulary, present),
    ]
    return tuple({one.message: one for one in found}.values())


def names_whole(words: str, id_: str, vocabulary: Vocabulary) -> bool:
    """Whether words mean all of a finding or group, as its id and its label do.

    A synonym may be narrower: no belly pain, but stomach pain.
    """
    said = set(normalise(words).split())
    names = (normalise(id_), normalise(vocabulary.label(id_)))
    return any(said.issuperset(name.split()) for name in names)


def narrower(
    vocabulary: Vocabulary, present: Sequence[SaidEntry], absent: Sequence[SaidEntry]
) -> dict[str, str]:
    """The ids of which a kind is denied and another is there, each with a note."""
    there = {said.id for said in present}
    kinds: dict[str, str] = {}
    for id_ in dict.fromkeys(said.id for said in absent if said.id in there):
        denied = [said.text for said in absent if said.id == id_]
        said = [said.text for said in present if said.id == id_]
        whole = any(names_whole(text, id_, vocabulary) for text in (*denied, *said))
        if not whole and not any(_says_less(no, yes) for no in denied for yes in said):
            kinds[id_] = (
                f"{quoted(denied[0])} is absent and {quoted(said[0])} present; `{id_}`"
                " was taken as present, as only a kind of it is denied."
            )
    return kinds


def _says_less(denied: str, said: str) -> bool:
    """Whether what is denied has no word besides those of what is there."""
    own = set(normalise(denied).replace("'", "").split())
    return own.difference(denials(denied)) <= set(normalise(said).split())


def out_of_age(
    vocabulary: Vocabulary, present: Iterable[SaidEntry], age_days: float | None
) -> dict[str, str]:
    """The groups that the age rules out by a little, each with a note: the age decides.

    "Toddler" and "elderly" are not said with the calendar in hand.
    """
    return {
        said.id: f"{quoted(said.text)} was left out, because it is {_bounds(whom)},"
        f" and the age is {age_in_words(age_days or 0.0)}."
        for said in present
        if not (whom := holds_for(vocabulary, said.id)).may_be(age_days, None)
    }


def _present_and_absent(
    vocabulary: Vocabulary, present: Iterable[SaidEntry], absent: Iterable[SaidEntry]
) -> Iterator[Contradiction]:
    """The same finding said to be there and not, or one whose parent is denied."""
    denied = {said.id: said for said in reversed(list(absent))}
    for said in present:
        for id_ in sorted(vocabulary.with_ancestors(said.id) & denied.keys()):
            both = (
                f"both mean `{id_}`"
                if id_ == said.id
                else f"`{said.id}` is a kind of `{id_}`"
            )
            yield Contradiction(
                f"{quoted(said.text)} is said to be present and"
                f" {quoted(denied[id_].text)} to be absent, and {both};"
                " keep one of them",
                (said.id, id_),
            )


def _against_age_or_sex(
    vocabulary: Vocabulary,
    present: Iterable[SaidEntry],
    *,
    age_days: float | None,
    sex: str | None,
) -> Iterator[Contradiction]:
    for said in present:
        whom = holds_for(vocabulary, said.id)
        if not whom.may_be(None, sex):
            yield Contradiction(
                f"{quoted(said.text)} is not said of a {sex} person, and the sex is"
                f" `{sex}`; correct one of them",
                (said.id, "sex"),
            )
        if not widened(whom).may_be(age_days, None):
            yield Contradiction(
                f"{quoted(said.text)} is {_bounds(whom)}, and the age is"
                f" {age_in_words(age_days or 0.0)}; correct one of them",
                (said.id, "age"),
            )


def _against_each_other(
    vocabulary: Vocabulary, present: Sequence[SaidEntry]
) -> Iterator[Contradiction]:
    """Two groups that no age or no sex has in common."""
    bound = [
        (said, whom)
        for said in {s.id: s for s in reversed(present)}.values()
        if (whom := holds_for(vocabulary, said.id)) != ANYBODY
    ]
    for number, (said, whom) in enumerate(bound):
        for other, theirs in bound[number + 1 :]:
            if exclude(whom, theirs):
                yield Contradiction(
                    f"{quoted(said.text)} and {quoted(other.text)} cannot both be said"
                    " of one person; keep one of them",
                    (said.id, other.id),
                )


def widened(whom: Demographic) -> Demographic:
    """The same people with the ages that people still call by this word."""
    lowest, highest = whom.from_days, whom.below_days
    return Demographic(
        None if lowest is None else lowest * NEAR_BELOW,
        None if highest is None else highest * NEAR_ABOVE,
    )


def exclude(one: Demographic, other: Demographic) -> bool:
    """Whether nobody can be both, even with ages taken loosely."""
    if one.sex is not None and other.sex is not None and one.sex != other.sex:
        return True
    return widened(one).shared_with(widened(other)) is None


def holds_for(vocabulary: Vocabulary, id_: str) -> Demographic:
    """Of whom this can be said: its own bounds and those of all that it implies."""
    bounds = [
        entry.holds_for
        for name in vocabulary.with_ancestors(id_)
        if (entry := vocabulary.entry(name)) is not None
    ]
    return Demographic(
        max((w.from_days for w in bounds if w.from_days is not None), default=None),
        min((w.below_days for w in bounds if w.below_days is not None), default=None),
        next((w.sex for w in bounds if w.sex is not None), None),
    )


def _bounds(whom: Demographic) -> str:
    return f"for ages {span_in_words(whom.from_days, whom.below_days)}"

"""Corrections: readings as the person who knows better says they should be.

What was not understood is said to mean something, and what was read wrongly is struck.
Neither vanishes: it stays told, in the words it was said in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from minsight.intake.recognition import Meaning, Recognised, Unrecognised
from minsight.intake.status import AS_RECORDED
from minsight.intake.suggestions import SUGGESTIONS
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status

SET_ASIDE: Final = "set aside"
"""Stands for the id of what a person says is to count for nothing."""
TOLD_SO: Final = "told"
"""How it was read: by somebody who said what is meant."""
_BETWEEN: Final = re.compile(r"[,;\n]|\.\s")
_READ_WITH_CARE: Final = frozenset({"spelling", "part", "hpo_ancestor", "ending"})
"""Ways of reading that can be wrong although something was read."""


def is_sure(meaning: Meaning) -> bool:
    """Whether all of a text was read, none of it repaired, in part or as wider."""
    return not meaning.unrecognised and not any(
        match.by in _READ_WITH_CARE for match in meaning.recognised
    )


def said_to_mean(
    text: str, said: Iterable[tuple[str, Status]], vocabulary: Vocabulary
) -> tuple[Recognised, ...]:
    """The words as meaning these ids; as set aside when there is none."""
    read = tuple(
        Recognised(text, AS_RECORDED[status], id_, _kind(id_, vocabulary), TOLD_SO, 100)
        for id_, status in said
    )
    return read or (_set_aside(text),)


def suggested_ids(
    meaning: Meaning | Unrecognised, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The ids of what unread words may mean, best first."""
    left = (meaning,) if isinstance(meaning, Unrecognised) else meaning.unrecognised
    id_of = vocabulary.once(_by_label)
    labels = dict.fromkeys(label for one in left for label in one.suggestions)
    return tuple(id_of[label] for label in labels if label in id_of)[:SUGGESTIONS]


def _by_label(vocabulary: Vocabulary) -> dict[str, str]:
    ids = (*vocabulary.finding, *vocabulary.group)
    return {vocabulary.label(id_): id_ for id_ in ids}


def is_turned(text: str) -> bool:
    """Whether words in a text deny, doubt or speak of another person or time."""
    from minsight.intake.text.context import cues_of

    return any(True for _ in cues_of(text))


def pieces_left(unread: Unrecognised) -> tuple[str, ...]:
    """The things that unread words list, where each can be said to mean something.

    What turns one of them may turn the others too; such words stay together.

    >>> pieces_left(Unrecognised("gribbly toes, wobbly knees", ()))
    ('gribbly toes', 'wobbly knees')
    >>> pieces_left(Unrecognised("no gribbly toes, wobbly knees", ()))
    ('no gribbly toes, wobbly knees',)
    """
    parts = [part.strip() for part in _BETWEEN.split(unread.text)]
    parts = [part for part in parts if part]
    if len(parts) < 2 or unread.because or is_turned(unread.text):
        return (unread.text,)
    return tuple(parts)


def replaced(meaning: Meaning, unread: Unrecognised, by: Meaning) -> Meaning:
    """The meaning with what a stretch was said to mean in place of the stretch."""
    at = meaning.unrecognised.index(unread)
    left = meaning.unrecognised
    return msgspec.structs.replace(
        meaning,
        recognised=(*meaning.recognised, *by.recognised),
        unrecognised=(*left[:at], *by.unrecognised, *left[at + 1 :]),
        mentions=(*meaning.mentions, *by.mentions),
        notes=(*meaning.notes, *by.notes),
        stages=(*meaning.stages, *by.stages),
    )


def struck(
    meaning: Meaning, wrong: Recognised, by: Sequence[Recognised] = ()
) -> Meaning:
    """The meaning without one reading, and with what is right in place of it, if any.

    An age or a sex that was read wrongly is not known then.
    """
    at = meaning.recognised.index(wrong)
    read = meaning.recognised
    mentions = meaning.mentions
    if wrong.kind == "person" and wrong.id == "age":
        mentions = tuple(msgspec.structs.replace(m, age_days=None) for m in mentions)
    elif wrong.kind == "person" and wrong.id == "sex":
        mentions = tuple(msgspec.structs.replace(m, sex=None) for m in mentions)
    return msgspec.structs.replace(
        meaning,
        recognised=(*read[:at], *(by or (_set_aside(wrong.text),)), *read[at + 1 :]),
        mentions=mentions,
        stages=tuple(stage for stage in meaning.stages if stage.text != wrong.text),
    )


def _set_aside(text: str) -> Recognised:
    return Recognised(text, "present", SET_ASIDE, "person", TOLD_SO, 100)


def _kind(id_: str, vocabulary: Vocabulary) -> str:
    return "group" if id_ in vocabulary.group else "finding"

"""Entry: from the words of a subject to the ids of the vocabulary.

A phrase is matched by its normalised words: exactly, in another order, or with a small
difference of spelling. A doubtful match is a suggestion, never an answer, and a phrase
that denies something never becomes what it denies. Nothing that was said is dropped: it
is recognised, or listed as unrecognised with suggestions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

import msgspec

from minsight.errors import SubjectError
from minsight.measuring import Value, as_bands_see, in_own_unit
from minsight.phrases import Phrase, normalise
from minsight.subject import Measurement, Subject
from minsight.vocabulary import Vocabulary

CLOSE: Final = 88.0
"""Least similarity (0 to 100) of a spelling that is taken as meant."""
MARGIN: Final = 4.0
"""By how much the best spelling must beat the best one of another entry."""
SLIPS_FROM_LETTERS: Final = ((8, 2), (3, 1), (0, 0))
"""How many slips a word may hold, from so many letters on."""
_BEGINNINGS: Final = ("hypo", "hyper", "micro", "macro", "under", "over")
WORTH_SUGGESTING: Final = 70.0
SUGGESTIONS: Final = 3
_DENIALS: Final = frozenset((
    "no", "not", "non", "nor", "none", "neither", "nil", "never", "without", "absent",
    "denies", "denied", "negative", "free", "lacks", "lacking", "cannot", "cant",
    "isnt", "arent", "wasnt", "werent", "doesnt", "dont", "didnt", "hasnt", "havent",
    "hadnt", "wont", "wouldnt", "couldnt", "shouldnt", "aint",
))  # fmt: skip
"""Words that deny, without their apostrophes."""


class Recognised(msgspec.Struct, frozen=True):
    """A phrase and its meaning.

    `answer` is present, absent, unsure or measured; `by` is id, label, synonym, order,
    spelling, words (found among modifiers) or part (found among unknown words).
    """

    text: str
    answer: str
    id: str
    kind: str
    by: str
    similarity: int


class Unrecognised(msgspec.Struct, frozen=True):
    """A phrase that means nothing here, with up to three entries that come near."""

    text: str
    suggestions: tuple[str, ...]


class Answers(msgspec.Struct, frozen=True):
    """A subject in ids: observed, excluded and unsure, and how each phrase was read."""

    subject: Subject
    present: frozenset[str]
    absent: frozenset[str]
    unsure: frozenset[str]
    values: tuple[Value, ...]
    recognised: tuple[Recognised, ...]
    unrecognised: tuple[Unrecognised, ...]
    notes: tuple[str, ...] = ()


def enter(subject: Subject, vocabulary: Vocabulary) -> Answers:
    """The subject's answers in ids of the vocabulary.

    Raises:
        SubjectError: when an entry is said both present and absent, or a measurement
            has no unit, an unknown one or an absurd value.
    """
    said: dict[str, list[Recognised]] = {"present": [], "absent": [], "unsure": []}
    unrecognised: list[Unrecognised] = []
    for answer, texts in (
        ("present", (*subject.present, *subject.groups)),
        ("absent", (*subject.absent, *subject.not_groups)),
        ("unsure", subject.unsure),
    ):
        for text in texts:
            meant = recognise(text, vocabulary, answer=answer)
            if isinstance(meant, Unrecognised):
                unrecognised.append(meant)
            else:
                said[answer] += meant
    _refuse_contradictions(said["present"], said["absent"])
    values, measured, unknown = _measure(subject.measurements, vocabulary)
    seen, notes = as_bands_see(values, vocabulary, age_days=subject.age_days)
    return Answers(
        subject=subject,
        present=frozenset(match.id for match in said["present"]),
        absent=frozenset(match.id for match in said["absent"]),
        unsure=frozenset(match.id for match in said["unsure"]),
        values=seen,
        recognised=(
            *said["present"],
            *said["absent"],
            *said["unsure"],
            *measured,
        ),
        unrecognised=(*unrecognised, *unknown),
        notes=(*notes, *_read_in_part(said["present"])),
    )


def _read_in_part(present: Iterable[Recognised]) -> Iterator[str]:
    """What was taken from a phrase of which some words were not understood."""
    for text, matches in groupby(present, key=lambda match: match.text):
        ids = [match for match in matches if match.by == "part"]
        if ids:
            names = ", ".join(match.id.replace("_", " ") for match in ids)
            yield f"Read only in part: `{text}`, taken as {names}."


def recognise(
    text: str, vocabulary: Vocabulary, *, answer: str = "present"
) -> tuple[Recognised, ...] | Unrecognised:
    """What one phrase means, one entry or several, or what it might mean."""
    words = normalise(text)
    exact = vocabulary.phrase.get(words)
    if exact is not None:
        return (Recognised(text, answer, exact.id, exact.kind, exact.by, 100),)
    near = list(_nearest(words, vocabulary)) if words else []
    if near and near[0][1] >= CLOSE and _beats_others(near):
        phrase, similarity, by = near[0]
        match = Recognised(text, answer, phrase.id, phrase.kind, by, round(similarity))
        return (match,)
    parts = vocabulary.lexicon.read(text, strictly=answer == "absent")
    if parts:
        return tuple(
            Recognised(
                text,
                answer,
                part.phrase.id,
                part.phrase.kind,
                "words" if part.whole else "part",
                100,
            )
            for part in parts
        )
    labels = dict.fromkeys(
        vocabulary.label(phrase.id)
        for phrase, similarity, _ in _suggested(words, vocabulary)
    )
    return Unrecognised(text, tuple(labels)[:SUGGESTIONS])


def search(words: str, vocabulary: Vocabulary, *, kind: str) -> list[str]:
    """The ids of one kind whose phrases fit the words best, best first.

    Every word must begin a word of the phrase; if none fits so, close spellings do.
    """
    asked = normalise(words).split()
    if words.strip() and not asked:
        return []
    found = [
        phrase.id
        for phrase in vocabulary.phrases
        if phrase.kind == kind
        and all(any(w.startswith(a) for w in phrase.words.split()) for a in asked)
    ]
    if not found and asked:
        near = _suggested(normalise(words), vocabulary)
        found = [phrase.id for phrase, _, _ in near if phrase.kind == kind]
    return list(dict.fromkeys(found))


def _nearest(words: str, vocabulary: Vocabulary) -> Iterator[tuple[Phrase, float, str]]:
    """Phrases that differ by typing mistakes or word order only, best first."""
    from rapidfuzz import fuzz, process

    denials = _denials(words)
    for by, scorer in (("spelling", fuzz.ratio), ("order", fuzz.token_sort_ratio)):
        matches = process.extract(
            words, list(vocabulary.phrase), scorer=scorer, score_cutoff=CLOSE, limit=8
        )
        fitting = [
            match
            for match in matches
            if _denials(match[0]) == denials and _mistyped(words, match[0])
        ]
        if fitting:
            yield from ((vocabulary.phrase[m[0]], m[1], by) for m in fitting)
            return


def _mistyped(words: str, phrase: str) -> bool:
    """Whether the words are those of the phrase, each with a slip at the most."""
    ours, theirs = sorted(words.split()), sorted(phrase.split())
    return len(ours) == len(theirs) and all(map(_slip, ours, theirs))


def _slip(word: str, other: str) -> bool:
    """Whether one word is the other with a typing mistake, and not its opposite.

    >>> _slip("koilonichia", "koilonychia"), _slip("regular", "irregular")
    (True, False)
    >>> _slip("hypoglycaemia", "hyperglycaemia"), _slip("less", "more")
    (False, False)
    """
    if word == other:
        return True
    from rapidfuzz.distance import OSA

    letters = min(len(word), len(other))
    allowed = next(slips for least, slips in SLIPS_FROM_LETTERS if letters >= least)
    return (
        word[0] == other[0]
        and _beginning(word) == _beginning(other)
        and OSA.distance(word, other) <= allowed
    )


def _beginning(word: str) -> str:
    """The part of a word that decides what it says, such as `hypo` and `hyper`."""
    return next((part for part in _BEGINNINGS if word.startswith(part)), "")


def _beats_others(near: list[tuple[Phrase, float, str]]) -> bool:
    best, similarity, _ = near[0]
    others = [other for phrase, other, _ in near if phrase.id != best.id]
    return not others or similarity - max(others) >= MARGIN


def _suggested(words: str, vocabulary: Vocabulary) -> list[tuple[Phrase, float, str]]:
    if not words:
        return []
    from rapidfuzz import fuzz, process

    matches = process.extract(
        words,
        list(vocabulary.phrase),
        scorer=fuzz.WRatio,
        score_cutoff=WORTH_SUGGESTING,
        limit=12,
    )
    return [(vocabulary.phrase[m[0]], m[1], "suggestion") for m in matches]


def _denials(words: str) -> list[str]:
    """The denying words of a phrase, however the apostrophe was typed."""
    return sorted(word for word in words.replace("'", "").split() if word in _DENIALS)


def _refuse_contradictions(
    present: Iterable[Recognised], absent: Iterable[Recognised]
) -> None:
    said = {match.id: match.text for match in present}
    for match in absent:
        if match.id in said:
            raise SubjectError(
                f"`{said[match.id]}` is said to be present and `{match.text}` to be"
                f" absent, and both mean `{match.id}`; keep one of them"
            )


def _measure(
    measurements: Iterable[Measurement], vocabulary: Vocabulary
) -> tuple[list[Value], list[Recognised], list[Unrecognised]]:
    values: list[Value] = []
    recognised: list[Recognised] = []
    unknown: list[Unrecognised] = []
    for given in measurements:
        phrase = vocabulary.measurement_phrase.get(normalise(given.name))
        if phrase is None:
            known = [m.label for m in vocabulary.measurements]
            unknown.append(
                Unrecognised(_measurement_text(given), tuple(known[:SUGGESTIONS]))
            )
            continue
        text = _measurement_text(given)
        if any(value.measurement == phrase.id for value in values):
            raise SubjectError(
                f"`{text}` is a second value of {phrase.words}; keep one"
            )
        values.append(in_own_unit(given, vocabulary.measurement[phrase.id]))
        recognised.append(
            Recognised(text, "measured", phrase.id, "measurement", phrase.by, 100)
        )
    return values, recognised, unknown


def _measurement_text(given: Measurement) -> str:
    return f"{given.name} {given.value:g} {given.unit}".strip()

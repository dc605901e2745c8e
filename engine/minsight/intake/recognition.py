"""Recognition: what one text means in ids of the vocabulary, and how that was seen.

A text is matched whole, exactly or with a slip of spelling or word order, and else read
piece by piece. A doubtful match is a suggestion, never an answer, and what is denied
never becomes present.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from minsight.intake.text.spelling import DENYING, is_slip
from minsight.knowledge.phrases import Phrase, normalise, sorted_words
from minsight.knowledge.vocabulary import Vocabulary

if TYPE_CHECKING:
    from minsight.intake.text.demographics import Mention
    from minsight.intake.text.reader import Left, Part

CLOSE: Final = 88.0
"""Least similarity (0 to 100) of a spelling that is taken as meant."""
MARGIN: Final = 4.0
"""By how much the best spelling must beat the best one of another entry."""
MOST_WORDS_WHOLE: Final = 10
"""A longer text is not a misspelt phrase."""
WORTH_SUGGESTING: Final = 70.0
SUGGESTIONS: Final = 3
_HPO: Final = re.compile(r"\bhp:(\d{7})\b", re.IGNORECASE)
_MARKED: Final = re.compile(r"\?|-ve\b|\(\s*[-\u2212\u2013]\s*\)|:\s*[-\u2212\u2013]")
"""Signs that deny or doubt, which normal words do not show."""
_WIDER: Final = "that it is absent does not deny what is above it"
_SEXED: Final = (" girl", " boy", " woman", " man", " lady", " gentleman")
_ANSWERED: Final = re.compile(
    r"\?\s*(?=(?:yes|no|nil|none|never|y|n)\b)", re.IGNORECASE
)


class Recognised(msgspec.Struct, frozen=True):
    """A stretch of text and its meaning.

    `answer` is present, absent, unsure or measured; `kind` is finding, group,
    measurement or person (an age or a sex); `by` is id, label, synonym, order,
    spelling, hpo, hpo_ancestor, words (found among modifiers) or part (found among
    unknown words).
    """

    text: str
    answer: str
    id: str
    kind: str
    by: str
    similarity: int


class Unrecognised(msgspec.Struct, frozen=True):
    """A stretch of text that gives no answer, up to three entries near it, and why."""

    text: str
    suggestions: tuple[str, ...]
    because: str = ""


class Meaning(msgspec.Struct, frozen=True):
    """What one text means, what of it means nothing here, and who it is about."""

    recognised: tuple[Recognised, ...] = ()
    unrecognised: tuple[Unrecognised, ...] = ()
    mentions: tuple[Mention, ...] = ()
    notes: tuple[str, ...] = ()


def recognise(text: str, vocabulary: Vocabulary, *, answer: str = "present") -> Meaning:
    """What one text means: one entry or several, an age, or nothing with suggestions.

    `answer` says where the text was given; inside a text given as present, words may
    deny or doubt what they name.
    """
    if _MARKED.search(text) is None:
        words = normalise(text)
        exact = vocabulary.phrase.get(words)
        if exact is not None:
            meaning = _whole(text, answer, exact, exact.by)
            if answer == "present" and words.endswith(_SEXED):
                return _with_sex(meaning, text)
            return meaning
        near = _mistyped_whole(words, vocabulary)
        if near is not None:
            phrase, similarity, by = near
            return _whole(text, answer, phrase, by, similarity)
    return _read(text, vocabulary, answer=answer)


def _whole(
    text: str, answer: str, phrase: Phrase, by: str, similarity: float = 100
) -> Meaning:
    match = Recognised(text, answer, phrase.id, phrase.kind, by, round(similarity))
    return Meaning((match,))


def _with_sex(meaning: Meaning, text: str) -> Meaning:
    """A phrase such as "teenage girl" tells the sex besides."""
    from minsight.intake.text.demographics import mentions

    person = mentions(text)
    sexes = (_about_the_person(mention, "sex") for mention in person if mention.sex)
    return msgspec.structs.replace(
        meaning, recognised=(*meaning.recognised, *sexes), mentions=person
    )


def _read(text: str, vocabulary: Vocabulary, *, answer: str) -> Meaning:
    """The meaning of a text that is not, as a whole, a phrase of the vocabulary."""
    from minsight.intake.text.demographics import mentions
    from minsight.intake.text.reader import reader_of

    composed = unicodedata.normalize("NFC", text)
    replaced = _known_terms(composed, vocabulary)
    known = composed
    for term, nearest in replaced.items():
        known = known.replace(term, ", ".join(nearest))
    person = mentions(known) if answer == "present" else ()
    told = reader_of(vocabulary).read(
        _ANSWERED.sub(": ", _without(known, person)), strictly=answer != "present"
    )
    read = [_recognised(part, answer, replaced) for part in _once(told.parts)]
    too_wide = [m for m in read if m.by == "hpo_ancestor" and m.answer == "absent"]
    recognised = (
        *(_about_the_person(mention, "age") for mention in person if mention.age_days),
        *(_about_the_person(mention, "sex") for mention in person if mention.sex),
        *(match for match in read if match not in too_wide),
    )
    left = told.left if read or recognised else (_all_of(text, told.left),)
    unrecognised = (
        *(_unrecognised(one, vocabulary) for one in left),
        *(Unrecognised(m.text, (vocabulary.label(m.id),), _WIDER) for m in too_wide),
    )
    notes = tuple(
        f"{term.upper()} is not in the vocabulary; taken as what is nearest above it:"
        f" {', '.join(nearest)}."
        for term, nearest in replaced.items()
    )
    return Meaning(recognised, unrecognised, person, notes)


def _all_of(text: str, left: Sequence[Left]) -> Left:
    """A text that gives nothing, told whole."""
    from minsight.intake.text.reader import Left

    reasons = {one.because for one in left}
    because = reasons.pop() if len(reasons) == 1 else ""
    return Left(text, because, tuple(p for one in left for p in one.about))


def _about_the_person(mention: Mention, what: str) -> Recognised:
    return Recognised(mention.text, "present", what, "person", "words", 100)


def _recognised(
    part: Part, answer: str, replaced: Mapping[str, tuple[str, ...]]
) -> Recognised:
    """A part as it was said; an ontology term that was replaced stands again."""
    text, by = part.text, part.how
    given = part.answer if answer == "present" else answer
    if part.phrase.by == "hpo":
        by = "hpo"
        for term, nearest in replaced.items():
            own = [one for one in nearest if one in text]
            if part.phrase.words in map(normalise, own):
                text, by = text.replace(own[0], term), "hpo_ancestor"
    return Recognised(text, given, part.phrase.id, part.phrase.kind, by, 100)


def _once(parts: Iterable[Part]) -> Iterable[Part]:
    """Each entry once for each answer, at the first place where it is named."""
    first: dict[tuple[str, str], Part] = {}
    for part in parts:
        first.setdefault((part.phrase.id, part.answer), part)
    return first.values()


def _without(text: str, person: Iterable[Mention]) -> str:
    """The text with the words for the person blanked out."""
    for mention in person:
        if mention.age_days is not None:
            blank = " " * (mention.end - mention.start)
            text = text[: mention.start] + blank + text[mention.end :]
    return text


def _known_terms(text: str, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """For each ontology term without an entry, the terms of the nearest ones above."""
    found: dict[str, tuple[str, ...]] = {}
    for match in _HPO.finditer(text):
        if f"hp {match.group(1)}" not in vocabulary.phrase:
            nearest = vocabulary.nearest_to_hpo(match.group(1))
            if nearest:
                found[match.group()] = nearest
    return found


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
        found = [phrase.id for phrase in near if phrase.kind == kind]
    return list(dict.fromkeys(found))


def _unrecognised(left: Left, vocabulary: Vocabulary) -> Unrecognised:
    near = left.about or _suggested(normalise(left.text), vocabulary)
    labels = dict.fromkeys(vocabulary.label(phrase.id) for phrase in near)
    return Unrecognised(left.text, tuple(labels)[:SUGGESTIONS], left.because)


def _suggested(words: str, vocabulary: Vocabulary) -> list[Phrase]:
    """Phrases that come near, best first: of those that share a word, or of all."""
    if not words:
        return []
    from rapidfuzz import fuzz, process

    from minsight.intake.text.reader import reader_of
    from minsight.intake.text.words import stems

    sharing = reader_of(vocabulary).lexicon.sharing(stems(words))
    phrases = sharing or list(vocabulary.phrase.values())
    scorer = fuzz.token_sort_ratio if sharing else fuzz.ratio
    matches = process.extract(
        words,
        [phrase.words for phrase in phrases],
        scorer=scorer,
        score_cutoff=WORTH_SUGGESTING if not sharing else 0,
        limit=12,
    )
    return [phrases[place] for _, _, place in matches]


def _mistyped_whole(
    words: str, vocabulary: Vocabulary
) -> tuple[Phrase, float, str] | None:
    """The one phrase that differs by typing mistakes or word order only."""
    if not words or words.count(" ") >= MOST_WORDS_WHOLE:
        return None
    near = list(_nearest(words, vocabulary))
    return near[0] if near and _beats_others(near) else None


def _nearest(words: str, vocabulary: Vocabulary) -> Iterator[tuple[Phrase, float, str]]:
    from rapidfuzz import fuzz, process

    denials = _denials(words)
    spelled = vocabulary.spellings.get(words.count(" ") + 1, ())
    in_order = [in_order for _, in_order in spelled]
    as_said = [words for words, _ in spelled]
    for by, ours, theirs in (
        ("spelling", words, as_said),
        ("order", sorted_words(words), in_order),
    ):
        matches = process.extract(
            ours, theirs, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=8
        )
        near = [(as_said[place], score) for _, score, place in matches]
        fitting = [
            (phrase, score)
            for phrase, score in near
            if _denials(phrase) == denials and _mistyped(words, phrase)
        ]
        if fitting:
            yield from ((vocabulary.phrase[one], score, by) for one, score in fitting)
            return


def _mistyped(words: str, phrase: str) -> bool:
    """Whether the words are those of the phrase, each with a slip at the most."""
    ours, theirs = sorted(words.split()), sorted(phrase.split())
    return len(ours) == len(theirs) and all(map(is_slip, ours, theirs))


def _beats_others(near: Sequence[tuple[Phrase, float, str]]) -> bool:
    best, similarity, _ = near[0]
    others = [other for phrase, other, _ in near if phrase.id != best.id]
    return not others or similarity - max(others) >= MARGIN


def _denials(words: str) -> list[str]:
    """The denying words of a phrase, however the apostrophe was typed."""
    return sorted(word for word in words.replace("'", "").split() if word in DENYING)

"""Explanations: sentences made from evidence, in the words of the person who asked."""

from __future__ import annotations

from collections.abc import Iterable

from minsight.assessment.model import Assessment, Candidate, Reason
from minsight.intake.recognition import Recognised
from minsight.knowledge.catalogue import Catalogue, Source
from minsight.knowledge.strengths import STRENGTH_OF
from minsight.knowledge.vocabulary import Vocabulary


def strength_in_words(reason: Reason) -> str:
    """How a reason counts, in two or three words."""
    words = STRENGTH_OF[reason.kind, reason.strength].words
    if reason.out_of_age and reason.kind == "supports":
        return f"{words}; unusual age"
    return words


def said(reason: Reason, assessment: Assessment, vocabulary: Vocabulary) -> str:
    """What was said that met the reason's condition, joined with commas."""
    texts: dict[str, None] = {}
    for id_ in reason.matched:
        for text in _texts_for(id_, assessment, vocabulary):
            texts.setdefault(text)
    for id_ in reason.matched_absent:
        texts.setdefault(f"no {vocabulary.label(id_).lower()}")
    return ", ".join(texts)


def _texts_for(
    id_: str, assessment: Assessment, vocabulary: Vocabulary
) -> Iterable[str]:
    """The answers that mean this id or something more specific.

    One that was given as an id stands as its label. Without an answer, the values that
    can show it; without those, the label.
    """
    for answer in ("present", "measured"):
        meant = [
            _as_told(match, vocabulary)
            for match in assessment.recognised
            if match.answer == answer and id_ in vocabulary.shown_by(match.id)
        ]
        if meant:
            return meant
    return [vocabulary.label(id_)]


def _as_told(match: Recognised, vocabulary: Vocabulary) -> str:
    """An id is not a word that people read, though it may be read as a phrase."""
    is_id = match.by == "id" or "_" in match.text
    return vocabulary.label(match.id) if is_id else match.text


def sources_of(candidates: Iterable[Candidate], catalogue: Catalogue) -> list[Source]:
    """The sources that the shown reasons cite, in the order of their first mention."""
    keys = dict.fromkeys(
        key
        for candidate in candidates
        for reason in (*candidate.reasons, *candidate.against, *candidate.context)
        for key in reason.sources
    )
    return [catalogue.source[key] for key in keys]


def source_title(source: Source) -> str:
    """A source in one line: title, publisher, year, and whether it was read."""
    parts = [source.title, source.publisher, str(source.year) if source.year else None]
    line = ", ".join(part for part in parts if part)
    return line if source.read else f"{line} (not read at the source)"


def source_line(source: Source) -> str:
    """As `source_title`, with the address."""
    title = source_title(source)
    return f"{title} <{source.url}>" if source.url else title


def joined(words: Iterable[str], last: str = "and") -> str:
    """Words as people list them.

    >>> joined(["iron", "zinc", "iodine"]), joined(["iron"])
    ('iron, zinc and iodine', 'iron')
    """
    *first, final = list(words) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final

"""What stands on a handout, before it is laid out: lists that fit on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from minsight.ages import age_in_words
from minsight.assessment.model import Assessment, Candidate
from minsight.intake.recognition import Recognised
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import URGENCIES

MOST_REPORTED: Final = 24
MOST_FOUND: Final = 3
REASONS_ON_PAGE: Final = 3
MOST_TO_ASK: Final = 6
_SAID: Final = {
    "present": "Yes",
    "measured": "Results",
    "absent": "No",
    "unsure": "Not sure",
}


class FoundLack(msgspec.Struct, frozen=True):
    """A lack that fits, the sentence of its level, and its strongest reasons."""

    name: str
    sentence: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]


class HandoutContents(msgspec.Struct, frozen=True, kw_only=True):
    """All that one page says.

    `reported` has what was said by how it was answered, `left_out` how many entries
    did not fit; `found` is empty in an emergency, and `nothing` says what that means.
    """

    person: str
    urgency: str
    warnings: tuple[str, ...]
    reported: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: int
    not_understood: tuple[str, ...]
    found: tuple[FoundLack, ...]
    nothing: str
    to_ask: tuple[str, ...]
    may_also_be: tuple[str, ...]
    not_asked: tuple[str, ...]
    footer: str
    rules: str


def handout_of(assessment: Assessment, knowledge: KnowledgeBase) -> HandoutContents:
    """The contents of the page for a person who was assessed."""
    vocabulary = knowledge.vocabulary
    reported, left_out = _reported(assessment.recognised, vocabulary)
    emergency = assessment.urgency.level == URGENCIES[-1]
    shown = () if emergency else _standing_out(assessment, knowledge)
    asked = dict.fromkeys(id_ for one in shown for id_ in one.missing)
    urgency = assessment.urgency
    warnings = (*urgency.reasons, *urgency.at_some_age, *urgency.if_so)
    return HandoutContents(
        person=_person(assessment),
        urgency=assessment.urgency.sentence,
        warnings=tuple(one.message for one in warnings),
        reported=reported,
        left_out=left_out,
        not_understood=tuple(one.text for one in assessment.unrecognised),
        found=tuple(_found(one) for one in shown),
        nothing=_nothing(emergency=emergency, shown=shown),
        to_ask=_some(_to_ask(shown)),
        may_also_be=_some(
            dict.fromkeys(one.name for one in assessment.look_alikes if shown)
        ),
        not_asked=_some(vocabulary.label(id_) for id_ in asked),
        footer=assessment.footer,
        rules=f"Rules {assessment.rules.version}, {assessment.rules.fingerprint}",
    )


def _person(assessment: Assessment) -> str:
    age, sex = assessment.age_days, assessment.sex
    known = [sex or "", "" if age is None else age_in_words(age)]
    return ", ".join(part for part in known if part)


def _reported(
    recognised: Iterable[Recognised], vocabulary: Vocabulary
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], int]:
    """What was said, in its own words, by how it was answered."""
    lists: dict[str, dict[str, None]] = {answer: {} for answer in _SAID}
    for match in recognised:
        if match.kind != "person":
            lists[match.answer].setdefault(_in_words(match, vocabulary))
    room, shown = MOST_REPORTED, []
    for answer, texts in lists.items():
        some = tuple(texts)[:room]
        room -= len(some)
        if some:
            shown.append((_SAID[answer], some))
    return tuple(shown), sum(map(len, lists.values())) - MOST_REPORTED + room


def _in_words(match: Recognised, vocabulary: Vocabulary) -> str:
    """The words that were used, with what they were read as where that differs."""
    label = vocabulary.label(match.id)
    told_no = match.answer == "absent"  # its words say no again
    if told_no or match.text.lower() in (match.id, label.lower()):
        return label
    return f"{match.text} ({label})"


def _standing_out(
    assessment: Assessment, knowledge: KnowledgeBase
) -> tuple[Candidate, ...]:
    """The first candidates; of those that fit a little, only the very first."""
    level = knowledge.catalogue.level
    whole = [c for c in assessment.candidates if not level[c.level].folded]
    return tuple((whole or list(assessment.candidates[:1]))[:MOST_FOUND])


def _found(candidate: Candidate) -> FoundLack:
    counted = [r for r in candidate.reasons if r.counted or r.kind != "supports"]
    against = [*(r.because for r in candidate.against)]
    against += [brake.sentence for brake in candidate.brakes]
    return FoundLack(
        candidate.lack[:1].upper() + candidate.lack[1:],
        candidate.sentence,
        tuple(f"{r.because} (grade {r.grade})" for r in counted[:REASONS_ON_PAGE]),
        tuple(against[:1]),
    )


def _to_ask(shown: Iterable[Candidate]) -> Iterator[str]:
    """What to do and which tests to ask about, each once."""
    for one in shown:
        yield one.advice
    for one in shown:
        for test in one.tests:
            yield f"A test for {one.name[:1].lower()}{one.name[1:]}: {test}"


def _nothing(*, emergency: bool, shown: tuple[Candidate, ...]) -> str:
    if emergency:
        return "What fits is not shown in an emergency. It can wait; get help first."
    if shown:
        return ""
    return "Nothing that was reported points to a lack. This cannot rule one out."


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))[:MOST_TO_ASK]

"""Cards of CDS Hooks 2.0: what a chart shows beside a person, in a line each."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, Final

from minsight.api import Rules
from minsight.assessment.model import Assessment, Candidate
from minsight.assessment.wording import joined, source_title
from minsight.scales import CALM, LEVELS, URGENCIES

SUMMARY_LETTERS: Final = 139
"""A summary has fewer than 140 characters."""
MOST_CANDIDATES: Final = 3
SHOWN_FROM: Final = "partial_pattern"
"""Single unspecific complaints put no card into anybody's way."""
_INDICATOR: Final = {"soon": "warning", "same_day": "critical", "emergency": "critical"}
_OURS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:minsight:card")


def cards_of(assessment: Assessment, rules: Rules, instance: str) -> list[Any]:
    """The cards of an assessment, the urgency first; in an emergency nothing else.

    `instance` is that of the call: the same one gives cards of the same ids.
    """
    found = [*_urgency(assessment, rules)]
    if assessment.urgency.level != URGENCIES[-1]:
        shown = [c for c in assessment.candidates if _is_shown(c)]
        found += [_candidate(c, rules) for c in shown[:MOST_CANDIDATES]]
    named = uuid.uuid5(_OURS, instance)
    return [
        {"uuid": str(uuid.uuid5(named, str(number))), **card}
        for number, card in enumerate(found)
    ]


def _is_shown(candidate: Candidate) -> bool:
    return LEVELS.index(candidate.level) >= LEVELS.index(SHOWN_FROM)


def _urgency(assessment: Assessment, rules: Rules) -> Iterator[dict[str, Any]]:
    urgency = assessment.urgency
    if urgency.level in CALM:
        return
    lines = [f"- {reason.message}" for reason in urgency.reasons]
    yield {
        "summary": shortened(urgency.sentence),
        "indicator": _INDICATOR[urgency.level],
        "source": _source(rules, "urgency"),
        "detail": "\n".join([urgency.sentence, "", *lines, "", assessment.footer]),
    }


def _candidate(candidate: Candidate, rules: Rules) -> dict[str, Any]:
    lack = candidate.lack[:1].upper() + candidate.lack[1:]
    return {
        "summary": shortened(f"{lack}: {candidate.sentence}"),
        "indicator": "info",
        "source": _source(rules, candidate.mineral),
        "detail": "\n".join(_detail(candidate, rules)),
    }


def _detail(candidate: Candidate, rules: Rules) -> Iterator[str]:
    """What speaks for it and against it, what would tell more, and the sources."""
    for title, reasons in (
        ("For", candidate.reasons),
        ("Against", candidate.against),
    ):
        for reason in reasons:
            yield f"- {title}: {reason.because} (grade {reason.grade})"
    for brake in candidate.brakes:
        yield f"- Held back: {brake.sentence}"
    if candidate.tests:
        yield f"- Tests that tell more: {joined(candidate.tests)}"
    if candidate.look_alikes:
        yield f"- It may also be: {joined(candidate.look_alikes)}"
    reasons = (*candidate.reasons, *candidate.against)
    keys = dict.fromkeys(key for reason in reasons for key in reason.sources)
    yield ""
    for key in keys:
        yield f"- {key}: {source_title(rules.catalogue.source[key])}"
    yield ""
    yield rules.catalogue.footer


def _source(rules: Rules, topic: str) -> dict[str, Any]:
    coding = {"system": "urn:minsight:topic", "code": topic, "display": topic}
    label = f"minsight rules {rules.version}, fingerprint {rules.fingerprint}"
    return {"label": label, "topic": coding}


def shortened(text: str) -> str:
    """The text as a summary: whole words, fewer than 140 characters.

    >>> shortened("Short."), len(shortened("word " * 60)) < 140
    ('Short.', True)
    """
    if len(text) <= SUMMARY_LETTERS:
        return text
    return text[: SUMMARY_LETTERS - 1].rpartition(" ")[0].rstrip(",;:.") + "\u2026"

"""People: what is asked about one person whose answers are at hand."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import msgspec

from minsight.api import Rules
from minsight.service import answers as told
from minsight.service import requests as ask
from minsight.service.answers import Answer
from minsight.service.problems import told_of
from minsight.service.stamping import stamp_of
from minsight.service.taking import mineral_in, subject_in


def about_a_person(rules: Rules, asked: Any) -> Answer:
    """The answer to a request about a person.

    Raises:
        SubjectError: when what was said cannot be understood or contradicts itself.
        RequestError: when another part of the request cannot be.
    """
    return _answered(asked, rules)


@singledispatch
def _answered(asked: Any, rules: Rules) -> Answer:
    del rules
    raise TypeError(f"no answer to {type(asked).__name__}")


@_answered.register
def _assess(asked: ask.AssessRequest, rules: Rules) -> Answer:
    subject = subject_in(asked.subject)
    found = rules.assess(subject, keep_going=asked.keep_going)
    return told.AssessAnswer(**stamp_of(rules), record=found)


@_answered.register
def _explain(asked: ask.ExplainRequest, rules: Rules) -> Answer:
    from minsight.explanation.explainer import Explainer, every_candidate

    subject = subject_in(asked.subject)
    ids = [mineral_in(text, rules, "minerals") for text in asked.minerals]
    with told_of("minerals" if ids else "subject"):
        found = Explainer(rules).explain(
            subject,
            (lambda _: ids) if ids else every_candidate,
            why_not=asked.why_not,
            keep_going=asked.keep_going,
        )
    return told.ExplainAnswer(**stamp_of(rules), record=found)


@_answered.register
def _handout(asked: ask.HandoutRequest, rules: Rules) -> Answer:
    from minsight.handout.page import handout_page

    subject = subject_in(asked.subject)
    found = rules.assess(subject, keep_going=asked.keep_going)
    page = handout_page(found, rules.knowledge)
    return told.HandoutAnswer(**stamp_of(rules), html=page)


@_answered.register
def _whatif(asked: ask.WhatIfRequest, rules: Rules) -> Answer:
    from minsight.intake.records import subject_record
    from minsight.whatif.no_change import why_unmoved

    start = subject_in(asked.subject)
    before = rules.assess(start)
    with told_of("changes"):
        changed = rules.change(start, *asked.changes)
        after = rules.assess(changed.subject)
    moves = rules.compare(before, after)
    return told.WhatIfAnswer(
        **stamp_of(rules),
        record=moves,
        subject=subject_record(changed.subject),
        settings=changed.settings,
        notes=changed.notes,
        unmoved=why_unmoved(moves, after, changed.settings, rules),
        before=before,
        after=after,
    )


@_answered.register
def _flip(asked: ask.FlipRequest, rules: Rules) -> Answer:
    mineral = mineral_in(asked.mineral, rules)
    found = rules.flip(subject_in(asked.subject), mineral, most=asked.most)
    return told.FlipAnswer(**stamp_of(rules), record=found)


@_answered.register
def _reach(asked: ask.ReachRequest, rules: Rules) -> Answer:
    mineral = mineral_in(asked.mineral, rules)
    found = rules.reach(
        mineral, asked.level, subject=subject_in(asked.subject), most=asked.most
    )
    return told.ReachAnswer(**stamp_of(rules), record=found)


@_answered.register
def _duel(asked: ask.DuelRequest, rules: Rules) -> Answer:
    one = mineral_in(asked.one, rules, "one")
    other = mineral_in(asked.other, rules, "other")
    found = rules.duel(subject_in(asked.subject), one, other)
    return told.DuelAnswer(**stamp_of(rules), record=found)


@_answered.register
def _bounds(asked: ask.BoundsRequest, rules: Rules) -> Answer:
    found = rules.bounds(subject_in(asked.subject))
    return told.BoundsAnswer(**stamp_of(rules), record=found)


@_answered.register
def _sensitivity(asked: ask.SensitivityRequest, rules: Rules) -> Answer:
    found = rules.sensitivity(subject_in(asked.subject))
    return told.SensitivityAnswer(**stamp_of(rules), record=found)


def record_bytes(answer: bytes) -> bytes:
    """The record in an answer, as it stands there.

    >>> record_bytes(b'{"ask":"assess","record":{"schema":"x"},"more":1}')
    b'{"schema":"x"}'
    """
    return bytes(msgspec.json.decode(answer, type=_WithRecord).record)


class _WithRecord(msgspec.Struct):
    record: msgspec.Raw

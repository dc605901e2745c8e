"""Interviewing: the next screen of an interview of which nothing is kept here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from minsight.api import Rules
from minsight.intake.records import subject_record
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.vocabulary import Finding, Group
from minsight.questions.interview import Interview, InterviewStep
from minsight.questions.replies import Reply
from minsight.questions.session import ReplyValue
from minsight.questions.voice import Voice, asked_aloud, listed, voice_for
from minsight.scales import LEVELS
from minsight.service.answers import (
    AskedItem,
    NamedEntry,
    NextAnswer,
    StandingMineral,
)
from minsight.service.problems import told_of
from minsight.service.requests import AskedReplies, NextRequest
from minsight.service.stamping import stamp_of
from minsight.service.taking import subject_in

_OTHER_WORDS = 3
"""How many other words for a finding help to understand it."""


class Begin(Protocol):
    """What `LatestInterviews.with_subject` does."""

    def __call__(self, subject: Subject, *, clinician: bool) -> Interview:
        """The interview with a subject."""
        ...


def next_screen(rules: Rules, asked: NextRequest, begin: Begin) -> NextAnswer:
    """What is asked next, and how things stand after the replies.

    Raises:
        SubjectError: when what was said of the subject contradicts itself.
        RequestError: when a reply is to no question, or is none.
    """
    interview = begin(subject_in(asked.subject), clinician=asked.clinician)
    with told_of("replies"):
        replies = _with_ticked(interview, asked)
        meant = _meant(replies)
        step = interview.step(meant)
        record = rules.assess_answers(interview.answers(meant))
    voice = voice_for(interview.start.subject.age_days)
    levels = step.picture.levels
    return NextAnswer(
        **stamp_of(rules),
        kind=step.kind,
        title=step.title,
        asked=_items(step, rules, voice),
        enough=step.enough,
        to_enough=step.to_enough,
        remaining=len(step.remaining),
        could_change=tuple(
            NamedEntry(id_, rules.vocabulary.label(id_)) for id_ in step.could_change
        ),
        bears_on=step.bears_on,
        first=tuple(
            StandingMineral(mineral, levels[mineral])
            for mineral in step.picture.first
            if levels[mineral] != LEVELS[0]
        ),
        replies=replies,
        subject=subject_record(interview.subject(meant)),
        record=record,
    )


def _with_ticked(interview: Interview, asked: NextRequest) -> AskedReplies:
    """All replies, those to a ticked list last."""
    if asked.ticked is None:
        return asked.replies
    meant = _meant(asked.replies)
    ticked = interview.ticked(meant, asked.ticked.asked, asked.ticked.chosen)
    return {**asked.replies, **ticked}


def _meant(replies: AskedReplies) -> Mapping[str, Reply]:
    return {
        name: Measurement(name, given.value, given.unit, given.comparator)
        if isinstance(given, ReplyValue)
        else given
        for name, given in replies.items()
    }


def _items(step: InterviewStep, rules: Rules, voice: Voice) -> tuple[AskedItem, ...]:
    if step.kind == "value":
        return tuple(_value(id_, rules) for id_ in step.asked)
    guide, vocabulary = rules.guide, rules.vocabulary
    return tuple(
        AskedItem(
            name=name,
            ask=asked_aloud(name, guide, vocabulary, voice),
            short=listed(name, guide, vocabulary, voice),
            more=_more(name, rules),
        )
        for name in step.asked
    )


def _value(id_: str, rules: Rules) -> AskedItem:
    measured = rules.vocabulary.measurement[id_]
    return AskedItem(
        name=id_,
        ask=f"{measured.label}?",
        short=measured.label,
        more="",
        units=tuple(measured.units),
    )


def _more(name: str, rules: Rules) -> str:
    """What a no means, what an entry is, or what else it is called."""
    if name in rules.guide.question:
        return f"No means: {rules.guide.question[name].no_means}"
    entry = rules.vocabulary.entry(name)
    if isinstance(entry, Group) and entry.definition != entry.label:
        return entry.definition
    if isinstance(entry, Finding) and entry.synonyms:
        return f"Also: {', '.join(entry.synonyms[:_OTHER_WORDS])}"
    return ""

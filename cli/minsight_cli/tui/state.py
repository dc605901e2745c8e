"""States: what is known of a person while it is tried out, and every step back.

A state is frozen; each edit gives another one. A history holds those before and after
it, a workbench the named snapshots too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from minsight.api import Rules
from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment
from minsight.errors import SubjectError, quoted
from minsight.intake.answers import enter
from minsight.intake.contradictions import SaidEntry, contradictions
from minsight.intake.recognition import Meaning, Recognised, Unrecognised
from minsight.intake.status import in_lists
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status

_AFTER: Final[Mapping[Status, Status]] = {
    "unknown": "observed",
    "observed": "excluded",
    "excluded": "unknown",
    "unsure": "observed",
}
LONGEST_NAME: Final = 40
FIRST_SNAPSHOT: Final = "start"
"""The snapshot that every workbench begins with."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Who the person is and what was answered, in ids, in the order it was said.

    What has no reply is unknown. The names of `measurements` are ids too.
    """

    subject_id: str = ""
    replies: Mapping[str, Status] = {}
    age_days: float | None = None
    sex: str | None = None
    measurements: tuple[Measurement, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether nothing but the age and the sex is known."""
        return not self.replies and not self.measurements

    def reply(self, id_: str) -> Status:
        """What was replied to a finding or group."""
        return self.replies.get(id_, "unknown")

    def replied(self, id_: str, reply: Status) -> State:
        """With this reply to a finding or group; what is unknown has none.

        >>> State().replied("fever", "excluded").replied("fever", "unknown") == State()
        True
        """
        if reply == "unknown":
            kept = {**self.replies}
            kept.pop(id_, None)
            return msgspec.structs.replace(self, replies=kept)
        return msgspec.structs.replace(self, replies={**self.replies, id_: reply})

    def toggled(self, id_: str) -> State:
        """The next reply of the cycle unknown, yes, no; after not sure comes yes.

        >>> once = State().toggled("fever")
        >>> once.reply("fever"), once.toggled("fever").reply("fever")
        ('observed', 'excluded')
        """
        return self.replied(id_, _AFTER[self.reply(id_)])

    def told(self, meaning: Meaning) -> State:
        """With all that a text was understood as: replies, an age, a sex."""
        state = self
        for match in meaning.recognised:
            if match.kind in ("finding", "group"):
                state = state.replied(match.id, match.status)
        ages = [m.age_days for m in meaning.mentions if m.age_days is not None]
        sexes = [m.sex for m in meaning.mentions if m.sex is not None]
        if state.age_days is None and not ages:
            for stage in meaning.stages:
                state = state.replied(stage.id, stage.status)
        return msgspec.structs.replace(
            state,
            age_days=ages[0] if ages else state.age_days,
            sex=sexes[0] if sexes else state.sex,
        )

    def measured(self, given: Measurement) -> State:
        """With this value, in place of another of the same measurement."""
        others = self.without_measurement(given.name).measurements
        return msgspec.structs.replace(self, measurements=(*others, given))

    def without_measurement(self, id_: str) -> State:
        kept = tuple(m for m in self.measurements if m.name != id_)
        return msgspec.structs.replace(self, measurements=kept)

    def of_age(self, age_days: float | None) -> State:
        return msgspec.structs.replace(self, age_days=age_days)

    def of_sex(self, sex: str | None) -> State:
        return msgspec.structs.replace(self, sex=sex)

    def subject(self, vocabulary: Vocabulary) -> Subject:
        """The subject of whom just this is said."""
        return Subject(
            subject_id=self.subject_id,
            **in_lists(self.replies.items(), vocabulary.group),
            measurements=self.measurements,
            sex=self.sex,
            age_days=self.age_days,
        )

    def assessed(self, rules: Engine) -> Assessment:
        """What the answers point to; those at odds are taken as unknown.

        All that a state says is an id, also where it spells a word of people.
        """
        found = rules.assess(self.subject(rules.vocabulary), keep_going=True)
        given = tuple(msgspec.structs.replace(m, by="id") for m in found.recognised)
        return msgspec.structs.replace(found, recognised=given)

    def at_odds(self, vocabulary: Vocabulary) -> tuple[str, ...]:
        """A message for each two answers that cannot both be true."""
        observed, excluded = (
            [
                SaidEntry(id_, vocabulary.label(id_))
                for id_, reply in self.replies.items()
                if reply == status
            ]
            for status in ("observed", "excluded")
        )
        found = contradictions(
            vocabulary,
            present=observed,
            absent=excluded,
            age_days=self.age_days,
            sex=self.sex,
        )
        return tuple(one.message for one in found)


class Opened(msgspec.Struct, frozen=True):
    """The state that a subject begins with, and what of its texts it cannot hold."""

    state: State
    unrecognised: tuple[Unrecognised, ...] = ()
    notes: tuple[str, ...] = ()

    def assessed(self, state: State, rules: Rules) -> Assessment:
        """What a later state points to; who began with more is not judged by it."""
        found = state.assessed(rules)
        if not self.unrecognised:
            return found
        sentence = rules.catalogue.urgency_sentence(found.urgency.level, "unread")
        urgency = msgspec.structs.replace(
            found.urgency, sentence=sentence, judged=False
        )
        return msgspec.structs.replace(
            found, urgency=urgency, unrecognised=self.unrecognised
        )


def state_of(subject: Subject, vocabulary: Vocabulary) -> Opened:
    """The subject as a state.

    Contradictions between ids are kept, as a state that was saved may hold them.

    Raises:
        SubjectError: when its texts contradict each other, or a measurement cannot be
            understood.
    """
    if _in_ids(subject, vocabulary):
        read = enter(subject, vocabulary, keep_going=True)
        age_days, sex = subject.age_days, subject.sex
    else:
        read = enter(subject, vocabulary)
        age_days, sex = read.subject.age_days, read.subject.sex
    state = State(
        subject_id=subject.subject_id,
        replies=_replies(read.recognised),
        age_days=age_days,
        sex=sex,
        measurements=tuple(
            Measurement(phrase.id, given.value, given.unit, given.comparator)
            for given in (*subject.measurements, *read.stated)
            if (phrase := vocabulary.measured_as(given.name)) is not None
        ),
    )
    own = enter(state.subject(vocabulary), vocabulary, keep_going=True).notes
    notes = tuple(note for note in read.notes if note not in own)
    return Opened(state, read.unrecognised, notes)


def _in_ids(subject: Subject, vocabulary: Vocabulary) -> bool:
    """Whether all of it is ids, each with one answer."""
    texts = [
        *subject.present,
        *subject.absent,
        *subject.unsure,
        *subject.groups,
        *subject.not_groups,
    ]
    return len(set(texts)) == len(texts) and all(map(vocabulary.entry, texts))


def _replies(recognised: Iterable[Recognised]) -> dict[str, Status]:
    """A definite reply stands before one that nobody is sure of."""
    replies: dict[str, Status] = {}
    for match in recognised:
        answers = match.kind in ("finding", "group")
        if answers and (match.status != "unsure" or match.id not in replies):
            replies[match.id] = match.status
    return replies


class History(msgspec.Struct, frozen=True):
    """A state, those that led to it and those that were undone, nearest last.

    >>> tried = History(State()).changed(State(sex="female"))
    >>> tried.undone().state == State(), tried.undone().redone() == tried
    (True, True)
    """

    state: State
    before: tuple[State, ...] = ()
    after: tuple[State, ...] = ()

    def changed(self, state: State) -> History:
        """With another state, which ends what was undone; the same changes nothing."""
        if state == self.state:
            return self
        return History(state, (*self.before, self.state))

    def undone(self) -> History:
        """One step back; at the beginning nothing changes."""
        if not self.before:
            return self
        *before, state = self.before
        return History(state, tuple(before), (*self.after, self.state))

    def redone(self) -> History:
        """One step forward again; without one nothing changes."""
        if not self.after:
            return self
        *after, state = self.after
        return History(state, (*self.before, self.state), tuple(after))


class Workbench(msgspec.Struct, frozen=True):
    """A history with the snapshots taken on the way and the state last saved."""

    history: History
    snapshots: Mapping[str, State]
    saved: State

    @property
    def state(self) -> State:
        return self.history.state

    @property
    def is_saved(self) -> bool:
        return self.state == self.saved

    def changed(self, state: State) -> Workbench:
        return msgspec.structs.replace(self, history=self.history.changed(state))

    def undone(self) -> Workbench:
        return msgspec.structs.replace(self, history=self.history.undone())

    def redone(self) -> Workbench:
        return msgspec.structs.replace(self, history=self.history.redone())

    def kept(self, name: str) -> Workbench:
        """With a snapshot of the state, in place of an older one of this name.

        Raises:
            SubjectError: when the name is empty or too long.
        """
        plain = " ".join(name.split())
        if not plain:
            raise SubjectError("a snapshot needs a name, for example `with ferritin`")
        if len(plain) > LONGEST_NAME:
            raise SubjectError(
                f"{quoted(plain)} is longer than {LONGEST_NAME} characters; shorten it"
            )
        snapshots = {**self.snapshots, plain: self.state}
        return msgspec.structs.replace(self, snapshots=snapshots)

    def marked_saved(self) -> Workbench:
        return msgspec.structs.replace(self, saved=self.state)


def workbench(state: State) -> Workbench:
    """A workbench at its beginning, with that beginning as a snapshot."""
    return Workbench(History(state), {FIRST_SNAPSHOT: state}, state)

"""Entry: what was said about a subject, in ids of the vocabulary.

Nothing that was said is dropped: it is recognised, or listed as unrecognised with
suggestions. Answers that cannot both be true are refused, with both named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from minsight.ages import age_in_words, is_same_age
from minsight.errors import SubjectError, quoted
from minsight.intake.contradictions import (
    Contradiction,
    SaidEntry,
    contradictions,
    exclude,
    holds_for,
    narrower,
    out_of_age,
    widened,
)
from minsight.intake.gestation import with_gestation
from minsight.intake.measurements import (
    Value,
    as_bands_see,
    in_own_unit,
    is_same,
    open_limit,
)
from minsight.intake.recognition import (
    Meaning,
    Recognised,
    Unrecognised,
    recognise,
)
from minsight.intake.stated import StatedValue
from minsight.intake.status import OF_LIST
from minsight.intake.subject import Measurement, Subject
from minsight.intake.suggestions import SUGGESTIONS
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status

if TYPE_CHECKING:
    from minsight.intake.text.demographics import PersonMention

_ORDER: Final[tuple[Status, ...]] = ("observed", "excluded", "unsure")
_AMONG_WORDS: Final = ("words", "part")
OF_ANOTHER: Final = "it tells another age or sex than was given"
"""Why what somebody else must have said or have is not taken."""
TWO: Final = {"age": "ages", "sex": "sexes"}


class Recogniser(Protocol):
    """What `recognise` does."""

    def __call__(
        self, text: str, vocabulary: Vocabulary, *, status: Status = "observed"
    ) -> Meaning:
        """What one text means."""
        ...


class Answers(msgspec.Struct, frozen=True):
    """A subject in ids: observed, excluded and unsure, and how each phrase was read.

    `subject` has the age and the sex also where only its texts give them, `stated` are
    the measurements that only they give.
    """

    subject: Subject
    present: frozenset[str]
    absent: frozenset[str]
    unsure: frozenset[str]
    values: tuple[Value, ...]
    recognised: tuple[Recognised, ...]
    unrecognised: tuple[Unrecognised, ...]
    notes: tuple[str, ...] = ()
    stated: tuple[Measurement, ...] = ()

    @property
    def statuses(self) -> Iterator[tuple[str, Status]]:
        """Each id with what was said of it; once more where that was unsure besides."""
        yield from ((id_, "observed") for id_ in self.present)
        yield from ((id_, "excluded") for id_ in self.absent)
        yield from ((id_, "unsure") for id_ in self.unsure)

    @property
    def in_doubt(self) -> frozenset[str]:
        """What is unsure, and neither observed nor excluded by other words."""
        return self.unsure - self.present - self.absent


def enter(
    subject: Subject,
    vocabulary: Vocabulary,
    *,
    keep_going: bool = False,
    recognising: Recogniser = recognise,
) -> Answers:
    """The subject's answers in ids of the vocabulary.

    With `keep_going`, answers that contradict each other are taken as unknown. Who
    enters many subjects gives a `recognising` that remembers what it has read.

    Raises:
        SubjectError: when answers contradict each other, or a measurement has no unit,
            an unknown one or an absurd value.
    """
    read = _read(subject, vocabulary, recognising)
    read = with_gestation(read, subject, vocabulary)
    person, at_odds = _person(
        subject, [m for meaning in read for m in meaning.mentions]
    )
    read = [without_others(meaning, person, vocabulary) for meaning in read]
    matches = [match for meaning in read for match in meaning.recognised]
    if person.age_days is None:
        matches += _stages(read, matches, vocabulary)
    said: dict[Status, list[SaidEntry]] = {status: [] for status in _ORDER}
    for match in matches:
        if match.kind not in ("person", "measurement"):
            said[match.status].append(SaidEntry(match.id, match.text))
    kinds = narrower(vocabulary, said["observed"], said["excluded"])
    said["excluded"] = [one for one in said["excluded"] if one.id not in kinds]
    at_odds += contradictions(
        vocabulary,
        present=said["observed"],
        absent=said["excluded"],
        age_days=person.age_days,
        sex=person.sex,
    )
    values, measured, unknown = _measure(subject.measurements, vocabulary)
    stated = [one for meaning in read for one in meaning.values]
    values, differing = _with_stated(values, measured, stated, vocabulary)
    at_odds += differing
    if at_odds and not keep_going:
        raise SubjectError("; ".join(one.message for one in at_odds))
    dropped = {id_ for one in at_odds for id_ in one.drops}
    person = _forgetting(person, dropped)
    outside = out_of_age(vocabulary, said["observed"], person.age_days)
    dropped |= outside.keys()
    values = [value for value in values if value.measurement not in dropped]
    seen, notes = as_bands_see(values, vocabulary, age_days=person.age_days)
    return Answers(
        subject=person,
        present=frozenset(s.id for s in said["observed"]) - dropped,
        absent=frozenset(s.id for s in said["excluded"]) - dropped,
        unsure=frozenset(s.id for s in said["unsure"]),
        values=seen,
        recognised=(*_in_order(matches), *measured),
        unrecognised=(*(u for meaning in read for u in meaning.unrecognised), *unknown),
        notes=(
            *(f"Taken as unknown: {one.message}." for one in at_odds),
            *outside.values(),
            *kinds.values(),
            *(note for meaning in read for note in meaning.notes),
            *notes,
            *read_in_part(matches),
        ),
        stated=_only_stated(stated, subject.measurements, vocabulary, dropped),
    )


def _read(
    subject: Subject, vocabulary: Vocabulary, recognising: Recogniser
) -> list[Meaning]:
    """What each text of the subject means."""
    return [
        recognising(text, vocabulary, status=status)
        for name, status in OF_LIST.items()
        for text in getattr(subject, name)
    ]


def without_others(
    meaning: Meaning, person: Subject, vocabulary: Vocabulary
) -> Meaning:
    """The meaning without what can be said of somebody else alone.

    Among other words they may tell who has it, and when: a baby's "multivitamin in
    pregnancy" was his mother's, "epilepsy since late teens" makes nobody of 40 younger.
    """
    others = [
        match
        for match in meaning.recognised
        if match.by in _AMONG_WORDS
        and match.status == "observed"
        and not _may_be_said(vocabulary, match.id, person)
    ]
    if not others:
        return meaning
    unread = tuple(Unrecognised(one.text, (), OF_ANOTHER) for one in others)
    return msgspec.structs.replace(
        meaning,
        recognised=tuple(one for one in meaning.recognised if one not in others),
        unrecognised=(*meaning.unrecognised, *dict.fromkeys(unread)),
    )


def _may_be_said(vocabulary: Vocabulary, id_: str, person: Subject) -> bool:
    if vocabulary.entry(id_) is None:
        return True
    whom = holds_for(vocabulary, id_)
    return whom.may_be(None, person.sex) and widened(whom).may_be(person.age_days, None)


def _stages(
    read: Iterable[Meaning], matches: Sequence[Recognised], vocabulary: Vocabulary
) -> list[Recognised]:
    """The life stages that the words of findings tell, unless they are at odds."""
    told = {stage.id: stage for meaning in read for stage in meaning.stages}
    known = [m.id for m in matches if m.kind == "group" and m.status == "observed"]
    bounds = [holds_for(vocabulary, id_) for id_ in (*known, *told)]
    if any(exclude(one, other) for one, other in combinations(bounds, 2)):
        return []
    denied = {m.id for m in matches if m.status == "excluded"}
    return [s for s in told.values() if s.id not in denied and s.id not in known]


def _in_order(matches: Iterable[Recognised]) -> list[Recognised]:
    """The person first, then what is observed, excluded and unsure."""
    return sorted(matches, key=lambda m: (m.kind != "person", _ORDER.index(m.status)))


def _person(
    subject: Subject, mentions: Sequence[PersonMention]
) -> tuple[Subject, list[Contradiction]]:
    """The subject with the age and sex that its texts give, and what is at odds."""
    at_odds: list[Contradiction] = []
    age, sex = subject.age_days, subject.sex
    age_by, sex_by = "the age given", "the sex given"
    for mention in mentions:
        if mention.age_days is not None:
            if age is not None and not is_same_age(age, mention.age_days):
                at_odds.append(_two(age_by, age_in_words(age), mention, "age"))
            elif age is None:
                age, age_by = mention.age_days, quoted(mention.text)
        if mention.sex is not None:
            if sex is not None and sex != mention.sex:
                at_odds.append(_two(sex_by, sex, mention, "sex"))
            elif sex is None:
                sex, sex_by = mention.sex, quoted(mention.text)
    return replace(subject, age_days=age, sex=sex), at_odds


def is_of_another(mention: PersonMention, subject: Subject) -> bool:
    """Whether a text tells of an age or a sex that the subject has not got."""
    age, sex = subject.age_days, subject.sex
    other_age = (
        age is not None
        and mention.age_days is not None
        and not is_same_age(age, mention.age_days)
    )
    return other_age or (None not in (sex, mention.sex) and sex != mention.sex)


def _two(by: str, value: str, mention: PersonMention, what: str) -> Contradiction:
    return Contradiction(
        f"{by} ({value}) and {quoted(mention.text)} are two {TWO[what]} of one person;"
        " keep one of them",
        (what,),
    )


def _forgetting(person: Subject, dropped: set[str]) -> Subject:
    return replace(
        person,
        age_days=None if "age" in dropped else person.age_days,
        sex=None if "sex" in dropped else person.sex,
    )


def read_in_part(matches: Iterable[Recognised]) -> Iterator[str]:
    """What was taken from a stretch of which some words were not understood."""
    for text, group in groupby(matches, key=lambda match: match.text):
        ids = [match for match in group if match.by == "part"]
        if ids:
            names = ", ".join(match.id.replace("_", " ") for match in ids)
            yield f"Read only in part: `{text}`, taken as {names}."


def _measure(
    measurements: Iterable[Measurement], vocabulary: Vocabulary
) -> tuple[list[Value], list[Recognised], list[Unrecognised]]:
    values: list[Value] = []
    recognised: list[Recognised] = []
    unknown: list[Unrecognised] = []
    for given in measurements:
        phrase = vocabulary.measured_as(given.name)
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
        value = in_own_unit(given, vocabulary.measurement[phrase.id])
        too_little = open_limit(value, vocabulary.measurement[phrase.id])
        if too_little:
            unknown.append(Unrecognised(text, (), because=too_little))
        adjusted = phrase.words in vocabulary.adjusted_phrase
        values.append(msgspec.structs.replace(value, adjusted=adjusted))
        recognised.append(
            Recognised(text, "measured", phrase.id, "measurement", phrase.by, 100)
        )
    return values, recognised, unknown


def _only_stated(
    stated: Iterable[StatedValue],
    measurements: Iterable[Measurement],
    vocabulary: Vocabulary,
    dropped: set[str],
) -> tuple[Measurement, ...]:
    """The measurements that texts alone give, each once."""
    phrases = (vocabulary.measured_as(given.name) for given in measurements)
    known = dropped | {phrase.id for phrase in phrases if phrase is not None}
    first: dict[str, Measurement] = {}
    for one in stated:
        first.setdefault(one.value.measurement, one.given)
    return tuple(given for id_, given in first.items() if id_ not in known)


def _with_stated(
    values: Iterable[Value],
    measured: Iterable[Recognised],
    stated: Iterable[StatedValue],
    vocabulary: Vocabulary,
) -> tuple[list[Value], list[Contradiction]]:
    """The values with those that texts state, and which of them differ."""
    first = {
        value.measurement: (value, match.text)
        for value, match in zip(values, measured, strict=True)
    }
    differing: list[Contradiction] = []
    for one in stated:
        id_ = one.value.measurement
        before, text = first.setdefault(id_, (one.value, one.text))
        if not is_same(before, one.value):
            differing.append(
                Contradiction(
                    f"{quoted(text)} and {quoted(one.text)} are two values of"
                    f" {vocabulary.label(id_)}; keep one of them",
                    (id_,),
                )
            )
    return [value for value, _ in first.values()], differing


def _measurement_text(given: Measurement) -> str:
    return f"{given.name} {given.in_words}"

"""Changing: a subject with some answers set otherwise, by what they mean.

A change speaks of an answer, not of a text: whoever takes fatigue back takes it back in
whatever words it was given. Texts that say more than one thing are taken apart, and
what is not changed stays said. The changes of one call happen at once: their order
does not matter, and two of them cannot set one answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, get_args

import msgspec

from minsight.ages import parse_age
from minsight.assessment.wording import joined
from minsight.errors import Remedy, SubjectError, did_you_mean, quoted
from minsight.intake.answers import Answers, enter, without_others
from minsight.intake.contradictions import holds_for, widened
from minsight.intake.measurements import in_own_unit
from minsight.intake.recognition import Meaning, recognise
from minsight.intake.records import measurement_from_text
from minsight.intake.status import OF_LIST
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.phrases import normalise
from minsight.whatif.settings import AnswerValue, Setting, answer_in_words, answer_label
from minsight.whatif.statements import (
    AGE,
    SEX,
    Statement,
    alone,
    left_out,
    statements_of,
    statements_without,
)

if TYPE_CHECKING:
    from minsight.knowledge.vocabulary import Vocabulary
    from minsight.scales import Status

ChangeKind: TypeAlias = Literal[
    "add", "remove", "deny", "group", "age", "sex", "measure"
]
CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = get_args(ChangeKind)
_MOST_TOLD: Final = 6


class Change(msgspec.Struct, frozen=True):
    """One change, in the words it was given in.

    `add` and `group` say yes, `deny` says no, `remove` takes an answer, the age, the
    sex or a measurement back; `age`, `sex` and `measure` set one.
    """

    kind: ChangeKind
    text: str

    def __str__(self) -> str:
        return f"{self.kind} {quoted(self.text)}"


class Changed(msgspec.Struct, frozen=True):
    """The subject after the changes, each answer that was set, and what to know."""

    subject: Subject
    settings: tuple[Setting, ...]
    notes: tuple[str, ...] = ()


class ResolvedChange(NamedTuple):
    """What a change sets, by id; `meaning` is that of its text, if it says anything."""

    change: Change
    sets: Mapping[str, AnswerValue]
    meaning: Meaning = Meaning()


def change(
    subject: Subject, changes: Sequence[Change], vocabulary: Vocabulary
) -> Changed:
    """The subject with all changes made at once.

    Raises:
        SubjectError: when a change is not understood, takes back what was never said,
            sets what another one sets, or contradicts the rest.
    """
    effects = [resolve(one, vocabulary) for one in changes]
    _refuse_two_of_one(effects, vocabulary)
    start = enter(subject, vocabulary)
    statements = list(statements_of(subject, start.subject, vocabulary))
    said = _said(start, statements, vocabulary)
    for effect in effects:
        _refuse_unsaid(effect, said, vocabulary)
    wanted = {of: to for effect in effects for of, to in effect.sets.items()}
    new = {of: to for of, to in wanted.items() if not _is_already(of, to, said)}
    outgrown = _outgrown(new, start, statements, vocabulary)
    kept = list(statements_without(statements, {*new, *outgrown}, vocabulary))
    added = [one for effect in effects for one in _spoken(effect, new, vocabulary)]
    after = _written(subject, [*kept, *added], new, start, vocabulary)
    _refuse_contradictions(after, added, vocabulary)
    settings = [
        Setting(
            of,
            answer_label(of, vocabulary),
            answer_in_words(said.get(of)),
            answer_in_words(to),
        )
        for of, to in {**wanted, **dict.fromkeys(outgrown)}.items()
    ]
    return Changed(after, tuple(settings), tuple(left_out(statements, kept)))


# --- what a change means --------------------------------------------------------------


def resolve(one: Change, vocabulary: Vocabulary) -> ResolvedChange:
    """What a change sets, whoever it is made to.

    Raises:
        SubjectError: when its text is not understood.
    """
    match one.kind:
        case "add" | "group":
            return _answering(one, vocabulary, status="observed")
        case "deny":
            return _answering(one, vocabulary, status="excluded")
        case "remove":
            return ResolvedChange(one, dict.fromkeys(_targets(one, vocabulary)))
        case "age":
            return ResolvedChange(one, {AGE: _age(one.text)})
        case "sex":
            return ResolvedChange(one, {SEX: Subject(sex=one.text).sex})
        case "measure":
            given = measurement_from_text(one.text)
            return ResolvedChange(one, {_measurement_id(given, vocabulary): given})


def _age(text: str) -> float:
    try:
        return parse_age(text)
    except ValueError as error:
        raise SubjectError(str(error)) from None


def _answering(
    one: Change, vocabulary: Vocabulary, *, status: Status
) -> ResolvedChange:
    meaning = _understood(one, vocabulary, status=status)
    sets: dict[str, AnswerValue] = {
        m.id: m.status for m in meaning.recognised if m.kind != "person"
    }
    sets.update((v.value.measurement, v.given) for v in meaning.values)
    for mention in meaning.mentions:
        if mention.age_days is not None:
            sets[AGE] = mention.age_days
        if mention.sex is not None:
            sets[SEX] = mention.sex
    return ResolvedChange(one, sets, meaning)


def _targets(one: Change, vocabulary: Vocabulary) -> list[str]:
    """The ids of the answers that a text names, whatever it says of them."""
    words = normalise(one.text)
    if words in (AGE, SEX):
        return [words]
    measured = vocabulary.measured_as(words)
    if measured is not None:
        return [measured.id]
    return [m.id for m in _understood(one, vocabulary, status="observed").recognised]


def _understood(one: Change, vocabulary: Vocabulary, *, status: Status) -> Meaning:
    """The meaning of a text that must be understood whole: half a change misleads."""
    meaning = recognise(one.text, vocabulary, status=status)
    if meaning.unrecognised or not meaning.recognised:
        left = meaning.unrecognised[0] if meaning.unrecognised else None
        because = f" ({left.because})" if left and left.because else ""
        near = joined([f"`{s}`" for s in left.suggestions], "or") if left else ""
        fix = f"did you mean {near}?" if near else Remedy.KNOWN_WORDS
        text = left.text if left else one.text
        raise SubjectError(
            f"{one.kind}: {quoted(text)} was not understood{because}; {fix}"
        )
    return meaning


def _measurement_id(given: Measurement, vocabulary: Vocabulary) -> str:
    phrase = vocabulary.measured_as(given.name)
    if phrase is None:
        known = [m.label for m in vocabulary.measurements]
        fix = did_you_mean(given.name, known) or f"known are {', '.join(known)}"
        raise SubjectError(f"unknown measurement {quoted(given.name)}; {fix}")
    in_own_unit(given, vocabulary.measurement[phrase.id])
    return phrase.id


def _refuse_two_of_one(
    effects: Iterable[ResolvedChange], vocabulary: Vocabulary
) -> None:
    """Refuse two changes that set one answer in two ways.

    Raises:
        SubjectError: naming both changes.
    """
    first: dict[str, ResolvedChange] = {}
    for effect in effects:
        for of, to in effect.sets.items():
            other = first.setdefault(of, effect)
            if other.sets[of] != to:
                raise SubjectError(
                    f"{other.change} and {effect.change} set one answer in two ways:"
                    f" {answer_label(of, vocabulary)}; keep one of them"
                )


# --- what the subject says ------------------------------------------------------------


def _said(
    start: Answers, statements: Iterable[Statement], vocabulary: Vocabulary
) -> dict[str, AnswerValue]:
    """Every answer that was given, by id, in the order it was given in."""
    said: dict[str, AnswerValue] = {
        m.id: m.status for statement in statements for m in statement.answers
    }
    for statement in statements:
        said.update((v.value.measurement, v.given) for v in statement.meaning.values)
    for given in start.subject.measurements:
        phrase = vocabulary.measured_as(given.name)
        if phrase is not None:
            said[phrase.id] = given
    if start.subject.age_days is not None:
        said[AGE] = start.subject.age_days
    if start.subject.sex is not None:
        said[SEX] = start.subject.sex
    return said


def _is_already(of: str, to: AnswerValue, said: Mapping[str, AnswerValue]) -> bool:
    return of in said and to is not None and said[of] == to


def _refuse_unsaid(
    effect: ResolvedChange, said: Mapping[str, AnswerValue], vocabulary: Vocabulary
) -> None:
    """Refuse to take back what was never said.

    Raises:
        SubjectError: with what was said that comes near, or else all of it.
    """
    for of, to in effect.sets.items():
        if to is None and of not in said:
            raise SubjectError(
                f"{answer_label(of, vocabulary)} was not said before, so it cannot be"
                f" taken back; {_what_was_said(of, said, vocabulary)}"
            )


def _what_was_said(
    of: str, said: Mapping[str, AnswerValue], vocabulary: Vocabulary
) -> str:
    kin = [
        other
        for other in said
        if of in vocabulary.with_ancestors(other)
        or other in vocabulary.with_ancestors(of)
    ]
    labels = [f"`{answer_label(other, vocabulary)}`" for other in kin or said]
    if kin:
        return f"did you mean {joined(labels, 'or')}?"
    more = [f"{len(labels) - _MOST_TOLD} more"] if len(labels) > _MOST_TOLD else []
    return f"what was said is {joined([*labels[:_MOST_TOLD], *more]) or 'nothing'}"


def _outgrown(
    new: Mapping[str, AnswerValue],
    start: Answers,
    statements: Iterable[Statement],
    vocabulary: Vocabulary,
) -> list[str]:
    """Life stages that were said and that the new age or sex rules out.

    "Teenager" is a way to tell the age; whoever gives another age takes it back.
    """
    age, sex = new.get(AGE), new.get(SEX)
    groups = vocabulary.group
    return [
        m.id
        for statement in statements
        for m in statement.answers
        if m.status == "observed" and m.id in groups and groups[m.id].derived
        if m.id not in new and m.id in start.present
        if not widened(holds_for(vocabulary, m.id)).may_be(
            age if isinstance(age, float) else None,
            sex if isinstance(sex, str) else None,
        )
    ]


# --- the subject written anew ---------------------------------------------------------


def _spoken(
    effect: ResolvedChange, new: Mapping[str, AnswerValue], vocabulary: Vocabulary
) -> Iterator[Statement]:
    """What a change says, in its own words when all of it is new and no age is told.

    Values are no words: they become measurements.
    """
    field = {"deny": "absent", "group": "groups"}.get(effect.change.kind, "present")
    whole = Statement(field, effect.change.text, effect.meaning)
    matches = [m for m in whole.answers if m.kind != "measurement"]
    told_apart = effect.meaning.mentions or effect.meaning.values
    if all(m.id in new for m in matches) and not told_apart:
        yield from [whole] if matches else []
    else:
        yield from (alone(m, field, vocabulary) for m in matches if m.id in new)


def _written(
    subject: Subject,
    statements: Sequence[Statement],
    new: Mapping[str, AnswerValue],
    start: Answers,
    vocabulary: Vocabulary,
) -> Subject:
    mentions = [m for one in statements for m in one.meaning.mentions]
    age = next((m.age_days for m in mentions if m.age_days is not None), None)
    sex = next((m.sex for m in mentions if m.sex is not None), None)
    lists = {
        field: tuple(one.text for one in statements if one.field == field)
        for field in OF_LIST
    }
    # What only a text told, and no text tells any more, is said by the subject itself.
    if subject.age_days is None and age != start.subject.age_days:
        subject = replace(subject, age_days=start.subject.age_days)
    if subject.sex is None and sex != start.subject.sex:
        subject = replace(subject, sex=start.subject.sex)
    return replace(
        subject,
        **lists,  # type: ignore[arg-type]  # the lists of a subject, by name
        age_days=new.get(AGE, subject.age_days),  # type: ignore[arg-type]  # an age
        sex=new.get(SEX, subject.sex),  # type: ignore[arg-type]  # a sex
        measurements=tuple(_measured(subject, new, vocabulary)),
    )


def _measured(
    subject: Subject, new: Mapping[str, AnswerValue], vocabulary: Vocabulary
) -> Iterator[Measurement]:
    for given in subject.measurements:
        phrase = vocabulary.measured_as(given.name)
        if phrase is None or phrase.id not in new:
            yield given
    yield from (to for to in new.values() if isinstance(to, Measurement))


def _refuse_contradictions(
    after: Subject, added: Iterable[Statement], vocabulary: Vocabulary
) -> None:
    """Refuse what cannot be true together, and words that cannot be the subject's.

    Raises:
        SubjectError: naming the words.
    """
    try:
        person = enter(after, vocabulary).subject
    except SubjectError as error:
        raise SubjectError(
            f"after the changes, {error}, or take the other back with `remove`"
        ) from None
    for one in added:
        for left in without_others(one.meaning, person, vocabulary).unrecognised:
            raise SubjectError(
                f"{quoted(left.text)} was not understood ({left.because});"
                " change the age or sex as well"
            )

"""Questionnaires: the fewest questions that can change what the rules say of somebody.

Which ones those are is the matter of `relevance`; here they get their words, sections
and codes. Age and sex are always asked, and every form begins with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from minsight.assessment.engine import Engine
from minsight.errors import Remedy, SubjectError, did_you_mean, quoted
from minsight.intake.recognition import recognise
from minsight.intake.subject import Subject
from minsight.knowledge.catalogue import Catalogue, Rule
from minsight.knowledge.phrases import normalise
from minsight.knowledge.strengths import ASKED_LAST, STRENGTH_OF
from minsight.knowledge.vocabulary import (
    Demographic,
    Finding,
    Group,
    MeasurementKind,
    Vocabulary,
)
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.dependencies import Flow
from minsight.questions.relevance import (
    Asked,
    Entry,
    QuestionScope,
    answers_to,
    askable,
    asked_of,
    entry_of,
    flow_from,
    kind_of,
    section_of,
    worth_asking_of,
)
from minsight.scales import URGENCIES

_OTHER_WORDS: Final = 3


class Question(msgspec.Struct, frozen=True):
    """One question, and what an answer to it can do.

    `kind` is finding, group, measurement, list or family. `help` is the definition of a
    group and other words for the rest. `asked_of` says to whom it can be put. `rules`
    are the rules of the chosen minerals that an answer can help to match, `minerals`
    theirs; `flags` are red flags, and `urgency` the level of those that a yes alone
    raises. A measurement has a `unit`; `hpo` and `loinc` are codes, where there is one.
    A list has a question in each of its `lines`. A family is answered in free words on
    the entries that it `covers`, and `no_means` says what a no denies.
    """

    id: str
    kind: str
    text: str
    help: str
    section: str
    asked_of: Demographic
    minerals: tuple[str, ...]
    rules: tuple[str, ...]
    flags: tuple[str, ...]
    urgency: str
    unit: str | None = None
    hpo: str | None = None
    loinc: str | None = None
    covers: tuple[str, ...] = ()
    no_means: str = ""
    lines: tuple[Question, ...] = ()


class NotFed(msgspec.Struct, frozen=True):
    """A rule that no answers to the form can match, and what it reads in vain."""

    rule: str
    lacks: tuple[str, ...]


class OutOfReach(msgspec.Struct, frozen=True):
    """Levels of a mineral that no answers to a short form reach, weakest first."""

    mineral: str
    levels: tuple[str, ...]


class FoundShare(msgspec.Struct, frozen=True):
    """Of how many simulated people with the pattern a form shows it.

    `share` is that of those who name all that is so, `forgetful` that of those who name
    four things in five where they are asked in free words.
    """

    people: int
    share: float
    forgetful: float


class LeftOut(msgspec.Struct, frozen=True):
    """What a short form leaves out of the complete one, and what that costs.

    `questions` are those not asked in any way. Of the `warnings` that answers to the
    complete form can raise, `warnings_asked` can be raised by the short one.
    """

    questions: int
    warnings: int
    warnings_asked: int
    out_of_reach: tuple[OutOfReach, ...]
    found: FoundShare


class Questionnaire(msgspec.Struct, frozen=True):
    """The questions in their order, section by section, and what they leave out.

    `people` says in words whom it is for, if not for everybody. `unread` are the ids of
    the vocabulary that no rule of any mineral and no red flag reads; `not_fed` are
    rules of the chosen minerals. Both are in file order. A short form says what is
    `left_out` of the complete one.
    """

    minerals: tuple[str, ...]
    people: tuple[str, ...]
    clinician: bool
    questions: tuple[Question, ...]
    unread: tuple[str, ...]
    not_fed: tuple[NotFed, ...]
    version: str
    fingerprint: str
    left_out: LeftOut | None = None

    @property
    def fields(self) -> tuple[Question, ...]:
        """Every question that has an answer of its own, once: those of lists singly."""
        found: dict[str, Question] = {}
        for question in self.questions:
            for one in question.lines or (question,):
                found.setdefault(one.id, one)
        return tuple(found.values())

    @property
    def sections(self) -> dict[str, tuple[Question, ...]]:
        """The questions under the heading of each section, in order."""
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            found.setdefault(question.section, []).append(question)
        return {heading: tuple(questions) for heading, questions in found.items()}


def questionnaire(
    rules: Engine,
    *,
    minerals: Sequence[str] = (),
    people: Sequence[str] = (),
    age: str | float | None = None,
    sex: str | None = None,
    clinician: bool = False,
) -> Questionnaire:
    """The questions worth asking about some minerals of some people.

    Without `minerals`, all that are scored. `people` are groups or life stages, by id
    or in words; the form is for all who can belong to one of them, so it asks what the
    age and sex of any of them allow. The question whether somebody belongs to a group
    stays, since the record of the person needs the answer. A lay person can answer
    the questions; `clinician` adds signs and tests that need one, and measurements.

    >>> import minsight
    >>> form = questionnaire(minsight.load(), minerals=["iodine"], people=["infants"])
    >>> {question.id for question in form.questions} >= {"hoarse_cry", "macroglossia"}
    True

    Raises:
        SubjectError: when a mineral is not scored, a group is unknown, or nobody is of
            this age and sex and in one of the groups.
    """
    draft = draft_of(
        rules,
        minerals=minerals,
        people=people,
        age=age,
        sex=sex,
        clinician=clinician,
    )
    return complete_form(rules, draft)


class FormDraft(msgspec.Struct, frozen=True):
    """What a form is about, for whom, and what is worth asking each of them."""

    scope: QuestionScope
    groups: tuple[Group, ...]
    people: tuple[str, ...]
    asked: tuple[Asked, ...]


def draft_of(
    rules: Engine,
    *,
    minerals: Sequence[str],
    people: Sequence[str],
    age: str | float | None,
    sex: str | None,
    clinician: bool,
) -> FormDraft:
    """What can be asked of these people about these minerals.

    Raises:
        SubjectError: as `questionnaire` does.
    """
    program, vocabulary = rules.program, rules.vocabulary
    chosen = _scored(minerals, program.minerals)
    groups = tuple(group_named(text, vocabulary) for text in people)
    scope = QuestionScope(program, vocabulary, rules.catalogue, chosen, clinician)
    asked = tuple(
        worth_asking_of(whom, scope)
        for whom in _audiences(groups, Subject(age=age, sex=sex))
    )
    return FormDraft(scope, groups, tuple(_in_words(groups, age, sex)), asked)


def complete_form(rules: Engine, draft: FormDraft) -> Questionnaire:
    """The form that asks all that is worth asking."""
    scope = draft.scope
    return Questionnaire(
        minerals=scope.minerals,
        people=draft.people,
        clinician=scope.clinician,
        questions=tuple(_questions(draft.asked, scope)),
        unread=tuple(_unread(scope)),
        not_fed=tuple(rules_not_fed(draft.asked, scope)),
        version=rules.version,
        fingerprint=rules.fingerprint,
    )


def group_named(text: str, vocabulary: Vocabulary) -> Group:
    """The one group or life stage that the text means.

    Raises:
        SubjectError: when it means none, or something else.
    """
    words = normalise(text)
    for group in vocabulary.groups:
        if text == group.id or words == normalise(group.label):
            return group
    meant = recognise(text, vocabulary).recognised
    if len(meant) == 1 and meant[0].id in vocabulary.group:
        return vocabulary.group[meant[0].id]
    hint = did_you_mean(text, vocabulary.group) or (
        f"{Remedy.KNOWN_GROUPS}; life stages are written like `6-11mo` or `65y+`"
    )
    raise SubjectError(f"{quoted(text)} is not one group of people; {hint}")


def _scored(asked: Sequence[str], scored: tuple[str, ...]) -> tuple[str, ...]:
    for mineral in asked:
        if mineral not in scored:
            raise SubjectError(
                f"{quoted(mineral)} is not scored, so no rule asks about it;"
                f" choose among {', '.join(scored)}"
            )
    return tuple(m for m in scored if m in asked) if asked else scored


def _audiences(groups: Sequence[Group], person: Subject) -> Iterator[Demographic]:
    """The ages and sexes the form is for, one for each group."""
    days = person.age_days
    # INVARIANT: the upper bound is not included, and ages are whole enough for this.
    below = None if days is None else days + 1e-6
    everybody = Demographic(days, below, person.sex)
    if not groups:
        yield everybody
    for group in groups:
        both = everybody.shared_with(group.asked_of)
        if both is None:
            raise SubjectError(
                f"nobody of the given age and sex is in the group `{group.id}`;"
                " leave out the age or the sex, or choose another group"
            )
        yield both


def _in_words(
    groups: Iterable[Group], age: str | float | None, sex: str | None
) -> Iterator[str]:
    yield from (group.label for group in groups)
    if age is not None:
        yield f"age {age}"
    if sex is not None:
        yield str(Subject(sex=sex).sex)


def _questions(asked: Sequence[Asked], search: QuestionScope) -> Iterator[Question]:
    """The questions by section, the sections in the order of the vocabulary."""
    wanted = frozenset(id_ for part in asked for id_ in part.ids)
    order = [id_ for id_ in askable(search) if id_ in wanted]
    made = [_question(id_, asked, search) for id_ in order]
    sections = list(dict.fromkeys(question.section for question in made))
    rank = {r.id: STRENGTH_OF[r.kind, r.strength].asked for r in search.rules}
    yield from sorted(
        made,
        key=lambda question: (
            sections.index(question.section),
            -URGENCIES.index(question.urgency),
            min((rank[rule] for rule in question.rules), default=ASKED_LAST),
        ),
    )


def _question(id_: str, asked: Sequence[Asked], search: QuestionScope) -> Question:
    entry = entry_of(id_, search.vocabulary)
    flows = [part.flow for part in asked if id_ in part.ids]
    answers = answers_to(id_, search)
    reached = frozenset[Atom]().union(*(flow.reached_from(answers) for flow in flows))
    rules = [rule for rule in search.rules if atoms.evidence(rule.id) in reached]
    return Question(
        id=id_,
        kind=kind_of(entry),
        text=entry.label,
        help=_help(entry),
        section=section_of(entry),
        asked_of=asked_of(id_, search.vocabulary),
        minerals=tuple(dict.fromkeys(rule.mineral for rule in rules)),
        rules=tuple(rule.id for rule in rules),
        flags=tuple(
            f.id for f in search.catalogue.flags if atoms.flag(f.id) in reached
        ),
        urgency=_urgency_alone(entry, flows, search.catalogue),
        unit=entry.unit if isinstance(entry, MeasurementKind) else None,
        hpo=entry.hpo if isinstance(entry, Finding) else None,
        loinc=entry.loinc if isinstance(entry, MeasurementKind) else None,
    )


def _help(entry: Entry) -> str:
    if isinstance(entry, Group):
        return "" if entry.definition == entry.label else entry.definition
    label = normalise(entry.label)
    others = [word for word in entry.synonyms if normalise(word) != label]
    return f"Also: {', '.join(others[:_OTHER_WORDS])}" if others else ""


def _urgency_alone(entry: Entry, flows: Iterable[Flow], catalogue: Catalogue) -> str:
    """The highest urgency of the red flags that a yes raises by itself."""
    if isinstance(entry, MeasurementKind):
        return URGENCIES[0]
    say = atoms.observed if isinstance(entry, Finding) else atoms.in_group
    implied = {atom for flow in flows for atom in flow.implied_by(say(entry.id))}
    raised = [f.level for f in catalogue.flags if atoms.flag(f.id) in implied]
    return max(raised, key=URGENCIES.index, default=URGENCIES[0])


def _unread(search: QuestionScope) -> Iterator[str]:
    """The ids that no rule of any mineral and no red flag reads, in any way."""
    wanted = {atoms.evidence(rule.id) for rule in search.catalogue.rules}
    wanted |= {atoms.flag(flag.id) for flag in search.catalogue.flags}
    everything = msgspec.structs.replace(search, clinician=True)
    ids = list(askable(everything, or_told=True))
    read = flow_from(ids, Demographic(), everything).leading_to(wanted)
    for id_ in ids:
        if read.isdisjoint(answers_to(id_, everything)):
            yield id_


def rules_not_fed(asked: Sequence[Asked], search: QuestionScope) -> Iterator[NotFed]:
    """The rules that cannot match whatever any of the people answer."""
    possible = frozenset[Atom]().union(*(part.flow.possible for part in asked))
    for rule in search.rules:
        if atoms.evidence(rule.id) not in possible:
            yield NotFed(rule.id, tuple(_lacking(rule, possible, search.vocabulary)))


def _lacking(
    rule: Rule, possible: frozenset[Atom], vocabulary: Vocabulary
) -> Iterator[str]:
    for id_ in rule.reads:
        if id_ in vocabulary.finding:
            present = atoms.observed(id_)
        elif id_ in vocabulary.group:
            present = atoms.in_group(id_)
        else:
            present = atoms.band(id_)
        if present not in possible:
            yield id_
    for id_ in rule.reads_absent:
        is_finding = id_ in vocabulary.finding
        absent = atoms.excluded(id_) if is_finding else atoms.outside_group(id_)
        if absent not in possible:
            yield id_

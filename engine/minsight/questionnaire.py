"""Questionnaires: the fewest questions that can change what the rules say of somebody.

What a question can do is read off the program. It is asked when an answer to it can
change the level of a chosen mineral, make an urgent rule of it match, or raise a red
flag, given the people the form is for and what else can be asked of them; so what only
a context, a note or a weak risk factor reads is not asked. Red flags are asked about
whatever the minerals; urgent rules of other minerals are not fed.

A question is left out when all it could say is said by another: a specific finding that
only its parent carries, a general one whose own answer nothing reads, a test result in
words where its number is asked. Groups that follow from age and sex are not asked; age
and sex always are, and every form begins with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, TypeAlias

import msgspec

from minsight import atoms
from minsight.ages import parse_age
from minsight.atoms import Atom
from minsight.catalogue import Catalogue, Rule
from minsight.entry import Unrecognised, recognise
from minsight.errors import SubjectError, did_you_mean, quoted
from minsight.flow import Flow
from minsight.phrases import normalise
from minsight.program import Program
from minsight.rules import Rules
from minsight.scales import URGENCIES
from minsight.subject import Subject
from minsight.vocabulary import Finding, Group, MeasurementKind, Vocabulary, Whom

Entry: TypeAlias = Finding | Group | MeasurementKind

MEASURED: Final = "measured"
"""The category of measurements, which have none in the vocabulary."""
TOLD: Final = "laboratory"
"""The category of test results in words."""
OTHER_WORDS: Final = 3
HEADINGS: Final = {
    "general": "General",
    "skin_hair_nails": "Skin, hair and nails",
    "mouth": "Mouth",
    "eye": "Eyes",
    "ear": "Ears",
    "neuro": "Nerves and movement",
    "mental": "Mood and thinking",
    "muscle": "Muscles",
    "bone_teeth": "Bones and teeth",
    "gi": "Stomach and bowels",
    "cardio": "Heart and breathing",
    "endocrine": "Thyroid and hormones",
    "blood": "Blood",
    "growth_development": "Growth and development",
    "immune": "Infections",
    "reproductive": "Periods, fertility and birth",
    TOLD: "Test results that were told",
    "age_sex": "Stage of life",
    "pregnancy_lactation": "Pregnancy and breastfeeding",
    "physiology": "Periods, birth, sport and recovery",
    "birth": "The person's own birth",
    "infant_feeding": "Feeding of infants and toddlers",
    "diet": "Food and drink",
    "disease": "Illnesses",
    "surgery": "Operations",
    "drug": "Medicines and supplements",
    "substance": "Alcohol and other substances",
    "exposure": "Work, sport and surroundings",
    "geography": "Where the person lives",
    MEASURED: "Measured values",
}
"""The heading of each category; another one is headed by its own name."""
_STRONGEST_FIRST: Final = (
    ("measured", "low"),
    ("supports", "pathognomonic_like"),
    ("combination", "very_strong"),
    ("supports", "characteristic"),
    ("combination", "strong"),
    ("risk", "strong"),
    ("against", "cap"),
    ("against", "brake"),
    ("supports", "supportive"),
    ("combination", "moderate"),
    ("risk", "moderate"),
    ("combination", "weak"),
    ("supports", "nonspecific"),
)


class Question(msgspec.Struct, frozen=True):
    """One question, and what an answer to it can do.

    `kind` is finding, group or measurement. `help` is the definition of a group and
    other words for the rest. `asked_of` says to whom it can be put. `rules` are the
    rules of the chosen minerals that an answer can help to match, `minerals` theirs;
    `flags` are red flags, and `urgency` the level of those that a yes alone raises.
    A measurement has a `unit`; `hpo` and `loinc` are codes, where there is one.
    """

    id: str
    kind: str
    text: str
    help: str
    section: str
    asked_of: Whom
    minerals: tuple[str, ...]
    rules: tuple[str, ...]
    flags: tuple[str, ...]
    urgency: str
    unit: str | None = None
    hpo: str | None = None
    loinc: str | None = None


class NotFed(msgspec.Struct, frozen=True):
    """A rule that no answers to the form can match, and what it reads in vain."""

    rule: str
    lacks: tuple[str, ...]


class Questionnaire(msgspec.Struct, frozen=True):
    """The questions in their order, section by section, and what they leave out.

    `people` says in words whom it is for, if not for everybody. `unread` are the ids of
    the vocabulary that no rule of any mineral and no red flag reads; `not_fed` are
    rules of the chosen minerals. Both are in file order.
    """

    minerals: tuple[str, ...]
    people: tuple[str, ...]
    clinician: bool
    questions: tuple[Question, ...]
    unread: tuple[str, ...]
    not_fed: tuple[NotFed, ...]
    version: str
    fingerprint: str

    @property
    def sections(self) -> dict[str, tuple[Question, ...]]:
        """The questions under the heading of each section, in order."""
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            found.setdefault(question.section, []).append(question)
        return {heading: tuple(questions) for heading, questions in found.items()}


class _Search(msgspec.Struct, frozen=True):
    """What is looked for: which minerals, and whether a clinician answers."""

    program: Program
    vocabulary: Vocabulary
    catalogue: Catalogue
    minerals: tuple[str, ...]
    clinician: bool

    @property
    def rules(self) -> tuple[Rule, ...]:
        chosen = frozenset(self.minerals)
        return tuple(r for r in self.catalogue.rules if r.mineral in chosen)


class _Asked(msgspec.Struct, frozen=True):
    """What is asked of people of some ages and sex, and what can follow from it."""

    whom: Whom
    ids: tuple[str, ...]
    flow: Flow


def questionnaire(
    rules: Rules,
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
    program, vocabulary = rules.program, rules.vocabulary
    chosen = _scored(minerals, program.minerals)
    groups = [group_named(text, vocabulary) for text in people]
    search = _Search(program, vocabulary, rules.catalogue, chosen, clinician)
    asked = [
        _asked(whom, search) for whom in _audiences(groups, Subject(age=age, sex=sex))
    ]
    return Questionnaire(
        minerals=chosen,
        people=tuple(_in_words(groups, age, sex)),
        clinician=clinician,
        questions=tuple(_questions(asked, search)),
        unread=tuple(_unread(search)),
        not_fed=tuple(_not_fed(asked, search)),
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
    meant = recognise(text, vocabulary)
    if not isinstance(meant, Unrecognised) and len(meant) == 1:
        group_meant = vocabulary.group.get(meant[0].id)
        if group_meant is not None:
            return group_meant
    hint = did_you_mean(text, vocabulary.group) or (
        "`minsight groups` lists them; life stages are written like `6-11mo` or `65y+`"
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


def _audiences(groups: Sequence[Group], person: Subject) -> Iterator[Whom]:
    """The ages and sexes the form is for, one for each group."""
    days = person.age_days
    # INVARIANT: the upper bound is not included, and ages are whole enough for this.
    below = None if days is None else days + 1e-6
    everybody = Whom(days, below, person.sex)
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


def _asked(whom: Whom, search: _Search) -> _Asked:
    """What is worth asking of these people, and what can follow from their answers."""
    open_ = [id_ for id_ in _askable(search) if _can_be_put(id_, whom, search)]
    flow = _flow(open_, whom, search)
    bearing = flow.leading_to(_targets(search))
    worth = [id_ for id_ in open_ if not bearing.isdisjoint(_answers(id_, search))]
    kept = tuple(_without_repeats(worth, flow, bearing, whom, search))
    return _Asked(whom, kept, _flow(kept, whom, search))


def _askable(search: _Search) -> Iterator[str]:
    """The ids that the person who answers can be asked about, in file order."""
    for finding in search.vocabulary.findings:
        if finding.lay or search.clinician:
            yield finding.id
    follow = _following(search.program)
    for group in search.vocabulary.groups:
        if not group.derived and not (
            group.category == "age_sex" and group.id in follow
        ):
            yield group.id
    if search.clinician:
        yield from (measured.id for measured in search.vocabulary.measurements)


def _following(program: Program) -> frozenset[str]:
    """The groups into which a clause can put somebody."""
    prefix = atoms.in_group("")
    return frozenset(
        clause.head.removeprefix(prefix)
        for clause in program.clauses
        if clause.head.startswith(prefix)
    )


def _can_be_put(id_: str, whom: Whom, search: _Search) -> bool:
    return _whom(id_, search.vocabulary).shared_with(whom) is not None


def _whom(id_: str, vocabulary: Vocabulary) -> Whom:
    entry = _entry(id_, vocabulary)
    return Whom() if isinstance(entry, MeasurementKind) else entry.asked_of


def _entry(id_: str, vocabulary: Vocabulary) -> Entry:
    for entries in (vocabulary.finding, vocabulary.group):
        if id_ in entries:
            return entries[id_]
    return vocabulary.measurement[id_]


def _flow(ids: Iterable[str], whom: Whom, search: _Search) -> Flow:
    said = chain.from_iterable(_answers(id_, search) for id_ in ids)
    return Flow(search.program.clauses, [*_age_and_sex(whom, search.program), *said])


def _age_and_sex(whom: Whom, program: Program) -> Iterator[Atom]:
    """What can be true of the ages and sexes of these people."""
    for age in program.ages:
        days = parse_age(age)
        if whom.below_days is None or days < whom.below_days:
            yield atoms.age_from(age)
        if (whom.from_days or 0.0) < days:
            yield atoms.age_below(age)
    for sex in ("female", "male"):
        if whom.sex in (None, sex):
            yield atoms.of_sex(sex)


def _answers(id_: str, search: _Search) -> tuple[Atom, ...]:
    """What answers to the question can say.

    A value beside which another is read says what that one says.
    """
    if id_ in search.vocabulary.finding:
        return atoms.observed(id_), atoms.excluded(id_)
    if id_ in search.vocabulary.group:
        return atoms.in_group(id_), atoms.outside_group(id_)
    moved = {
        m.id
        for m in search.vocabulary.measurements
        if m.id == id_ or (m.adjusted is not None and m.adjusted.by == id_)
    }
    return tuple(
        say(cutoff.measurement, cutoff.value)
        for cutoff in search.program.cutoffs
        if cutoff.measurement in moved
        for say in (atoms.value_below, atoms.value_from)
    )


def _targets(search: _Search) -> Iterator[Atom]:
    """What a question must be able to change to be worth asking."""
    for mineral in search.minerals:
        for level in search.catalogue.levels:
            yield atoms.level(mineral, level.id)
            yield atoms.at_level(mineral, level.id)
    for flag in search.catalogue.flags:
        yield atoms.flag(flag.id)
    for rule in search.rules:
        if rule.urgency != URGENCIES[0]:
            yield atoms.evidence(rule.id)


def _without_repeats(
    ids: Sequence[str],
    flow: Flow,
    bearing: frozenset[Atom],
    whom: Whom,
    search: _Search,
) -> list[str]:
    """The questions without those that only repeat the answer to another."""
    targets = frozenset(_targets(search))
    kept = dict.fromkeys(ids)
    for id_ in ids:
        if id_ in search.vocabulary.measurement:
            continue
        if _is_told_by_number(id_, kept, bearing, search.vocabulary):
            del kept[id_]
            continue
        mine = _whom(id_, search.vocabulary).shared_with(whom)
        others = [other for other in kept if other != id_]
        told = {
            atom
            for other in others
            if mine is not None
            and _whom(other, search.vocabulary).shared_with(mine) == mine
            for atom in _answers(other, search)
        }
        start = [atom for atom in _answers(id_, search) if atom in bearing]
        if _only_repeats(start, flow, bearing, told=told, targets=targets):
            del kept[id_]
    return list(kept)


def _is_told_by_number(
    id_: str, kept: Iterable[str], bearing: frozenset[Atom], vocabulary: Vocabulary
) -> bool:
    """Whether it is a result in words for which a number is asked."""
    finding = vocabulary.finding.get(id_)
    if finding is None or finding.category != TOLD or atoms.excluded(id_) in bearing:
        return False
    numbers = (vocabulary.measurement.get(other) for other in kept)
    return any(number is not None and id_ in number.implies for number in numbers)


def _only_repeats(
    start: Iterable[Atom],
    flow: Flow,
    bearing: frozenset[Atom],
    *,
    told: set[Atom],
    targets: frozenset[Atom],
) -> bool:
    """Whether all that follows from the atoms follows from what is told elsewhere."""
    waiting, seen = list(start), told.union(start)
    while waiting:
        atom = waiting.pop()
        if atom in targets:
            return False
        for clause in flow.readers(atom):
            if clause.head not in bearing:
                continue
            if clause.body != (atom,):
                return False
            if clause.head not in seen:
                seen.add(clause.head)
                waiting.append(clause.head)
    return True


def _questions(asked: Sequence[_Asked], search: _Search) -> Iterator[Question]:
    """The questions by section, the sections in the order of the vocabulary."""
    wanted = frozenset(id_ for part in asked for id_ in part.ids)
    order = [id_ for id_ in _askable(search) if id_ in wanted]
    made = [_question(id_, asked, search) for id_ in order]
    sections = list(dict.fromkeys(question.section for question in made))
    rank = {rule.id: _rank(rule) for rule in search.rules}
    yield from sorted(
        made,
        key=lambda question: (
            sections.index(question.section),
            -URGENCIES.index(question.urgency),
            min((rank[rule] for rule in question.rules), default=len(_STRONGEST_FIRST)),
        ),
    )


def _rank(rule: Rule) -> int:
    said = (rule.kind, rule.strength)
    if said in _STRONGEST_FIRST:
        return _STRONGEST_FIRST.index(said)
    return len(_STRONGEST_FIRST)


def _question(id_: str, asked: Sequence[_Asked], search: _Search) -> Question:
    entry = _entry(id_, search.vocabulary)
    flows = [part.flow for part in asked if id_ in part.ids]
    answers = _answers(id_, search)
    reached = frozenset[Atom]().union(*(flow.reached_from(answers) for flow in flows))
    rules = [rule for rule in search.rules if atoms.evidence(rule.id) in reached]
    kind, category = _kind(entry)
    return Question(
        id=id_,
        kind=kind,
        text=entry.label,
        help=_help(entry),
        section=HEADINGS.get(category, category.replace("_", " ").capitalize()),
        asked_of=_whom(id_, search.vocabulary),
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


def _kind(entry: Entry) -> tuple[str, str]:
    """The kind of a question about the entry, and its category."""
    match entry:
        case Finding():
            return "finding", entry.category
        case Group():
            return "group", entry.category
        case MeasurementKind():
            return "measurement", MEASURED


def _help(entry: Entry) -> str:
    if isinstance(entry, Group):
        return "" if entry.definition == entry.label else entry.definition
    label = normalise(entry.label)
    others = [word for word in entry.synonyms if normalise(word) != label]
    return f"Also: {', '.join(others[:OTHER_WORDS])}" if others else ""


def _urgency_alone(entry: Entry, flows: Iterable[Flow], catalogue: Catalogue) -> str:
    """The highest urgency of the red flags that a yes raises by itself."""
    if isinstance(entry, MeasurementKind):
        return URGENCIES[0]
    say = atoms.observed if isinstance(entry, Finding) else atoms.in_group
    implied = {atom for flow in flows for atom in flow.implied_by(say(entry.id))}
    raised = [f.level for f in catalogue.flags if atoms.flag(f.id) in implied]
    return max(raised, key=URGENCIES.index, default=URGENCIES[0])


def _unread(search: _Search) -> Iterator[str]:
    """The ids that no rule of any mineral and no red flag reads, in any way."""
    wanted = {atoms.evidence(rule.id) for rule in search.catalogue.rules}
    wanted |= {atoms.flag(flag.id) for flag in search.catalogue.flags}
    everything = msgspec.structs.replace(search, clinician=True)
    ids = list(_askable(everything))
    read = _flow(ids, Whom(), everything).leading_to(wanted)
    for id_ in ids:
        if read.isdisjoint(_answers(id_, everything)):
            yield id_


def _not_fed(asked: Sequence[_Asked], search: _Search) -> Iterator[NotFed]:
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

"""Lessons: a case without its answer, what can be asked of it, and what was missed.

A question is worth asking when its answer changes what the rules say of the minerals
that fit, or of urgency. Nothing that is shown before the naming names a mineral.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from math import ceil
from typing import Final

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment
from minsight.cases.lesson_case import LessonCase
from minsight.errors import SubjectError
from minsight.intake.subject import Subject
from minsight.knowledge.catalogue import Profile
from minsight.knowledge.vocabulary import Finding, Group, Vocabulary
from minsight.scales import LEVELS
from minsight.whatif.comparison import compare

_MOST_QUESTIONS: Final = 14
FEWEST_DISTRACTORS: Final = 4
MOST_FITTING: Final = 2
"""A made-up case whose answer is more minerals than these teaches none of them."""
SHARE_OF_OWN: Final = 2 / 3
"""In lessons on one mineral, the share of cases that it fits."""
FITS_FROM: Final = "partial_pattern"
NOT_KNOWN: Final = "not known"
_UNASKED: Final = frozenset({"age_sex", "life_stage"})
"""Categories that the age tells, which is given."""
_TELLING_KINDS: Final = ("supports", "risk", "combination")


class LessonQuestion(msgspec.Struct, frozen=True):
    """What can be asked, and the answer: yes, no, a value, or not known.

    `worth` says whether the answer changes what the rules say.
    """

    id: str
    text: str
    answer: str
    worth: bool = False


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A case as a learner meets it, with its answer.

    `complaint` is the one fact told at the start, beside age and sex; `fits` are the
    minerals to name, none when the picture has another explanation.
    """

    case: LessonCase
    complaint: str
    questions: tuple[LessonQuestion, ...]
    fits: frozenset[str]
    assessment: Assessment


class Verdict(msgspec.Struct, frozen=True):
    """What a learner named, against what fits, and the questions left out.

    A learner who gave up named nothing and is not right, even where nothing fits.
    """

    right: frozenset[str]
    missed: frozenset[str]
    wrong: frozenset[str]
    unasked: tuple[LessonQuestion, ...]
    gave_up: bool = False

    @property
    def is_right(self) -> bool:
        """Whether just what fits was named."""
        return not (self.missed or self.wrong or self.gave_up)


class Summary(msgspec.Struct, frozen=True):
    """A session: how many cases were right, and what was missed, most often first."""

    cases: int
    right: int
    missed: tuple[tuple[str, int], ...]
    wrong: tuple[tuple[str, int], ...]
    unasked: tuple[tuple[str, int], ...]


def verdict(
    lesson: Lesson, *, asked: Iterable[str], named: Iterable[str] | None
) -> Verdict:
    """How what was asked and named compares; without names, the learner gave up."""
    given, said = frozenset(asked), frozenset(named or ())
    return Verdict(
        right=said & lesson.fits,
        missed=lesson.fits - said,
        wrong=said - lesson.fits,
        unasked=tuple(q for q in lesson.questions if q.worth and q.id not in given),
        gave_up=named is None,
    )


def summary(verdicts: Sequence[Verdict]) -> Summary:
    """What was missed over all cases."""
    return Summary(
        cases=len(verdicts),
        right=sum(one.is_right for one in verdicts),
        missed=_counted(chain.from_iterable(one.missed for one in verdicts)),
        wrong=_counted(chain.from_iterable(one.wrong for one in verdicts)),
        unasked=_counted(q.id for one in verdicts for q in one.unasked),
    )


def _counted(ids: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each is met, most often first, then by name."""
    return tuple(sorted(Counter(ids).items(), key=lambda pair: (-pair[1], pair[0])))


# --- choosing -------------------------------------------------------------------------


def chosen_lessons(
    rules: Engine,
    cases: Iterable[LessonCase],
    *,
    count: int,
    seed: int,
    mineral: str | None = None,
) -> tuple[Lesson, ...]:
    """So many lessons, fewer when there are no more; the same for the same seed.

    With a mineral, most are cases that it fits; in the others it is a candidate that
    does not.
    """
    dice = random.Random(seed)  # noqa: S311 - cases are shuffled, nothing is kept secret
    shuffled = list(cases)
    dice.shuffle(shuffled)
    made = (
        made for case in shuffled if (made := lesson(rules, case, seed, about=mineral))
    )
    if mineral is None:
        return tuple(islice(made, count))
    own: list[Lesson] = []
    others: list[Lesson] = []
    wanted = ceil(count * SHARE_OF_OWN)
    for one in made:
        (own if mineral in one.fits else others).append(one)
        if len(own) >= wanted and len(own) + len(others) >= count:
            break
    mixed = [*own[:wanted], *others, *own[wanted:]][:count]
    dice.shuffle(mixed)
    return tuple(mixed)


# --- making one -----------------------------------------------------------------------


def lesson(
    rules: Engine, case: LessonCase, seed: int, *, about: str | None = None
) -> Lesson | None:
    """The lesson of a case; None when the case does not make a fair one.

    A fair one has a complaint that names no mineral, something worth asking beside it,
    an answer that the rules can reach, and `about` among its candidates.
    """
    try:
        assessment = rules.assess(case.subject)
    except SubjectError:
        return None
    if about is not None and about not in {c.mineral for c in assessment.candidates}:
        return None
    fits = _fitting(case, assessment)
    names = _Names(rules.profiles.values())
    told = [
        id_ for id_ in case.subject.present if not names.in_(_words(case, id_, rules))
    ]
    if fits is None or not told:
        return None
    worth = _worth(rules, case.subject, assessment, fits)
    known = [
        LessonQuestion(id_, text, answer, worth=id_ in worth)
        for id_, text, answer in _facts(rules, case, told[0], names=names)
    ]
    if not any(question.worth for question in known):
        return None
    return Lesson(
        case=case,
        complaint=_words(case, told[0], rules),
        questions=_mixed(rules, case, assessment, known, names=names, seed=seed),
        fits=fits,
        assessment=assessment,
    )


def _mixed(
    rules: Engine,
    case: LessonCase,
    assessment: Assessment,
    known: Sequence[LessonQuestion],
    *,
    names: _Names,
    seed: int,
) -> tuple[LessonQuestion, ...]:
    """What is known among what is not, in no order that tells which is which."""
    dice = random.Random(f"{seed} {case.id}")  # noqa: S311 - as above
    other = _distractors(rules, case, assessment, names=names)
    wanted = max(FEWEST_DISTRACTORS, _MOST_QUESTIONS - len(known))
    unknown = (
        LessonQuestion(id_, rules.vocabulary.label(id_), NOT_KNOWN)
        for id_ in dice.sample(other, min(wanted, len(other)))
    )
    questions = [*known, *unknown]
    dice.shuffle(questions)
    return tuple(questions)


def _fitting(case: LessonCase, assessment: Assessment) -> frozenset[str] | None:
    """The minerals to name; None when there is no clear answer."""
    level = {c.mineral: LEVELS.index(c.level) for c in assessment.candidates}
    if case.expected is not None:
        return case.expected if case.expected <= level.keys() else None
    highest = max(level.values(), default=0)
    if highest < LEVELS.index(FITS_FROM):
        return frozenset()
    fits = frozenset(mineral for mineral, found in level.items() if found == highest)
    return fits if len(fits) <= MOST_FITTING else None


def _words(case: LessonCase, id_: str, rules: Engine) -> str:
    return case.words.get(id_) or rules.vocabulary.label(id_)


def _facts(
    rules: Engine, case: LessonCase, complaint: str, *, names: _Names
) -> Iterator[tuple[str, str, str]]:
    """What is known of the person beside the complaint: id, question, answer."""
    vocabulary, subject = rules.vocabulary, case.subject
    for ids, answer in (
        ((*subject.present, *subject.groups), "yes"),
        ((*subject.absent, *subject.not_groups), "no"),
    ):
        for id_ in dict.fromkeys(ids):
            words = case.words.get(id_, "")
            if id_ != complaint and _may_ask(id_, words, vocabulary, names):
                said = f"{answer} ({words})" if words else answer
                yield id_, vocabulary.label(id_), said
    for given in subject.measurements:
        label = vocabulary.label(given.name)
        if not names.in_(label):
            yield given.name, label, f"{given.value:g} {given.unit}"


def _may_ask(id_: str, words: str, vocabulary: Vocabulary, names: _Names) -> bool:
    entry = vocabulary.entry(id_)
    if not isinstance(entry, (Finding, Group)) or entry.category in _UNASKED:
        return False
    return not names.in_(entry.label) and not names.in_(words)


def _worth(
    rules: Engine, subject: Subject, whole: Assessment, fits: frozenset[str]
) -> frozenset[str]:
    """The facts without which the rules would say something else of what fits.

    Where nothing fits, of any candidate; and always of urgency.
    """
    worth = set()
    for id_, less in _each_fact_less(subject):
        moves = compare(rules.assess(less, keep_going=True), whole)
        of_interest = (one for one in moves.minerals if one.mineral in fits or not fits)
        if moves.urgency.has_moved or any(o.has_moved_by_itself for o in of_interest):
            worth.add(id_)
    return frozenset(worth)


def _each_fact_less(subject: Subject) -> Iterator[tuple[str, Subject]]:
    """Each fact, and the person of whom it is not known."""
    facts = (
        *subject.present,
        *subject.absent,
        *subject.groups,
        *subject.not_groups,
        *(given.name for given in subject.measurements),
    )
    for id_ in dict.fromkeys(facts):
        yield id_, _without(subject, id_)


def _without(subject: Subject, id_: str) -> Subject:
    def kept(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(other for other in ids if other != id_)

    return replace(
        subject,
        present=kept(subject.present),
        absent=kept(subject.absent),
        groups=kept(subject.groups),
        not_groups=kept(subject.not_groups),
        measurements=tuple(m for m in subject.measurements if m.name != id_),
    )


def _distractors(
    rules: Engine, case: LessonCase, assessment: Assessment, *, names: _Names
) -> list[str]:
    """What rules of the candidates read and nobody knows of this person, sorted."""
    vocabulary, subject = rules.vocabulary, case.subject
    said = (*subject.present, *subject.absent, *subject.groups, *subject.not_groups)
    near = set(chain.from_iterable(map(vocabulary.with_ancestors, said)))
    read = {
        id_
        for candidate in assessment.candidates
        for rule in rules.catalogue.rules_of[candidate.mineral]
        if rule.kind in _TELLING_KINDS
        for id_ in rule.reads
    }
    return sorted(
        id_
        for id_ in read
        if near.isdisjoint(vocabulary.with_ancestors(id_))
        and _may_ask(id_, "", vocabulary, names)
        and _could_be(id_, subject, vocabulary)
    )


def _could_be(id_: str, subject: Subject, vocabulary: Vocabulary) -> bool:
    """Whether a lay person can be asked this at this age and sex."""
    entry = vocabulary.entry(id_)
    if isinstance(entry, Finding) and (entry.told_only or not entry.lay):
        return False
    return entry is not None and entry.asked_of.may_be(subject.age_days, subject.sex)


class _Names:
    """The names of minerals, found in a text in any of their forms.

    >>> from minsight import load
    >>> names = _Names(load().profiles.values())
    >>> names.in_("Does not use iodised salt"), names.in_("Chronic cough")
    (True, False)
    """

    def __init__(self, profiles: Iterable[Profile]) -> None:
        words = {
            word for p in profiles for word in re.findall(r"\w{3,}", p.name.lower())
        }
        stems = sorted(_stem(word) for word in words if word != "vitamin")
        self._found = re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE)

    def in_(self, text: str) -> bool:
        return self._found.search(text) is not None


def _stem(word: str) -> str:
    """The beginning that the forms of a name share: iodine, iodised; phosphate."""
    return re.escape(word[: min(6, max(4, len(word) - 3))])

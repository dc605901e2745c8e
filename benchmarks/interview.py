"""How many screens an interview needs, and whether it comes to the right end.

Three kinds of people answer truthfully: published cases of `rules/lessons`; people with
the usual description of a lack, and what else people of their age and sex have; and
well people. Each has a truth: everything that is so; all else is not. Whoever is drawn
has five findings beside the description on average, as the middle person of a survey
tells of a week, each as often against the others as the guide says. An interview begins
with age, sex and one complaint (well people have none). A question of the guide is
answered yes when anything below it is so.

Told for each kind: in how many the first candidate and the urgency are those of all
answers after so many screens, and the median numbers of screens to both ends. Beside
the interview's own order, the same entries are asked one by one in the vocabulary's.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from rich.console import Console
from rich.table import Table

import minsight
from arguments import evenly, parser_of, positive
from minsight.api import Rules
from minsight.assessment.likelihood import Likelihood
from minsight.errors import SubjectError
from minsight.intake.answers import enter
from minsight.intake.subject import Subject
from minsight.questions.interview import Interview, InterviewStep
from minsight.questions.outline import ReplyWord

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))
import accuracy

SEED: Final = 18
MOST_SCREENS: Final = 150
WHO: Final = (
    ("9mo", "male"), ("2y", "female"), ("6y", "male"), ("11y", "female"),
    ("16y", "female"), ("24y", "male"), ("33y", "female"), ("47y", "female"),
    ("52y", "male"), ("68y", "female"), ("79y", "male"),
)  # fmt: skip
"""Ages and sexes of the people who are drawn."""
FINDINGS: Final = 5.0
"""How many findings a person has on average (`symptoms_nz_2014` of the sources)."""
Outcome: TypeAlias = tuple[tuple[str, ...], str]
"""The first candidate, if any, and the urgency."""


@dataclass(frozen=True)
class Person:
    """Somebody whose every answer is known."""

    kind: str
    start: Subject
    truth: frozenset[str]

    def reply(self, name: str, rules: Rules) -> ReplyWord:
        """Yes when the entry is so, or anything below the question."""
        if name in rules.vocabulary.measurement:
            return "skip"
        return "no" if self.truth.isdisjoint(rules.guide.below(name)) else "yes"


@dataclass
class Course:
    """One interview: what it came to in time, and when its ends were reached."""

    outcomes: list[Outcome] = field(default_factory=list)
    enough: int | None = None
    proven: int | None = None
    seconds: list[float] = field(default_factory=list)

    def right_within(self, few: int, right: Outcome) -> bool:
        return self.outcomes[min(few, len(self.outcomes) - 1)] == right


def published(rules: Rules, most: int) -> Iterator[Person]:
    """Cases as people: they begin with the first thing that the case reports."""
    for case in evenly(accuracy.mapped_by_hand(), most):
        told = minsight.subject_from_record(case.subject)
        answers = enter(told, rules.vocabulary, keep_going=True)
        start = Subject(present=told.present[:1], age_days=told.age_days, sex=told.sex)
        yield Person("published case", start, _with_broader(answers.present, rules))


def drawn(rules: Rules, count: int, *, ill: bool) -> Iterator[Person]:
    """People of all ages, with the usual description of a lack or none."""
    chance = random.Random(f"{SEED} {ill}")
    pictures = [r for r in rules.catalogue.rules if r.kind == "textbook"]
    while count:
        age, sex = chance.choice(WHO)
        who = Subject(age=age, sex=sex)
        truth = set(_usual(rules, who, chance))
        picture = chance.choice(pictures).reads[:4] if ill else ()
        truth.update(picture)
        start = Subject(present=picture[:1], age=age, sex=sex)
        person = Person(
            "usual description" if ill else "well", start, _with_broader(truth, rules)
        )
        if _makes_sense(person, rules):
            count -= 1
            yield person


def _usual(rules: Rules, who: Subject, chance: random.Random) -> Iterator[str]:
    """What somebody of this age and sex has, as often as the guide says."""
    likelihood = Likelihood(rules.guide, who.age_days, who.sex)
    likely = {
        id_: likelihood.of(id_, ())
        for id_ in rules.guide.how_often
        if (entry := rules.vocabulary.entry(id_)) is not None
        and entry.asked_of.may_be(who.age_days, who.sex)
    }
    findings = sum(p for id_, p in likely.items() if id_ in rules.vocabulary.finding)
    for id_, share in likely.items():
        fewer = FINDINGS / findings if id_ in rules.vocabulary.finding else 1.0
        if chance.random() < share * fewer:
            yield id_


def _makes_sense(person: Person, rules: Rules) -> bool:
    """Whether the truth can be told: no group of another age or sex, nothing twice."""
    try:
        enter(_all_told(person), rules.vocabulary)
    except SubjectError:
        return False
    return True


def _all_told(person: Person) -> Subject:
    who = person.start
    return Subject(present=sorted(person.truth), age_days=who.age_days, sex=who.sex)


def _with_broader(ids: Iterable[str], rules: Rules) -> frozenset[str]:
    above = (rules.vocabulary.with_ancestors(id_) for id_ in ids)
    return frozenset[str]().union(*above)


def _outcome(interview: Interview, replies: Mapping[str, ReplyWord]) -> Outcome:
    assessment = interview.assessment(replies)
    first = tuple(c.mineral for c in assessment.candidates[:1])
    return first, assessment.urgency.level


def right_of(person: Person, rules: Rules) -> Outcome:
    """What comes of all answers at once."""
    interview = Interview(rules, person.start)
    asked = interview.can_be_asked
    return _outcome(interview, {id_: person.reply(id_, rules) for id_ in asked})


def own_order(step: InterviewStep) -> Sequence[str]:
    return step.asked


def in_order(step: InterviewStep) -> Sequence[str]:
    return step.remaining[:1] or step.asked


ORDERS: Final = {"minsight": own_order, "vocabulary": in_order}


def course(rules: Rules, person: Person, order: str, *, few: int) -> Course:
    """One interview to its proven end."""
    interview, replies = Interview(rules, person.start), dict[str, ReplyWord]()
    found = Course()
    while len(found.seconds) < MOST_SCREENS:
        begun = time.perf_counter()
        step = interview.step(replies)
        found.seconds.append(time.perf_counter() - begun)
        asked = len(found.seconds) - 1
        if asked <= few:
            found.outcomes.append(_outcome(interview, replies))
        if step.enough and found.enough is None:
            found.enough = asked
        if not step.asked:
            found.proven = asked
            break
        names = ORDERS[order](step)
        chosen = {n: r for n in names if (r := person.reply(n, rules)) != "no"}
        replies |= interview.ticked(replies, names, chosen)
    return found


def _median(numbers: Sequence[int | None]) -> str:
    known = [MOST_SCREENS + 1 if n is None else n for n in numbers]
    middle = statistics.median(known)
    return f"over {MOST_SCREENS}" if middle > MOST_SCREENS else f"{middle:g}"


def _row(kind: str, order: str, courses: Sequence[Course], right: int) -> list[str]:
    steps = [1000 * s for c in courses for s in c.seconds[1:]]
    return [
        kind,
        order,
        str(len(courses)),
        f"{right / len(courses):.2f}",
        _median([c.enough for c in courses]),
        _median([c.proven for c in courses]),
        f"{statistics.median(steps):.0f}",
    ]


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    add = parser.add_argument
    add("--people", type=positive, default=10, metavar="N",
        help="of each kind [default: 10]")  # fmt: skip
    add("--few", type=positive, default=20, metavar="N",
        help="screens within which it should be right [default: 20]")  # fmt: skip
    add("--own", action="store_true", help="leave the vocabulary's order out")
    return parser.parse_args()


def main() -> int:
    """Lead every interview in every order."""
    arguments = _arguments()
    titles = ("people", "order", "number", f"right in {arguments.few}", "to enough",
              "to the proven end", "ms a step")  # fmt: skip
    table = Table(*titles, box=None, pad_edge=False)
    record: list[dict[str, str]] = []
    with minsight.load(cache=False) as rules:
        most = arguments.people
        people = [
            *published(rules, most),
            *drawn(rules, most, ill=True),
            *drawn(rules, most, ill=False),
        ]
        right = {person: right_of(person, rules) for person in people}
        for order in ("minsight",) if arguments.own else ORDERS:
            for kind in dict.fromkeys(person.kind for person in people):
                some = [person for person in people if person.kind == kind]
                led = [course(rules, one, order, few=arguments.few) for one in some]
                hits = sum(
                    c.right_within(arguments.few, right[p])
                    for p, c in zip(some, led, strict=True)
                )
                row = _row(kind, order, led, hits)
                table.add_row(*row)
                record.append(dict(zip(titles, row, strict=True)))
    Console(width=100, highlight=False).print(table)
    print(json.dumps({"benchmark": "interview", "rows": record}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

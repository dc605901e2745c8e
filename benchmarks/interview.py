"""How many questions an interview needs until its first candidate is the right one.

Each published case of `rules/lessons` with a first candidate can be a person who
answers: yes to what the case reports as present, no to everything else. The interview
begins with the age, the sex and the first thing the case reports, and asks one question
at a time. The first candidate counts as reached from the question on after which it is
the one of the full answers and stays so. Beside the interview's own choice, the same
questions are put in random order and in the order of the vocabulary.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from rich.console import Console
from rich.table import Table

import minsight
from arguments import evenly, parser_of, positive
from minsight.api import Rules
from minsight.intake.answers import Answers, enter
from minsight.intake.subject import Subject
from minsight.questions.interview import Interview, InterviewStep, Reply

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))
import accuracy

FEW: Final = 15
"""The median that an interview may need."""

Choice: TypeAlias = Callable[[InterviewStep], str]


@dataclass(frozen=True)
class Person:
    """Somebody who answers as a published case does."""

    id: str
    start: Subject
    present: frozenset[str]
    first: str

    def reply(self, id_: str, rules: Rules) -> Reply:
        if id_ in rules.vocabulary.measurement:
            return "skip"
        return "yes" if id_ in self.present else "no"


@dataclass(frozen=True)
class Course:
    """When the first candidate was reached; `asked` is how many questions there were.

    `reached` is None when it was not within the questions that were looked at.
    """

    reached: int | None
    asked: int


def people(rules: Rules, *, most: int, clinician: bool) -> Iterator[Person]:
    """At most so many cases, as persons: those whose full answers have a candidate."""
    for case in evenly(accuracy.mapped_by_hand(), most):
        told = minsight.subject_from_record(case.subject)
        answers = enter(told, rules.vocabulary, keep_going=True)
        start = Subject(present=told.present[:1], age_days=told.age_days, sex=told.sex)
        person = Person(case.id, start, _shown(answers, rules), "")
        first = _first_of_all(rules, person, clinician=clinician)
        if first is not None:
            yield Person(person.id, person.start, person.present, first)


def _shown(answers: Answers, rules: Rules) -> frozenset[str]:
    """All that is present, with what it is a kind of."""
    ids = (rules.vocabulary.with_ancestors(id_) for id_ in answers.present)
    return frozenset[str]().union(*ids)


def _first_of_all(rules: Rules, person: Person, *, clinician: bool) -> str | None:
    """The first candidate when every question has been answered."""
    interview = Interview(rules, person.start, clinician=clinician)
    remaining = interview.step({}).remaining
    replies = {id_: person.reply(id_, rules) for id_ in remaining}
    return next(iter(interview.step(replies).picture.first), None)


def course(
    rules: Rules,
    person: Person,
    choose: Choice,
    *,
    clinician: bool,
    most: int,
) -> Course:
    """One interview, looked at for so many questions at the most."""
    interview = Interview(rules, person.start, clinician=clinician)
    replies: dict[str, Reply] = {}
    step = interview.step(replies)
    firsts = [step.picture.first[:1]]
    while step.asked and len(replies) < most:
        id_ = choose(step)
        replies[id_] = person.reply(id_, rules)
        step = interview.step(replies)
        firsts.append(step.picture.first[:1])
    reached = len(firsts)
    while reached and firsts[reached - 1] == (person.first,):
        reached -= 1
    return Course(reached if reached < len(firsts) else None, len(replies))


def own_choice(step: InterviewStep) -> str:
    return step.asked[0]


def in_order(step: InterviewStep) -> str:
    return step.remaining[0]


def at_random(seed: str) -> Choice:
    chance = random.Random(seed)
    return lambda step: chance.choice(step.remaining)


def _report(courses: Mapping[str, Sequence[Course]], *, most: int) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("order of the questions", no_wrap=True)
    titles = ("median", f"share in {FEW}", f"share in {most}")
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    record: dict[str, dict[str, float | None]] = {}
    for name, found in courses.items():
        needed = [most + 1 if c.reached is None else c.reached for c in found]
        median = statistics.median(needed)
        shares = [sum(n <= few for n in needed) / len(needed) for few in (FEW, most)]
        record[name] = {
            "median": None if median > most else median,
            f"within_{FEW}": round(shares[0], 3),
            f"within_{most}": round(shares[1], 3),
        }
        shown = f"over {most}" if median > most else f"{median:g}"
        table.add_row(name, shown, *(f"{share:.2f}" for share in shares))
    Console(width=100, highlight=False).print(table)
    print(json.dumps({"benchmark": "interview", "orders": record}))


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument(
        "--people",
        type=positive,
        default=10,
        metavar="N",
        help="how many of the published cases are led [default: 10]",
    )
    parser.add_argument(
        "--most",
        type=positive,
        default=30,
        metavar="N",
        help="how many questions are looked at [default: 30]",
    )
    parser.add_argument(
        "--lay", action="store_true", help="ask only what needs no clinician"
    )
    parser.add_argument("--own", action="store_true", help="leave the other orders out")
    return parser.parse_args()


def main() -> int:
    """Lead every interview in every order."""
    arguments = _arguments()
    clinician, most = not arguments.lay, arguments.most
    with minsight.load(cache=False) as rules:
        cases = list(people(rules, most=arguments.people, clinician=clinician))
        orders: dict[str, Callable[[Person], Choice]] = {
            "minsight": lambda _: own_choice
        }
        if not arguments.own:
            orders["vocabulary"] = lambda _: in_order
            orders["random"] = lambda person: at_random(person.id)
        courses = {
            name: [
                course(rules, case, order(case), clinician=clinician, most=most)
                for case in cases
            ]
            for name, order in orders.items()
        }
    print(f"{len(cases)} published cases with a first candidate")
    _report(courses, most=most)
    return 0


if __name__ == "__main__":
    sys.exit(main())

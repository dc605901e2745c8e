"""One assessment in a warm process: both engines, and CLIPS on the same clauses.

The subjects are taken evenly from those of the curated cases. CLIPS runs the whole
program, one CLIPS rule a clause: a stratum is a module, and a module of its own gives
the completed absences before the next stratum runs. Before anything is timed, all three
must derive the same atoms for every subject.

Each round times every contender on every subject, one after another, so that a busy
moment of the machine meets all of them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final, TypeAlias

from rich.console import Console
from rich.table import Table

import minsight
from arguments import evenly, parser_of, positive
from minsight.api import Rules
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.intake.subject import Subject
from minsight.logic.atoms import Atom, negated
from minsight.logic.program import Program
from minsight.logic.reference import Reference

BLOCK: Final = 20
"""Atoms that CLIPS gathers before joining them: its lists are copied to be extended."""


@dataclass(frozen=True)
class Person:
    """A curated subject and the atoms that it brings."""

    subject: Subject
    given: frozenset[Atom]


Contender: TypeAlias = Callable[[Person], object]


class Clips:
    """A program as CLIPS rules in one environment, reset for every subject.

    Facts cross the border in two calls, not one by one: clipspy's fact objects slow
    down every later `(reset)` of the same environment.
    """

    def __init__(self, program: Program) -> None:
        import clips

        self._environment: Any = clips.Environment()
        for construct in _constructs(program):
            self._environment.build(construct)
        self._say = self._environment.find_function("say")
        self._derive = self._environment.find_function("derive")
        self._gather = self._environment.find_function("gather")

    def run(self, given: frozenset[Atom]) -> None:
        """Derive everything and leave it inside CLIPS."""
        self._environment.reset()
        self._say(*given)
        self._derive()

    def evaluate(self, given: frozenset[Atom]) -> frozenset[Atom]:
        """Derive everything and bring it back."""
        self.run(given)
        return frozenset(self._gather())


def _constructs(program: Program) -> Iterator[str]:
    """The program in the language of CLIPS."""
    yield "(defmodule MAIN (export ?ALL))"
    yield "(deftemplate MAIN::holds (slot atom (type STRING)))"
    modules: list[str] = []
    for number, stratum in enumerate(program.strata):
        rules, absences = f"stratum-{number}", f"absences-{number}"
        modules += [rules, absences]
        yield f"(defmodule {rules} (import MAIN ?ALL))"
        for index, clause in enumerate(stratum.clauses):
            body = " ".join(_fact(atom) for atom in clause.body)
            yield _rule(rules, index, body, clause.head)
        yield f"(defmodule {absences} (import MAIN ?ALL))"
        for index, atom in enumerate(stratum.completes):
            yield _rule(absences, index, f"(not {_fact(atom)})", negated(atom))
    yield (
        "(deffunction MAIN::say ($?atoms)"
        " (foreach ?atom ?atoms (assert (holds (atom ?atom)))))"
    )
    yield f"(deffunction MAIN::derive () (focus {' '.join(modules)}) (run))"
    yield (
        "(deffunction MAIN::gather () (bind ?all (create$)) (bind ?block (create$))"
        " (do-for-all-facts ((?fact holds)) TRUE"
        " (bind ?block (create$ ?block ?fact:atom))"
        f" (if (> (length$ ?block) {BLOCK}) then"
        " (bind ?all (create$ ?all ?block)) (bind ?block (create$))))"
        " (create$ ?all ?block))"
    )


def _rule(module: str, index: int, condition: str, head: Atom) -> str:
    return f"(defrule {module}::r{index} {condition} => (assert {_fact(head)}))"


def _fact(atom: Atom) -> str:
    return f'(holds (atom "{atom}"))'


def curated_people(rules: Rules) -> list[Person]:
    """The subjects of all cases, in the order of their files."""
    files, issues = read_cases(rules_folder())
    if issues:
        raise SystemExit(f"the cases cannot be read: {issues[0]}")
    written = [
        document
        for cases in files.values()
        for document in (
            *(person.subject for person in cases.people),
            *(half for rule in cases.rules for half in (rule.match, rule.near_miss)),
        )
    ]
    people: list[Person] = []
    for document in written:
        subject = subject_of(document)
        answers = enter(subject, rules.vocabulary)
        given = given_atoms(answers, rules.program, rules.vocabulary)
        people.append(Person(subject, given))
    return people


def refuse_disagreement(
    people: Sequence[Person],
    reference: Reference,
    others: Mapping[str, Callable[[frozenset[Atom]], frozenset[Atom]]],
) -> None:
    """Stop unless every contender derives what the reference derives."""
    for person in people:
        expected = reference.closure(person.given)
        for name, evaluate in others.items():
            differing = sorted(evaluate(person.given) ^ expected)
            if differing:
                raise SystemExit(
                    f"{name} and reference differ in {differing[:10]}"
                    f" on {sorted(person.given)}"
                )


def time_all(
    contenders: Mapping[str, Contender], people: Sequence[Person], *, rounds: int
) -> Mapping[str, list[float]]:
    """The seconds of every contender on every subject in every round."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for person in people:
            for name, contender in contenders.items():
                started = time.perf_counter()
                contender(person)
                seconds[name].append(time.perf_counter() - started)
    return seconds


def _report(
    seconds: Mapping[str, list[float]], people: Sequence[Person], program: Program
) -> None:
    medians = {name: 1e6 * statistics.median(took) for name, took in seconds.items()}
    table = Table(box=None, pad_edge=False)
    table.add_column("one subject", no_wrap=True)
    for title in ("median us", "slowest tenth us", "x reference", "x CLIPS"):
        table.add_column(title, justify="right", no_wrap=True)
    record: dict[str, dict[str, float]] = {}
    for name, median in medians.items():
        record[name] = {
            "median_us": round(median, 1),
            "p90_us": round(1e6 * statistics.quantiles(seconds[name], n=10)[-1], 1),
            "to_reference": round(median / medians["reference evaluate"], 3),
            "to_clips": round(median / medians["CLIPS evaluate"], 3),
        }
        table.add_row(
            name,
            f"{median:,.0f}",
            f"{record[name]['p90_us']:,.0f}",
            f"{record[name]['to_reference']:.2f}",
            f"{record[name]['to_clips']:.2f}",
        )
    atoms = statistics.median(len(person.given) for person in people)
    print(
        f"{len(people)} subjects, {atoms:g} given atoms each in the median;"
        f" {len(program.clauses):,} clauses"
    )
    Console(width=100, highlight=False).print(table)
    print(
        json.dumps(
            {
                "benchmark": "one_assessment",
                "subjects": len(people),
                "clauses": len(program.clauses),
                "contenders": record,
            }
        )
    )


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument(
        "--people",
        type=positive,
        default=200,
        metavar="N",
        help="how many of the curated subjects [default: 200]",
    )
    parser.add_argument(
        "--rounds",
        type=positive,
        default=3,
        metavar="N",
        help="how often every contender meets every subject [default: 3]",
    )
    return parser.parse_args()


def main() -> int:
    """Check that all agree, then time them."""
    arguments = _arguments()
    for module, project in (("clips", "clipspy"), ("durable", "durable-rules")):
        if find_spec(module) is None:
            print(f"{project} is not installed; run `make bench`", file=sys.stderr)
            return 2
    from minsight.backends.forward import ForwardBackend

    with minsight.load(cache=False) as rules, ForwardBackend(rules.program) as forward:
        people = evenly(curated_people(rules), arguments.people)
        reference = Reference(rules.program)
        clips = Clips(rules.program)
        refuse_disagreement(
            people,
            reference,
            {
                "forward": lambda given: forward.evaluate(given).holds,
                "CLIPS": clips.evaluate,
            },
        )
        contenders: dict[str, Contender] = {
            "reference evaluate": lambda person: reference.closure(person.given),
            "forward evaluate": lambda person: forward.evaluate(person.given),
            "CLIPS evaluate": lambda person: clips.evaluate(person.given),
            "CLIPS, not read back": lambda person: clips.run(person.given),
            "reference assess": lambda person: rules.assess(
                person.subject, engine="reference"
            ),
            "forward assess": lambda person: rules.assess(
                person.subject, engine="forward"
            ),
        }
        time_all(contenders, people, rounds=1)
        seconds = time_all(contenders, people, rounds=arguments.rounds)
        _report(seconds, people, rules.program)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How many people a form of one page finds of those whom all questions find.

People are simulated who may have the picture of a lack, more of a frequent one: both
forms are filled in for them as tables and screened. In the page they answer families
in words, the labels of what is so. Found is who reaches `typical_pattern` there too.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import minsight
from arguments import parser_of, positive
from minsight.api import Rules
from minsight.logic import atoms
from minsight.questions.questionnaire import Question, Questionnaire, draft_of
from minsight.questions.short_form import short_form
from minsight.questions.simulated import SimulatedPeople, Simulation

FORMS: Final[Mapping[str, tuple[Sequence[str], Sequence[str]]]] = {
    "iron for infants": (["iron"], ["infants"]),
    "iodine for pregnancy": (["iodine"], ["pregnancy"]),
    "all minerals for adults": ([], ["adult"]),
}
FOUND: Final = "typical_pattern"
GOAL: Final = 0.9
_SEED: Final = 7


class Screened:
    """People of one form, as they answer it in full and on the page."""

    def __init__(
        self, rules: Rules, form: Questionnaire, people: Sequence[str]
    ) -> None:
        self._rules, self._form = rules, form
        draft = draft_of(
            rules,
            minerals=form.minerals,
            people=people,
            age=None,
            sex=None,
            clinician=False,
        )
        self.ids = [id_ for part in draft.asked for id_ in part.ids]
        whom = [part.whom for part in draft.asked]
        self._ages = [
            (some.from_days or 0.0) / 2 + (some.below_days or 29_219.0) / 2
            for some in whom
        ]
        self._simulation = Simulation(rules, whom, draft.groups, self.ids)

    def found(self, mineral: str, size: int, folder: Path) -> tuple[int, int]:
        """How many reach the pattern by all questions, and how many of them here."""
        people = self._simulation.with_picture(mineral, size, seed=_SEED)
        whole = self._levels(mineral, people, folder, in_words=False)
        page = self._levels(mineral, people, folder, in_words=True)
        typical = [number for number, level in enumerate(whole) if level == FOUND]
        return len(typical), sum(page[number] == FOUND for number in typical)

    def _levels(
        self, mineral: str, people: SimulatedPeople, folder: Path, *, in_words: bool
    ) -> list[str]:
        """The level of each of the people, as a table of them is screened."""
        table, results = folder / "people.csv", folder / "results.csv"
        rows = (
            self._row(people, place, in_words=in_words) for place in range(people.size)
        )
        first = next(rows)
        with table.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, first)
            writer.writeheader()
            writer.writerow(first)
            writer.writerows(rows)
        self._rules.screen(table, results, wide=True, force=True)
        with results.open(newline="", encoding="utf-8") as file:
            return [row[f"{mineral}_level"] for row in csv.DictReader(file)]

    def _row(
        self, people: SimulatedPeople, place: int, *, in_words: bool
    ) -> dict[str, str]:
        so = {id_ for id_, yes in people.said_yes.items() if yes >> place & 1}
        female = people.given.get(atoms.of_sex("female"), 0) >> place & 1
        row = {"sex": "female" if female else "male"}
        row["age_years"] = f"{self._ages[0] / 365.25:.3f}"
        if in_words:
            return row | {one.id: self._said(one, so) for one in self._form.fields}
        return row | {id_: "yes" if id_ in so else "no" for id_ in self.ids}

    def _said(self, question: Question, so: set[str]) -> str:
        if not question.covers:
            return "yes" if question.id in so else "no"
        words = [self._rules.vocabulary.label(i) for i in question.covers if i in so]
        return "; ".join(words) or "no"


def sizes(rules: Rules, form: Questionnaire, most: int) -> Iterator[tuple[str, int]]:
    """Of how many people each mineral is looked for: of the most frequent `most`."""
    rates = {m: rules.catalogue.profile[m].base_rate for m in form.minerals}
    for mineral, rate in rates.items():
        yield mineral, max(1, most >> rate - min(rates.values()))


def main() -> int:
    """Measure every form."""
    arguments = _arguments()
    record: dict[str, dict[str, float]] = {}
    with (
        minsight.load(cache=False) as rules,
        tempfile.TemporaryDirectory() as folder,
    ):
        for name, (minerals, people) in FORMS.items():
            started = time.perf_counter()
            form = short_form(rules, minerals=minerals, people=people)
            seconds = time.perf_counter() - started
            screened = Screened(rules, form, people)
            counts = [
                screened.found(mineral, size, Path(folder))
                for mineral, size in sizes(rules, form, arguments.people)
            ]
            typical, found = map(sum, zip(*counts, strict=True))
            share = found / typical if typical else 1.0
            print(
                f"{name}: {len(form.questions) + 2} questions, made in {seconds:.1f} s;"
                f" {found} of {typical} found, {share:.3f} (goal {GOAL})"
            )
            record[name] = {"typical": typical, "found": found, "share": share}
    print(json.dumps({"benchmark": "forms", "forms": record}))
    return 0


def _arguments() -> argparse.Namespace:
    parser = parser_of(__doc__)
    parser.add_argument(
        "--people",
        type=positive,
        default=400,
        metavar="N",
        help="how many people of the most frequent lack are drawn [default: 400]",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

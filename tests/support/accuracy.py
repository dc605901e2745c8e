"""How well the rules do on the published cases, beside naive baselines.

Run it to see the figures: `python tests/support/accuracy.py`; `--misses` lists what
went wrong.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import minsight
from minsight.api import Rules
from minsight.compiler.bundle import rules_folder
from minsight.compiler.layout import BY_HAND, PUBLISHED
from minsight.files.yaml import load_file
from minsight.scales import LEVELS
from places import DATA

FOLDER = DATA / "vignettes"
ANSWERS = ("groups", "present", "absent")

Order: TypeAlias = Callable[["Reading"], Sequence[str]]
"""The minerals for one case, first to last."""


@dataclass(frozen=True)
class Vignette:
    """A published case: what is said of it, and the minerals confirmed as lacking."""

    id: str
    source: str
    subject: Mapping[str, Any]
    expected: tuple[str, ...]

    @property
    def is_control(self) -> bool:
        return not self.expected


@dataclass(frozen=True)
class Reading:
    """A case with what the rules made of it."""

    vignette: Vignette
    assessment: minsight.Assessment

    @property
    def ranked(self) -> list[str]:
        return [candidate.mineral for candidate in self.assessment.candidates]

    @property
    def highest(self) -> int:
        """The number of the highest level that any mineral reached."""
        reached = [LEVELS.index(c.level) for c in self.assessment.candidates]
        return max(reached, default=0)

    def reached(self, level: str) -> bool:
        return self.highest >= LEVELS.index(level)


def by_rules(reading: Reading) -> list[str]:
    """The order of the assessment."""
    return reading.ranked


def by_base_rate(rules: Rules) -> Order:
    """The same order for everybody: what is met most often first."""
    minerals = [profile.id for profile in rules.catalogue.profiles if profile.scored]
    return lambda _: minerals


def by_number_of_findings(rules: Rules) -> Order:
    """The mineral with most matching findings first; ties by base rate."""
    base_rate = {profile.id: profile.base_rate for profile in rules.catalogue.profiles}

    def order(reading: Reading) -> list[str]:
        matching = {
            candidate.mineral: sum(r.kind == "supports" for r in candidate.reasons)
            for candidate in reading.assessment.candidates
        }
        return sorted(matching, key=lambda m: (-matching[m], base_rate[m], m))

    return order


@dataclass(frozen=True)
class Figures:
    """Shares of the cases with a deficiency (top), of the controls (alarms, quiet)."""

    top1: float
    top3: float
    alarms: float
    quiet: float
    recognised: float


@cache
def vignettes() -> tuple[Vignette, ...]:
    """The cases in the words of their sources."""
    return tuple(_vignette(case, case) for case in read(PUBLISHED))


@cache
def mapped_by_hand() -> tuple[Vignette, ...]:
    """The cases in ids, as a person read them."""
    ids = read(BY_HAND)
    return tuple(
        _vignette(
            case,
            {
                answer: [
                    id_
                    for phrase in case.get(answer, ())
                    for id_ in ids[case["id"]][phrase]
                ]
                for answer in ANSWERS
            },
        )
        for case in read(PUBLISHED)
    )


def read(name: str) -> Any:
    return load_file(rules_folder() / name, name).data


def _vignette(case: Mapping[str, Any], words: Mapping[str, Any]) -> Vignette:
    said = {answer: list(words.get(answer, ())) for answer in ANSWERS}
    who = {key: case[key] for key in ("age_years", "sex") if key in case}
    subject = {"subject_id": case["id"], **who, **said}
    return Vignette(case["id"], case["source"], subject, tuple(case["expected"]))


def read_all(rules: Rules, cases: Sequence[Vignette]) -> list[Reading]:
    """Every case assessed."""
    return [
        Reading(case, rules.assess(minsight.subject_from_record(case.subject)))
        for case in cases
    ]


def figures(readings: Sequence[Reading], order: Order = by_rules) -> Figures:
    """What `docs/accuracy.md` reports, with the candidates in this order."""
    cases = [r for r in readings if not r.vignette.is_control]
    controls = [r for r in readings if r.vignette.is_control]
    phrases = sum(len(r.vignette.subject[a]) for r in readings for a in ANSWERS)
    lost = sum(len(r.assessment.unrecognised) for r in readings)
    return Figures(
        top1=_share(r.vignette.expected[0] in order(r)[:1] for r in cases),
        top3=_share(r.vignette.expected[0] in order(r)[:3] for r in cases),
        alarms=_share(r.reached("typical_pattern") for r in controls),
        quiet=_share(not r.reached("partial_pattern") for r in controls),
        recognised=1 - lost / phrases,
    )


def _share(hits: Iterable[bool]) -> float:
    answers = list(hits)
    return sum(answers) / len(answers)


def at_random(rules: Rules) -> tuple[float, float]:
    """The expected top-1 and top-3 of a random order of the scored minerals."""
    scored = sum(profile.scored for profile in rules.catalogue.profiles)
    return 1 / scored, 3 / scored


def table(rules: Rules) -> list[tuple[str, str, str, str, str, str]]:
    """One row for each way of ranking: its name and its figures, as text."""
    words, ids = (read_all(rules, cases) for cases in (vignettes(), mapped_by_hand()))
    from_words = figures(words)
    ways: list[tuple[str, Figures, bool]] = [
        ("minsight, from the words", from_words, True),
        ("minsight, phrases mapped by hand", figures(ids), True),
    ]
    naive: list[tuple[str, Order]] = [
        ("number of matching findings", by_number_of_findings(rules)),
        ("base rate only", by_base_rate(rules)),
    ]
    ways += [(name, figures(ids, order), False) for name, order in naive]
    rows = [
        (
            name,
            f"{f.top1:.2f}",
            f"{f.top3:.2f}",
            f"{f.alarms:.2f}" if gated else "-",
            f"{f.quiet:.2f}" if gated else "-",
            f"{f.recognised:.2f}" if f is from_words else "-",
        )
        for name, f, gated in ways
    ]
    top1, top3 = at_random(rules)
    return [*rows, ("random order", f"{top1:.2f}", f"{top3:.2f}", "-", "-", "-")]


HEADINGS = ("order of the minerals", "top 1", "top 3", "alarms", "quiet", "recognised")


def as_text(rules: Rules) -> str:
    """The table in columns, for a terminal."""
    lines = [HEADINGS, *table(rules)]
    return "\n".join(
        f"{name:34}" + "".join(f"{cell:>11}" for cell in cells)
        for name, *cells in lines
    )


def by_mineral(rules: Rules) -> Iterator[tuple[str, ...]]:
    """For each confirmed mineral: its cases, and how many were first and in three."""
    words, ids = (read_all(rules, cases) for cases in (vignettes(), mapped_by_hand()))
    expected = Counter(r.vignette.expected[0] for r in words if r.vignette.expected)
    for mineral, cases in expected.most_common():
        found = []
        for readings in (words, ids):
            own = [r for r in readings if r.vignette.expected[:1] == (mineral,)]
            first = sum(mineral in r.ranked[:1] for r in own)
            found.append(f"{first} / {sum(mineral in r.ranked[:3] for r in own)}")
        yield mineral, str(cases), *found


def misses(readings: Sequence[Reading]) -> Iterator[tuple[str, str, str]]:
    """The cases whose mineral is not first, and the controls that are not quiet."""
    for reading in readings:
        case, ranked = reading.vignette, reading.ranked
        shown = ", ".join(
            f"{c.name} ({c.level.replace('_', ' ')})"
            for c in reading.assessment.candidates[:3]
        )
        if case.is_control:
            if reading.reached("partial_pattern"):
                yield case.id, "none (a control)", shown
        elif case.expected[0] not in ranked[:1]:
            place = (
                ranked.index(case.expected[0]) + 1 if case.expected[0] in ranked else 0
            )
            yield case.id, f"{case.expected[0]}, at {place or 'no place'}", shown


def as_page(rules: Rules) -> str:
    """`docs/accuracy.md`."""
    controls = sum(case.is_control for case in vignettes())
    minerals = ("mineral", "cases", "from the words", "mapped by hand")
    wrong = ("case", "should be", "shown first")
    page = (FOLDER / "accuracy_page.md").read_text(encoding="utf-8")
    return page.format(
        cases=len(vignettes()) - controls,
        controls=controls,
        table=_markdown([HEADINGS, *table(rules)]),
        minerals=_markdown([minerals, *by_mineral(rules)]),
        misses=_markdown([wrong, *misses(read_all(rules, mapped_by_hand()))]),
    )


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    rules = minsight.load()
    print(as_text(rules))
    if options.misses:
        for name, cases in (("words", vignettes()), ("by hand", mapped_by_hand())):
            print(f"\nnot first, or not quiet ({name}):")
            for miss in misses(read_all(rules, cases)):
                print("  " + ": ".join(miss))


if __name__ == "__main__":
    main()

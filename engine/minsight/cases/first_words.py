"""The first-word table: what each entry of the vocabulary alone may list.

One word alone is where a rule that reads too much shows first. For each finding, group
and band the table says, from sources and not from the rules, which minerals must be
listed when nothing else is known, which may, and that no other is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from minsight.ages import parse_age
from minsight.assessment.differential import level_of
from minsight.assessment.engine import Engine
from minsight.cases.documents import WordCase
from minsight.intake.facts import age_atoms, value_atoms
from minsight.intake.measurements import Value
from minsight.knowledge.vocabulary import ANYBODY, Demographic
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.backend import BackendName
from minsight.logic.program import Clause, by_head
from minsight.scales import LEVELS

FIRST_WORDS: Final = "baseline/first_words.cases.yaml"
_INSIDE: Final = 0.05
"""How far inside a band with one bound its value is taken, as a share of the bound."""
_OPEN_YEARS: Final = 3653.0
"""How many days an age span with no upper bound goes on for."""


def word_failures(
    rules: Engine, words: Sequence[WordCase], *, engine: BackendName
) -> Iterator[tuple[str, str]]:
    """The entries that are missing, told twice, unknown, or not as the table says.

    Each with what is wrong with it.
    """
    entries = {case.entry: case for case in words}
    every = _entries(rules)
    known = {source.id for source in rules.catalogue.sources}
    for case in words:
        if case is not entries[case.entry]:
            yield case.entry, "is told twice"
        if case.entry not in every:
            yield case.entry, "is no finding, group or band"
        for source in case.sources:
            if source not in known:
                yield case.entry, f"names the unknown source `{source}`"
    for entry, given in every.items():
        if entry not in entries:
            yield entry, "has no line: what must and may it list, or is it neutral?"
            continue
        holds = rules.evaluate(given, engine=engine).holds
        listed = [m for m in rules.program.minerals if level_of(m, holds) != LEVELS[0]]
        missing = [m for m in entries[entry].must if m not in listed]
        allowed = _allowed(rules, entries, entry)
        extra = [mineral for mineral in listed if mineral not in allowed]
        if missing:
            yield entry, f"does not list {', '.join(missing)}"
        if extra:
            yield entry, f"lists {', '.join(extra)}"


def _allowed(rules: Engine, entries: Mapping[str, WordCase], entry: str) -> set[str]:
    """The minerals that an entry may list, and those of what it is a kind of."""
    above = rules.vocabulary.with_ancestors(entry)
    cases = (entries[name] for name in above if name in entries)
    return {mineral for case in cases for mineral in (*case.must, *case.may)}


def _entries(rules: Engine) -> Mapping[str, frozenset[Atom]]:
    """Every entry, and what is given of a person of whom only it is known."""
    found: dict[str, frozenset[Atom]] = {}
    for finding in rules.vocabulary.findings:
        given = {atoms.observed(finding.id), *_of_whom(rules, finding.asked_of)}
        found[finding.id] = frozenset(given)
    for group in rules.vocabulary.groups:
        given = {atoms.in_group(group.id), *_of_whom(rules, group.holds_for)}
        found[group.id] = frozenset(given)
    clauses = by_head(rules.program.clauses)
    for measurement in rules.vocabulary.measurements:
        for band in measurement.bands:
            found[band] = frozenset()  # as of a band that no rule reads
            ways = sorted(clauses.get(atoms.band(band), ()), key=lambda c: len(c.body))
            for plainest in ways[:1]:
                found[band] = frozenset(_of_value(rules, measurement.id, plainest))
    return found


def _of_whom(rules: Engine, whom: Demographic) -> Iterator[Atom]:
    """The age and sex of one of these people, where they are bounded."""
    if whom == ANYBODY:
        return
    start, end = whom.from_days or 0.0, whom.below_days
    if end is not None or start:
        middle = (start + (start + _OPEN_YEARS if end is None else end)) / 2
        yield from age_atoms(middle, rules.program)
    if whom.sex is not None:
        yield atoms.of_sex(whom.sex)


def _of_value(rules: Engine, measurement: str, clause: Clause) -> Iterator[Atom]:
    """A value inside the band of a clause, and the person of whom the clause speaks."""
    bounds: dict[str, float] = {}
    ages: dict[str, float] = {}
    for atom in clause.body:
        match atoms.parse(atom):
            case ("value_below" | "value_from") as side, (_, limit):
                bounds[side] = float(limit)
            case ("age_below" | "age_from") as side, (age,):
                ages[side] = parse_age(age)
            case _:
                yield atom
    if ages:
        whom = Demographic(ages.get("age_from"), ages.get("age_below"))
        yield from _of_whom(rules, whom)
    value = _inside(bounds.get("value_from"), bounds.get("value_below"))
    yield from value_atoms(Value(measurement, value), rules.program)


def _inside(start: float | None, end: float | None) -> float:
    if start is None:
        return (end or 0.0) * (1 - _INSIDE)
    return start * (1 + _INSIDE) if end is None else (start + end) / 2

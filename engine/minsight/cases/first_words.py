"""The first-word table: what each entry of the vocabulary alone may list.

One word alone is where a rule that reads too much shows first. For each finding, group
and band the table says, from sources and not from the rules, which minerals must be
listed when nothing else is known, which may, and that no other is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from minsight.ages import parse_age
from minsight.assessment.engine import Engine
from minsight.cases.documents import WordCase
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.vocabulary import Demographic, MeasurementKind
from minsight.logic import atoms
from minsight.logic.backend import BackendName
from minsight.logic.program import Clause, by_head

_INSIDE: Final = 0.05
"""How far inside a band with one bound its value is taken, as a share of the bound."""
_OPEN_DAYS: Final = 3653.0
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
    lines = Counter(case.entry for case in words)
    yield from ((entry, "is told twice") for entry, n in lines.items() if n > 1)
    for case in words:
        if case.entry not in every:
            yield case.entry, "is no finding, group or band"
        for source in case.sources:
            if source not in known:
                yield case.entry, f"names the unknown source `{source}`"
    for entry, subject in every.items():
        if entry not in entries:
            yield entry, "has no line: what must and may it list, or is it neutral?"
            continue
        found = rules.assess(subject, engine=engine)
        listed = [candidate.mineral for candidate in found.candidates]
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


def _entries(rules: Engine) -> Mapping[str, Subject]:
    """Every entry, and a person of whom only it is known."""
    vocabulary, found = rules.vocabulary, dict[str, Subject]()
    for finding in vocabulary.findings:
        found[finding.id] = _one_of(finding.asked_of, present=(finding.id,))
    for group in vocabulary.groups:
        found[group.id] = _one_of(group.holds_for, groups=(group.id,))
    clauses = by_head(rules.program.clauses)
    for kind in vocabulary.measurements:
        for band in kind.bands:
            ways = clauses.get(atoms.band(band), ())
            plainest = min(ways, key=lambda c: len(c.body), default=None)
            found[band] = _with_value(kind, plainest)
    return found


def _one_of(whom: Demographic, **said: Any) -> Subject:
    """One of these people, of an age in the middle of theirs where it is bounded."""
    start, end = whom.from_days or 0.0, whom.below_days
    age = None
    if end is not None or start:
        age = (start + (start + _OPEN_DAYS if end is None else end)) / 2
    return Subject(age_days=age, sex=whom.sex, **said)


def _with_value(kind: MeasurementKind, way: Clause | None) -> Subject:
    """Who has a value inside the band by this clause, if there is one."""
    if way is None:
        return Subject()
    bounds: dict[str, float] = {}
    for atom in way.body:
        match atoms.parse(atom):
            case ("value_below" | "value_from") as side, (_, limit):
                bounds[side] = float(limit)
            case ("age_below" | "age_from") as side, (age,):
                bounds[side] = parse_age(age)
            case _:
                pass
    whom = Demographic(bounds.get("age_from"), bounds.get("age_below"))
    value = _inside(bounds.get("value_from"), bounds.get("value_below"))
    given = Measurement(kind.label, value, kind.unit)
    return _one_of(whom, measurements=(given,))


def _inside(start: float | None, end: float | None) -> float:
    if start is None:
        return (end or 0.0) * (1 - _INSIDE)
    return start * (1 + _INSIDE) if end is None else (start + end) / 2

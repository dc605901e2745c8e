"""People: whom to see first, people by column, and how good their data are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec
from polars import DataFrame

from minsight.assessment.engine import Engine
from minsight.scales import NOT_JUDGED, TOLD_URGENCIES
from minsight.screening.report.figures import Figures
from minsight.screening.report.tables import (
    Table,
    cut,
    in_words,
    mineral_name,
    question,
)
from minsight.screening.results.schema import SEPARATOR
from minsight.screening.summary.counts import URGENCY_IS
from minsight.screening.summary.quality import AGE_DAYS, USUAL_PART, heapings
from minsight.screening.summary.tally import OTHER, Tally

MOST_ON_PAGE: Final = 200
"""How many people a report lists; a page of more is not read."""
_MOST_MINERALS: Final = 3
_UNREAD: Final = "not understood: "
_URGENT: Final = TOLD_URGENCIES[: TOLD_URGENCIES.index(NOT_JUDGED) - 1 : -1]
"""The urgencies that have a column, the most urgent first, then who is not judged."""


class ToSee(msgspec.Struct, frozen=True):
    """The first people of the list of whom to see, how many it has, and its file."""

    people: DataFrame
    persons: int
    file: str


def whom_table(listed: ToSee) -> Table:
    """Whom to see first, with the reason and the cells it came from."""
    rows = tuple(_listed(person) for person in listed.people.iter_rows(named=True))
    head = (
        "how soon",
        "who",
        "age and sex",
        "what was reported, and why",
        "where it stood",
    )
    beyond = listed.persons - len(rows)
    rest = f"{beyond:,} more stand in {listed.file}." if beyond > 0 else ""
    return Table("People by urgency, then by file and row", head, rows, 5, rest)


def _listed(person: Mapping[str, Any]) -> tuple[str, ...]:
    age, sex = person["age"] or "age not given", person["sex"] or "sex not given"
    judged = "" if person["urgency_judged"] else "\n(not all was understood)"
    return (
        f"{in_words(person['urgency'])}{judged}",
        f"{person['subject_id']}\n{person['file']}, row {person['row']}",
        f"{age}\n{sex}",
        f"{person['reported']}\n{person['reasons']}",
        person["cells"].replace(SEPARATOR, "\n"),
    )


def group_tables(tally: Tally, rules: Engine, shown: Figures) -> list[Table]:
    """For each column: persons by value, with urgency and the leading minerals."""
    names = dict.fromkeys(name for name, _, _ in tally.groups)
    return [_by(name, tally, rules, shown) for name in names]


def _by(name: str, tally: Tally, rules: Engine, shown: Figures) -> Table:
    values: dict[str, dict[str, int]] = {}
    for (column, value, what), persons in tally.groups.items():
        if column == name:
            values.setdefault(value, {})[what] = persons
    rows = tuple(
        (
            value,
            shown.count(_persons(values[value])),
            *(shown.count(values[value].get(URGENCY_IS + u, 0)) for u in _URGENT),
            _leading(values[value], rules, shown),
        )
        for value in sorted(values, key=lambda value: (value == OTHER, value))
    )
    head = (name, "persons", *map(in_words, _URGENT), "minerals above few findings")
    return cut(Table(f"People by {name}", head, rows))


def _persons(counts: Mapping[str, int]) -> int:
    return sum(n for what, n in counts.items() if what.startswith(URGENCY_IS))


def _leading(counts: Mapping[str, int], rules: Engine, shown: Figures) -> str:
    """The minerals that stand out in most persons, with their number."""
    minerals = [
        (-n, mineral_name(what, rules))
        for what, n in counts.items()
        if not what.startswith(URGENCY_IS) and not shown.hides(n)
    ]
    leading = sorted(minerals)[:_MOST_MINERALS]
    return ", ".join(f"{name} {shown.count(-n)}" for n, name in leading)


def unread(tally: Tally, shown: Figures) -> Table:
    """What was not understood, most frequent first."""
    times: dict[str, int] = {}
    for text, number in _unread(tally):
        times[text] = times.get(text, 0) + number
    ordered = sorted(times.items(), key=lambda one: (-one[1], one[0]))
    rows = tuple((text, shown.count(n)) for text, n in ordered)
    return cut(Table("What was not understood", ("words", "times"), rows))


def _unread(tally: Tally) -> Iterator[tuple[str, int]]:
    for (_, message), rows in tally.notices.items():
        if message.startswith(_UNREAD):
            yield message.removeprefix(_UNREAD), rows


def without_unread(tally: Tally) -> Tally:
    """The tally without the notices that `unread` shows."""
    kept = {k: n for k, n in tally.notices.items() if not k[1].startswith(_UNREAD)}
    return replace(tally, notices=Counter(kept))


def heaping(tally: Tally, rules: Engine, shown: Figures) -> Table:
    """For each number, the part that ends in 0 or 5."""
    rows = tuple(
        (
            _number(one.question, rules),
            shown.count(one.persons),
            shown.count(one.rounded),
            shown.share(one.rounded, one.persons),
        )
        for one in heapings(tally.digits)
    )
    head = ("number", "persons", "ending in 0 or 5", f"part; {USUAL_PART:.0%} is usual")
    return Table("Last digits", head, rows)


def _number(name: str, rules: Engine) -> str:
    age = "Age in years, from 23 to 62"
    return age if name == AGE_DAYS else question(name, rules)

"""Tables: what a tally holds, as rows of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from minsight.assessment.engine import Engine
from minsight.assessment.wording import joined
from minsight.scales import LEVELS, NOT_JUDGED, TOLD_URGENCIES
from minsight.screening.report.figures import Figures
from minsight.screening.summary.frequency import Frequent
from minsight.screening.summary.strata import SEX_STRATA, STAGE_IDS, UNKNOWN
from minsight.screening.summary.tally import Tally

_MOST_ROWS: Final = 100
"""How many rows a table of reasons, rejects or notices has at the most."""
FOLDED: Final = LEVELS[1]
"""The lowest level with evidence, which lists fold."""
STANDING_OUT: Final = LEVELS[:1:-1]
"""The levels above it, the highest first."""

WHO: Final = {"female": "female", "male": "male", UNKNOWN: "sex not given"}


class Table(msgspec.Struct, frozen=True):
    """Rows below a head; the first `words` columns are text, the others numbers.

    A line break in a cell is shown as one.
    `rest` says what was left out, if anything was.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    rest: str = ""


def in_words(name: str) -> str:
    """The id of a level or an urgency as a reader says it."""
    return name.replace("_", " ")


def mineral_name(mineral: str, rules: Engine) -> str:
    profile = rules.profiles.get(mineral)
    return profile.name if profile else mineral


def by_count(levels: Mapping[tuple[str, str], int], of: Sequence[str]) -> list[str]:
    """The minerals by how many persons have them at one of the levels, then by name."""
    sums: dict[str, int] = {}
    for (mineral, level), persons in levels.items():
        if level in of and persons:
            sums[mineral] = sums.get(mineral, 0) + persons
    return sorted(sums, key=lambda mineral: (-sums[mineral], mineral))


def urgency_table(tally: Tally, rules: Engine, shown: Figures) -> Table:
    """Persons by urgency, the most urgent first; those not judged before the calm."""
    says = {
        **rules.catalogue.urgencies,
        NOT_JUDGED: rules.catalogue.not_judged["any"],
    }
    rows = tuple(
        (
            in_words(name),
            says.get(name, ""),
            shown.count(tally.urgencies[name]),
            shown.share(tally.urgencies[name], tally.assessed),
        )
        for name in reversed(TOLD_URGENCIES)
    )
    head = ("urgency", "what it says", "persons", "of assessed")
    return Table("Persons by urgency", head, rows, words=2)


def levels(tally: Tally, rules: Engine, shown: Figures) -> Table:
    """Persons by mineral and level; minerals that stand out in most persons first."""
    counts = tally.levels
    ahead = by_count(counts, STANDING_OUT)
    minerals = [*ahead, *(m for m in by_count(counts, LEVELS) if m not in ahead)]
    names = LEVELS[:0:-1]
    rows = tuple(
        (
            mineral_name(mineral, rules),
            *(shown.count(counts[mineral, level]) for level in names),
            shown.sum(counts[mineral, level] for level in names),
        )
        for mineral in minerals
    )
    head = ("mineral", *map(in_words, names), "together")
    return Table("Persons by mineral and level", head, rows)


def highest(tally: Tally, rules: Engine, shown: Figures) -> Table:
    """What each level means, and for how many persons it is the highest."""
    rows = tuple(
        (
            in_words(name),
            rules.catalogue.level[name].sentence,
            shown.count(tally.highest[name]),
            shown.share(tally.highest[name], tally.assessed),
        )
        for name in reversed(LEVELS)
    )
    head = ("level", "what it says", "persons", "of assessed")
    caption = "The levels, and how many persons have none that is higher"
    return Table(caption, head, rows, words=2)


def outstanding(tally: Tally) -> dict[tuple[str, str, str], int]:
    """Persons above the lowest level by mineral, age group and sex."""
    found: dict[tuple[str, str, str], int] = {}
    for (mineral, level, stage, sex), persons in tally.candidates.items():
        if level in STANDING_OUT:
            key = (mineral, stage, sex)
            found[key] = found.get(key, 0) + persons
    return found


def stages_of(tally: Tally) -> list[str]:
    """The age groups that somebody is in, the youngest first."""
    return [s for s in STAGE_IDS if any(tally.people[s, sex] for sex in SEX_STRATA)]


def stages(tally: Tally, rules: Engine, shown: Figures, *, sex: str) -> Table:
    """Persons of a sex above the lowest level, by mineral and age group."""
    ages, counts = stages_of(tally), outstanding(tally)
    minerals = by_count(tally.levels, STANDING_OUT)
    everybody = ("everybody", *(shown.count(tally.people[age, sex]) for age in ages))
    rows = tuple(
        (
            mineral_name(mineral, rules),
            *(shown.count(counts.get((mineral, age, sex), 0)) for age in ages),
        )
        for mineral in minerals
    )
    caption = f"Persons above few findings, by mineral and age group: {WHO[sex]}"
    return Table(caption, ("mineral", *ages), (everybody, *rows))


def missing(tally: Tally, rules: Engine, shown: Figures) -> Table:
    """Questions, those that most of those asked left open first."""
    rows = tuple(
        (
            question(name, rules),
            shown.count(tally.asked[name]),
            shown.count(tally.unanswered[name]),
            shown.share(tally.unanswered[name], tally.asked[name]),
        )
        for name in by_missing(tally)
    )
    head = ("question", "persons asked", "without an answer", "of those asked")
    return Table("Missing answers by question", head, rows)


def by_missing(tally: Tally) -> list[str]:
    """The questions by the part of those asked who gave no answer."""
    asked = {name: persons for name, persons in tally.asked.items() if persons}
    return sorted(asked, key=lambda name: (-tally.unanswered[name] / asked[name], name))


def question(name: str, rules: Engine) -> str:
    """The label of a question of the answer table."""
    own = {"age_days": "Age", "sex": "Sex"}
    return own.get(name) or rules.vocabulary.label(name)


def reasons_table(
    met: Sequence[Frequent], tally: Tally, rules: Engine, shown: Figures, *, of: str
) -> Table:
    """What was met, with all that the rules say of it."""
    rows = [
        (
            one.label,
            _said(one, rules),
            shown.count(one.persons),
            shown.share(one.persons, tally.assessed),
        )
        for one in met
    ]
    head = (
        "what was met",
        "what the rules say, with the grade",
        "persons",
        "of assessed",
    )
    return cut(Table(of, head, tuple(rows), words=2))


def _said(one: Frequent, rules: Engine) -> str:
    said = []
    for id_ in one.rules:
        rule = rules.catalogue.rule.get(id_)
        if rule is not None:
            name = mineral_name(rule.mineral, rules)
            said.append(f"{name}: {rule.because} [{rule.grade}]")
    return "\n".join(said)


def rejects(counts: Mapping[str, int], shown: Figures, *, of: str, head: str) -> Table:
    """Rejected rows, by what most have in common first."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rows = tuple((name, shown.count(rows)) for name, rows in ordered)
    return cut(Table(of, (head, "rows"), rows))


def notices(tally: Tally, shown: Figures) -> Table:
    """What a reader of the results must know, by file."""
    rows = tuple(
        (file, message, shown.count(rows) if rows else "")
        for (file, message), rows in tally.notices.items()
    )
    return cut(Table("Notices", ("file", "notice", "rows"), rows, words=2))


def grades(tally: Tally, rules: Engine) -> str:
    """How many of the rules that were met have each grade, as a sentence, if any."""
    met = [
        id_ for id_ in (*tally.reasons, *tally.against) if id_ in rules.catalogue.rule
    ]
    if not met:
        return ""
    counts = dict.fromkeys("ABC", 0)
    for id_ in met:
        counts[rules.catalogue.rule[id_].grade] += 1
    parts = joined(f"{count} rest on grade {grade}" for grade, count in counts.items())
    return f"Of the {len(met)} rules met here, {parts}."


def cut(table: Table) -> Table:
    """The table with as many rows as a page can hold."""
    beyond = len(table.rows) - _MOST_ROWS
    if beyond <= 0:
        return table
    rest = f"{beyond:,} more, of smaller numbers or later files, are left out here."
    return msgspec.structs.replace(table, rows=table.rows[:_MOST_ROWS], rest=rest)

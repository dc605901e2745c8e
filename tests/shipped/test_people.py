"""People of guidelines, in their own words: how soon they are sent, and what tests do.

The figures are those of the whole sample, of which half was seen while rules and
reading were mended; of the half that was not, 0.78 were told the right urgency or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import minsight
from minsight.ages import parse_age
from minsight.errors import SubjectError
from minsight.files.yaml import load_file
from minsight.intake.records import measurement_from_text
from minsight.scales import LEVELS, URGENCIES
from places import DATA

FILE: Final = DATA / "people_of_guidelines.yaml"
OWN: Final = DATA / "people_of_our_own.yaml"
_LAB: Final = re.compile(r"(.+?)\s+([<>]?\s*[\d.]+)\s*(.*)")
_FITS: Final = dict(
    zip(("none", "few", "partial", "typical", "measured"), LEVELS, strict=True)
)


@cache
def people(kind: str, file: Path = FILE) -> tuple[Mapping[str, Any], ...]:
    return tuple(load_file(file, file.name).data[kind])


def subject(person: Mapping[str, Any], rules: minsight.Rules) -> minsight.Subject:
    """The person as typed; a value that cannot be read as one is typed as well."""
    said, values = list(person["say"]), []
    for lab in person.get("labs", ()):
        parts = _LAB.fullmatch(lab)
        assert parts is not None
        name, number, unit = parts.groups()
        try:
            value = measurement_from_text(f"{name}={number} {unit}".strip())
            rules.assess(minsight.Subject(measurements=[value]))
            values.append(value)
        except SubjectError:
            said.append(lab)
    age = person.get("age")
    return minsight.Subject(
        present=said,
        measurements=values,
        age_days=parse_age(str(age)) if age else None,
        sex=person.get("sex"),
    )


def assessed(
    kind: str, rules: minsight.Rules, file: Path = FILE
) -> Iterator[tuple[Mapping[str, Any], minsight.Assessment]]:
    for person in people(kind, file):
        yield person, rules.assess(subject(person, rules), keep_going=True)


def urgency(name: str) -> int:
    return 0 if name == "routine" else URGENCIES.index(name)


def misjudged(rules: minsight.Rules, file: Path) -> tuple[list[str], ...]:
    """Who is sent later than right, sooner than allowed, and wrongly calmed."""
    late, early, calmed = [], [], []
    for person, found in assessed("urgency", rules, file):
        level = URGENCIES.index(found.urgency.level)
        right = urgency(person["right"])
        late += [person["id"]] * (level < right)
        early += [person["id"]] * (level > max(1, urgency(person["at_most"])))
        if right > 1 and level < 2 and found.urgency.judged:
            calmed.append(person["id"])
    return late, early, calmed


def test_people_of_our_own_are_sent_as_soon_as_their_guideline_says(
    rules: minsight.Rules,
) -> None:
    late, early, calmed = misjudged(rules, OWN)
    whole = people("urgency", OWN)
    urgent = [person for person in whole if urgency(person["right"]) > 1]
    assert len(whole) == 120
    assert len(urgent) >= 60
    assert len(whole) - len(urgent) >= 40
    assert len(late) <= 0.03 * len(whole), late
    assert len(early) <= 0.05 * len(whole), early
    assert calmed == []


def test_people_of_our_own_name_their_guideline() -> None:
    for person in people("urgency", OWN):
        organisation, _, title = person["source"].partition("; ")
        assert organisation, person["id"]
        assert title, person["id"]


def test_most_are_sent_as_soon_as_the_guideline_says_and_few_sooner(
    rules: minsight.Rules,
) -> None:
    late, early, calmed = misjudged(rules, FILE)
    count = len(people("urgency"))
    assert count == 120
    assert len(late) <= 0.15 * count, late
    assert len(early) <= 0.05 * count, early
    assert len(calmed) <= 2, calmed


def test_tests_and_words_do_to_minerals_what_they_should(rules: minsight.Rules) -> None:
    checks, wrong = 0, []
    for person, found in assessed("evidence", rules):
        levels = {one.mineral: one.level for one in found.candidates}
        order = list(levels)
        for check in person["expect"]:
            checks += 1
            if not holds(check, levels, order):
                wrong.append((person["id"], check))
    assert checks > 90
    assert len(wrong) <= 0.1 * checks, wrong


def holds(
    check: Mapping[str, Any], levels: Mapping[str, str], order: list[str]
) -> bool:
    if "first" in check:
        return order[:1] == [check["first"]]
    if "above" in check:
        one, other = check["above"]
        return one in order and order.index(one) < [*order, other].index(other)
    level = LEVELS.index(levels.get(check["mineral"], LEVELS[0]))
    if "at_least" in check:
        return level >= LEVELS.index(_FITS[check["at_least"]])
    return level <= LEVELS.index(_FITS[check["at_most"]])

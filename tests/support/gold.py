"""How well texts are read: recall, precision and denials on `gold_phrases.yaml`.

Run it to see the figures: `python tests/support/gold.py`; `--misses` lists what
went wrong.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import minsight
from minsight.ages import parse_age
from minsight.files.yaml import load_file
from minsight.intake.recognition import recognise
from minsight.intake.status import OF_RECORD
from minsight.knowledge.vocabulary import Vocabulary
from places import DATA

FILE = DATA / "gold_phrases.yaml"
ANSWERS = ("present", "absent", "unsure", "measured")


@dataclass(frozen=True)
class Gold:
    """A text and what it says; `also` are ids that a reader might fairly give too.

    `given` says under which heading the text was entered: a text among the absent ones
    denies what it names.
    """

    text: str
    part: str
    given: str
    said: Mapping[str, str]
    also: frozenset[str]
    age: str | None
    sex: str | None


@dataclass(frozen=True)
class Reading:
    """A text with what was made of it: the answer for each id, the age and the sex."""

    gold: Gold
    said: Mapping[str, str]
    ages: frozenset[float]
    sexes: frozenset[str]

    @property
    def right(self) -> set[str]:
        """The ids that were found with the answer they should have."""
        wanted = self.gold.said
        return {id_ for id_, answer in self.said.items() if wanted.get(id_) == answer}

    @property
    def missed(self) -> set[str]:
        return self.gold.said.keys() - self.right

    @property
    def wrong(self) -> set[str]:
        """The ids that should not have been found, or not with this answer."""
        turned = {id_ for id_ in self.said if id_ in self.gold.said} - self.right
        return turned | (self.said.keys() - self.gold.said.keys() - self.gold.also)

    @property
    def person_is_right(self) -> bool:
        age, sex = self.gold.age, self.gold.sex
        ages = {parse_age(age)} if age is not None else set[float]()
        sexes = {sex} if sex is not None else set[str]()
        return self.ages == ages and self.sexes == sexes


@dataclass(frozen=True)
class Figures:
    """Shares: of what is said, found; of what was found, right; of answers, right.

    `denials` is the share of ids named by both sides that have the same answer;
    `person` the share of texts with an age or a sex, on either side, that agree.
    """

    texts: int
    recall: float
    precision: float
    denials: float
    person: float


@cache
def gold() -> tuple[Gold, ...]:
    """All texts of the file, part by part."""
    parts = load_file(FILE, FILE.name).data
    return tuple(_gold(entry, part) for part, found in parts.items() for entry in found)


def _gold(entry: Mapping[str, object], part: str) -> Gold:
    said = {
        str(id_): answer for answer in ANSWERS for id_ in _ids(entry.get(answer, ()))
    }
    age, sex = entry.get("age"), entry.get("sex")
    return Gold(
        text=str(entry["text"]),
        part=part,
        given=str(entry.get("given", "present")),
        said=said,
        also=frozenset(_ids(entry.get("also", ()))),
        age=str(age) if age is not None else None,
        sex=str(sex) if sex is not None else None,
    )


def _ids(found: object) -> Iterable[str]:
    assert isinstance(found, (list, tuple)), found
    return [str(id_) for id_ in found]


def read_all(vocabulary: Vocabulary, entries: Iterable[Gold]) -> list[Reading]:
    """Every text as it is read."""
    return [_reading(vocabulary, entry) for entry in entries]


def _reading(vocabulary: Vocabulary, entry: Gold) -> Reading:
    meaning = recognise(entry.text, vocabulary, status=OF_RECORD[entry.given])
    return Reading(
        entry,
        {m.id: m.answer for m in meaning.recognised if m.kind != "person"},
        frozenset(m.age_days for m in meaning.mentions if m.age_days is not None),
        frozenset(m.sex for m in meaning.mentions if m.sex is not None),
    )


def figures(readings: Sequence[Reading]) -> Figures:
    wanted = sum(len(r.gold.said) for r in readings)
    right = sum(len(r.right) for r in readings)
    wrong = sum(len(r.wrong) for r in readings)
    both = sum(len(r.said.keys() & r.gold.said.keys()) for r in readings)
    persons = [r for r in readings if r.gold.age or r.gold.sex or r.ages or r.sexes]
    return Figures(
        texts=len(readings),
        recall=right / max(1, wanted),
        precision=right / max(1, right + wrong),
        denials=right / max(1, both),
        person=1 - sum(not r.person_is_right for r in persons) / max(1, len(persons)),
    )


def by_part(readings: Sequence[Reading]) -> dict[str, Figures]:
    """The figures of each part of the file, then of all."""
    parts = dict.fromkeys(reading.gold.part for reading in readings)
    found = {
        part: figures([r for r in readings if r.gold.part == part]) for part in parts
    }
    return {**found, "all": figures(readings)}


HEADINGS = ("texts", "recall", "precision", "denials", "age, sex")


def as_text(rules: minsight.Rules) -> str:
    """The figures in columns, for a terminal."""
    lines = [f"{'phrases and texts':34}" + "".join(f"{h:>11}" for h in HEADINGS)]
    for part, f in by_part(read_all(rules.vocabulary, gold())).items():
        shares = (f.recall, f.precision, f.denials, f.person)
        cells = [f"{f.texts:>11}", *(f"{share:>11.3f}" for share in shares)]
        lines.append(f"{part.replace('_', ' '):34}" + "".join(cells))
    return "\n".join(lines)


def misses(readings: Iterable[Reading]) -> Iterator[str]:
    """What was read otherwise than it should be, a line each."""
    for reading in readings:
        missed = [f"missed {reading.gold.said[i]} {i}" for i in sorted(reading.missed)]
        wrong = [f"wrong {reading.said[i]} {i}" for i in sorted(reading.wrong)]
        person = [] if reading.person_is_right else ["age or sex"]
        if missed or wrong or person:
            yield f"{reading.gold.text!r}: {', '.join([*missed, *wrong, *person])}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    parser.add_argument("--part", help="of this part only")
    options = parser.parse_args()
    rules = minsight.load()
    print(as_text(rules))
    if options.misses:
        chosen = [g for g in gold() if options.part in (None, g.part)]
        for line in misses(read_all(rules.vocabulary, chosen)):
            print("  " + line)


if __name__ == "__main__":
    main()

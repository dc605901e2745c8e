"""Families of phrases: how each kind of turning words is read, on `families.yaml`.

Run it to see the figures: `python tests/support/families.py`; `--misses` lists what
went wrong. Another file of the same form may be named.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import minsight
from minsight.ages import DAYS_IN
from minsight.errors import SubjectError
from minsight.files.yaml import load_file
from minsight.intake.answers import Answers, enter
from minsight.intake.recognition import NOTHING_WRONG
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import Vocabulary
from places import DATA

FILE: Final = DATA / "families.yaml"
GIVEN_ABSENT: Final = "absent="
REFUSED: Final = "refused"
"""Stands for what is read of a text whose answers are refused."""


@dataclass(frozen=True)
class Member:
    """A phrase of a family and what must be read of it: one of each of `wanted`.

    `allowed` may be read besides.
    """

    family: str
    text: str
    wanted: tuple[frozenset[str], ...]
    allowed: frozenset[str]

    @property
    def subject(self) -> Subject:
        if self.text.startswith(GIVEN_ABSENT):
            return Subject(absent=[self.text.removeprefix(GIVEN_ABSENT)])
        return Subject(present=[self.text])


def families(file: Path = FILE) -> tuple[Member, ...]:
    """All phrases of the file, family by family."""
    found = load_file(file, file.name).data
    return tuple(
        _member(family, str(text), str(said or ""))
        for family, members in found.items()
        for text, said in members.items()
    )


def _member(family: str, text: str, said: str) -> Member:
    slots = [frozenset(slot.split("|")) for slot in said.split() if slot[0] != "+"]
    besides = {slot[1:] for slot in said.split() if slot[0] == "+"}
    wanted = tuple(slot for slot in slots if "" not in slot)
    return Member(family, text, wanted, frozenset(besides.union(*slots)) - {""})


def faults(member: Member, vocabulary: Vocabulary) -> list[str]:
    """What is read of a phrase otherwise than it should be."""
    said = _said(member.subject, vocabulary)
    missed = [slot for slot in member.wanted if said.isdisjoint(slot)]
    wrong = sorted(said - _near(member.allowed, vocabulary))
    return [
        *(f"missed {'|'.join(sorted(slot))}" for slot in missed),
        *(f"wrong {one}" for one in wrong),
    ]


def _said(subject: Subject, vocabulary: Vocabulary) -> set[str]:
    """What is read, in the words of the file, without what follows from the age."""
    try:
        answers = enter(subject, vocabulary)
    except SubjectError:
        return {REFUSED}
    derived = {g.id for g in vocabulary.groups if g.category == "age_sex"}
    mark = {"observed": "", "excluded": "-", "unsure": "?"}
    said = {mark[s] + id_ for id_, s in answers.statuses if id_ not in derived}
    return said | set(_of_person(answers))


def _of_person(answers: Answers) -> Iterator[str]:
    if answers.subject.age_days is not None:
        yield f"{answers.subject.age_days / DAYS_IN['y']:g}y"
    if answers.subject.sex is not None:
        yield answers.subject.sex
    calm = [one.id for one in answers.recognised] == [NOTHING_WRONG]
    if calm and not answers.unrecognised:
        yield "well"


def _near(allowed: frozenset[str], vocabulary: Vocabulary) -> set[str]:
    """What is allowed, what it implies, and what is denied with what is wider."""
    near = set(allowed)
    for one in allowed:
        if one[0] == "-":
            every = [*vocabulary.finding, *vocabulary.group]
            near |= {f"-{i}" for i in every if one[1:] in vocabulary.with_ancestors(i)}
        else:
            mark, id_ = ("?", one[1:]) if one[0] == "?" else ("", one)
            near |= {mark + above for above in vocabulary.with_ancestors(id_)}
    return near


def as_text(members: Sequence[Member], vocabulary: Vocabulary, *, misses: bool) -> str:
    """How many of each family are read as they should be, and of all."""
    found = [(member, faults(member, vocabulary)) for member in members]
    lines = []
    for family in dict.fromkeys(member.family for member in members):
        here = [(m, wrong) for m, wrong in found if m.family == family]
        lines.append(f"{family:48}{sum(not w for _, w in here):>4} of {len(here)}")
        if misses:
            lines += [f"    {m.text!r}: {', '.join(w)}" for m, w in here if w]
    lines.append(f"{'all':48}{sum(not w for _, w in found):>4} of {len(found)}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    vocabulary = minsight.load().vocabulary
    print(as_text(families(options.file), vocabulary, misses=options.misses))


if __name__ == "__main__":
    main()

"""Tally: what became of the rows of all files, and what is to be told of them.

It keeps counts only, so it stays small however many rows there are. Tallies of parts
can be kept as JSON and added up later, in any order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec

from minsight.errors import FileError
from minsight.screening.pipeline import Screened
from minsight.screening.rejects import Notice, Reject
from minsight.screening.summary import counts as counting
from minsight.screening.summary import quality
from minsight.screening.summary.strata import strata_of

MOST_KINDS: Final = 500
"""How many kinds of reasons for rejection, and columns, are told apart."""
MOST_VALUES: Final = 300
"""How many values of a column that people are broken down by are told apart."""
OTHER: Final = "(all others)"
"""Stands for the kinds beyond those."""


@dataclass(kw_only=True)
class Tally:
    """Counts over the files of one screening.

    `candidates` counts persons by mineral, level, age group and sex; `people` all who
    were assessed by age group and sex; `standing` by what is told of urgency and by
    highest level. `asked` and `unanswered` count persons by question, of the batches
    that hold the question.
    `reasons` and `against` count persons by rule. `reject_kinds` and `reject_columns`
    count rejected rows, `notices` rows by file and message. `digits` count persons by
    number, decimals and last digit; `groups` by column, value, and urgency or mineral.
    `repeated` rows have an id that had stood before.
    """

    files: int = 0
    rejected_files: int = 0
    rows: int = 0
    assessed: int = 0
    rejected: int = 0
    candidates: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    people: Counter[tuple[str, str]] = field(default_factory=Counter)
    standing: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    against: Counter[str] = field(default_factory=Counter)
    reject_kinds: Counter[str] = field(default_factory=Counter)
    reject_columns: Counter[str] = field(default_factory=Counter)
    notices: Counter[tuple[str, str]] = field(default_factory=Counter)
    digits: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    groups: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    repeated: int = 0

    @property
    def levels(self) -> Counter[tuple[str, str]]:
        """Persons by mineral and level."""
        found: Counter[tuple[str, str]] = Counter()
        for (mineral, level, _, _), persons in self.candidates.items():
            found[mineral, level] += persons
        return found

    @property
    def urgencies(self) -> Counter[str]:
        """Persons by urgency as it is told (`minsight.scales.told_urgency`)."""
        return _summed((urgency, n) for (urgency, _), n in self.standing.items())

    @property
    def highest(self) -> Counter[str]:
        """Persons by the highest level that any mineral reached."""
        return _summed((level, n) for (_, level), n in self.standing.items())

    def add(self, screened: Screened) -> None:
        """Count a batch."""
        if not screened.rows:
            for counts in (self.asked, self.unanswered):
                counts.update(dict.fromkeys(counting.questions(screened.answers), 0))
            self.tell(screened.notices)
            return
        answers, results = screened.answers, screened.results
        strata = strata_of(answers)
        rejected = len({(one.file, one.row) for one in screened.rejects})
        self.rows += screened.rows
        self.rejected += rejected
        self.assessed += screened.rows - rejected
        self.candidates.update(counting.candidates(strata, results))
        self.people.update(counting.people(strata))
        self.standing.update(counting.standing_counts(results))
        self.asked.update(counting.asked(answers, screened.asked))
        self.unanswered.update(counting.unanswered(answers, screened.asked))
        self.reasons.update(screened.reasons)
        self.against.update(screened.against)
        kinds, columns = counting.rejected(screened.rejects)
        self.reject_kinds = _bounded(self.reject_kinds + kinds)
        self.reject_columns = _bounded(self.reject_columns + columns)
        self.tell(screened.notices)
        self.digits.update(quality.digits(answers, screened.factors))
        self.groups = _few_values(
            self.groups + counting.broken_down(screened.groups, results)
        )

    def tell(self, notices: Iterable[Notice]) -> None:
        """Remember what a reader of the results must know."""
        for notice in notices:
            self.notices[notice.file, notice.message] += notice.rows

    def reject_file(self, reject: Reject) -> None:
        """Count a file that could not be read, or not to its end."""
        self.rejected_files += 1
        self.tell([Notice(reject.file, f"not read to the end: {reject.reason}")])

    def merge(self, other: Tally) -> None:
        """Add what another tally counted."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, int):
                setattr(self, one.name, mine + theirs)
            else:
                mine.update(theirs)
        self.reject_kinds = _bounded(self.reject_kinds)
        self.reject_columns = _bounded(self.reject_columns)
        self.groups = _few_values(self.groups)

    def to_json(self) -> bytes:
        """All counts as JSON; equal tallies give equal bytes."""
        written = {one.name: _as_json(getattr(self, one.name)) for one in fields(self)}
        return msgspec.json.encode({"tally": 1, **written})

    @classmethod
    def from_json(cls, text: bytes) -> Tally:
        """The tally that was written.

        Raises:
            FileError: when the text is not a tally of this version.
        """
        try:
            read = msgspec.json.decode(text, type=_Written)
        except msgspec.DecodeError as error:
            raise FileError(f"this is no tally that can be read: {error}") from None
        return cls(
            **{one.name: _as_counts(getattr(read, one.name)) for one in fields(cls)}
        )


Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
_By1: TypeAlias = list[tuple[str, Count]]
_By2: TypeAlias = list[tuple[str, str, Count]]
_By3: TypeAlias = list[tuple[str, str, str, Count]]
_By4: TypeAlias = list[tuple[str, str, str, str, Count]]


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tally as JSON: each count is a list of rows that end in a number."""

    tally: Literal[1]
    files: Count
    rejected_files: Count
    rows: Count
    assessed: Count
    rejected: Count
    candidates: _By4
    people: _By2
    standing: _By2
    asked: _By1
    unanswered: _By1
    reasons: _By1
    against: _By1
    reject_kinds: _By1
    reject_columns: _By1
    notices: _By2
    digits: _By3
    groups: _By3
    repeated: Count


def _as_json(counts: Any) -> Any:
    if isinstance(counts, int):
        return counts
    return sorted((*_parts(key), number) for key, number in counts.items())


def _as_counts(written: Any) -> Any:
    if isinstance(written, int):
        return written
    return Counter({_key(parts): number for *parts, number in written})


def _parts(key: str | tuple[str, ...]) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else key


def _key(parts: list[str]) -> str | tuple[str, ...]:
    return parts[0] if len(parts) == 1 else tuple(parts)


def _summed(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, number in counts:
        found[key] += number
    return found


def _few_values(
    groups: Counter[tuple[str, str, str]],
) -> Counter[tuple[str, str, str]]:
    """The counts of the first values of each column, and of all others as one.

    INVARIANT: as of `_bounded`.
    """
    values = sorted({(name, v) for name, v, _ in groups if v != OTHER})
    beyond = {
        one
        for _, own in groupby(values, key=itemgetter(0))
        for one in list(own)[MOST_VALUES:]
    }
    for key in [key for key in groups if key[:2] in beyond] if beyond else ():
        groups[key[0], OTHER, key[2]] += groups.pop(key)
    return groups


def _bounded(counts: Counter[str]) -> Counter[str]:
    """The counts of the first keys by alphabet, and those of all others in one.

    INVARIANT: a key that stays was among the first from the time it was met, so its
    count is whole, and it does not matter in which order parts are added.
    """
    beyond = sorted(counts.keys() - {OTHER})[MOST_KINDS:]
    for key in beyond:
        counts[OTHER] += counts.pop(key)
    return counts

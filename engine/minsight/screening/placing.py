"""Placing: which column of a file is which question, found by name or by a map."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.errors import FileError, quoted
from minsight.phrases import normalise
from minsight.screening.reports import Notice
from minsight.screening.spellings import USUAL, Spellings
from minsight.vocabulary import Vocabulary

Role: TypeAlias = Literal["id", "age", "sex", "answer", "measurement", "text"]
PERSON: Final[dict[str, tuple[Role, str]]] = {
    "subject id": ("id", ""),
    "id": ("id", ""),
    "subject": ("id", ""),
    "person id": ("id", ""),
    "patient id": ("id", ""),
    "participant id": ("id", ""),
    "respondent id": ("id", ""),
    "record id": ("id", ""),
    "age": ("age", "y"),
    "age years": ("age", "y"),
    "age in years": ("age", "y"),
    "age y": ("age", "y"),
    "age yrs": ("age", "y"),
    "age months": ("age", "mo"),
    "age in months": ("age", "mo"),
    "age days": ("age", "d"),
    "age in days": ("age", "d"),
    "alter": ("age", "y"),
    "edad": ("age", "y"),
    "sex": ("sex", ""),
    "gender": ("sex", ""),
    "geschlecht": ("sex", ""),
    "sexe": ("sex", ""),
    "sexo": ("sex", ""),
}
"""Names of columns about the person, in normal words: their role and their unit."""
_WITH_UNIT: Final = re.compile(r"\s*(.+?)\s*[(\[]\s*([^)\]]+?)\s*[)\]]\s*")
_SHOWN: Final = 8


class Column(msgspec.Struct, frozen=True):
    """One column of a file and what it says.

    `target` is the id of the vocabulary for an answer or a measurement, and for a text
    how it was given (present, absent or unsure). `unit` is that of an age (`y`, `mo`,
    `d`) or of a measurement. `values` are spellings of the sexes, where a map gives
    them. `by` says how the name was understood.
    """

    index: int
    name: str
    role: Role
    target: str = ""
    unit: str = ""
    spellings: Spellings = USUAL
    values: tuple[tuple[str, str], ...] = ()
    by: str = "id"


class Placing(msgspec.Struct, frozen=True):
    """Where each question of a file stands; `columns` are in the order of the file.

    With `first_age`, the first age column that is filled in counts; otherwise two ages
    are one too many.
    """

    header: tuple[str, ...]
    columns: tuple[Column, ...]
    notices: tuple[Notice, ...] = ()
    decimal_comma: bool = False
    first_age: bool = False

    def of(self, role: Role) -> tuple[Column, ...]:
        """The columns of one role."""
        return tuple(column for column in self.columns if column.role == role)


def place_header(
    header: Sequence[str], vocabulary: Vocabulary, *, file: str
) -> Placing:
    """Where each question stands, by the names of the columns alone.

    Raises:
        FileError: when no column is a question of the vocabulary.
    """
    placed = [
        column
        for index, name in enumerate(header)
        if (column := _named(index, name, vocabulary)) is not None
    ]
    if not any(c.role in ("answer", "measurement", "text") for c in placed):
        raise FileError(
            f"`{file}`: no column is a question that the rules know"
            f" (it begins with {_some(header)}); draft a map with `minsight map`"
        )
    left = _left_out(header, placed)
    return Placing(
        tuple(header), tuple(placed), tuple(_notices(file, placed, left, vocabulary))
    )


def _left_out(header: Sequence[str], placed: Sequence[Column]) -> list[str]:
    known = {column.index for column in placed}
    return [name for index, name in enumerate(header) if index not in known]


def _named(index: int, name: str, vocabulary: Vocabulary) -> Column | None:
    """The column by its name, if the name is exactly one that is known."""
    words = normalise(name.replace("_", " "))
    if words in PERSON:
        role, unit = PERSON[words]
        return Column(index, name, role, unit=unit)
    if name.strip() in vocabulary.measurement:
        kind = vocabulary.measurement[name.strip()]
        return Column(index, name, "measurement", kind.id, kind.unit)
    phrase = vocabulary.phrase.get(words)
    if phrase is not None:
        return Column(index, name, "answer", phrase.id, by=phrase.by)
    return _measured(index, name, vocabulary)


def _measured(index: int, name: str, vocabulary: Vocabulary) -> Column | None:
    """A measurement with its unit in brackets, like `Ferritin (ng/mL)`."""
    match = _WITH_UNIT.fullmatch(name)
    if match is None:
        return None
    words, unit = match.groups()
    phrase = vocabulary.measurement_phrase.get(normalise(words.replace("_", " ")))
    if phrase is None:
        return None
    return Column(index, name, "measurement", phrase.id, unit, by=phrase.by)


def _notices(
    file: str, placed: Sequence[Column], left: Sequence[str], vocabulary: Vocabulary
) -> Iterator[Notice]:
    if left:
        count = f"{len(left)} column{'' if len(left) == 1 else 's'}"
        yield Notice(file, f"{count} not read, because no map says what: {_some(left)}")
    bare = [c for c in placed if c.role == "measurement" and c.name.strip() == c.target]
    for column in bare:
        unit = vocabulary.measurement[column.target].unit
        yield Notice(
            file,
            f"`{column.name}` names no unit and was taken as {unit},"
            " as in the template",
        )
    times = Counter(c.target for c in placed if c.role == "answer")
    for target in sorted(id_ for id_, count in times.items() if count > 1):
        names = _some([c.name for c in placed if c.target == target])
        yield Notice(file, f"several columns answer `{target}`: {names}")


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(quoted(name) for name in names[:_SHOWN]) or "nothing"
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown

"""Map draft: a map for a foreign file, with each guess marked as one.

A name that is exactly a phrase of the vocabulary is placed. One that comes near, or
only contains one, is a guess and stands as a comment to be looked at. What could not be
placed stands as a comment too: as long as no map names it, reading tells of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from polars import DataFrame

from minsight.errors import FileError
from minsight.intake.recognition import recognise
from minsight.intake.status import AS_RECORDED
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.answers.batches import column_names
from minsight.screening.mapping.columns import Column, named
from minsight.screening.mapping.value_sets import USUAL, Known, plain
from minsight.screening.sources.first_rows import first_rows
from minsight.screening.sources.source import Source

_ROWS: Final = 1_000
"""How many rows are looked at."""
_FEW: Final = 12
"""A column with more different values is not an answer column."""
_UNITS: Final = {"y": "years", "mo": "months", "w": "weeks", "d": "days"}
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_NOT_PLAIN: Final = ("yes", "no", "true", "false", "null", "on", "off", "y", "n", "nan")


class Seen(msgspec.Struct, frozen=True):
    """A column, the values that its first rows have, and what it may be."""

    name: str
    values: tuple[str, ...]
    many: bool
    column: Column | None
    guess: str = ""


class Draft(msgspec.Struct, frozen=True):
    """The text of a map, and the columns that it could not place."""

    text: str
    placed: tuple[str, ...]
    guessed: tuple[str, ...]
    unplaced: tuple[str, ...]


def draft_map(source: Source, vocabulary: Vocabulary) -> Draft:
    """A map of the file's columns, ready to be corrected by hand.

    Raises:
        FileError: when the file is not a table, or cannot be read.
    """
    if source.format == "json":
        raise FileError(f"`{source.name}` holds JSON, which needs no map of columns")
    header = column_names(source)
    rows = first_rows(source, header, _ROWS)
    seen = [
        _seen(index, name, rows, vocabulary)
        for index, name in enumerate(header)
        if name
    ]
    placed = [one for one in seen if one.column is not None]
    guessed = [one for one in seen if one.column is None and one.guess]
    unplaced = [one for one in seen if one.column is None and not one.guess]
    lines = [*_top(source), *_body(placed, guessed, vocabulary), *_rest(unplaced)]
    unsure = [
        one for one in placed if _role(one) == "answer" and not _is_understood(one)
    ]
    sure = [one for one in placed if one not in unsure]
    parts = (sure, [*unsure, *guessed], unplaced)
    return Draft(
        "\n".join(lines) + "\n",
        *(tuple(one.name for one in part) for part in parts),
    )


def _seen(index: int, name: str, rows: DataFrame, vocabulary: Vocabulary) -> Seen:
    cells = rows[str(index)].drop_nulls().unique(maintain_order=True).to_list()
    values = tuple(dict.fromkeys(plain(value) for value in cells if plain(value)))
    column = named(index, name, vocabulary)
    guess = "" if column else _guess(name, vocabulary)
    return Seen(name, values[:_FEW], len(values) > _FEW, column, guess)


def _guess(name: str, vocabulary: Vocabulary) -> str:
    """What the name may mean: read as words, as entry would read them."""
    words = re.sub(r"[_.]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
    measured = vocabulary.measurement_phrase.get(normalise(words))
    if measured is not None:
        return measured.id
    found = recognise(words, vocabulary).recognised
    return next((m.id for m in found if m.kind != "person"), "")


# --- writing --------------------------------------------------------------------------


def _top(source: Source) -> Iterator[str]:
    yield f"# Drafted from {_in_quotes(source.name)}; look at"
    yield "# every line. `guess` marks what only comes near; `values` in the first rows"
    yield "# are shown behind `has`. Empty cells are always unknown, never no."


def _body(
    placed: Sequence[Seen], guessed: Sequence[Seen], vocabulary: Vocabulary
) -> Iterator[str]:
    by_role: dict[str, list[Seen]] = {}
    for one in placed:
        by_role.setdefault(_role(one), []).append(one)
    yield from (f"id: {_yaml(one.name)}" for one in by_role.get("id", ())[:1])
    yield from _ages(by_role.get("age", ()))
    yield from _sex(by_role.get("sex", ()))
    answers = by_role.get("answer", ())
    lines = [line for one in answers for line in _answer(one)]
    lines += [f"  # guess: {_guessed(one, vocabulary)}" for one in guessed]
    yield from _section("answers", lines)
    measured = by_role.get("measurement", ())
    yield from _section("measurements", [_measurement(one) for one in measured])
    yield from _section("texts", [_text(one) for one in by_role.get("text", ())])


def _role(one: Seen) -> str:
    return one.column.role if one.column else ""


def _section(name: str, lines: Sequence[str]) -> Iterator[str]:
    if any(not line.lstrip().startswith("#") for line in lines):
        yield f"{name}:"
        yield from lines
    elif lines:
        yield f"# {name}:"
        yield from lines


def _ages(ages: Sequence[Seen]) -> Iterator[str]:
    """All ages; of several the first that is filled in counts, the finest first."""
    finest = sorted(ages, key=lambda one: list(_UNITS).index(_unit(one)), reverse=True)
    lines = [
        f"  - {{column: {_yaml(a.name)}, unit: {_UNITS[_unit(a)]}}}" for a in finest
    ]
    yield from _section("age", lines)


def _unit(one: Seen) -> str:
    return one.column.unit if one.column else "y"


def _sex(found: Sequence[Seen]) -> Iterator[str]:
    for one in found[:1]:
        known = {"1", "2"} >= set(one.values) and one.values
        if known:  # which of them is which, only the codebook of the file knows
            yield f"# guess: sex: {{column: {_yaml(one.name)}, male: [1], female: [2]}}"
            yield f"#   look up which is which: {_has(one)}"
        else:
            yield f"sex: {{column: {_yaml(one.name)}}}  # {_has(one)}"


def _answer(one: Seen) -> list[str]:
    target = one.column.target if one.column else one.guess
    head = f"- {{column: {_yaml(one.name)}, answers: {target}"
    if _is_understood(one):
        return [f"  {head}}}  # {_has(one)}"]
    return [
        f"  # guess: {head}, observed: [], excluded: [], unknown: []}}",
        f"  #   say which of its values mean what: {_has(one)}",
    ]


def _is_understood(one: Seen) -> bool:
    """Whether the values of an answer column are the usual ones."""
    return not one.many and not Known.among(one.values, USUAL).left


def _guessed(one: Seen, vocabulary: Vocabulary) -> str:
    name = f"- {{column: {_yaml(one.name)}"
    kind = vocabulary.measurement.get(one.guess)
    if kind is not None:
        units = " or ".join(kind.units)
        return (
            f"{name}, measures: {kind.id}, unit: }}  the unit is {units}; {_has(one)}"
        )
    return f"{name}, answers: {one.guess}}}  {_has(one)}"


def _measurement(one: Seen) -> str:
    column = one.column
    assert column is not None
    unit = f"unit: {_yaml(column.unit)}}}"
    line = f"  - {{column: {_yaml(one.name)}, measures: {column.target}, {unit}"
    return line if "(" in one.name or "[" in one.name else f"{line}  # guess: the unit"


def _text(one: Seen) -> str:
    how = AS_RECORDED[one.column.status] if one.column else "present"
    return f"  - {{column: {_yaml(one.name)}, given: {how}}}"


def _rest(unplaced: Sequence[Seen]) -> Iterator[str]:
    if unplaced:
        yield "# Not placed. Move what is useful up; take away the `#` of what is not."
        yield "# ignored:"
        yield from (f"#  - {_yaml(one.name)}  # {_has(one)}" for one in unplaced)


def _has(one: Seen) -> str:
    if not one.values:
        return "has nothing in the first rows"
    shown = ", ".join(_short(value) for value in one.values[:6])
    return f"has {shown}{', ...' if one.many or len(one.values) > 6 else ''}"


def _short(value: str) -> str:
    shown = " ".join(value.split())[:24]
    return "".join(c if c.isprintable() else "?" for c in shown)


def _yaml(text: Any) -> str:
    """A text as YAML reads it back, in quotes where it must be."""
    plainly = _PLAIN.fullmatch(str(text)) and str(text).lower() not in _NOT_PLAIN
    return str(text) if plainly else _in_quotes(str(text))


def _in_quotes(text: str) -> str:
    """The text in quotes; what YAML refuses, and what nobody sees, is escaped."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in shown)

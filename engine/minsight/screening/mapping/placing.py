"""Placing: which column of a file is which question, by a map or by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from minsight.errors import FileError, Remedy, quoted
from minsight.intake.text.abroad import language_of
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.mapping.columns import (
    DATES,
    SAYING,
    Column,
    Placing,
    columns_of,
    headed,
    question_of,
    some,
)
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.maps import Map
from minsight.screening.rejects import Notice


def place_header(
    heading: Heading,
    vocabulary: Vocabulary,
    *,
    file: str,
    mapping: Map | None = None,
    long: bool = False,
) -> Placing:
    """Where each question stands, by a map or by the names of the columns alone.

    With `long`, the first column is the id, whatever it is called, and where it stands
    alone there were no lines to ask anything.

    Raises:
        FileError: when no column is a question of the vocabulary, or one that the map
            names is there twice or, if it refuses others, not named.
    """
    header = heading.names
    mapped = list(_mapped(header, mapping, file)) if mapping else []
    placed = list(mapped)
    if mapping is None or mapping.others == "by_name":
        known = {column.index for column in mapped}
        has_id = any(column.role == "id" for column in mapped)
        ignored = mapping.ignored if mapping else ()
        placed += [
            column
            for index, name in enumerate(header)
            if index not in known and name not in ignored
            if (column := headed(index, heading, vocabulary)) is not None
            if not (has_id and column.role == "id")
        ]
    if long:
        subject = Column(0, header[0], "id")
        placed = [subject, *(c for c in placed if c.role != "id" and c.index > 0)]
    if mapping is not None:
        _refuse_others(header, placed, mapping, file)
    asks = len(header) > 1 or not long
    if asks and not any(column.role in SAYING for column in placed):
        by = f"of the map `{mapping.file}`" if mapping else "that the rules know"
        raise FileError(
            f"`{file}`: no column is a question {by}"
            f" (it begins with {some(header)}); {Remedy.DRAFT_MAP}"
        )
    placed = _with_questions(_with_dates(placed), heading)
    ordered = sorted(placed, key=lambda column: column.index)
    if mapping is not None and len(mapping.ages) > 1:  # the order of the map counts
        ordered.sort(key=lambda column: _place_of_age(column, mapping))
    return Placing(
        header=header,
        columns=tuple(ordered),
        notices=tuple(_notices(file, heading, ordered, mapping, vocabulary)),
        first_age=mapping is not None and len(mapping.ages) > 1,
        mapping=mapping,
        language=language_of((*header, *heading.labels)),
    )


def _with_questions(placed: Sequence[Column], heading: Heading) -> list[Column]:
    """The columns with the questions that offer them, and the other choices there."""
    asked = {index: question_of(heading, index) for index in range(len(heading.names))}
    times = Counter(asked.values())
    known = {c.index for c in placed}
    of = {i: q for i, q in asked.items() if q and times[q] > 1}
    offered = {of[c.index] for c in placed if c.role == "answer" and c.index in of}
    others = [
        Column(index, heading.names[index], "tick", question=question)
        for index, question in of.items()
        if index not in known and question in offered
    ]
    return [
        msgspec.structs.replace(c, question=of[c.index])
        if c.role == "answer" and of.get(c.index) in offered
        else c
        for c in placed
    ] + others


def _with_dates(placed: Sequence[Column]) -> list[Column]:
    """The columns without dates that give no age: those of a visit beside no birth.

    When answers were taken up counts as the visit where no column says when that was.
    """
    of = {role: [c for c in placed if c.role == role] for role in DATES}
    seen = (of["seen"] or of["stamp"])[:1]
    used = [*of["born"][:1], *seen] if of["born"] and seen else []
    return [*(c for c in placed if c.role not in DATES), *used]


def _place_of_age(column: Column, mapping: Map) -> int:
    names = [name for name, _ in mapping.ages]
    return names.index(column.name) if column.role == "age" else -1


def grouped(placing: Placing, by: Sequence[str], *, file: str) -> Placing:
    """The placing with columns to break people down by, which need not be read else."""
    found = [
        Column(placing.header.index(name), name, "group")
        for name in by
        if name in placing.header
    ]
    notices = [
        Notice(file, f"has no column {quoted(name)} to break people down by")
        for name in by
        if name not in placing.header and placing.long is None
    ]
    return msgspec.structs.replace(
        placing,
        columns=(*placing.columns, *found),
        notices=(*placing.notices, *notices),
        by=tuple(by),
    )


# --- by a map -------------------------------------------------------------------------


def _mapped(header: Sequence[str], mapping: Map, file: str) -> Iterator[Column]:
    """The columns that the map names, as far as the file has them."""
    place = {name: index for index, name in reversed(list(enumerate(header)))}
    for column in columns_of(mapping):
        if column.name in place:
            if header.count(column.name) > 1:
                raise FileError(
                    f"`{file}` has {header.count(column.name)} columns called"
                    f" {quoted(column.name)}, which the map names; rename one"
                )
            yield msgspec.structs.replace(column, index=place[column.name])


def _refuse_others(
    header: Sequence[str], placed: Sequence[Column], mapping: Map, file: str
) -> None:
    left = _left_out(header, placed, mapping)
    if left and mapping.others == "refused":
        raise FileError(
            f"`{file}` has columns that the map does not name, and it refuses others:"
            f" {some(left)}; name them, or list them under `ignored`"
        )


# --- what to tell ---------------------------------------------------------------------


def _left_out(
    header: Sequence[str], placed: Sequence[Column], mapping: Map | None
) -> list[str]:
    known = {column.index for column in placed if column.role != "tick"}
    ignored = {*mapping.ignored, *dict(mapping.open)} if mapping else set()
    return [n for i, n in enumerate(header) if i not in known and n not in ignored]


def _notices(
    file: str,
    heading: Heading,
    placed: Sequence[Column],
    mapping: Map | None,
    vocabulary: Vocabulary,
) -> Iterator[Notice]:
    header = heading.names
    if heading.told:
        yield Notice(file, heading.told)
    left = _left_out(header, placed, mapping)
    if left:
        count = f"{len(left)} column{'' if len(left) == 1 else 's'}"
        why = "the map does not name them" if mapping else "no question is known by"
        why += "" if mapping else " these names"
        yield Notice(file, f"{count} not read, because {why}: {some(left)}")
    dates = [c for c in placed if c.role in DATES]
    if dates:
        born, seen = sorted(dates, key=lambda c: DATES.index(c.role))
        yield Notice(file, f"ages are from {quoted(born.name)} to {quoted(seen.name)}")
    for name, asked in mapping.open if mapping else ():
        yield Notice(
            file, f"{quoted(name)} is open in the map, and was not read: {asked}"
        )
    for name in _missing(header, mapping):
        yield Notice(file, f"the map names {quoted(name)}, which is no column here")
    bare = [
        c
        for c in placed
        if c.role == "measurement" and c.name.strip().lower() == c.target
    ]
    for column in bare if mapping is None else ():
        unit = vocabulary.measurement[column.target].unit
        yield Notice(
            file,
            f"`{column.name}` names no unit and was taken as {unit},"
            " as in the template",
        )
    ids = [column.name for column in placed if column.role == "id"]
    if len(ids) > 1:
        message = f"several columns name the person: {some(ids)}; the first was taken"
        yield Notice(file, message)
    times = Counter(c.target for c in placed if c.role == "answer")
    for target in sorted(id_ for id_, count in times.items() if count > 1):
        names = some([c.name for c in placed if c.target == target])
        yield Notice(file, f"several columns answer `{target}`: {names}")


def _missing(header: Sequence[str], mapping: Map | None) -> list[str]:
    if mapping is None:
        return []
    names = dict.fromkeys(column.name for column in columns_of(mapping))
    return [name for name in names if name not in header]

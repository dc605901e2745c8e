"""Placing: which column of a file is which question, found by name or by a map."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.errors import FileError, Remedy, quoted
from minsight.intake.measurements import factor_of
from minsight.intake.text.abroad import language_of
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.maps import Long, Map
from minsight.screening.mapping.person_headings import (
    TEXTS,
    PersonRole,
    person_heading,
)
from minsight.screening.mapping.value_sets import USUAL, Spellings, plain
from minsight.screening.mapping.word_list import WordList
from minsight.screening.rejects import Notice

ColumnRole: TypeAlias = (
    PersonRole | Literal["answer", "measurement", "text", "tick", "group", "months"]
)
SAYING: Final = ("answer", "measurement", "text")
"""The roles of columns that say something of the person besides age and sex."""
DATES: Final = ("born", "seen", "stamp")
"""The roles of columns of dates; the age of a person is the time between two."""
WHICH: Final = ("_which", ".which")
"""How names end of questions for the words on a family, after the id of that."""
_UNIT: Final = re.compile(r"[(\[]([^)\]]+)[)\]]\s*\Z")
_CHOICE: Final = re.compile(
    r"(?:\(choice=(.+)\)|\[([^\]\[]+)\]|[\w?:.)\]]\s+-\s(?:Selected Choice\s-\s)?"
    r"((?:(?!\s-\s).)+))\s*\Z"
)
"""The choice that a column is for: REDCap, LimeSurvey, Qualtrics and SurveyMonkey."""
_NUMBERED: Final = re.compile(
    r"\A\W*(?!(?:B|D|K|T)\d{1,2}\b)(?:[A-Za-z]{0,3}\d{1,3}(?:[A-Za-z]{1,2}\d{0,3})?"
    r"(?:\[\w+\])?)(?:[.:)]\s+|\s+[-\u2013]\s+)(?=\D)"
)
"""The number of a question, as in `G01Q02. Sex`; `B12` and `T4` are no numbers."""
_SHOWN: Final = 8


class Column(msgspec.Struct, frozen=True):
    """One column of a file and what it says.

    `target` is the id of the vocabulary for an answer or a measurement, and that of the
    family on which a text is; `status` is that of what a text names. `months` are
    those beyond the full years that another column gives. `unit` is that of
    an age (`y`, `mo`, `w`, `d`, or nothing where a column of units or a year says it)
    or of a measurement, and the order of day and month (`dmy`, `mdy`) of a date.
    `values` are spellings of the sexes, where a map gives them. `by` says how the name
    was understood. `question` is that of which the column is one choice to tick; a
    `tick` is a choice that says nothing here but that the question was answered.
    """

    index: int
    name: str
    role: ColumnRole
    target: str = ""
    unit: str = ""
    spellings: Spellings = USUAL
    values: tuple[tuple[str, str], ...] = ()
    by: str = "id"
    status: Status = "observed"
    question: str = ""


class Placing(msgspec.Struct, frozen=True):
    """Where each question of a file stands; `columns` are in the order of the file.

    With `first_age`, the first age column that is filled in counts; otherwise they must
    agree, as columns of the sex must. Of several ids the first counts. With `long`, the
    file has a line for each person and question, and `columns` is empty until its
    questions are known. Its texts are read with `words`. The cells that answer the ids
    to be `kept` stay with the answers, and free texts beside them, if there are any.
    People are broken down `by` the columns of these names. The names of the columns are
    in a `language` that is known beside English, or in none of those.
    """

    header: tuple[str, ...]
    columns: tuple[Column, ...]
    notices: tuple[Notice, ...] = ()
    decimal_comma: bool = False
    first_age: bool = False
    long: Long | None = None
    mapping: Map | None = None
    words: WordList = WordList()
    kept: frozenset[str] = frozenset()
    by: tuple[str, ...] = ()
    language: str = ""

    @property
    def reading(self) -> WordList:
        """What is read besides what everybody reads."""
        return self.words.spoken(self.language) if self.language else self.words

    def of(self, role: ColumnRole) -> tuple[Column, ...]:
        """The columns of one role."""
        return tuple(column for column in self.columns if column.role == role)


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


def columns_of(mapping: Map) -> Iterator[Column]:
    """The columns that a map names, whether a file has them or not."""
    if mapping.id is not None:
        yield Column(-1, mapping.id, "id", by="map")
    for name, unit in mapping.ages:
        yield Column(-1, name, "age", unit=unit, by="map")
    if mapping.age_unit is not None:
        yield Column(-1, mapping.age_unit, "age unit", by="map")
    if mapping.dates is not None:
        order = mapping.dates.order
        yield Column(-1, mapping.dates.born, "born", unit=order, by="map")
        yield Column(-1, mapping.dates.seen, "seen", unit=order, by="map")
    sex = mapping.sex
    if sex is not None:
        yield Column(-1, sex.column, "sex", values=sex.values, by="map")
    for one in mapping.answers:
        yield Column(
            -1, one.column, "answer", one.target, spellings=one.spellings, by="map"
        )
    for given in mapping.measurements:
        yield Column(
            -1, given.column, "measurement", given.target, given.unit, by="map"
        )
    for name, status in mapping.texts:
        yield Column(-1, name, "text", status=status, by="map")


def _refuse_others(
    header: Sequence[str], placed: Sequence[Column], mapping: Map, file: str
) -> None:
    left = _left_out(header, placed, mapping)
    if left and mapping.others == "refused":
        raise FileError(
            f"`{file}` has columns that the map does not name, and it refuses others:"
            f" {some(left)}; name them, or list them under `ignored`"
        )


# --- by name --------------------------------------------------------------------------


def headed(index: int, heading: Heading, vocabulary: Vocabulary) -> Column | None:
    """The column by its name, or else by what it asks, if either is exactly known."""
    name, label = heading.names[index], heading.label(index)
    texts = (name, *choices(name), label, *choices(label))
    for one in dict.fromkeys((*texts, *map(without_number, texts))):
        found = named(index, one, vocabulary) if one else None
        if found is not None:
            ticked = one if one in choices(name) + choices(label) else ""
            return msgspec.structs.replace(
                found, name=name, spellings=_ticked(found.spellings, ticked)
            )
    return None


def _ticked(spellings: Spellings, choice: str) -> Spellings:
    """The spellings of a choice, which programs also tick by writing it again."""
    observed = spellings.observed | ({plain(choice)} if choice else set())
    return msgspec.structs.replace(spellings, observed=observed)


def without_number(text: str) -> str:
    """What a column asks, without the number of its question in front.

    >>> without_number("G01Q02. Sex"), without_number("3) Age"), without_number("T4: 9")
    ('Sex', 'Age', 'T4: 9')
    """
    return _NUMBERED.sub("", text)


def question_of(heading: Heading, index: int) -> str:
    """The question of which a column is one choice, as programs write it, or nothing.

    >>> question_of(Heading(("symptoms___1", "Which? (choice=Itch)", "age")), 0)
    'symptoms'
    """
    name = heading.names[index]
    for text in (name, heading.label(index)):
        found = _CHOICE.search(text)
        if found:
            return without_number(text[: found.start(found.lastindex or 0)])
    if "___" in name:
        return name.partition("___")[0]
    above = name.rpartition("/")[0]
    return above if above in heading.names else ""


def choices(text: str) -> tuple[str, ...]:
    """What a column of one choice of a question offers, as programs write it.

    >>> choices("Which? (choice=Hair loss)"), choices("Which? - Selected Choice - Itch")
    (('Hair loss',), ('Itch',))
    """
    found = _CHOICE.search(text)
    return (found[found.lastindex or 0].strip(),) if found else ()


def named(index: int, name: str, vocabulary: Vocabulary) -> Column | None:
    """The column by its name, if the name is exactly one that is known.

    Programs for forms write the groups of a question before its name, as in
    `complaints/pallor`: there the name must be an id.
    """
    found = _named(index, name, vocabulary)
    last = name.rpartition("/")[2]
    if " " not in last:  # ODK Central writes `child-age_months`, others `child.age`
        last = re.split(r"[-.]", last)[-1]
    if found is None and last != name and _is_own_name(last, vocabulary):
        found = _named(index, last, vocabulary)
        return found and msgspec.structs.replace(found, name=name)
    return found


def _is_own_name(name: str, vocabulary: Vocabulary) -> bool:
    """Whether columns of the forms of minsight are called so."""
    return (
        vocabulary.entry(name) is not None
        or name in vocabulary.measurement
        or family_of(name, vocabulary) is not None
        or person_heading(name) is not None
    )


def family_of(name: str, vocabulary: Vocabulary) -> str | None:
    """The family that a column asks about, or its words on which entries are so.

    >>> from minsight.knowledge.vocabulary import Family
    >>> drugs = Vocabulary((), (), (), (), families=(Family("q_drugs", ()),))
    >>> family_of("q_drugs", drugs), family_of("q_drugs_which", drugs)
    ('q_drugs', 'q_drugs')
    """
    id_ = name.strip().lower()
    for ending in WHICH:
        id_ = id_.removesuffix(ending)
    return id_ if id_ in vocabulary.family else None


def _named(index: int, name: str, vocabulary: Vocabulary) -> Column | None:
    family = family_of(name, vocabulary)
    if family is not None:
        return Column(index, name, "text", family)
    words = normalise(name.replace("_", " "))
    about = person_heading(name)
    if about is not None:
        return Column(index, name, about[0], unit=about[1], by="name")
    if name.strip().lower() in vocabulary.measurement:
        kind = vocabulary.measurement[name.strip().lower()]
        return Column(index, name, "measurement", kind.id, kind.unit)
    phrase = vocabulary.phrase.get(words)
    if phrase is not None:
        return Column(index, name, "answer", phrase.id, by=phrase.by)
    if words in TEXTS:
        return Column(index, name, "text", status=TEXTS[words], by="name")
    return _measured(index, name, vocabulary)


def _measured(index: int, name: str, vocabulary: Vocabulary) -> Column | None:
    """A measurement with its unit in brackets, like `Ferritin (ng/mL)`."""
    match = _UNIT.search(name, 1)
    if match is None:
        return None
    words, unit = name[: match.start()], match[1].strip()
    phrase = vocabulary.measurement_phrase.get(normalise(words.replace("_", " ")))
    if phrase is None or factor_of(unit, vocabulary.measurement[phrase.id]) is None:
        return None
    return Column(index, name, "measurement", phrase.id, unit, by=phrase.by)


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


def some(names: Sequence[str]) -> str:
    """The first few of the names, and how many more there are."""
    shown = ", ".join(quoted(name) for name in names[:_SHOWN]) or "nothing"
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown

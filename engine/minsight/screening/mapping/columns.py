"""Columns: what a column of a file says, found by its name alone, and where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.errors import quoted
from minsight.intake.measurements import factor_of
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
    r"\A\W*(?:[A-Za-z]{0,3}\d{1,3}(?:[A-Za-z]{1,2}\d{0,3})?(?:\[\w+\])?)"
    r"(?:\.\s+|(?<![BDKTbdkt]\d)(?<![Bb]\d\d)(?:[:)]\s+|\s+[-\u2013]\s+))(?=\D)"
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


# --- by a map -------------------------------------------------------------------------


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


def some(names: Sequence[str]) -> str:
    """The first few of the names, and how many more there are."""
    shown = ", ".join(quoted(name) for name in names[:_SHOWN]) or "nothing"
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown

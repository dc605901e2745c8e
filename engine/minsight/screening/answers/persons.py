"""Persons: rows that are entered one by one, as `check` would enter them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from operator import itemgetter
from typing import Any, Final

import msgspec
import polars as pl
from polars import DataFrame

from minsight.backends.expressions import limit_column
from minsight.errors import SubjectError, quoted
from minsight.intake.answers import (
    OF_ANOTHER,
    Answers,
    Recogniser,
    enter,
    is_of_another,
    read_in_part,
)
from minsight.intake.contradictions import SaidEntry, contradictions
from minsight.intake.measurements import Value, given_as
from minsight.intake.recognition import Meaning, Unrecognised
from minsight.intake.subject import MOST_TEXT, Subject
from minsight.intake.text.demographics import PersonMention
from minsight.intake.text.lists import words_of
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.screening.answers.families import with_denials, without_families
from minsight.screening.answers.readers import WORTH_IT, AskedText, read_apart
from minsight.screening.mapping.families import said_of_families
from minsight.screening.mapping.fields import FieldError
from minsight.screening.mapping.person_headings import plain_words
from minsight.screening.mapping.word_list import WordList
from minsight.screening.prefetch import refuse_unwanted
from minsight.screening.rejects import Notebook, Reject
from minsight.screening.rows import ROW

PERSON_SCHEMA: Final = {
    ROW: pl.UInt64,
    "subject_id": pl.String,
    "age_days": pl.Float64,
    "sex": pl.String,
    "unread": pl.Boolean,
    "unsure": pl.List(pl.String),
}
"""The first columns of the answer table and their types."""
_MOST_REMEMBERED: Final = 100_000
_MOST_DIFFERENT: Final = 200
"""After so many different messages, the rest is told in one."""
_LEFT_OUT: Final = re.compile(r"`(.*?)` was left out, because")
_NAMED: Final = re.compile(r"`([a-z][a-z0-9_]*)`")
_ABOUT_VALUES: Final = ("was adjusted for", "was taken as it is", "is not adjusted")
"""Notes on single values, which say nothing new about a table."""
_NO_WORDS: Final = WordList()
_NOBODY: Final[Mapping[int, Sequence[Meaning]]] = {}


class Entered(msgspec.Struct, frozen=True):
    """The answers of some persons, as a table and each, and those who have none."""

    answers: DataFrame
    each: tuple[tuple[int, Answers], ...]
    rejects: tuple[Reject, ...]


class Entering:
    """Enters persons, of a file or of some that are read as one; keeps what it read."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        notebook: Notebook,
        words: WordList = _NO_WORDS,
        *,
        file: str,
        keep_going: bool,
        suggesting: bool = True,
    ) -> None:
        self._vocabulary, self._notebook = vocabulary, notebook
        self._file = file
        self._keep_going = keep_going
        self._words, self._suggesting = words, suggesting
        self._read: dict[AskedText, Meaning] = {}
        self._unread: Counter[Unrecognised] = Counter()
        self._told: dict[int, set[str]] = {}

    def enter_all(
        self,
        subjects: Iterable[tuple[int, Subject | SubjectError]],
        *,
        of_table: bool = False,
        beside: Mapping[int, Sequence[Meaning]] = _NOBODY,
    ) -> Entered:
        """The answer table of the subjects, each with its row number.

        An error in place of a subject rejects its row. In rows of a table age and sex
        have columns of their own: a text that tells others is of somebody else.
        `beside` has what the texts of other rows mean, which is told in its place.
        """
        entered: list[tuple[int, Answers]] = []
        rejects: list[Reject] = []
        for row, subject in merge(subjects, beside.items(), key=itemgetter(0)):
            refuse_unwanted()
            if isinstance(subject, Sequence):
                self._tell_of(row, subject)
                continue
            if isinstance(subject, SubjectError):
                rejects.append(no_person(self._file, row, subject))
                continue
            try:
                entered.append((row, self._enter(row, subject, of_table=of_table)))
            except SubjectError as error:
                rejects.append(self._reject(row, subject, str(error)))
        return Entered(self._table(entered), tuple(entered), tuple(rejects))

    def _enter(self, row: int, subject: Subject, *, of_table: bool) -> Answers:
        """The answers of a person; families are denied once all else is known."""
        subject, families = without_families(subject, self._vocabulary)
        reading = self._reading_of(subject) if of_table else self.meaning
        if families:
            read = self._entered(subject, reading)
            subject = with_denials(subject, families, read, self._vocabulary)
        answers = self._entered(subject, reading)
        self._tell(row, answers.unrecognised, answers.notes)
        return answers

    def _tell_of(self, row: int, meanings: Sequence[Meaning]) -> None:
        """Tell what entering would of texts that mean this."""
        matches = [match for one in meanings for match in one.recognised]
        notes = [note for one in meanings for note in one.notes]
        self._tell(
            row,
            [left for one in meanings for left in one.unrecognised],
            [*notes, *read_in_part(matches)],
        )

    def _entered(self, subject: Subject, recognising: Recogniser) -> Answers:
        return enter(
            subject,
            self._vocabulary,
            keep_going=self._keep_going,
            recognising=recognising,
        )

    def read_ahead(self, texts: Iterable[AskedText]) -> None:
        """Read texts that will be asked for, by several processes if they are many."""
        new = [one for one in dict.fromkeys(texts) if one not in self._read]
        new = new[: _MOST_REMEMBERED - len(self._read)]
        if len(new) >= WORTH_IT:
            self._read |= read_apart(
                new, self._vocabulary, self._words, suggesting=self._suggesting
            )

    def meaning(
        self, text: str, vocabulary: Vocabulary, *, status: Status = "observed"
    ) -> Meaning:
        """What a text means, read once."""
        key = (text, status)
        meaning = self._read.get(key)
        if meaning is None:
            refuse_unwanted()
            meaning = self._words.recognise(
                text, vocabulary, status=status, suggesting=self._suggesting
            )
            if len(self._read) < _MOST_REMEMBERED:
                self._read[key] = meaning
        return meaning

    def _reading_of(self, subject: Subject) -> Recogniser:
        """Reads the texts of one person; not what they say of somebody else.

        A text that tells another age or sex than the columns, or that of a relative, is
        about a child, a mother, or a time long ago.
        """

        def read(
            text: str, vocabulary: Vocabulary, *, status: Status = "observed"
        ) -> Meaning:
            meaning = self.meaning(text, vocabulary, status=status)
            told = meaning.mentions
            if any(is_of_another(one, subject) for one in told) or (
                any(_is_new(one, subject) for one in told) and _names_relative(text)
            ):
                return Meaning((), (Unrecognised(text, (), OF_ANOTHER),))
            return meaning

        return read

    def unread(self) -> Counter[Unrecognised]:
        """What was not understood since this was asked for last, and how often."""
        unread, self._unread = self._unread, Counter()
        return unread

    def _tell(
        self, row: int, unread: Iterable[Unrecognised], notes: Iterable[str]
    ) -> None:
        for left in unread:
            self._unread[left] += 1
            why = f" ({left.because})" if left.because else ""
            self.note(f"not understood: {quoted(left.text)}{why}", row)
        for note in notes:
            if any(words in note for words in _ABOUT_VALUES):
                continue
            outside = _LEFT_OUT.match(note)
            self.note(
                f"`{outside.group(1)}` was left out where the age rules it out by a"
                " little"
                if outside
                else note.removesuffix("."),
                row,
            )

    def note(self, message: str, row: int = 0) -> None:
        """Tell something of one row; of too many different things, only how many."""
        told = self._told.setdefault(self._notebook.file_of(row), set())
        if message not in told and len(told) >= _MOST_DIFFERENT:
            message = "other things that were not understood"
        told.add(message)
        self._notebook.note(message, 1, row=row)

    def _reject(self, row: int, subject: Subject, reason: str) -> Reject:
        """The reject of a person, with the columns that the reason names."""
        said = {
            **dict.fromkeys((*subject.present, *subject.groups), "yes"),
            **dict.fromkeys((*subject.absent, *subject.not_groups), "no"),
        }
        named = {name: said[name] for name in _NAMED.findall(reason) if name in said}
        values = ", ".join(named.values())
        return Reject(self._file, row, ", ".join(named), values, reason)

    def _table(self, entered: Sequence[tuple[int, Answers]]) -> DataFrame:
        """The table with the columns that were answered, in vocabulary order."""
        rows = [answer_row(number, answers) for number, answers in entered]
        named = {name for row in rows for name in row}
        schema: dict[str, Any] = dict(PERSON_SCHEMA)
        for id_ in (*self._vocabulary.finding, *self._vocabulary.group):
            if id_ in named:
                schema[id_] = pl.Boolean
        for id_ in self._vocabulary.measurement:
            if id_ in named:
                schema[id_] = pl.Float64
            if limit_column(id_) in named:
                schema[limit_column(id_)] = pl.String
        columns = {name: [row.get(name) for row in rows] for name in schema}
        return DataFrame(columns, schema=schema)


def no_person(file: str, row: int, error: SubjectError, text: str = "") -> Reject:
    """The reject of a record, with the question and answer that the error names."""
    told = (error.field, error.value) if isinstance(error, FieldError) else ("", text)
    return Reject(file, row, *told, str(error))


def with_beginning(reject: Reject, texts: Mapping[int, str]) -> Reject:
    """The reject with the beginning of its record, where it names no value."""
    if reject.value or reject.row is None:
        return reject
    return msgspec.structs.replace(reject, value=texts[reject.row])


def _is_new(mention: PersonMention, subject: Subject) -> bool:
    """Whether a text tells an age or a sex that no column gives."""
    new_age = mention.age_days is not None and subject.age_days is None
    return new_age or (mention.sex is not None and subject.sex is None)


def _names_relative(text: str) -> bool:
    return not plain_words(text).isdisjoint(words_of("columns", "relatives"))


def answer_row(number: int, answers: Answers) -> Mapping[str, object]:
    """The row of a person in an answer table: what was said, as far as it was."""
    subject = answers.subject
    return {
        ROW: number,
        "subject_id": subject.subject_id or str(number),
        "age_days": subject.age_days,
        "sex": subject.sex,
        "unread": bool(answers.unrecognised),
        "unsure": sorted(answers.in_doubt) or None,
        **dict.fromkeys(sorted(answers.unsure), None),
        **dict.fromkeys(sorted(answers.absent), False),
        **dict.fromkeys(sorted(answers.present), True),
        **{value.measurement: value.value for value in answers.values},
        **{limit_column(v.measurement): v.limit for v in answers.values if v.limit},
    }


class TextColumn(msgspec.Struct, frozen=True):
    """A column of free text in a table: the status of what it names, or its family."""

    name: str
    status: Status
    family: str = ""


def subjects_of(
    table: DataFrame,
    vocabulary: Vocabulary,
    texts: Sequence[TextColumn] = (),
    *,
    keep_going: bool = False,
) -> Iterator[tuple[int, Subject | SubjectError]]:
    """The persons of the rows of an answer table, as they would be entered.

    `texts` are columns of free text, and how what they name was given. Unless one is to
    `keep_going`, persons whose answers contradict each other come without the denials
    that have no part in that: entering refuses them, with the same words, all the same.
    """
    ids = [name for name in table.columns if vocabulary.entry(name) is not None]
    kinds = vocabulary.measurement
    measured = {name: kinds[name].unit for name in table.columns if name in kinds}
    above = {id_: vocabulary.with_ancestors(id_).intersection(ids) for id_ in ids}
    for row in table.iter_rows(named=True):
        if not keep_going and not any(row[text.name] for text in texts):
            telling = _telling(row, ids, above)
            if _is_contradictory(row, telling, vocabulary):
                yield row[ROW], _subject(row, telling, texts, measured)
                continue
        yield row[ROW], _subject(row, ids, texts, measured)


def _telling(
    row: Mapping[str, Any], ids: Sequence[str], above: Mapping[str, frozenset[str]]
) -> list[str]:
    """What is there, and what is denied although it is there or implied."""
    present = [id_ for id_ in ids if row[id_]]
    implied = set[str]().union(*(above[id_] for id_ in present))
    return present + [id_ for id_ in ids if id_ in implied and row[id_] is False]


def _is_contradictory(
    row: Mapping[str, Any], ids: Iterable[str], vocabulary: Vocabulary
) -> bool:
    said = [SaidEntry(id_, id_) for id_ in ids]
    return bool(
        contradictions(
            vocabulary,
            present=[one for one in said if row[one.id]],
            absent=[one for one in said if not row[one.id]],
            age_days=row["age_days"],
            sex=row["sex"],
        )
    )


def _subject(
    row: Mapping[str, Any],
    ids: Sequence[str],
    texts: Sequence[TextColumn],
    measured: Mapping[str, str],
) -> Subject | SubjectError:
    try:
        said = _said(row, ids, texts)
        return Subject(
            subject_id=row["subject_id"],
            present=said["observed"],
            absent=said["excluded"],
            unsure=said["unsure"],
            measurements=[
                given_as(_value(row, name), unit)
                for name, unit in measured.items()
                if row[name] is not None
            ],
            sex=row["sex"],
            age_days=row["age_days"],
        )
    except SubjectError as error:
        return error


def _value(row: Mapping[str, Any], name: str) -> Value:
    return Value(name, row[name], row.get(limit_column(name)) or "")


def _said(
    row: Mapping[str, Any], ids: Sequence[str], texts: Sequence[TextColumn]
) -> dict[Status, list[str]]:
    said: dict[Status, list[str]] = {"observed": [], "excluded": [], "unsure": []}
    of_families: list[tuple[str, str]] = []
    for column in texts:
        text = row[column.name]
        if text is not None and len(text) > MOST_TEXT:
            raise SubjectError(f"a text is longer than {MOST_TEXT} characters")
        if text is not None and text.strip():
            if column.family:
                of_families.append((column.family, text))
            else:
                said[column.status].append(text)
    for status, text in said_of_families(of_families):
        said[status].append(text)
    said["observed"] += [name for name in ids if row[name] is True]
    said["excluded"] += [name for name in ids if row[name] is False]
    return said

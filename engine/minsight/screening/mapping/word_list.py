"""Word lists: what phrases of many people mean that were not understood.

A list is CSV with the columns `phrase` and `means`, and others that do not matter. The
lines that say something are read: ids or labels with `;` or `,` between them, each with
a minus or `not` before it if the phrase denies it and `?` behind it if it doubts it, or
`ignore`. What a spreadsheet saves, with `;` or tabs, in its own encoding, is read too.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol, TypeAlias, cast

import msgspec

from minsight.errors import FileError, Issue, Place, WordsError, did_you_mean, quoted
from minsight.files.regular import bytes_of
from minsight.intake.corrections import pieces_left, replaced, said_to_mean
from minsight.intake.recognition import (
    Meaning,
    Recognised,
    Unrecognised,
    recognise,
)
from minsight.intake.status import OF_LIST, in_lists
from minsight.intake.subject import Subject, with_lists
from minsight.intake.text.abroad import named_abroad
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status

PHRASE: Final = "phrase"
MEANS: Final = "means"
IGNORE: Final = "ignore"
_SEPARATORS: Final = (",", ";", "\t")
_BETWEEN: Final = re.compile(r"[;,\n]")
_DENIED: Final = re.compile(r"(?:[-\u2212\u2013]|(?:not|no)\b)\s*", re.IGNORECASE)
_ROUND: Final = " \t.,;:!\"'"

SaidIds: TypeAlias = tuple[tuple[str, Status], ...]


class WordList(msgspec.Struct, frozen=True, dict=True):
    """What phrases mean, by id; nothing for what is to be ignored.

    With a `language`, terms of it are known besides.
    """

    phrases: tuple[tuple[str, SaidIds], ...] = ()
    language: str = ""

    def spoken(self, language: str) -> WordList:
        """The list for texts in one of the languages that are known beside English."""
        return msgspec.structs.replace(self, language=language)

    @cached_property
    def _said(self) -> Mapping[str, SaidIds]:
        return dict(self.phrases)

    def recognise(
        self,
        text: str,
        vocabulary: Vocabulary,
        *,
        status: Status = "observed",
        suggesting: bool = True,
    ) -> Meaning:
        """What `recognise` makes of a text, and what the list says of the rest.

        In a text of what is not there, or unsure, a phrase is said of that: what the
        list denies there is unsure.
        """
        meaning = recognise(text, vocabulary, status=status, suggesting=suggesting)
        if not self.phrases and not self.language:
            return meaning
        for left in meaning.unrecognised:
            read = self._read(left, vocabulary, status=status)
            if read.recognised:
                meaning = replaced(meaning, left, read)
        return meaning

    def _read(
        self, left: Unrecognised, vocabulary: Vocabulary, *, status: Status
    ) -> Meaning:
        """What the list says of unread words, as a whole or of some that they list."""
        read: list[Recognised] = []
        unread: list[Unrecognised] = []
        whole = in_one_form(left.text) in self._said
        for text in (left.text,) if whole else pieces_left(left):
            said = self._said.get(in_one_form(text), self._abroad(text, vocabulary))
            if said is None:
                unread.append(Unrecognised(text, (), left.because))
            else:
                there = [(id_, _within(status, of)) for id_, of in said]
                read += said_to_mean(text, there, vocabulary)
        return Meaning(tuple(read), tuple(unread))

    def _abroad(self, text: str, vocabulary: Vocabulary) -> SaidIds | None:
        """What the text names in the language, if it is known and names one thing."""
        id_ = named_abroad(text, self.language).only
        known = id_ is not None and vocabulary.entry(id_) is not None
        return ((id_, "observed"),) if id_ is not None and known else None

    def in_ids(self, subject: Subject, vocabulary: Vocabulary) -> Subject:
        """The subject as anybody reads it who has not got the list.

        Texts of which it says something stand in ids, and what is left of them besides.
        """
        lists = {name: list[str]() for name in OF_LIST}
        for name, status in OF_LIST.items():
            for text in getattr(subject, name):
                meaning = self.recognise(text, vocabulary, status=status)
                if meaning == recognise(text, vocabulary, status=status):
                    lists[name].append(text)
                    continue
                lists[name] += [left.text for left in meaning.unrecognised]
                read = [m for m in meaning.recognised if vocabulary.entry(m.id)]
                said = in_lists(((m.id, m.status) for m in read), vocabulary.group)
                for where, ids in said.items():
                    lists[where] += cast("list[str]", ids)
        return with_lists(subject, lists)


def in_one_form(phrase: str) -> str:
    """The phrase as it is listed, whatever its capitals, spaces and final stops.

    Signs that deny or doubt stay.

    >>> in_one_form('  "Pins  &  Needles all over."'), in_one_form("- fever?")
    ('pins & needles all over', '- fever?')
    """
    plain = unicodedata.normalize("NFC", phrase).casefold()
    return " ".join(plain.split()).strip(_ROUND)


def load_word_list(path: Path, vocabulary: Vocabulary) -> WordList:
    """The list of a file.

    Raises:
        WordsError: with every problem of the file.
        FileError: when it cannot be read.
    """
    try:
        raw = bytes_of(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot read the word list `{path}`: {reason}") from None
    reading = _Reading(str(path), vocabulary)
    reading.read(_text(raw))
    if reading.issues:
        raise WordsError(reading.issues)
    return WordList(tuple(sorted(reading.said.items())))


def _within(status: Status, said: Status) -> Status:
    """What is said of a thing in a text of what is there, is not there or unsure."""
    if status == "observed":
        return said
    return status if said == "observed" else "unsure"


def _text(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


class _Reading:
    """Reads the lines of one list, and keeps all that is wrong with them."""

    def __init__(self, file: str, vocabulary: Vocabulary) -> None:
        self._file, self._vocabulary = file, vocabulary
        self.issues: list[Issue] = []
        self.said: dict[str, SaidIds] = {}
        self._line_of: dict[str, int] = {}

    def read(self, text: str) -> None:
        separator = _separator(text)
        if separator is None:
            self._issue(
                1,
                f"the columns `{PHRASE}` and `{MEANS}` are not in the first line",
                "take a list as it was written, and fill it in",
            )
            return
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        header = [name.strip().lower() for name in next(lines)]
        phrase, means = header.index(PHRASE), header.index(MEANS)
        try:
            for at, cells in _numbered(lines):
                if len(cells) > max(phrase, means) and cells[means].strip():
                    self._line(at, cells[phrase], cells[means])
        except csv.Error as error:
            self._issue(lines.line_num, f"it cannot be read: {error}", "mend the line")

    def _line(self, at: int, phrase: str, means: str) -> None:
        key = in_one_form(phrase)
        if not key:
            self._issue(at, "it has no phrase", f"write it in the column `{PHRASE}`")
            return
        said = self._meant(at, means)
        if said is None:
            return
        if self.said.setdefault(key, said) != said:
            self._issue(
                at,
                f"{quoted(phrase)} means something else in line {self._line_of[key]}",
                "keep one of them",
            )
        self._line_of.setdefault(key, at)

    def _meant(self, at: int, means: str) -> SaidIds | None:
        """What the cell says; None when something in it is wrong."""
        parts = [part.strip(_ROUND) for part in _BETWEEN.split(means)]
        parts = [part for part in parts if part]
        if [part.lower() for part in parts] == [IGNORE]:
            return ()
        said: dict[str, Status] = {}
        for part in parts:
            name, status = self._named(part)
            id_ = self._id(name)
            if id_ is None:
                self._unknown(at, name)
                return None
            if said.setdefault(id_, status) != status:
                self._issue(at, f"`{id_}` is there and not there", "keep one of them")
                return None
        if not said:
            self._issue(at, f"{quoted(means)} names nothing", f"write `{IGNORE}`")
        return tuple(said.items()) or None

    def _named(self, part: str) -> tuple[str, Status]:
        """The name in a part of the cell, and what is said of it."""
        if part.endswith("?"):
            return part.rstrip("? "), "unsure"
        denied = _DENIED.match(part)
        if denied is None or (denied[0][0].isalpha() and self._id(part)):
            return part, "observed"
        return part[denied.end() :], "excluded"

    def _id(self, name: str) -> str | None:
        """The id that is written, or that the words are known by."""
        if self._vocabulary.entry(name) is not None:
            return name
        phrase = self._vocabulary.phrase.get(normalise(name))
        return phrase.id if phrase is not None else None

    def _unknown(self, at: int, name: str) -> None:
        vocabulary = self._vocabulary
        measured = vocabulary.measurement_phrase.get(normalise(name))
        if name.lower() == IGNORE:
            self._issue(at, f"`{IGNORE}` stands beside an id", "let it stand alone")
        elif measured is not None:
            implied = vocabulary.measurement[measured.id].implies
            fix = (
                f"name a finding such as `{implied[0]}`" if implied else "leave it out"
            )
            message = f"{quoted(name)} is a measurement, which needs a value"
            self._issue(at, message, fix)
        else:
            known = [*vocabulary.finding, *vocabulary.group, IGNORE]
            fix = did_you_mean(name, known) or f"write an id, or `{IGNORE}`"
            self._issue(at, f"{quoted(name)} is no finding and no group", fix)

    def _issue(self, at: int, message: str, fix: str) -> None:
        self.issues.append(Issue(Place(self._file, at), message, fix))


class _Records(Protocol):
    """What `csv.reader` gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def _separator(text: str) -> str | None:
    """What separates the names of the columns, if those that matter are there."""
    first = text.partition("\n")[0].rstrip("\r")
    for separator in _SEPARATORS:
        names = [name.strip(' "').lower() for name in first.split(separator)]
        if {PHRASE, MEANS} <= set(names):
            return separator
    return None


def _numbered(lines: _Records) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins in; the header was line 1."""
    began = 2
    for cells in lines:
        yield began, cells
        began = lines.line_num + 1

"""Errors: everything that `minsight` raises on purpose.

    MinsightError
    ├── RulesError          the rule folder cannot be used; carries every issue found
    ├── MapError            a map file cannot be used; carries every issue found
    ├── WordsError          a word list cannot be used; carries every issue found
    ├── ScenariosError      a scenarios file cannot be used; carries every issue found
    ├── SubjectError        what is said of a subject cannot be understood
    ├── RequestError        what is asked of the service cannot be understood
    ├── FileError           a file cannot be read or written
    └── BackendError        a backend failed or is not available on this Python

A message says what is wrong, where, and what to do. It is lowercase, has no final stop,
and puts the user's own text in backticks. What to do is told in words of the library; a
program with words of its own, such as an option, puts them in place of a `Remedy`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

import msgspec

from minsight.likeness import most_alike

VERY_LARGE: Final = 10**15
"""From here on a number is a mistake, and is not spelled out."""
_CLOSE: Final = 65.0
"""Least similarity (0 to 100) of a word that may have been meant."""


class Remedy:
    """What messages advise where a program can say better how it is done there."""

    ALLOW_REPLACING: Final = "choose another name or allow it to be replaced"
    DRAFT_MAP: Final = "draft a map"
    GO_ON: Final = "go on from it or start anew"
    KNOWN_GROUPS: Final = "use the id or label of a group"
    KNOWN_WORDS: Final = "use words of the vocabulary"
    REFERENCE_ENGINE: Final = "use the reference engine"
    RULES_OF_RUN: Final = "load the rules it was made with"
    START_ANEW: Final = "start anew"
    WITHOUT_SPARK: Final = "screen it without Spark"


class MinsightError(Exception):
    """Base of all errors that a caller may want to show to a person."""


class Place(msgspec.Struct, frozen=True, order=True):
    """A position in a rule file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Issue(msgspec.Struct, frozen=True, order=True):
    """One problem of the rule files: where it is, what is wrong, what to do."""

    place: Place
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} ({self.fix})"


class _IssuesError(MinsightError):
    """What was read has problems; `issues` holds all of them, in file order."""

    _what: ClassVar[str]

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(sorted(set(issues)))
        count = len(self.issues)
        head = f"{self._what} {count} problem{'' if count == 1 else 's'}"
        super().__init__("\n".join([head, *(f"  {issue}" for issue in self.issues)]))


class RulesError(_IssuesError):
    """The rule files have problems; `issues` holds all of them, in file order."""

    _what = "the rules have"


class MapError(_IssuesError):
    """A map file has problems; `issues` holds all of them, in file order."""

    _what = "the map has"


class WordsError(_IssuesError):
    """A word list has problems; `issues` holds all of them, in file order."""

    _what = "the word list has"


class ScenariosError(_IssuesError):
    """A scenarios file has problems; `issues` holds all of them, in file order."""

    _what = "the scenarios have"


class SubjectError(MinsightError):
    """What is said of a subject, or to be done with one, cannot be understood."""


class RequestError(MinsightError):
    """What is asked of the service cannot be understood; `where` is the part of it."""

    def __init__(self, message: str, where: str = "request") -> None:
        super().__init__(message)
        self.where = where


class FileError(MinsightError):
    """A file cannot be read or written."""


class BackendError(MinsightError):
    """A backend failed, or cannot run on this Python."""


def quoted(value: object, *, most: int = 60) -> str:
    """A value as messages show it: short, in backticks, safe to print and to encode.

    >>> quoted("koilonichia"), quoted(True), quoted(None)
    ('`koilonichia`', '`true`', 'nothing')
    """
    if value is None:
        return "nothing"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, bool):
        return f"`{value}`".lower()
    if isinstance(value, (int, float)) and abs(value) >= VERY_LARGE:
        return "a very large number"
    text = str(value).encode(errors="replace").decode()
    return f"`{text[:most]}`" if len(text) <= most else f"`{text[: most - 3]}...`"


def did_you_mean(word: str, known: Iterable[str], *, itself: bool = False) -> str:
    """A question naming the closest known word, or an empty string.

    The word itself is no help unless `itself` says that it is.

    >>> did_you_mean("koilonichia", ["koilonychia", "pica"])
    'did you mean `koilonychia`?'
    """
    others = sorted(set(known) - (set() if itself else {word}))
    close = most_alike(word, others, least=_CLOSE, most=1)
    return f"did you mean `{others[close[0][1]]}`?" if close else ""


def missing_extra(what: str, extra: str) -> FileError:
    """The error for what needs a package that is not installed."""
    return FileError(
        f"{what} needs a package that is not installed;"
        f' install it with `pip install "minsight[{extra}]"`'
    )

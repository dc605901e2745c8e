"""Directions: results that are told in words, as the vocabulary tells them.

"Iron levels through the floor" is "iron levels low", "bloods showed a low magnesium" is
"low magnesium". Only beside the name of a test does a word tell its direction, and only
where the vocabulary knows the test by it. A text keeps its length, so that what is read
of it stands where it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

import msgspec

from minsight.intake.text.lists import lists_of, words_of
from minsight.intake.text.notation import pattern, whole_words
from minsight.intake.text.stretches import Stretch
from minsight.knowledge.phrases import Phrase, normalise
from minsight.knowledge.vocabulary import Vocabulary

_LISTS: Final = lists_of("directions")
_DIRECTIONS: Final = ("maybe low", "maybe high", "open", "low", "high", "normal")
"""Those of several words first, so that "borderline low" is not read as low."""
_TOLD: Final = ("low", "high", "normal")
_CALLED: Final = "called "
_BETWEEN: Final = words_of("directions", "between")
_MOST_BETWEEN: Final = 6
_LONGEST_NAME: Final = 5
_REACH: Final = 100
_OPEN: Final = "that is neither low nor normal here; give the number"


def _terms(heading: str) -> str:
    return "|".join(pattern(term, _LISTS) for term in _LISTS[heading])


@cache  # compiled where there is a test at all
def _saying(heading: str) -> re.Pattern[str]:
    return whole_words([_terms(heading)])


_TEST_WORDS: Final = words_of("directions", "test words")
_NO_NAME: Final = _BETWEEN | words_of("directions", "no name")
_CALLS: Final = frozenset(
    word
    for heading in _LISTS
    if heading.startswith(_CALLED)
    for term in _LISTS[heading]
    for word in re.findall(r"[a-z]{3,}", term)
)
"""Words of which one stands in whatever else a test is called."""
_LEADING: Final = words_of("directions", "before a name")
_STOP: Final = re.compile(r"[,.;!?\n\r()\[\]]")
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


class Unclear(msgspec.Struct, frozen=True):
    """Where a text tells a result that is no answer, why, and what it is near."""

    at: Stretch
    because: str
    about: tuple[Phrase, ...]


class Worded(msgspec.Struct, frozen=True):
    """A text with its results in words of the vocabulary, and those left unclear."""

    text: str
    unclear: tuple[Unclear, ...] = ()


class _Test(msgspec.Struct, frozen=True):
    """The name of a test in a text, and what the vocabulary calls it."""

    at: Stretch
    name: str


class _Tests(msgspec.Struct, frozen=True):
    """What the vocabulary says of tests: by direction and name, the phrase.

    `ids` are those of all its phrases, `last` words of which a name has one.
    """

    told: Mapping[str, Mapping[str, Phrase]]
    ids: Mapping[str, str]
    last: frozenset[str]

    def words(self, test: _Test, direction: str, *, first: bool) -> str:
        """The words for it, in the order of the text where they are known in it.

        So others of a list can share the direction: "b12 and folate were low".
        """
        phrase = self.told[direction][test.name]
        turned = f"{test.name} {direction}"
        known = self.ids.get(turned) == phrase.id
        return turned if known and not first else phrase.words

    def about(self, name: str) -> tuple[Phrase, ...]:
        """All that can be said of a test in a direction, low first."""
        found = (self.told[direction].get(name) for direction in _TOLD)
        return tuple(phrase for phrase in found if phrase is not None)


def worded(text: str, vocabulary: Vocabulary) -> Worded:
    """The text with the results that it tells in words of the vocabulary.

    >>> import minsight
    >>> worded("ferritin is sky high", minsight.load().vocabulary).text
    'ferritin        high'
    """
    words = _WORD.findall(text.lower())
    if not _TEST_WORDS.isdisjoint(words):
        for heading in ("when tested", "tested"):
            text = _saying(heading).sub(_blank, text)
    tests, before = vocabulary.once(_tests), text
    if tests.last.isdisjoint(words):
        return Worded(text)  # as nearly always, and known far sooner
    unclear: list[Unclear] = []
    for found in list(_direction().finditer(text)):
        text = _with_direction(text, found, tests, unclear)
    if text is not before:
        text = _saying("beside").sub(_blank, text)
    return Worded(text, tuple(unclear))


@cache
def _direction() -> re.Pattern[str]:
    """What finds a direction, by the name of its heading."""
    return whole_words(
        f"(?P<{heading.replace(' ', '_')}>{_terms(heading)})" for heading in _DIRECTIONS
    )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _tests(vocabulary: Vocabulary) -> _Tests:
    labs = {f.id for f in vocabulary.findings if f.kind == "lab"}
    told: dict[str, dict[str, Phrase]] = {direction: {} for direction in _TOLD}
    phrases = [one for one in vocabulary.phrase.values() if one.id in labs]
    for direction, named in told.items():
        for phrase in phrases:
            name = phrase.words.removeprefix(f"{direction} ")
            _add(named, name, phrase)
        for phrase in phrases:
            name = phrase.words.removesuffix(f" {direction}")
            _add(named, name, phrase)
    last = {name.split()[-1] for named in told.values() for name in named}
    return _Tests(
        told, {phrase.words: phrase.id for phrase in phrases}, _CALLS.union(last)
    )


def _add(named: dict[str, Phrase], name: str, phrase: Phrase) -> None:
    """Take a phrase by the name of its test, if the rest of it is one."""
    if name != phrase.words and name.rsplit(maxsplit=1)[-1] not in _NO_NAME:
        named.setdefault(name, phrase)


def _with_direction(
    text: str, found: re.Match[str], tests: _Tests, unclear: list[Unclear]
) -> str:
    """The text with one direction in plain words, beside the name of a test."""
    words = (found.lastgroup or "").replace("_", " ")
    direction = words.split()[-1]
    test = _test_beside(text, found, tests, direction)
    if test is None:
        return text
    whole = Stretch(*found.span()).spanning(test.at)
    if words == "open":
        unclear.append(Unclear(whole, _OPEN, tests.about(test.name)))
        return _written(text, whole, "")
    told = tests.words(test, direction, first=whole.start < test.at.start)
    return _written(text, whole, told if words in _TOLD else f"maybe {told}")


def _test_beside(
    text: str, found: re.Match[str], tests: _Tests, direction: str
) -> _Test | None:
    """The test that a direction is told of; none where two touch it."""
    before = _test_before(text, found.start(), tests, direction)
    if before is not None and text[before.at.end : found.start()].strip():
        return before
    after = _test_after(text, found.end(), tests, direction)
    return None if before and after else before or after


def _written(text: str, at: Stretch, words: str) -> str:
    """The text with words in place of a stretch, from its beginning to its end."""
    first, _, rest = words.partition(" ")
    fitting = first + rest.rjust(at.end - at.start - len(first))
    too_long = len(fitting) > at.end - at.start
    return text if too_long else text[: at.start] + fitting + text[at.end :]


def _test_before(text: str, end: int, tests: _Tests, direction: str) -> _Test | None:
    """The test whose name stands before a direction, with few words between."""
    begun = max(0, end - _REACH)
    for stop in _STOP.finditer(text, begun, end):
        begun = stop.end()
    words = list(_WORD.finditer(text, begun, end))
    for _ in range(_MOST_BETWEEN):
        if not words:
            break
        for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
            at = Stretch(words[-size].start(), words[-1].end())
            test = _named(text, at, tests, direction)
            if test is not None:
                return test
        if words.pop().group().lower() not in _BETWEEN:
            break
    return None


def _test_after(text: str, start: int, tests: _Tests, direction: str) -> _Test | None:
    """The test whose name stands after a direction."""
    stop = _STOP.search(text, start, start + _REACH)
    end = stop.start() if stop else min(len(text), start + _REACH)
    words = list(_WORD.finditer(text, start, end))
    while words:
        for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
            at = Stretch(words[0].start(), words[size - 1].end())
            test = _named(text, at, tests, direction)
            if test is not None:
                return test
        if words.pop(0).group().lower() not in _LEADING:
            break
    return None


def _named(text: str, at: Stretch, tests: _Tests, direction: str) -> _Test | None:
    """The test that a stretch names, if the vocabulary knows it by this direction."""
    written = at.of(text)
    name = normalise(written)
    for heading in _LISTS:
        if heading.startswith(_CALLED) and _saying(heading).fullmatch(written):
            name = heading.removeprefix(_CALLED)
    if direction == "open":
        return _Test(at, name) if tests.about(name) else None
    return _Test(at, name) if name in tests.told[direction] else None

"""Names: which measurement a number in a text is of, going back from the number.

"Ferritin came back at only 12": few words and signs may stand between. What stands
before the name can make another thing of it, as of "urine sodium", "vitamin K" and
"target ferritin".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from minsight.intake.measurements import Limit
from minsight.intake.text.lists import words_of
from minsight.intake.text.spelling import corrected
from minsight.knowledge.phrases import APOSTROPHE, Phrase, normalise
from minsight.knowledge.vocabulary import Vocabulary

_BETWEEN: Final = words_of("results", "between") | frozenset(
    ":=([+~'-\u2013\u2014\u2192\u2193\u2191"
)
_ANOTHER: Final = words_of("results", "another before")
_JUDGED: Final = words_of("results", "judged")
_AIMS: Final = words_of("results", "aims")
_SWALLOWED: Final = words_of("results", "swallowed")
_LIMITS: Final[Mapping[str, Limit]] = {
    **dict.fromkeys(("<", "\u2264", *words_of("results", "below")), "below"),
    **dict.fromkeys((">", "\u2265", *words_of("results", "above")), "above"),
}
_THAN: Final[Mapping[str, Limit]] = {
    **dict.fromkeys(words_of("results", "below than"), "below"),
    **dict.fromkeys(words_of("results", "above than"), "above"),
}
_STOPS: Final = frozenset(".,;!?\n\r)]|")
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*[^\W_]*|[^\W\d_][^\W_]*|[^\w \t]")
_MOST_BETWEEN: Final = 8
_LONG: Final = 7
"""From so many letters on a name is known with a slip in it."""
_LONGEST_NAME: Final = 8
"""In words and signs."""
_REACH: Final = 120
"""How many characters before a number can tell what it is of."""
_BEFORE_NAME: Final = 5
"""How many words before a name can make of its number an aim or a dose."""
_UNIT_AS_WELL: Final = frozenset({"mg", "MG"})
"""Names that are those of a unit too, as they are then written: "40 mg"."""
_APOSTROPHES: Final = ("'", APOSTROPHE)

_Tokens: TypeAlias = Sequence[re.Match[str]]


class NamedBefore(msgspec.Struct, frozen=True):
    """The name before a number: where it begins, and what else stands there.

    `opened` is a bracket between the two; what is `swallowed` may be a dose, and what
    is `adjusted` the laboratory has adjusted already.
    """

    phrase: Phrase
    start: int
    limit: Limit
    opened: bool
    swallowed: bool
    adjusted: bool


class _Names(msgspec.Struct, frozen=True):
    """The names of measurements, the last word of each, and those of one long word."""

    phrases: Mapping[str, Phrase]
    last: frozenset[str]
    long: tuple[str, ...]
    adjusted: frozenset[str]


class _Between(msgspec.Struct):
    """What stands between a name and its number, going back from the number."""

    limit: Limit = ""
    near: bool = True
    opened: bool = False

    def takes(self, tokens: _Tokens) -> bool:
        """Whether the last of the tokens may stand there; it is taken if so."""
        word = tokens[-1].group().lower()
        limit = _limit(tokens)
        if limit and self.near:
            self.limit = self.limit or limit
        self.near = self.near and (bool(limit) or word == "than")
        self.opened = self.opened or word in "(["
        return bool(limit) or word == "than" or word in _BETWEEN


def named_before(
    text: str, end: int, vocabulary: Vocabulary, *, begun: int
) -> NamedBefore | None:
    """The name of a measurement that the number at `end` is of, if one is."""
    names = vocabulary.once(_names)
    tokens = list(_TOKEN.finditer(text, max(begun, end - _REACH), end))
    between = _Between()
    for _ in range(_MOST_BETWEEN):
        if not tokens:
            break
        size = _name_ending(text, tokens, names)
        if size:
            return _unless_another(text, tokens, size, names, between)
        if _ends_span(tokens):
            del tokens[-2:]
        elif not between.takes(tokens):
            break
        del tokens[-1]
    return None


def _names(vocabulary: Vocabulary) -> _Names:
    phrases = {**vocabulary.measurement_phrase, **vocabulary.adjusted_phrase}
    for words, phrase in list(phrases.items()):
        phrases.setdefault(words.replace("vitamin", "vit"), phrase)
    for words, phrase in _names_of_states(vocabulary):
        phrases.setdefault(words, phrase)
    last = frozenset(words.split()[-1] for words in phrases if words)
    long = list[str]()
    for words in phrases:  # of two spellings the first, as a slip is one of both
        if len(words) >= _LONG and words.isalpha() and corrected(words, long) is None:
            long.append(words)
    return _Names(phrases, last, tuple(long), frozenset(vocabulary.adjusted_phrase))


def _names_of_states(vocabulary: Vocabulary) -> Iterator[tuple[str, Phrase]]:
    """The names of too much and too little, which a number may follow as well."""
    of_band = {
        band: k.id for k in vocabulary.measurements for band in (*k.bands, *k.implies)
    }
    for words, phrase in vocabulary.phrase.items():
        kind = of_band.get(phrase.id)
        if kind is not None and words.isalpha() and words.startswith(("hypo", "hyper")):
            yield words, Phrase(words, kind, "measurement", "synonym")


def _limit(tokens: _Tokens) -> Limit:
    """What the last token makes of the number after it: the least, the most, or none.

    Of "less than" the first word does, so that both are taken.
    """
    word = tokens[-1].group().lower()
    return _THAN.get(word, "") or _LIMITS.get(word, "")


def _ends_span(tokens: _Tokens) -> bool:
    """Whether these end in "from" and a number "to": what it came to is of now."""
    last = [token.group().lower() for token in tokens[-3:]]
    return (
        len(last) == 3
        and last[0] == "from"
        and last[1][0].isdigit()
        and (last[2] == "to")
    )


def _name_ending(text: str, tokens: _Tokens, names: _Names) -> int:
    """Of how many tokens the longest name is that the last of them ends; else 0."""
    bracket = len(tokens) > 1 and tokens[-1].group() == ")"
    last = normalise(tokens[-1 - bracket].group())
    if last not in names.last:
        return int(not bracket and _as_meant(last, names) is not None)
    for size in range(min(_LONGEST_NAME, len(tokens)), 0, -1):
        begun = tokens[-size].start()
        if not text[begun].isalnum() or text[begun - 1 : begun] in _APOSTROPHES:
            continue
        if normalise(text[begun : tokens[-1].end()]) in names.phrases:
            return size
    return 0


def _as_meant(word: str, names: _Names) -> str | None:
    """The one long name that a word is, but for a slip."""
    long = len(word) >= _LONG and word.isalpha()
    return corrected(word, names.long) if long else None


def _unless_another(
    text: str, tokens: _Tokens, size: int, names: _Names, between: _Between
) -> NamedBefore | None:
    """The name of so many tokens, unless what stands before it makes it another."""
    start = tokens[-size].start()
    words = normalise(text[start : tokens[-1].end()])
    if words not in names.phrases:
        words = _as_meant(words, names) or words
    before = _clause(tokens[:-size])
    last = before[-1] if before else ""
    counts = last[:1].isdigit() and last[-1:].isdigit()
    if last in _ANOTHER or (counts and tokens[-size].group() in _UNIT_AS_WELL):
        return None
    if not _AIMS.isdisjoint(before):
        return None
    if last in _JUDGED:
        start = tokens[-size - 1].start()
    swallowed = not _SWALLOWED.isdisjoint(before)
    return NamedBefore(
        names.phrases[words],
        start,
        between.limit,
        between.opened,
        swallowed,
        words in names.adjusted,
    )


def _clause(tokens: _Tokens) -> list[str]:
    """The last words of the clause that the tokens end in."""
    words: list[str] = []
    for token in reversed(tokens[-_BEFORE_NAME:]):
        word = token.group().lower()
        if word in _STOPS:
            break
        words.insert(0, word)
    return words

"""What the reading of phrases knows of English: small words, modifiers, stems.

A modifier says how a complaint is (how bad, since when, on which side) and leaves what
it is unchanged. Words that turn what is said are in `context`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final, Protocol

from minsight.intake.text.lists import lists_of, meant_by, words_of
from minsight.intake.text.notation import pattern, whole_words


class Stemmer(Protocol):
    """What is used of the library, by its names."""

    def stemWord(self, word: str) -> str: ...  # noqa: N802
    def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802


SMALL: Final = words_of("words", "small")
"""Words that carry no meaning of their own."""

MODIFIERS: Final = words_of("words", "modifiers")
"""Words that leave what a complaint is unchanged."""

BREAKS: Final = words_of("words", "joining") | words_of("words", "breaks")
"""Words at which one statement ends and the next begins."""

JOINING: Final = words_of("words", "joining") | words_of("words", "sentence breaks")
"""Words that say how two statements hang together, and nothing of their own."""

_FIGURES: Final = words_of("words", "names with figures")
_OF_NUMBER: Final = re.compile(r"x?\d")
"""How a number and its unit begin; T2DM and CKD4 are names."""
_GENERAL: Final = words_of("words", "general")
SAYS_LITTLE_DENIED: Final = words_of("words", "says little denied")
_AMERICAN: Final = meant_by("spelling", "american")
"""The American spelling for each British one."""
_BRITISH: Final = re.compile("|".join(map(re.escape, _AMERICAN)))
UNITS: Final = words_of("words", "units")
"""What is not a word after a number: "520 ms" is not multiple sclerosis."""

WITHOUT: Final = meant_by("spelling", "without")
"""Words that deny within themselves, and what they deny."""

OF_SAYINGS: Final = words_of("words", "of sayings")
"""Words without one of which nothing is a saying."""
_SAYINGS: Final = lists_of("sayings")
_SAYING: Final = re.compile(
    r"(?<!\ba )"
    + whole_words(
        f"(?P<{word}>{'|'.join(pattern(term, _SAYINGS) for term in terms)})"
        for word, terms in _SAYINGS.items()
    ).pattern,
    re.IGNORECASE,
)
TROUBLES: Final = words_of("words", "with what")
"""Words that "with" does not part from what they are said of."""
PARTICLES: Final = words_of("words", "particles")
"""Words that make another verb of the one before."""
_LEADING: Final = words_of("words", "leading")
_IRREGULAR: Final = {
    **meant_by("spelling", "misspelt"),
    **meant_by("spelling", "irregular"),
}
"""Forms that no stemmer brings to their word."""
_SAME: Final = meant_by("spelling", "same")
"""Stems that say the same in complaints, so that one synonym serves for all."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The stem of a word in lower case, one for all spellings and forms of it.

    >>> stem("bleeds") == stem("bleeding"), stem("anaemia") == stem("anemia")
    (True, True)
    >>> stem("feet") == stem("toe"), stem("tummy") == stem("abdominal")
    (True, True)
    """
    plain = _stemmer().stemWord(_in_one_spelling(word))
    return _SAME.get(plain, plain)


def _in_one_spelling(word: str) -> str:
    if _BRITISH.search(word):
        for british, american in _AMERICAN.items():
            word = word.replace(british, american)
    return _IRREGULAR.get(word, word)


def stem_each(words: Collection[str]) -> dict[str, str]:
    """The stem of each of many words, in a quarter of the time that `stem` takes.

    >>> stem_each(["bleeds", "anaemia"])
    {'bleeds': 'bleed', 'anaemia': 'anemia'}
    """
    spelled = [_in_one_spelling(word) for word in words]
    plain = _stemmer().stemWords(spelled)
    return {word: _SAME.get(one, one) for word, one in zip(words, plain, strict=True)}


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    """Snowball's for English: in C, or where that cannot be, in Python.

    Both are generated from one source and give the same stems.
    """
    made: Stemmer
    try:
        import Stemmer as Snowball  # most phrases need no stems

        made = Snowball.Stemmer("english")
    except ModuleNotFoundError:
        from snowballstemmer.english_stemmer import EnglishStemmer

        made = EnglishStemmer()
    return made


def stems(words: str) -> tuple[str, ...]:
    """The stems of normalised words, small words left out.

    >>> stems("the hair is falling out"), stems("can't sleep") == stems("cannot sleep")
    (('hair', 'fall', 'out'), True)
    """
    plain = in_single_words(words).replace("'", "").split()
    return tuple(stem(word) for word in plain if word not in SMALL)


def sayings_in(words: str) -> Iterator[tuple[int, int, str]]:
    """Where words together say no more than one, and that one."""
    for match in _SAYING.finditer(words):
        start, end = match.span()
        yield start, end, match.lastgroup or ""


def in_single_words(words: str) -> str:
    """The words with one in place of each saying.

    >>> in_single_words("sleeps very little"), in_single_words("a little girl sleeps")
    ('sleeps barely', 'a little girl sleeps')
    """
    return _SAYING.sub(lambda match: match.lastgroup or "", words)


def is_vague(word: str) -> bool:
    """Whether a word alone means less than the words it stands for in `_SAME`.

    "Sore" may say that something hurts; alone it does not say what.
    """
    own = _stemmer().stemWord(word)
    return _SAME.get(own, own) != own


def leads_on(text: str) -> bool:
    """Whether a text begins by saying of what, where or since when."""
    return text.split(maxsplit=1)[:1] != [] and text.split(maxsplit=1)[0] in _LEADING


@lru_cache(maxsize=16_384)
def leaves_meaning(word: str) -> bool:
    """Whether a word beside a complaint leaves what it is unchanged.

    >>> leaves_meaning("severe"), leaves_meaning("3kg"), leaves_meaning("ckd4")
    (True, True, False)
    """
    if word in _FIGURES:
        return False
    return word in MODIFIERS or _OF_NUMBER.match(word) is not None


@lru_cache(maxsize=4_096)
def is_general(stem_of_word: str) -> bool:
    """Whether a word says little alone, because many kinds of it are other things."""
    return stem_of_word in {stem(word) for word in _GENERAL}

"""Abroad: names of columns and answers in four languages beside English.

The terms are those of surveys in Spanish, French, German and Portuguese. Sentences are
not understood: a text means what one term of it names, if all other words are such as
every question has. What denies, or has words that nobody listed, is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

import msgspec

from minsight.intake.text.lists import lists_of, words_of

LANGUAGES: Final = ("es", "fr", "de", "pt")
_LEAST_TOLD: Final = 3
"""So many words of a language tell that names of columns are in it."""
_LETTERS: Final = str.maketrans({"\u00df": "ss", "\u0153": "oe", "\u00e6": "ae"})

ENDINGS: Final = re.compile(r"(?i)(?<=\w)\((?:e|s|es|a|as|o|os|in|innen)\)")
"""How forms write both genders: `fatigu\u00e9(e)`."""

_Terms: TypeAlias = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""Terms, the longest first, by the beginning of their first word."""
_BEGINNING: Final = 3


class Named(msgspec.Struct, frozen=True):
    """The ids that a text names, and its words that are in no term and not small."""

    ids: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    denied: bool = False

    @property
    def only(self) -> str | None:
        """The one thing that the text names, where it says nothing else."""
        plainly = len(self.ids) == 1 and not self.left and not self.denied
        return self.ids[0] if plainly else None


def language_of(names: Iterable[str]) -> str:
    """The language in which columns are named, of those that are known here, if any.

    >>> language_of(["\u00bfTiene usted calambres?", "\u00bfSe le cae el pelo?"])
    'es'
    >>> language_of(["Do you have a rash?", "Se"])
    ''
    """
    each = [folded(name) for name in names]
    words = [word for own in each for word in own]
    english = sum(word in words_of("columns", "asking english") for word in words)
    told = Counter({one: _hits(each, one) for one in LANGUAGES})
    (best, count), (_, second) = told.most_common(2)
    return best if count > max(second, english, _LEAST_TOLD - 1) else ""


def _hits(names: Sequence[Sequence[str]], language: str) -> int:
    """How many words are small words of the language, or begin terms of it."""
    small, terms = words_of("columns", f"small {language}"), _terms(language)
    return sum(
        word in small or _longest(terms, words, place) is not None
        for words in names
        for place, word in enumerate(words)
    )


def named_abroad(text: str, language: str) -> Named:
    """What a text in one of the languages names.

    >>> named_abroad("\u00bfSe le cae el pelo?", "es").only
    'hair_loss'
    >>> named_abroad("Kein Haarausfall", "de").only is None
    True
    """
    if not language:
        return Named()
    words = folded(text)
    terms = _terms(language)
    ids: dict[str, None] = {}
    left: list[str] = []
    place = 0
    while place < len(words):
        found = _longest(terms, words, place)
        if found is None:
            left.append(words[place])
            place += 1
        else:
            ids[found[1]] = None
            place += len(found[0])
    denying = words_of("columns", "denying abroad")
    small = words_of("columns", f"small {language}") | denying
    return Named(
        tuple(ids),
        tuple(word for word in left if word not in small),
        denied=any(word in denying for word in left),
    )


def folded(text: str) -> list[str]:
    """The words of a text in small plain letters.

    >>> folded("M\u00fcdigkeit (t\u00e4glich)"), folded("l'\u0153d\u00e8me")
    (['mudigkeit', 'taglich'], ['l', 'oedeme'])
    """
    whole = ENDINGS.sub("", text.casefold().translate(_LETTERS))
    plain = unicodedata.normalize("NFKD", whole)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+", letters)


def _longest(
    terms: _Terms, words: Sequence[str], place: int
) -> tuple[tuple[str, ...], str] | None:
    for term, id_ in terms.get(words[place][:_BEGINNING], ()):
        here = words[place : place + len(term)]
        if len(here) == len(term) and all(map(_is, term, here)):
            return term, id_
    return None


def _is(word: str, here: str) -> bool:
    return here.startswith(word[:-1]) if word.endswith("*") else here == word


@cache
def _terms(language: str) -> _Terms:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for id_, lines in lists_of("abroad").items():
        for line in lines:
            spoken, _, listed = line.partition(" | ")
            for term in listed.split("; ") if spoken == language else ():
                words = tuple(term.split())
                begun = words[0].rstrip("*")[:_BEGINNING]
                found.setdefault(begun, []).append((words, id_))
    for terms in found.values():
        terms.sort(key=lambda one: (-len(one[0]), -len("".join(one[0]))))
    return found

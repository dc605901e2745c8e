"""Notation: terms of the lists of words, and the patterns that find them in a text.

`data/context.yaml` says how a term is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import Final

from minsight.errors import FileError

_SIGNS: Final = {"*": r"\w*", "_": r"\w+", "9": r"\d+", ".": r"\."}
_SIGN: Final = re.compile(r"[*_9.]")
_WRITTEN: Final = re.compile(r"(?:[a-z' /|()?*_9.,<>-]|END$)+")
_CLASS: Final = re.compile(r"<\w+>")
_REST: Final = "..."
_END: Final = r"(?=\s*(?:[,.;]|$))"


def whole_words(terms: Iterable[str]) -> re.Pattern[str]:
    """What finds any of these patterns where it begins and ends with a whole word."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(terms)})(?![^\W_])", re.IGNORECASE)


def pattern(term: str, lists: Mapping[str, Sequence[str]]) -> str:
    r"""The pattern of a term; `lists` holds the words under each `<name>`.

    >>> pattern("(his|her)? <kin> had", {"<kin>": ["mothers?", "aunt"]})
    '(?:(?:his|her) )?(?:mothers?|aunt) had'
    >>> pattern("feeding << an? >> (infant|toddler)", {})
    '(?<=feeding )an?(?=,? (?:infant|toddler)\\b)'

    Raises:
        FileError: where a parenthesis is alone, or a `<name>` is no heading.
    """
    _refuse_unreadable(term, lists)
    if _CLASS.search(term):
        term = _CLASS.sub(lambda name: f"({'|'.join(lists[name.group()])})", term)
        return pattern(term, lists)
    before, _, here = term.rpartition(" << ")
    here, _, after = here.partition(" >> ")
    behind = rf"(?<={re.escape(before)} )" if before else ""
    if after == "END":
        return behind + _row(here) + _END
    ahead = rf"(?=,?{_row(after, begun=True)}\b)" if after else ""
    return behind + _row(here) + ahead


def _refuse_unreadable(term: str, lists: Mapping[str, Sequence[str]]) -> None:
    depths = list(accumulate((sign == "(") - (sign == ")") for sign in term))
    if min(depths) < 0 or depths[-1]:
        raise FileError(f"`{term}` has a parenthesis without the other one")
    if not _WRITTEN.fullmatch(term):
        raise FileError(f"`{term}` has a sign that means nothing in a term")
    for name in _CLASS.findall(term):
        if name not in lists:
            raise FileError(f"`{term}` names `{name}`, which is no heading")


def _row(text: str, *, begun: bool = False) -> str:
    """Words in a row, some of which may be missing together with their space."""
    found, space = "", begun
    for word in _split(text, " "):
        if word == _REST:
            found, space = rf"{found}\b[^,.;]*\b", False
        elif word.endswith(")?") and _closing(word) == len(word) - 2:
            one = _word(word[:-1])
            found += f"(?: {one})?" if space else f"(?:{one} )?"
        else:
            found += f" {_word(word)}" if space else _word(word)
            space = True
    return found


@cache  # the words of a `<name>` stand in many terms
def _word(text: str) -> str:
    """One word: letters, signs, and groups of which one alternative stands there."""
    letters, opening, _ = text.partition("(")
    plain = _SIGN.sub(lambda sign: _SIGNS[sign.group()], letters)
    if not opening:
        return plain
    group = text[len(letters) :]
    end = _closing(group)
    either = "|".join(map(_row, _split(group[1:end], "|")))
    return f"{plain}(?:{either}){_word(group[end + 1 :])}"


def _split(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that stand in no group."""
    if "(" not in text:
        return text.split(mark)
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _closing(text: str) -> int:
    """Where the group that opens a text ends; -1 where none opens it."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place if sign == ")" else -1
    return -1

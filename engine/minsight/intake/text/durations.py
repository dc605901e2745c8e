"""Durations: how long something has lasted, as the text says, and what it is by that.

Diarrhoea for three weeks is diarrhoea; for five weeks it is chronic. A duration belongs
to what stands right before it in its stretch, or, with an "of", right behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from minsight.ages import DAYS_IN
from minsight.intake.text.lists import lists_of, row_of
from minsight.intake.text.notation import pattern
from minsight.knowledge.vocabulary import Finding

_LISTS: Final = lists_of("durations")
_COUNTED: Final = row_of("demographics", "up to nineteen")


def _any_of(heading: str) -> str:
    return "|".join(pattern(term, _LISTS) for term in _LISTS[heading])


_COUNT: Final = rf"(?P<n>\d{{1,3}}|{'|'.join(_COUNTED)}|{_any_of('few')})"
_UNIT: Final = rf"(?P<u>{_any_of('units')})\b"
_SPAN: Final = rf"{_COUNT}[\s-]?{_UNIT}"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:{_any_of('before')})\s?{_SPAN}(?!\s(?:of|old|ago)\b)",
        rf"{_SPAN}[\s-](?:{_any_of('behind')})\b",
        rf"\b(?:{_any_of('begun')})\s(?:[\w-]+\s){{0,2}}?{_SPAN}\sago\b",
        rf"\b(?:for|since)\s(?P<n>)(?P<u>{_any_of('many')})\b",
    )
)
_SPAN_OF: Final = re.compile(rf"{_SPAN}\sof\s(?:[\w-]+\s){{0,2}}$", re.IGNORECASE)


class Durations:
    """What findings are by how long they last."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._longer: dict[str, tuple[str, float]] = {}
        self._shorter: dict[str, tuple[str, float]] = {}
        for one in findings:
            if one.lasts_from_days is not None:
                short = one.parents[0]
                self._longer[short] = (one.id, one.lasts_from_days)
                self._shorter[one.id] = (short, one.lasts_from_days)

    def name_of(self, id_: str, text: str, begun: int) -> str:
        """The id of the finding that fits how long this one has lasted.

        `text` is what is told of it, `begun` where in that its own words begin.
        """
        if id_ not in self._longer and id_ not in self._shorter:
            return id_  # as nearly always
        days = next(_days(text, begun), None)
        if days is None:
            return id_
        while (shorter := self._shorter.get(id_)) and days < shorter[1]:
            id_ = shorter[0]
        while (longer := self._longer.get(id_)) and days >= longer[1]:
            id_ = longer[0]
        return id_


def _days(text: str, begun: int) -> Iterator[float]:
    """How long that has lasted whose words begin there, in days.

    >>> list(_days("fever for a week", 0)), list(_days("3 days of bad fever", 14))
    ([7.0], [3.0])
    """
    before = _SPAN_OF.search(text[:begun])
    for match in (*(m for form in _FORMS for m in form.finditer(text)), before):
        if match is not None:
            yield _count(match["n"].lower()) * DAYS_IN[_unit(match["u"].lower())]


def _count(words: str) -> float:
    if words.isdecimal():
        return float(words)
    if words in _COUNTED:
        return float(_COUNTED.index(words))
    return _FEW.get(words.partition(" ")[0], 2.0)


_FEW: Final[Mapping[str, float]] = {"a": 1, "an": 1, "one": 1, "half": 0.5}


def _unit(words: str) -> str:
    return next(unit for begin, unit in _UNITS.items() if words.startswith(begin))


_UNITS: Final = {"d": "d", "w": "w", "mo": "mo", "mt": "mo", "fortn": "w", "y": "y"}

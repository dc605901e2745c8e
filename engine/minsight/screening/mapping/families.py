"""Families: what free words or a plain no say to a question that covers many entries.

A yes that names nothing is something that was not understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from minsight.scales import Status
from minsight.screening.mapping.value_sets import MISSING, USUAL, plain

NONE_OF_THEM: Final = frozenset({"none", "nothing", "nil", "keine", "aucun", "ninguno"})
"""Words that say, to a question which of some things are so, that none is."""


def said_of_families(
    texts: Iterable[tuple[str, str]],
) -> Iterator[tuple[Status, str]]:
    """What the texts say, each given with the id of its family.

    A family that is denied stands for itself, under its id.

    >>> list(said_of_families([("q_drugs", "None"), ("q_food", "vegan"), ("q_x", "?")]))
    [('excluded', 'q_drugs'), ('observed', 'vegan')]
    """
    opened: dict[str, list[str]] = {}
    for family, text in texts:
        word = plain(text)
        if word in NONE_OF_THEM or word in USUAL.excluded:
            yield "excluded", family
        elif word in USUAL.observed:
            opened.setdefault(family, [])
        elif word and word not in MISSING:
            opened.setdefault(family, []).append(text)
    for family, words in opened.items():
        yield from (("observed", text) for text in words or [f"{family}: yes"])

"""Numbering: ids as the bits of whole numbers, so that sets of them are numbers."""

from __future__ import annotations

from collections.abc import Iterable

from minsight.knowledge.base import KnowledgeBase


class Numbering:
    """Numbers for ids; what has none is in no set.

    >>> numbering = Numbering(["pallor", "cramps", "pallor"])
    >>> numbering.ids, numbering.bits(["cramps", "fever"])
    (('pallor', 'cramps'), 2)
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = tuple(dict.fromkeys(ids))
        self.bit = {id_: 1 << place for place, id_ in enumerate(self.ids)}

    def bits(self, ids: Iterable[str]) -> int:
        """The ids as one number."""
        number = 0
        for id_ in ids:
            number |= self.bit.get(id_, 0)
        return number


def read_ids(compiled: KnowledgeBase) -> Numbering:
    """All ids that rules and red flags read."""
    catalogue = compiled.catalogue
    every = [rule.reads for rule in catalogue.rules]
    every += [flag.reads for flag in catalogue.flags]
    return Numbering(id_ for reads in every for id_ in reads)

"""Medicines: what the names of a rule folder mean, as phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from minsight.compiler import documents as doc
from minsight.knowledge.phrases import Phrase, normalise

BY_ENDING: Final = "ending"
"""How a name is known that nobody listed: its phrase is the ending alone."""
BY_PRODUCT: Final = "product"
"""How a name is known that holds several medicines: a phrase for each group."""
BY_TOO_MUCH: Final = "too_much"
"""How the finding is known that too much of any medicine means."""


def medicine_phrases(
    medicines: doc.MedicinesDocument, others: Iterable[Phrase]
) -> Iterator[Phrase]:
    """The phrases of all names and endings; `others` may name parts of products."""
    if medicines.too_much is not None:
        yield Phrase("too much medicine", medicines.too_much, "finding", BY_TOO_MUCH)
    means = {phrase.words: phrase.id for phrase in others if phrase.kind == "group"}
    for one in medicines.classes:
        for name in one.names:
            means[normalise(name)] = one.means
            yield Phrase(normalise(name), one.means, "group", "synonym")
        for ending in one.endings:
            yield Phrase(ending, one.means, "group", BY_ENDING)
    for product in medicines.products:
        for id_ in dict.fromkeys(means[normalise(part)] for part in product.of):
            yield Phrase(normalise(product.name), id_, "group", BY_PRODUCT)

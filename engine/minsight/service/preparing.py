"""Preparing: what would make a first answer slow, worked out before it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.api import Rules
from minsight.assessment.population import everybody
from minsight.intake.nearness import nearness_in_steps
from minsight.intake.text.reader import reader_of


def prepared(rules: Rules) -> Iterator[None]:
    """Steps of a fraction of a second each, between which others may be answered.

    First what all words are read by, then what every interview rests on, and last what
    suggestions are made of.

    >>> import minsight
    >>> steps = prepared(minsight.load())
    >>> next(steps)
    """
    reader_of(rules.vocabulary).read("some words")
    yield
    everybody(rules)
    yield
    yield from nearness_in_steps(rules.vocabulary)

"""Ticks: columns that are choices of one question, of which one ticks what is so.

A box that is not ticked says no only where the question was answered: a person who
ticked none, or that nothing is known, said nothing. And it denies nothing that another
box of the question, which was ticked, is a kind of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

import polars as pl
from polars import DataFrame, Series, String

from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.mapping.columns import Column, choices
from minsight.screening.mapping.value_sets import MISSING, USUAL, plain


def with_ticks(
    frame: DataFrame,
    columns: Sequence[Column],
    given: Sequence[Series],
    others: Sequence[Column],
    vocabulary: Vocabulary,
) -> list[Series]:
    """The answers of the columns, unknown where their question was not answered.

    `given` are the answers of the columns, true for observed, false for excluded.
    `others` are the choices that say nothing else.
    """
    answers = list(given)
    for question in dict.fromkeys(c.question for c in columns if c.question):
        own = [n for n, column in enumerate(columns) if column.question == question]
        ticked = {n: answers[n].fill_null(value=False) for n in own}
        told = [c for c in others if c.question == question]
        answered = reduce(
            or_, [*ticked.values(), *(_is_ticked(frame, c) for c in _telling(told))]
        )
        for column in told:
            if _is_unknown(column):
                answered &= ~_is_ticked(frame, column)
        for n in own:
            target = columns[n].target
            kinds = [
                ticked[m]
                for m in own
                if m != n and target in vocabulary.with_ancestors(columns[m].target)
            ]
            known = reduce(lambda left, kind: left & ~kind, kinds, answered)
            answers[n] = _where(answers[n], ticked[n] | known)
    return answers


def _telling(columns: Sequence[Column]) -> Iterator[Column]:
    return (column for column in columns if not _is_unknown(column))


def _is_unknown(column: Column) -> bool:
    """Whether the choice says that nothing is known."""
    return any(plain(one) in MISSING for one in choices(column.name)) or (
        column.name.rpartition("/")[2].lower() in ("dk", "dont_know", "unknown")
    )


def _is_ticked(frame: DataFrame, column: Column) -> Series:
    texts = frame[str(column.index)].cast(String, strict=False)
    of = {v: USUAL.meaning(v) for v in texts.unique().to_list() if v is not None}
    no = [value for value, meant in of.items() if meant in ("excluded", "unknown")]
    return (texts.is_not_null() & ~texts.is_in(no)).fill_null(value=False)


def _where(answers: Series, known: Series) -> Series:
    return DataFrame({"answer": answers, "known": known}).select(
        pl.when("known").then("answer")
    )["answer"]

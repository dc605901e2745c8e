"""Prepared: queries asked of one table after another, which Polars has ready.

Making thousands of expressions takes longer than evaluating them for a hundred thousand
people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Final, TypeAlias

import polars as pl

Queries: TypeAlias = Callable[[pl.LazyFrame], Iterable[pl.LazyFrame]]
"""The queries that are asked of a table."""
_AS_THEY_ARE: Final = pl.QueryOptFlags.none()
"""Looking for what could be optimised takes longer than it saves."""


def all_of(queries: Sequence[pl.LazyFrame]) -> list[pl.DataFrame]:
    """What many small queries say, each as it was made."""
    return pl.collect_all(queries, optimizations=_AS_THEY_ARE, engine="in-memory")


class Prepared:
    """Queries, made once for each schema that a table comes with.

    They run as they are made, so they should take the columns that they need first.

    >>> doubled = Prepared(lambda table: [table.select(pl.col("a") * 2)])
    >>> [table["a"].to_list() for table in doubled.of(pl.DataFrame({"a": [1, 2]}))]
    [[2, 4]]
    """

    def __init__(self, asked: Queries) -> None:
        self._asked = asked
        self._ready: dict[tuple[object, ...], _Ready] = {}

    def of(self, table: pl.DataFrame) -> list[pl.DataFrame]:
        """What the queries say of the table."""
        return self.ready_for(table.schema).of(table)

    def ready_for(self, schema: pl.Schema) -> _Ready:
        """The queries for tables of this schema, which are made if they are not yet."""
        key = tuple(schema.items())
        if key not in self._ready:
            self._ready[key] = _Ready(schema, self._asked)
        return self._ready[key]


class _Ready:
    """The queries for tables of one schema."""

    def __init__(self, schema: pl.Schema, asked: Queries) -> None:
        self._given = _Given(pl.DataFrame(schema=schema))
        self._one_at_a_time = Lock()
        # A schema that is asked for later is asked for by each query, which takes long.
        self._queries = list(asked(pl.defer(self._given.now, schema=schema)))

    def of(self, table: pl.DataFrame) -> list[pl.DataFrame]:
        with self._one_at_a_time:
            self._given.table = table
            try:
                return all_of(self._queries)
            finally:
                self._given.table = table.clear()


class _Given:
    """The table that queries are asked of.

    INVARIANT: it knows nothing of the queries. Polars holds on to it where Python's
    collector does not look, so a way back to them would keep both for ever.
    """

    def __init__(self, table: pl.DataFrame) -> None:
        self.table = table

    def now(self) -> pl.DataFrame:
        return self.table

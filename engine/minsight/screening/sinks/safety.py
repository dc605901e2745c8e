"""Safety: cells of text that a program would run, or that a format cannot hold.

Ids and names of files are the only texts that others wrote, but every text is looked
at. What is changed is counted, so that it can be told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl
from polars import DataFrame, Expr

from minsight.files.formulas import FORMULA

_UNWRITABLE: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
"""Characters that neither XML nor FHIR can hold."""
_REPLACEMENT: Final = "\ufffd"
_MORE: Final = "\u2026"


def made_safe(results: DataFrame, *, pattern: str = FORMULA) -> tuple[DataFrame, int]:
    """The table with an apostrophe before texts that fit, and how many did.

    Take one apostrophe away where the pattern fits, and the text is as it was.

    >>> table, count = made_safe(pl.DataFrame({"subject_id": ["=1+1", "a-1", "'=1"]}))
    >>> table["subject_id"].to_list(), count
    (["'=1+1", 'a-1', "''=1"], 2)
    """
    return _changed(
        results,
        lambda text: text.str.contains(pattern),
        lambda text: pl.concat_str(pl.lit("'"), text),
    )


def held(results: DataFrame, *, most: int) -> tuple[DataFrame, int]:
    """The table in texts of at most so many characters, all of which can be written.

    A longer text ends in three dots in one character; a character that cannot be
    written becomes U+FFFD. Gives how many texts were changed as well.

    >>> held(pl.DataFrame({"subject_id": ["abcd", "ab"]}), most=3)[0].rows()
    [('ab…',), ('ab',)]
    """

    def replaced(text: Expr) -> Expr:
        kept = text.str.replace_all(_UNWRITABLE, _REPLACEMENT)
        cut = pl.concat_str(kept.str.slice(0, most - 1), pl.lit(_MORE))
        return pl.when(text.str.len_chars() > most).then(cut).otherwise(kept)

    return _changed(
        results,
        lambda text: (
            text.str.contains(_UNWRITABLE)
            # Bytes are known without counting, and are never fewer than characters.
            | ((text.str.len_bytes() > most) & (text.str.len_chars() > most))
        ),
        replaced,
    )


def _changed(
    table: DataFrame, where: Callable[[Expr], Expr], change: Callable[[Expr], Expr]
) -> tuple[DataFrame, int]:
    """The table with some texts changed; most tables have none, and stay untouched."""
    texts = [name for name, kind in table.schema.items() if kind == pl.String]
    found = table.select(where(pl.col(name)).sum().alias(name) for name in texts)
    counts = found.row(0, named=True) if texts else {}
    touched = [name for name, count in counts.items() if count]
    changed = table.with_columns(
        pl.when(where(pl.col(name)))
        .then(change(pl.col(name)))
        .otherwise(name)
        .alias(name)
        for name in touched
    )
    return changed, sum(counts.values())

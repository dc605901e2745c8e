"""Labelled: SPSS and Stata, whose files say themselves what columns and codes mean.

Codes come as their labels, and what a file declares to be missing as nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final, cast

from polars import DataFrame

from minsight.errors import missing_extra
from minsight.screening.mapping.headings import Heading
from minsight.screening.sources.source import Source

_READERS: Final = {"sav": "read_sav", "dta": "read_dta"}
_PROGRAMS: Final = {"sav": "an SPSS", "dta": "a Stata"}
_MOST_CELLS: Final = 40_000_000
"""Of how many cells a piece of a file may be."""


def heading_of_labelled(source: Source, file: IO[bytes]) -> Heading:
    """The names of the columns and what they ask."""
    _, about = _read(source, file, metadataonly=True)
    labels = (about.column_names_to_labels.get(name) for name in about.column_names)
    return Heading(
        tuple(about.column_names),
        tuple(label or "" for label in labels),
        f"read as {_PROGRAMS[source.format]} file, with its labels",
    )


def labelled_rows(
    source: Source,
    file: IO[bytes],
    header: Sequence[str],
    places: Sequence[int],
    rows: int,
) -> Iterator[DataFrame]:
    """The rows in pieces of about so many, with only the columns of these places."""
    names = [header[place] for place in places]
    size = max(1, min(rows, _MOST_CELLS // max(1, len(names))))
    first = 0
    while True:
        frame, _ = _read(
            source,
            file,
            usecols=names,
            row_offset=first,
            row_limit=size,
            apply_value_formats=True,
            formats_as_category=False,
        )
        if not frame.height:
            return
        yield DataFrame(
            [frame[n].alias(str(p)) for n, p in zip(names, places, strict=True)]
        )
        if frame.height < size:
            return
        first += frame.height


def _read(source: Source, file: IO[bytes], **options: Any) -> tuple[DataFrame, Any]:
    try:
        import pyreadstat
    except ImportError:
        raise missing_extra(f"`{source.name}`", "sas") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file.seek(0)
        reader = getattr(pyreadstat, _READERS[source.format])
        found = reader(cast("Any", file), output_format="polars", **options)
    return cast("tuple[DataFrame, Any]", found)

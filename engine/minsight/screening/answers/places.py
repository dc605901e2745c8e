"""Places: where each question of a file stands, by its first rows and by a map."""

from __future__ import annotations

import msgspec

from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.headings import AS_SEEN, Heading
from minsight.screening.mapping.maps import Map
from minsight.screening.mapping.placing import place_header
from minsight.screening.sources.long_form import columns_of_lines, long_of
from minsight.screening.sources.source import Source
from minsight.screening.sources.tables import heading_of_table


def place(
    source: Source, vocabulary: Vocabulary, mapping: Map | None = None
) -> Placing:
    """Where each question of the file stands, by the map or by the names of columns.

    The questions of a long file and of JSON are found as they come.

    Raises:
        FileError: when the file cannot be read, or no column of it is a question.
    """
    if source.format == "json":
        return Placing((), (), mapping=mapping)
    source = source.laid_out(mapping.layout if mapping else AS_SEEN)
    separator = source.dialect.separator if source.dialect else None
    comma = is_decimal_comma(mapping, separator)
    heading = heading_of(source)
    return place_table(
        heading, vocabulary, mapping, file=source.name, decimal_comma=comma
    )


def place_table(
    heading: Heading,
    vocabulary: Vocabulary,
    mapping: Map | None = None,
    *,
    file: str,
    decimal_comma: bool,
) -> Placing:
    """Where each question of a table so headed stands; it may be in long form.

    Raises:
        FileError: when no column of it is a question.
    """
    long = long_of(heading.names, mapping, file=file)
    if long is not None:
        columns = columns_of_lines(heading.names, long)
        placing = Placing(heading.names, columns, long=long, mapping=mapping)
    else:
        placing = place_header(heading, vocabulary, file=file, mapping=mapping)
    return msgspec.structs.replace(placing, decimal_comma=decimal_comma)


def is_decimal_comma(mapping: Map | None, separator: str | None) -> bool:
    """Whether a comma stands before decimals: the map says so, or fields end in `;`.

    Where the comma is the decimal sign, it cannot separate fields as well.
    """
    if mapping is not None and mapping.decimal is not None:
        return mapping.decimal == ","
    return separator == ";"


def heading_of(source: Source) -> Heading:
    """What the columns of a table are called.

    Raises:
        FileError: when the file cannot be read, or has no names of columns.
    """
    if source.dialect is None:
        return heading_of_table(source)
    source.dialect.refuse_unusable(source.name)
    return source.dialect.heading

"""Seen: a column as a person would look at it, and what it may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final

import msgspec

from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.value_sets import plain
from minsight.screening.sources.codebooks import Coded

_CODES: Final = re.compile(
    r"(?<!\d)(-?\d{1,3})\s*=\s*([^,;=)\]\d][^,;=)\]]*?)(?=\s*(?:to\s+)?-?\d{1,3}\s*=|[,;)\]?]|$)"
)


class Seen(msgspec.Struct, frozen=True, dict=True):
    """A column and the values of its first rows; `coded` is what a codebook says.

    They `differ` where none of them comes twice and none is missing. `language` is that
    of the names of the columns, if it is one that is known beside English.
    """

    index: int
    heading: Heading
    values: tuple[str, ...]
    coded: Coded = Coded()
    differ: bool = False
    language: str = ""

    @property
    def name(self) -> str:
        return self.heading.names[self.index]

    @cached_property
    def asks(self) -> str:
        """What the column asks, in the most words that there are."""
        return self.coded.label or self.heading.label(self.index) or self.name

    @cached_property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """What codes mean, by the codebook or the question: "(1 = yes, 2 = no)"."""
        asked = _CODES.findall(self.asks)
        return self.coded.codes or tuple((code, said.strip()) for code, said in asked)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What each value means, in the spelling of `plain`; itself without a book."""
        codes = {plain(code): plain(label) for code, label in self.codes}
        return {value: codes.get(value, value) for value in self.values}


class Guess(msgspec.Struct, frozen=True):
    """What a column may be.

    `role` is that of a column, `ignored`, or nothing. `because` says what a guess was
    read from, `asked` what has to be known of the column before it can be read.
    `meant` are values by what they mean, where those are not the usual ones.
    """

    role: str = ""
    target: str = ""
    unit: str = ""
    because: str = ""
    asked: str = ""
    meant: Mapping[str, tuple[str, ...]] = {}

"""The compiled rules: what the cache keeps and an assessment needs."""

from __future__ import annotations

from dataclasses import dataclass

from minsight.catalogue import Catalogue
from minsight.program import Program
from minsight.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Compiled:
    """The rules, ready for use and for the cache."""

    program: Program
    vocabulary: Vocabulary
    catalogue: Catalogue

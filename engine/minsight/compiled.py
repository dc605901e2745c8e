"""The compiled rules: what the cache keeps and an assessment needs."""

from __future__ import annotations

import msgspec

from minsight.catalogue import Catalogue
from minsight.program import Program
from minsight.vocabulary import Vocabulary


class Compiled(msgspec.Struct, frozen=True):
    """The rules, ready for use and for the cache."""

    program: Program
    vocabulary: Vocabulary
    catalogue: Catalogue

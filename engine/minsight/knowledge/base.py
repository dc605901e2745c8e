"""The compiled rules: what the cache keeps and an assessment needs."""

from __future__ import annotations

import msgspec

from minsight.knowledge.catalogue import Catalogue
from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic.program import Program


class KnowledgeBase(msgspec.Struct, frozen=True):
    """The rules, ready for use and for the cache."""

    program: Program
    vocabulary: Vocabulary
    catalogue: Catalogue

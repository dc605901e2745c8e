"""Shelf: where what is worked out of a vocabulary is kept between two runs, if at all.

Nothing is kept of rules that were loaded without a cache.
"""

from __future__ import annotations

from pathlib import Path

from minsight.knowledge.vocabulary import Vocabulary


class Shelf:
    """The folder of a vocabulary, None where nothing is to be kept."""

    def __init__(self, _: Vocabulary) -> None:
        self.folder: Path | None = None


def shelve(vocabulary: Vocabulary, folder: Path) -> None:
    """Let what is worked out of this vocabulary be kept in a folder."""
    vocabulary.once(Shelf).folder = folder

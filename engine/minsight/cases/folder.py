"""The cases of a rule folder, read whole: every problem collected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from minsight.cases.documents import CasesDocument
from minsight.cases.published_documents import (
    ByHandDocument,
    PhrasesInIds,
    PublishedCase,
    PublishedDocument,
)
from minsight.compiler.folder import DocumentReader
from minsight.compiler.layout import BY_HAND, PUBLISHED, case_files
from minsight.errors import Issue, Place
from minsight.files.yaml import Loaded


def read_cases(root: Path) -> tuple[dict[str, CasesDocument], list[Issue]]:
    """The cases of every mineral and of the baseline, by file, and their problems."""
    reader = DocumentReader(root)
    read = {name: reader.read(name, CasesDocument) for name in case_files(root)}
    return {name: cases for name, cases in read.items() if cases}, reader.issues


@dataclass(frozen=True)
class Published:
    """The published cases of a folder, and by case the ids of each of its phrases."""

    cases: tuple[PublishedCase, ...] = ()
    ids: Mapping[str, PhrasesInIds] = field(default_factory=dict)
    files: Mapping[str, Loaded] = field(default_factory=dict, repr=False)

    def place(self, file: str, *path: str | int) -> Place:
        """Where this part of this file stands."""
        return self.files[file].place(path)


def read_published(root: Path) -> tuple[Published, list[Issue]]:
    """The published cases and their problems; a folder of rules may have none."""
    if not (root / PUBLISHED).is_file():
        return Published(), []
    reader = DocumentReader(root)
    cases = reader.read(PUBLISHED, PublishedDocument)
    by_hand = reader.read(BY_HAND, ByHandDocument)
    if cases is None or by_hand is None:
        return Published(), reader.issues
    return Published(tuple(cases.root), by_hand.root, reader.files), []

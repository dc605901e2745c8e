"""The rule folder, read whole: every document validated, every problem collected."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from minsight.compiler import documents as doc
from minsight.compiler.layout import (
    BASELINE,
    CASES_ENDING,
    FREQUENCIES,
    HISTORY,
    LESSON_FILES,
    MAY_BE_MISSING,
    MINERAL_FILES,
    PROFILE,
    RULES,
    SHARED_FILES,
    WARNINGS,
    WORDINGS,
    frame_files,
    mineral_folders,
    yaml_files,
)
from minsight.errors import Issue, Place, did_you_mean
from minsight.files.reader import DocumentError, DocumentT, read_document
from minsight.files.yaml import Loaded

_SHARED_KINDS: Final[Mapping[str, type[doc.Document]]] = dict(
    zip(
        SHARED_FILES,
        (
            doc.FindingsDocument,
            doc.RiskGroupsDocument,
            doc.ClustersDocument,
            doc.MeasurementsDocument,
            doc.HpoDocument,
            doc.SourcesDocument,
            doc.LevelsDocument,
            doc.UrgencyDocument,
            doc.NetworkDocument,
            doc.PicturesDocument,
            doc.LookAlikesDocument,
            doc.FoodsDocument,
            doc.MedicinesDocument,
            doc.HistoryDocument,
            doc.WordingsDocument,
            doc.WarningFamiliesDocument,
            doc.FrequenciesDocument,
        ),
        strict=True,
    )
)


@dataclass(frozen=True)
class Folder:
    """All rule documents of one folder, valid each by itself.

    Cases are not among them. `place` finds the line of any part of any file. Where a
    folder is shown, its rules are, and not the rest, which has thousands of lines.
    """

    findings: tuple[doc.FindingDocument, ...] = field(repr=False)
    life_stages: tuple[doc.LifeStageDocument, ...] = field(repr=False)
    groups: tuple[doc.GroupDocument, ...] = field(repr=False)
    clusters: tuple[doc.ClusterDocument, ...] = field(repr=False)
    measurements: tuple[doc.MeasurementDocument, ...] = field(repr=False)
    hpo_below: Mapping[str, str] = field(repr=False)
    sources: tuple[doc.SourceDocument, ...] = field(repr=False)
    levels: doc.LevelsDocument = field(repr=False)
    urgency: doc.UrgencyDocument = field(repr=False)
    links: tuple[doc.LinkDocument, ...] = field(repr=False)
    pictures: tuple[doc.PictureDocument, ...] = field(repr=False)
    look_alikes: tuple[doc.LookAlikeDocument, ...] = field(repr=False)
    food_kinds: tuple[doc.FoodKindDocument, ...] = field(repr=False)
    frames: Mapping[str, doc.FramesDocument] = field(repr=False)
    medicines: doc.MedicinesDocument | None = field(repr=False)
    history: tuple[doc.HistoryQuestionDocument, ...] = field(repr=False)
    wordings: tuple[doc.WordingDocument, ...] = field(repr=False)
    warning_signs: tuple[doc.WarningSignsDocument, ...] = field(repr=False)
    frequencies: doc.FrequenciesDocument | None = field(repr=False)
    profiles: Mapping[str, doc.ProfileDocument] = field(repr=False)
    rules: Mapping[str, tuple[doc.RuleDocument, ...]]
    files: Mapping[str, Loaded] = field(repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of the data of the files: layout and comments do not count."""
        content = {name: self.files[name].data for name in sorted(self.files)}
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    @property
    def red_flags(self) -> tuple[doc.RedFlagDocument, ...]:
        return tuple(self.urgency.red_flags)

    @property
    def scored(self) -> tuple[str, ...]:
        """The minerals that rules can point to, by base rate, then name."""
        chosen = [(p.base_rate, name) for name, p in self.profiles.items() if p.scored]
        return tuple(name for _, name in sorted(chosen))

    @property
    def hpo_terms(self) -> Mapping[str, str]:
        """The finding that each term of the Human Phenotype Ontology stands for.

        A term that is broader than the finding says less, and stands for none; of
        several findings, the one that fits exactly is meant.
        """
        fitting = [
            (f.hpo.id, f.id, f.hpo.match)
            for f in self.findings
            if f.hpo is not None and f.hpo.match != "broad"
        ]
        found: dict[str, str] = {}
        for term, id_, match in fitting:
            others = [m for t, other, m in fitting if t == term and other != id_]
            if not others or (match == "exact" and "exact" not in others):
                found[term] = id_
        return found

    def place(self, file: str, *path: str | int) -> Place:
        """Where this part of this file stands."""
        loaded = self.files.get(file)
        return loaded.place(path) if loaded else Place(file)


def read_folder(root: Path) -> tuple[Folder | None, list[Issue]]:
    """The documents of a rule folder and the problems found in reading them.

    The folder is `None` when a file is missing or invalid, since nothing can be checked
    across files then.
    """
    reader = DocumentReader(root)
    shared = {
        name: reader.read(name, kind)
        for name, kind in _SHARED_KINDS.items()
        if name not in MAY_BE_MISSING or os.path.lexists(root / name)
    }
    profiles: dict[str, doc.ProfileDocument] = {}
    rules: dict[str, tuple[doc.RuleDocument, ...]] = {}
    for mineral in mineral_folders(root):
        profile = reader.read(f"{mineral}/{PROFILE}", doc.ProfileDocument)
        if profile is not None:
            profiles[mineral] = profile
        if os.path.lexists(root / mineral / RULES):
            written = reader.read(f"{mineral}/{RULES}", doc.RulesDocument)
            rules[mineral] = tuple(written.rules) if written else ()
    frames = reader.read_all(frame_files(root), doc.FramesDocument)
    reader.issues += _stray_files(root)
    if reader.issues:
        return None, reader.issues
    return _assemble(shared, frames, profiles, rules, reader.files), []


def _assemble(
    shared: Mapping[str, Any],
    frames: Mapping[str, doc.FramesDocument],
    profiles: Mapping[str, doc.ProfileDocument],
    rules: Mapping[str, tuple[doc.RuleDocument, ...]],
    files: Mapping[str, Loaded],
) -> Folder:
    groups = shared["vocabulary/risk_groups.yaml"]
    return Folder(
        findings=tuple(shared["vocabulary/findings.yaml"].findings),
        life_stages=tuple(groups.life_stages),
        groups=tuple(groups.groups),
        clusters=tuple(shared["vocabulary/clusters.yaml"].clusters),
        measurements=tuple(shared["vocabulary/measurements.yaml"].measurements),
        hpo_below=shared["vocabulary/hpo.yaml"].below,
        sources=tuple(shared["vocabulary/sources.yaml"].sources),
        levels=shared["levels.yaml"],
        urgency=shared["urgency.yaml"],
        links=tuple(shared["network.yaml"].links),
        pictures=tuple(shared["pictures.yaml"].pictures),
        look_alikes=_if_there(shared, "look_alikes.yaml", "look_alikes"),
        food_kinds=_if_there(shared, "foods.yaml", "kinds"),
        frames=frames,
        medicines=shared.get("vocabulary/medicines.yaml"),
        history=_if_there(shared, HISTORY, "questions"),
        wordings=_if_there(shared, WORDINGS, "wordings"),
        warning_signs=_if_there(shared, WARNINGS, "families"),
        frequencies=shared.get(FREQUENCIES),
        profiles=profiles,
        rules=rules,
        files=files,
    )


def _stray_files(root: Path) -> list[Issue]:
    """YAML files that nothing reads: most often a misspelt name."""
    known = {
        *SHARED_FILES,
        *LESSON_FILES,
        *frame_files(root),
        *(f"{m}/{n}" for m in mineral_folders(root) for n in MINERAL_FILES),
    }
    issues = []
    for name in yaml_files(root):
        if name in known or (
            name.startswith(f"{BASELINE}/") and name.endswith(CASES_ENDING)
        ):
            continue
        fix = (
            did_you_mean(name, known)
            or "remove it, or see rules/README.md for the names"
        )
        issues.append(Issue(Place(name), "is a file that nothing reads", fix))
    return issues


def _if_there(shared: Mapping[str, Any], name: str, key: str) -> tuple[Any, ...]:
    """What stands under the key of a file that may be missing."""
    return tuple(getattr(shared[name], key)) if name in shared else ()


class DocumentReader:
    """Reads and validates files one by one, keeping every issue."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.issues: list[Issue] = []
        self.files: dict[str, Loaded] = {}

    def read_all(
        self, names: Iterable[str], kind: type[DocumentT]
    ) -> dict[str, DocumentT]:
        read = ((name, self.read(name, kind)) for name in names)
        return {name: document for name, document in read if document is not None}

    def read(self, name: str, kind: type[DocumentT]) -> DocumentT | None:
        try:
            document, self.files[name] = read_document(self._root / name, name, kind)
        except DocumentError as error:
            self.issues += error.issues
            return None
        return document

"""The content of a folder as the checks walk it: each thing with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Final

from minsight.compiler import layout
from minsight.compiler.conditions import Names, leaves, names_of, of_what_is_told
from minsight.compiler.documents import (
    BandDocument,
    ConditionDocument,
    CutoffDocument,
    ProfileDocument,
    RuleDocument,
    Sourced,
)
from minsight.compiler.folder import Folder
from minsight.errors import Issue, Place, did_you_mean
from minsight.logic.graph import circles, reachable

FINDINGS: Final = "vocabulary/findings.yaml"
GROUPS_FILE: Final = "vocabulary/risk_groups.yaml"
MEASUREMENTS_FILE: Final = "vocabulary/measurements.yaml"
HPO_FILE: Final = "vocabulary/hpo.yaml"
SOURCES: Final = "vocabulary/sources.yaml"
CLUSTERS: Final = "vocabulary/clusters.yaml"
PICTURES: Final = "pictures.yaml"
LOOK_ALIKES: Final = "look_alikes.yaml"
FOODS: Final = "foods.yaml"
MEDICINES: Final = "vocabulary/medicines.yaml"
URGENCY_FILE: Final = "urgency.yaml"
NETWORK: Final = "network.yaml"
LEVELS_FILE: Final = "levels.yaml"


class Content:
    """A folder, what its ids stand for, and its parts with their places."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.names: Names = names_of(folder)

    def vocabulary(self) -> Iterator[tuple[Place, str]]:
        """Every id that a condition can name."""
        folder = self.folder
        for number, finding in enumerate(folder.findings):
            yield folder.place(FINDINGS, "findings", number, "id"), finding.id
        for number, stage in enumerate(folder.life_stages):
            yield folder.place(GROUPS_FILE, "life_stages", number, "id"), stage.id
        for number, group in enumerate(folder.groups):
            yield folder.place(GROUPS_FILE, "groups", number, "id"), group.id
        for m, measurement in enumerate(folder.measurements):
            for b, band in enumerate(measurement.bands):
                place = folder.place(
                    MEASUREMENTS_FILE, "measurements", m, "bands", b, "id"
                )
                yield place, band.id
        for number, picture in enumerate(folder.pictures):
            yield folder.place(PICTURES, "pictures", number, "id"), picture.id

    def measurements(self) -> Iterator[tuple[Place, str]]:
        """Every id of a measurement."""
        for number, measurement in enumerate(self.folder.measurements):
            path = ("measurements", number, "id")
            yield self.folder.place(MEASUREMENTS_FILE, *path), measurement.id

    def rules(self) -> Iterator[tuple[str, int, RuleDocument]]:
        """Every rule with its mineral and its number in the file."""
        for mineral, rules in self.folder.rules.items():
            for number, rule in enumerate(rules):
                yield mineral, number, rule

    def rule_place(self, mineral: str, number: int, *key: str) -> Place:
        return self.folder.place(f"{mineral}/{layout.RULES}", "rules", number, *key)

    def conditions(self) -> Iterator[tuple[Place, ConditionDocument]]:
        """Every condition of the folder."""
        folder = self.folder
        for mineral, number, rule in self.rules():
            yield self.rule_place(mineral, number, "when"), rule.when
        yield from self._silences()
        for number, picture in enumerate(folder.pictures):
            yield folder.place(PICTURES, "pictures", number, "when"), picture.when
        for number, flag in enumerate(folder.red_flags):
            yield folder.place(URGENCY_FILE, "red_flags", number, "when"), flag.when
        for file, path, condition in of_what_is_told(folder):
            yield folder.place(file, *path), condition
        for number, group in enumerate(folder.groups):
            for key in ("derive", "only_for", "asked_of"):
                whom = getattr(group, key)
                if whom and whom.when:
                    yield folder.place(GROUPS_FILE, "groups", number, key), whom.when
        for (m, b, c), cutoff in self._cutoffs():
            if cutoff.whom and cutoff.whom.when:
                path = ("measurements", m, "bands", b, "cutoffs", c)
                yield folder.place(MEASUREMENTS_FILE, *path), cutoff.whom.when

    def _silences(self) -> Iterator[tuple[Place, ConditionDocument]]:
        for mineral, profile in self.folder.profiles.items():
            if profile.silent_unless is not None:
                file = f"{mineral}/{layout.PROFILE}"
                yield self.folder.place(file, "silent_unless"), profile.silent_unless

    def bands(self) -> Iterator[tuple[Place, BandDocument]]:
        """Every band of a measurement, with its place."""
        for m, measurement in enumerate(self.folder.measurements):
            for b, band in enumerate(measurement.bands):
                path = ("measurements", m, "bands", b)
                yield self.folder.place(MEASUREMENTS_FILE, *path), band

    def _cutoffs(self) -> Iterator[tuple[tuple[int, int, int], CutoffDocument]]:
        for m, measurement in enumerate(self.folder.measurements):
            for b, band in enumerate(measurement.bands):
                for c, cutoff in enumerate(band.cutoffs):
                    yield (m, b, c), cutoff

    def claims(self) -> Iterator[tuple[Place, Sourced]]:
        """Everything that must name its sources."""
        folder = self.folder
        for mineral, number, rule in self.rules():
            yield self.rule_place(mineral, number, "sources"), rule
        for mineral, profile in folder.profiles.items():
            yield from self._profile_claims(mineral, profile)
        for number, picture in enumerate(folder.pictures):
            yield folder.place(PICTURES, "pictures", number), picture
        for number, flag in enumerate(folder.red_flags):
            yield folder.place(URGENCY_FILE, "red_flags", number), flag
        for number, link in enumerate(folder.links):
            yield folder.place(NETWORK, "links", number), link
        for number, one in enumerate(folder.look_alikes):
            yield folder.place(LOOK_ALIKES, "look_alikes", number), one
        for number, kind in enumerate(folder.food_kinds):
            yield folder.place(FOODS, "kinds", number), kind
        yield from self._medicine_claims()
        for m, measurement in enumerate(folder.measurements):
            for b, band in enumerate(measurement.bands):
                yield (
                    folder.place(MEASUREMENTS_FILE, "measurements", m, "bands", b),
                    band,
                )

    def _medicine_claims(self) -> Iterator[tuple[Place, Sourced]]:
        if self.folder.medicines is not None:
            yield self.folder.place(MEDICINES), self.folder.medicines

    def _profile_claims(
        self, mineral: str, profile: ProfileDocument
    ) -> Iterator[tuple[Place, Sourced]]:
        file = f"{mineral}/{layout.PROFILE}"
        for name, value in profile:
            for number, item in enumerate(
                value if isinstance(value, list) else [value]
            ):
                if isinstance(item, Sourced):
                    yield self.folder.place(file, name, number), item

    @cached_property
    def graphs(self) -> dict[str, dict[str, list[str]]]:
        """By file: which ids each finding, group or picture rests on."""
        folder = self.folder
        groups = {group.id: list(group.parents) for group in folder.groups}
        for group in folder.groups:
            if group.derive and group.derive.when:
                groups[group.id] += [id_ for id_, _ in leaves(group.derive.when)]
        return {
            FINDINGS: {f.id: list(f.parents) for f in folder.findings},
            GROUPS_FILE: groups,
            PICTURES: {p.id: [i for i, _ in leaves(p.when)] for p in folder.pictures},
        }

    @cached_property
    def circles(self) -> list[tuple[str, list[str]]]:
        """The circles of each graph, with the file they stand in."""
        return [
            (file, circle)
            for file, graph in self.graphs.items()
            for circle in circles(graph)
        ]

    def movers(self, id_: str) -> AbstractSet[tuple[str, bool]]:
        """Every id that moves `id_`, each with whether its presence makes it hold.

        The id itself; what implies it in the taxonomy; and what the conditions of
        pictures, derived groups and bands read, whose absences count the other way.
        """

        def moved(mover: tuple[str, bool]) -> Iterator[tuple[str, bool]]:
            name, present = mover
            return ((n, p == present) for n, p in self._moved_by.get(name, ()))

        return reachable([(id_, True)], moved)

    @cached_property
    def _moved_by(self) -> dict[str, list[tuple[str, bool]]]:
        moved: dict[str, list[tuple[str, bool]]] = {}
        parents = [(f.id, f.parents) for f in self.folder.findings]
        parents += [(g.id, g.parents) for g in self.folder.groups]
        for id_, above in parents:
            for parent in above:
                moved.setdefault(parent, []).append((id_, True))
        for group in self.folder.groups:
            if group.derive and group.derive.when:
                moved.setdefault(group.id, []).extend(leaves(group.derive.when))
        for picture in self.folder.pictures:
            moved.setdefault(picture.id, []).extend(leaves(picture.when))
        for _, band in self.bands():
            for parent in band.parents:
                moved.setdefault(parent, []).append((band.id, True))
            for cutoff in band.cutoffs:
                if cutoff.whom and cutoff.whom.when:
                    moved.setdefault(band.id, []).extend(leaves(cutoff.whom.when))
        return moved


def dangling(place: Place, kind: str, id_: str, known: Iterable[str]) -> Issue:
    """The issue of a name that nothing carries."""
    fix = did_you_mean(id_, known) or f"add it to the vocabulary or use a known {kind}"
    return Issue(place, f"unknown {kind} `{id_}`", fix)

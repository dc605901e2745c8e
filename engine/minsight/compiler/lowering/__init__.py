"""Lowering: documents to a program, the one place where the rules get their meaning."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.ages import parse_age
from minsight.compiler.conditions import Names, leaves, names_of, of_what_is_told
from minsight.compiler.documents import RuleDocument
from minsight.compiler.folder import Folder
from minsight.compiler.lowering.builder import ProgramBuilder, StratumName
from minsight.compiler.lowering.conditions import lower_condition
from minsight.compiler.lowering.evidence import (
    MineralRules,
    lower_evidence,
    lower_weights,
)
from minsight.compiler.lowering.levels import lower_brakes, lower_gates, lower_levels
from minsight.compiler.lowering.points import lower_points
from minsight.compiler.lowering.pruning import prune
from minsight.compiler.lowering.subjects import (
    lower_bands,
    lower_findings,
    lower_groups,
    lower_life_stages,
    lower_pictures,
)
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import SHARED, Cutoff, PointSum, Program

__all__ = ["lower"]


def lower(folder: Folder) -> Program:
    """The program of checked rule files.

    The order is that of the files, then of the entries in them; equal files give an
    equal program.
    """
    builder, names = ProgramBuilder(), names_of(folder)
    lower_findings(builder, folder.findings)
    lower_groups(builder, names, folder.groups)
    lower_life_stages(builder, folder.life_stages)
    lower_bands(builder, names, folder.measurements)
    lower_pictures(builder, names, folder.pictures)
    point_sums: list[PointSum] = []
    for mineral in folder.scored:
        point_sums += _lower_mineral(builder, names, folder, mineral)
    _lower_urgency(builder, names, folder)
    _lower_links(builder, folder)
    return Program(
        strata=prune(builder.strata(), point_sums, told=_told(names, folder)),
        point_sums=tuple(point_sums),
        ages=_ages(builder),
        cutoffs=_cutoffs(folder),
        minerals=folder.scored,
        knowledge=folder.digest,
    )


def _told(names: Names, folder: Folder) -> frozenset[Atom]:
    """The atoms by which something is told, or not, though no level reads them."""
    conditions = (condition for _, _, condition in of_what_is_told(folder))
    read = (leaf for condition in conditions for leaf in leaves(condition))
    return frozenset(
        names.atom(id_) if present else names.absence(id_) for id_, present in read
    )


def _lower_mineral(
    builder: ProgramBuilder, names: Names, folder: Folder, mineral: str
) -> list[PointSum]:
    rules = MineralRules(mineral, folder)
    lower_evidence(builder, names, rules)
    lower_weights(builder, names, rules, folder.levels)
    profile = folder.profiles[mineral]
    lower_gates(builder, names, folder.levels, profile)
    lower_brakes(builder, names, rules, folder.levels, profile)
    lower_levels(builder, mineral, folder.levels)
    return lower_points(builder, rules, folder.levels.points, profile.base_rate)


def _lower_urgency(builder: ProgramBuilder, names: Names, folder: Folder) -> None:
    """Red flags and urgent combinations; no brake touches them."""
    for red_flag in folder.red_flags:
        head = atoms.flag(red_flag.id)
        at = (StratumName.EVIDENCE, SHARED)
        lower_condition(builder, names, red_flag.when, head=head, at=at)
        builder.add(StratumName.WEIGHT, SHARED, atoms.urgency(red_flag.urgency), [head])
    for rule in _urgent_rules(folder):
        head = atoms.flag(rule.id)
        builder.add(StratumName.WEIGHT, SHARED, head, [atoms.evidence(rule.id)])
        builder.add(
            StratumName.WEIGHT, SHARED, atoms.urgency(rule.then.urgency), [head]
        )


def _urgent_rules(folder: Folder) -> Iterator[RuleDocument]:
    for mineral in folder.scored:
        for rule in folder.rules.get(mineral, ()):
            if rule.then.urgency != "none" and rule.status != "deprecated":
                yield rule


def _lower_links(builder: ProgramBuilder, folder: Folder) -> None:
    for link in folder.links:
        body = [atoms.at_level(mineral, level) for mineral, level in link.when.items()]
        body += [atoms.risk(mineral, weight) for mineral, weight in link.risk.items()]
        builder.add(StratumName.RESULT, SHARED, atoms.link(link.id), body)


def _ages(builder: ProgramBuilder) -> tuple[str, ...]:
    """Every age boundary that a clause reads, youngest first."""
    read = atoms.named_by(builder.atoms_read(), "age_from", "age_below")
    return tuple(sorted(read, key=lambda age: (parse_age(age), age)))


def _cutoffs(folder: Folder) -> tuple[Cutoff, ...]:
    found = {
        Cutoff(measurement.id, value)
        for measurement in folder.measurements
        for band in measurement.bands
        for cutoff in band.cutoffs
        for value in cutoff.limits
    }
    return tuple(sorted(found, key=lambda c: (c.measurement, c.value)))

"""What follows about a subject before any mineral is looked at.

Taxonomy, derived groups and life stages, bands of measurements, and pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minsight.compiler.conditions import Names
from minsight.compiler.documents import (
    CutoffDocument,
    Derivation,
    FindingDocument,
    GroupDocument,
    LifeStageDocument,
    MeasurementDocument,
    PictureDocument,
)
from minsight.compiler.lowering.builder import ProgramBuilder, StratumName
from minsight.compiler.lowering.conditions import lower_condition
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import SHARED

AT = (StratumName.SUBJECT, SHARED)


def lower_findings(
    builder: ProgramBuilder, findings: Iterable[FindingDocument]
) -> None:
    """A specific finding observes its parents; an excluded parent excludes it."""
    for finding in findings:
        for parent in finding.parents:
            builder.add(*AT, atoms.observed(parent), [atoms.observed(finding.id)])
            builder.add(*AT, atoms.excluded(finding.id), [atoms.excluded(parent)])


def lower_groups(
    builder: ProgramBuilder, names: Names, groups: Iterable[GroupDocument]
) -> None:
    """Groups follow from their children, from age and sex, and from other answers."""
    for group in groups:
        inside, outside = atoms.in_group(group.id), atoms.outside_group(group.id)
        for parent in group.parents:
            builder.add(*AT, atoms.in_group(parent), [inside])
            builder.add(*AT, outside, [atoms.outside_group(parent)])
        if group.derive is not None:
            builder.add(*AT, inside, _body(builder, names, group.derive, owner=inside))
            if group.derive.when is None:
                _exclude_others(builder, outside, group.derive)
        if group.only_for is not None:
            _exclude_others(builder, outside, group.only_for)


def lower_life_stages(
    builder: ProgramBuilder, stages: Iterable[LifeStageDocument]
) -> None:
    for stage in stages:
        given = {"from": stage.from_, "below": stage.below}
        whom = Derivation.model_validate({k: v for k, v in given.items() if v})
        builder.add(*AT, atoms.in_group(stage.id), bounds_of(whom))
        _exclude_others(builder, atoms.outside_group(stage.id), whom)


def lower_bands(
    builder: ProgramBuilder, names: Names, measurements: Iterable[MeasurementDocument]
) -> None:
    """A value within the limit for its subject is in the band, and in its parents."""
    for measurement in measurements:
        for band in measurement.bands:
            for cutoff in band.cutoffs:
                values = list(_sides(measurement.id, cutoff))
                head = atoms.band(band.id)
                owner, whom = atoms.on_the_way_to(head, *values), cutoff.whom
                more = _body(builder, names, whom, owner=owner) if whom else []
                builder.add(*AT, head, [*values, *more])
            for parent in band.parents:
                builder.add(*AT, atoms.observed(parent), [atoms.band(band.id)])


def _sides(measurement: str, cutoff: CutoffDocument) -> Iterator[Atom]:
    """The atoms of the bounds of a line."""
    if cutoff.below is not None:
        yield atoms.value_below(measurement, cutoff.below)
    if cutoff.from_ is not None:
        yield atoms.value_from(measurement, cutoff.from_)


def lower_pictures(
    builder: ProgramBuilder, names: Names, pictures: Iterable[PictureDocument]
) -> None:
    for picture in pictures:
        head = atoms.picture(picture.id)
        lower_condition(builder, names, picture.when, head=head, at=AT)


def bounds_of(whom: Derivation) -> list[Atom]:
    """The atoms of the age and sex that a derivation asks for."""
    return [
        *([atoms.age_from(whom.from_)] if whom.from_ else []),
        *([atoms.age_below(whom.below)] if whom.below else []),
        *([atoms.of_sex(whom.sex)] if whom.sex else []),
    ]


def _body(
    builder: ProgramBuilder, names: Names, whom: Derivation, *, owner: Atom
) -> list[Atom]:
    if whom.when is None:
        return bounds_of(whom)
    head = atoms.part(owner, "when")
    lower_condition(builder, names, whom.when, head=head, at=AT)
    return [*bounds_of(whom), head]


def _exclude_others(builder: ProgramBuilder, outside: Atom, whom: Derivation) -> None:
    """Whoever is known to miss one of the bounds is known not to belong."""
    if whom.from_:
        builder.add(*AT, outside, [atoms.age_below(whom.from_)])
    if whom.below:
        builder.add(*AT, outside, [atoms.age_from(whom.below)])
    if whom.sex:
        other = "male" if whom.sex == "female" else "female"
        builder.add(*AT, outside, [atoms.of_sex(other)])

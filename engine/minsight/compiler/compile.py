"""A rule folder to everything an assessment needs: program, vocabulary, catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from minsight.ages import parse_age
from minsight.compiler import documents as doc
from minsight.compiler.catalogue import catalogue_of
from minsight.compiler.checks import check_folder
from minsight.compiler.conditions import AGE_AND_SEX
from minsight.compiler.folder import Folder, read_folder
from minsight.compiler.frames import frames_of
from minsight.compiler.interview import ages_and_sex, families_of, guide_of
from minsight.compiler.lowering import lower
from minsight.compiler.medicines import medicine_phrases
from minsight.errors import RulesError
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.phrases import Phrase, PhraseKind, normalise
from minsight.knowledge.vocabulary import (
    ANYBODY,
    Adjustment,
    Demographic,
    Finding,
    Group,
    MeasurementKind,
    UnitSpan,
    Vocabulary,
)


def compile_folder(root: Path) -> KnowledgeBase:
    """The compiled rules of the folder at `root`.

    Raises:
        RulesError: with every problem of the files.
    """
    folder, issues = read_folder(root)
    if folder is not None:
        issues = check_folder(folder)
    if folder is None or issues:
        raise RulesError(issues)
    guide = guide_of(folder)
    return KnowledgeBase(
        lower(folder),
        msgspec.structs.replace(
            vocabulary_of(folder), families=tuple(families_of(guide, folder))
        ),
        catalogue_of(folder),
        msgspec.Raw(msgspec.json.encode(guide)),
    )


def vocabulary_of(folder: Folder) -> Vocabulary:
    """The vocabulary as entry and explanation use it."""
    frames, word_lists = frames_of(folder)
    return Vocabulary(
        findings=tuple(
            _finding(finding, folder.hpo_below.get(finding.id, ""))
            for finding in folder.findings
        ),
        groups=tuple(_groups(folder)),
        measurements=tuple(_measurement(m) for m in folder.measurements),
        phrases=_with_results_in_words(folder, dict.fromkeys(_phrases(folder))),
        frames=frames,
        word_lists=word_lists,
    )


def _measurement(written: doc.MeasurementDocument) -> MeasurementKind:
    bands, beside = written.bands, written.adjusted
    telling = [band for band in bands if band.parents]
    limits = [cutoff.whom for band in telling for cutoff in band.cutoffs]
    return MeasurementKind(
        id=written.id,
        label=written.label,
        synonyms=tuple(written.synonyms),
        unit=written.unit,
        units=factors(written),
        plausible_from=written.plausible_from,
        plausible_to=written.plausible_to,
        bands={band.id: band.label for band in bands},
        implies=tuple(parent for band in bands for parent in band.parents),
        adjusted=_adjustment(beside) if beside else None,
        needs_age=bool(limits) and all(w and (w.from_ or w.below) for w in limits),
        loinc=written.loinc,
        unstated=tuple(UnitSpan(s.unit, s.from_, s.to) for s in written.unstated),
        lines=tuple((c.from_, c.below) for band in bands for c in band.cutoffs),
        plain_lines=tuple(
            (cutoff.from_, cutoff.below)
            for band in bands
            for cutoff in band.cutoffs
            if cutoff.whom is None or cutoff.whom.when is None
        ),
    )


def _adjustment(written: doc.AdjustmentDocument) -> Adjustment:
    from_days = parse_age(written.from_) if written.from_ else 0.0
    already = tuple(written.already)
    return Adjustment(written.by, written.at, written.per, from_days, already)


def factors(measurement: doc.MeasurementDocument) -> dict[str, float]:
    """For each accepted unit, what turns a value into one in the unit it is kept in.

    Raises:
        ValueError: when a unit does not turn into it.
    """
    from minsight.compiler.units import factor

    return {
        unit: factor(
            unit,
            measurement.unit,
            molar_mass=measurement.molar_mass,
            valence=measurement.valence,
        )
        for unit in (measurement.unit, *measurement.units)
    }


def _finding(written: doc.FindingDocument, hpo_below: str) -> Finding:
    return Finding(
        id=written.id,
        label=written.label,
        kind=written.kind,
        category=written.category,
        synonyms=tuple(written.synonyms),
        parents=tuple(written.parents),
        lay=written.lay,
        asked_of=ages_and_sex(written.asked_of),
        holds_for=Demographic(sex=written.asked_of.sex)
        if written.asked_of
        else ANYBODY,
        hpo=written.hpo.id if written.hpo else None,
        hpo_below=hpo_below,
        told_only=written.told_only,
        lasts_from_days=parse_age(written.lasting.from_) if written.lasting else None,
    )


def _groups(folder: Folder) -> Iterator[Group]:
    for group in folder.groups:
        derived = group.derive is not None and group.derive.when is None
        yield Group(
            id=group.id,
            label=group.label,
            category=group.category,
            definition=group.definition,
            synonyms=tuple(group.synonyms),
            parents=tuple(group.parents),
            asked_of=ages_and_sex(group.asked_of or _ages_of(group) or group.only_for),
            holds_for=ages_and_sex(
                group.only_for or (group.derive if derived else None)
            ),
            derived=derived,
        )
    for stage in folder.life_stages:
        whom = Demographic(
            from_days=parse_age(stage.from_) if stage.from_ else None,
            below_days=parse_age(stage.below) if stage.below else None,
        )
        yield Group(
            id=stage.id,
            label=stage.label,
            category="life_stage",
            definition=stage.label,
            synonyms=(),
            parents=(),
            asked_of=whom,
            holds_for=whom,
            derived=True,
        )


def _ages_of(group: doc.GroupDocument) -> doc.Derivation | None:
    """The ages and sex that make up the group, where it is one of age and sex."""
    return group.derive if group.category == AGE_AND_SEX else None


def _phrases(folder: Folder) -> Iterator[Phrase]:
    for finding in folder.findings:
        yield from _phrases_of(finding.id, "finding", finding.label, finding.synonyms)
    for term, finding_id in folder.hpo_terms.items():
        yield Phrase(normalise(term), finding_id, "finding", "hpo")
    for group in folder.groups:
        yield from _phrases_of(group.id, "group", group.label, group.synonyms)
    for m in folder.measurements:
        yield from _phrases_of(m.id, "measurement", m.label, m.synonyms)


def _phrases_of(
    id_: str, kind: PhraseKind, label: str, synonyms: Iterable[str]
) -> Iterator[Phrase]:
    yield Phrase(normalise(id_.replace("_", " ")), id_, kind, "id")
    yield Phrase(normalise(label), id_, kind, "label")
    for synonym in synonyms:
        yield Phrase(normalise(synonym), id_, kind, "synonym")


_FORMS: Final[Mapping[doc.ToldAs, tuple[str, ...]]] = {
    "low": ("low {}", "{} low", "{} too low", "{} below normal"),
    "high": ("high {}", "{} high", "{} too high", "{} above normal", "raised {}"),
    "normal": (
        *("normal {}", "{} normal", "{} fine", "{} ok", "{} okay", "{} in range"),
        *("{} came back fine", "{} came back ok", "{} came back clear"),
        *("{} came back normal", "{} back to normal"),
        *("{} normal range", "{} within normal range", "{} within normal limits"),
    ),
}
_LEAST_LETTERS: Final = 3
"""Shorter names of measurements, such as `K`, mean other things beside such words."""


def _with_results_in_words(
    folder: Folder, phrases: Iterable[Phrase]
) -> tuple[Phrase, ...]:
    """The phrases, medicines, and what results are called: "zinc was too low".

    They observe the finding that a value in the band observes, if there is one of them;
    words that mean something by themselves keep their meaning.
    """
    every = list(phrases)
    if folder.medicines is not None:
        every += medicine_phrases(folder.medicines, every)
    told = {phrase.words for phrase in every}
    for measurement in folder.measurements:
        written = map(normalise, (measurement.label, *measurement.synonyms))
        names = [name for name in written if len(name) >= _LEAST_LETTERS]
        for band in measurement.bands:
            if len(band.parents) != 1:
                continue
            for name in names:
                for form in _FORMS[band.called]:
                    words = form.format(name)
                    phrase = Phrase(words, band.parents[0], "finding", "synonym")
                    if words not in told:
                        told.add(words)
                        every.append(phrase)
    return tuple(every)

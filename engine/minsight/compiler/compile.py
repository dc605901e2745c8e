"""A rule folder to everything an assessment needs: program, vocabulary, catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Final

from minsight.ages import parse_age
from minsight.compiler import documents as doc
from minsight.compiler.checks import check_folder
from minsight.compiler.conditions import (
    AGE_AND_SEX,
    Names,
    deep_leaves,
    leaves,
    names_of,
    parts,
)
from minsight.compiler.folder import Folder, read_folder
from minsight.compiler.layout import RULES
from minsight.compiler.lowering import lower
from minsight.compiler.lowering.evidence import MineralRules
from minsight.errors import RulesError
from minsight.knowledge import catalogue as cat
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.phrases import Phrase, PhraseKind, normalise
from minsight.knowledge.vocabulary import (
    ANYBODY,
    Adjustment,
    Demographic,
    Finding,
    Group,
    MeasurementKind,
    Vocabulary,
)
from minsight.logic.atoms import Atom


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
    return KnowledgeBase(lower(folder), vocabulary_of(folder), catalogue_of(folder))


def vocabulary_of(folder: Folder) -> Vocabulary:
    """The vocabulary as entry and explanation use it."""
    return Vocabulary(
        findings=tuple(
            _finding(finding, folder.hpo_below.get(finding.id, ""))
            for finding in folder.findings
        ),
        groups=tuple(_groups(folder)),
        measurements=tuple(_measurement(m) for m in folder.measurements),
        phrases=_with_results_in_words(folder, dict.fromkeys(_phrases(folder))),
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
    )


def _adjustment(written: doc.AdjustmentDocument) -> Adjustment:
    from_days = parse_age(written.from_) if written.from_ else 0.0
    return Adjustment(written.by, written.at, written.per, from_days)


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
        asked_of=_whom(written.asked_of),
        holds_for=Demographic(sex=written.asked_of.sex)
        if written.asked_of
        else ANYBODY,
        hpo=written.hpo.id if written.hpo else None,
        hpo_below=hpo_below,
        told_only=written.told_only,
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
            asked_of=_whom(group.asked_of or _ages_of(group) or group.only_for),
            holds_for=_whom(group.only_for or (group.derive if derived else None)),
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


def _whom(written: doc.Derivation | None) -> Demographic:
    if written is None:
        return ANYBODY
    return Demographic(
        from_days=parse_age(written.from_) if written.from_ else None,
        below_days=parse_age(written.below) if written.below else None,
        sex=written.sex,
    )


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


def _of_frames(folder: Folder) -> Iterator[Phrase]:
    """What the frames say: one choice of each of their lists."""
    groups = {group.id for group in folder.groups}
    for frame in folder.frames:
        kind: PhraseKind = "group" if frame.means in groups else "finding"
        for chosen in product(*frame.words):
            yield Phrase(normalise(" ".join(chosen)), frame.means, kind, "synonym")


def _with_results_in_words(
    folder: Folder, phrases: Iterable[Phrase]
) -> tuple[Phrase, ...]:
    """The phrases, those of frames, and what results are called: "zinc was too low".

    They observe the finding that a value in the band observes, if there is one of them;
    words that mean something by themselves keep their meaning.
    """
    every = list(phrases)
    told = {phrase.words for phrase in every}
    for phrase in _of_frames(folder):
        if phrase.words not in told:
            told.add(phrase.words)
            every.append(phrase)
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


def catalogue_of(folder: Folder) -> cat.Catalogue:
    """What explanations are made from."""
    levels, names = folder.levels, names_of(folder)
    not_for = {
        kind.id: _condition(kind.not_for, names)
        for kind in folder.food_kinds
        if kind.not_for is not None
    }
    return cat.Catalogue(
        rules=tuple(_rules(folder)),
        sources=tuple(
            cat.Source(s.id, s.title, s.publisher, s.year, s.url, s.read)
            for s in folder.sources
        ),
        profiles=tuple(
            _profile(profile, names, not_for)
            for profile in sorted(
                folder.profiles.values(), key=lambda p: (p.base_rate, p.id)
            )
        ),
        levels=tuple(_level(level) for level in levels.levels),
        advice=cat.Advice(
            steps=tuple(levels.advice),
            earlier_below_days=parse_age(levels.advice_earlier_below),
            professional_below_days=parse_age(levels.professional_below),
            professional_from=levels.professional_from,
            professional_step=levels.professional_advice,
        ),
        urgencies={str(k): v for k, v in folder.urgency.sentences.items()},
        not_judged={
            "unread": folder.urgency.not_judged.unread,
            "no_age": folder.urgency.not_judged.no_age,
            "either": folder.urgency.not_judged.either,
        },
        flags=tuple(_flags(folder)),
        links=tuple(_link(link) for link in folder.links),
        look_alikes=tuple(_look_alikes(folder)),
        brakes=tuple(
            cat.RuleSentence(b.id, b.sentence, "C", ()) for b in levels.brakes
        ),
        footer=levels.footer,
    )


def _look_alikes(folder: Folder) -> Iterator[cat.LookAlike]:
    names = names_of(folder)
    for one in folder.look_alikes:
        yield cat.LookAlike(
            one.id,
            one.name,
            tuple(one.beside),
            _condition(one.when, names),
            one.text,
            one.tell,
            one.grade,
            tuple(one.sources),
        )


def _condition(written: doc.ConditionDocument, names: Names) -> cat.Fit:
    below = parts(written)
    of = [
        _condition(part, names) if parts(part) else _leaf(part, names)
        for part in below or [written]
    ]
    match written:
        case doc.AtLeast():
            return cat.Fit(written.at_least, tuple(of))
        case doc.AllOf():
            return cat.Fit(len(of), tuple(of))
        case _:
            return cat.Fit(1, tuple(of))


def _leaf(written: doc.ConditionDocument, names: Names) -> Atom:
    ((id_, present),) = leaves(written)
    return names.atom(id_) if present else names.absence(id_)


def _link(link: doc.LinkDocument) -> cat.Link:
    others = tuple(mineral for mineral in link.when if mineral != link.first)
    sources = tuple(link.sources)
    return cat.Link(link.id, link.note, link.grade, sources, link.first, others)


def _rules(folder: Folder) -> Iterator[cat.Rule]:
    names = names_of(folder)
    for mineral in folder.scored:
        rules = MineralRules(mineral, folder)
        lines = _lines(folder, mineral)
        for rule in rules.all:
            kind = next(k for k in doc.KINDS if getattr(rule.then, k) is not None)
            yield cat.Rule(
                id=rule.id,
                mineral=mineral,
                kind=kind,
                strength=str(getattr(rule.then, kind)),
                cluster=rules.cluster_of(rule) if kind == "supports" else None,
                reads=_read(rule, names, present=True),
                reads_absent=_read(rule, names, present=False),
                more_specific=tuple(rules.more_specific(rule)),
                ages=tuple(rule.ages),
                because=rule.because,
                points_to=rule.then.points_to,
                urgency=rule.then.urgency,
                grade=rule.grade,
                sources=tuple(rule.sources),
                place=lines[rule.id],
            )


def _lines(folder: Folder, mineral: str) -> dict[str, str]:
    """The file and the line of each rule of a mineral."""
    file = f"{mineral}/{RULES}"
    places = (
        (rule.id, folder.place(file, "rules", number))
        for number, rule in enumerate(folder.rules.get(mineral, ()))
    )
    return {id_: f"{place.file}:{place.line}" for id_, place in places}


def _flags(folder: Folder) -> Iterator[cat.RuleSentence]:
    names = names_of(folder)
    for flag in folder.red_flags:
        reads = tuple(dict.fromkeys(id_ for id_, _ in deep_leaves(flag.when, names)))
        sources = tuple(flag.sources)
        yield cat.RuleSentence(
            flag.id,
            flag.message,
            flag.grade,
            sources,
            flag.urgency,
            reads,
            told_only=flag.told_only,
        )


def _read(rule: doc.RuleDocument, names: Names, *, present: bool) -> tuple[str, ...]:
    """The ids that the rule's condition wants present, or absent, once each."""
    read = deep_leaves(rule.when, names)
    return tuple(dict.fromkeys(id_ for id_, wanted in read if wanted == present))


def _level(written: doc.LevelDocument) -> cat.Level:
    strong = written.advice_with_strong_risk
    return cat.Level(
        id=written.id,
        sentence=written.sentence,
        advice=written.advice,
        advice_with_strong_risk=written.advice if strong is None else strong,
        folded=written.folded,
    )


def _profile(
    written: doc.ProfileDocument, names: Names, not_for: Mapping[str, cat.Fit]
) -> cat.Profile:
    intake, upper = written.intake, written.upper_limit
    return cat.Profile(
        id=written.id,
        name=written.name,
        symbol=written.symbol,
        kind=written.kind,
        lack=written.lack,
        base_rate=written.base_rate,
        scored=written.scored,
        not_scored_because=written.not_scored_because,
        summary=written.summary,
        functions=_facts(written.functions),
        foods=tuple(_food(food, not_for) for food in written.foods),
        intake=_table(intake, intake.kind) if intake else None,
        no_intake_because=written.no_intake_because,
        upper_limit=_table(upper, "highest daily amount") if upper else None,
        lack_facts=_facts(written.lack_facts),
        life_stage_facts=_facts(written.life_stage_facts),
        tests=tuple(_test(test, names) for test in written.tests),
        look_alikes=_fitting(written.look_alikes, names),
        interactions=_facts(written.interactions),
        cautions=_facts(written.cautions),
        doubts=tuple(written.doubts),
    )


def _facts(written: Iterable[doc.SourcedText]) -> tuple[cat.Fact, ...]:
    return tuple(cat.Fact(f.text, tuple(f.sources), f.grade, f.note) for f in written)


def _food(written: doc.FoodDocument, not_for: Mapping[str, cat.Fit]) -> cat.Fact:
    kept_from = tuple(not_for[kind] for kind in written.made_of if kind in not_for)
    unless = cat.Fit(1, kept_from) if kept_from else None
    return cat.Fact(
        written.text, tuple(written.sources), written.grade, written.note, unless
    )


def _fitting(written: Iterable[doc.FittingText], names: Names) -> tuple[cat.Fact, ...]:
    return tuple(
        cat.Fact(f.text, tuple(f.sources), f.grade, f.note, _unless(f.unless, names))
        for f in written
    )


def _test(written: doc.TestDocument, names: Names) -> cat.Test:
    return cat.Test(
        written.name,
        written.reads,
        written.loinc,
        tuple(written.sources),
        written.grade,
        tuple(written.measures),
        _unless(written.unless, names),
    )


def _unless(written: doc.ConditionDocument | None, names: Names) -> cat.Fit | None:
    return None if written is None else _condition(written, names)


def _table(
    written: doc.IntakeDocument | doc.UpperLimitDocument, kind: str
) -> cat.IntakeTable:
    return cat.IntakeTable(
        written.unit,
        kind,
        dict(written.values),
        tuple(written.sources),
        written.grade,
        written.note,
    )

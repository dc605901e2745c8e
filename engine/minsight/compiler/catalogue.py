"""A rule folder to its catalogue: all that explanations are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from minsight.ages import parse_age
from minsight.compiler import documents as doc
from minsight.compiler.conditions import Names, deep_leaves, leaves, names_of, parts
from minsight.compiler.folder import Folder
from minsight.compiler.layout import RULES
from minsight.compiler.lowering.evidence import MineralRules
from minsight.knowledge import catalogue as cat
from minsight.logic.atoms import Atom


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
            "unsure": folder.urgency.not_judged.unsure,
            "any": folder.urgency.not_judged.any,
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

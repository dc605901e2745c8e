"""Pages: what the rules know, apart from any person."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from minsight.api import Rules
from minsight.intake.recognition import search
from minsight.knowledge.catalogue import Catalogue, Fact, Profile, Rule, Source, Test
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Finding, Group, MeasurementKind, Vocabulary
from minsight.scales import LEVELS, URGENCIES
from minsight.service import answers as told
from minsight.service import requests as ask
from minsight.service.answers import Answer
from minsight.service.stamping import stamp_of
from minsight.service.taking import MOST_REQUEST_BYTES, mineral_in


def about_the_rules(rules: Rules, asked: Any, *, lessons: int) -> Answer:
    """The answer to a request about no person.

    Raises:
        RequestError: when there is no such mineral.
    """
    if isinstance(asked, ask.AboutRequest):
        return _about(rules, lessons)
    return _answered(asked, rules)


def _about(rules: Rules, lessons: int) -> told.AboutAnswer:
    catalogue = rules.catalogue
    return told.AboutAnswer(
        **stamp_of(rules),
        footer=catalogue.footer,
        levels=tuple(
            told.SayableLevel(id_, catalogue.level[id_].sentence) for id_ in LEVELS
        ),
        urgencies=tuple(
            told.SayableLevel(id_, catalogue.urgencies[id_]) for id_ in URGENCIES
        ),
        scored=tuple(rules.program.minerals),
        lessons=lessons,
        most_bytes=MOST_REQUEST_BYTES,
    )


@singledispatch
def _answered(asked: Any, rules: Rules) -> Answer:
    del rules
    raise TypeError(f"no answer to {type(asked).__name__}")


@_answered.register
def _vocabulary(asked: ask.VocabularyRequest, rules: Rules) -> Answer:
    found = tuple(_entries(asked, rules.vocabulary))
    return told.VocabularyAnswer(**stamp_of(rules), entries=found)


@_answered.register
def _minerals(asked: ask.MineralsRequest, rules: Rules) -> Answer:
    del asked
    listed = tuple(
        told.ListedMineral(
            id=one.id,
            name=one.name,
            symbol=one.symbol,
            kind=one.kind,
            lack=one.lack,
            scored=one.scored,
            summary=one.summary,
        )
        for one in rules.catalogue.profiles
    )
    return told.MineralsAnswer(**stamp_of(rules), minerals=listed)


@_answered.register
def _mineral(asked: ask.MineralRequest, rules: Rules) -> Answer:
    profile = rules.profiles[mineral_in(asked.mineral, rules)]
    of_it = rules.catalogue.rules_of.get(profile.id, ())
    return told.MineralAnswer(
        **stamp_of(rules),
        profile=profile,
        rules=of_it,
        sources=_sources(profile, of_it, rules.catalogue),
        footer=rules.catalogue.footer,
    )


@_answered.register
def _cited_works(asked: ask.SourcesRequest, rules: Rules) -> Answer:
    del asked
    every = tuple(rules.catalogue.source.values())
    return told.SourcesAnswer(**stamp_of(rules), sources=every)


# --- the vocabulary -------------------------------------------------------------------


def _entries(
    asked: ask.VocabularyRequest, vocabulary: Vocabulary
) -> Iterator[told.ListedEntry]:
    words = asked.words.strip()
    for kind, entries in (
        ("finding", vocabulary.finding),
        ("group", vocabulary.group),
    ):
        if asked.kind in (None, kind):
            ids = search(words, vocabulary, kind=kind) if words else entries
            yield from (_listed(entries[id_]) for id_ in ids)
    if asked.kind in (None, "measurement"):
        begun = normalise(words)
        for one in vocabulary.measurements:
            called = (one.id, one.label, *one.synonyms)
            if any(begun in normalise(name) for name in called):
                yield _measured(one)


def _listed(entry: Finding | Group) -> told.ListedEntry:
    is_finding = isinstance(entry, Finding)
    return told.ListedEntry(
        id=entry.id,
        label=entry.label,
        kind="finding" if is_finding else "group",
        category=entry.category,
        synonyms=entry.synonyms,
        definition="" if isinstance(entry, Finding) else entry.definition,
        lay=entry.lay if isinstance(entry, Finding) else True,
    )


def _measured(one: MeasurementKind) -> told.ListedEntry:
    return told.ListedEntry(
        id=one.id,
        label=one.label,
        kind="measurement",
        category="measurement",
        synonyms=one.synonyms,
        lay=False,
        units=tuple(one.units),
    )


# --- sources --------------------------------------------------------------------------


def _sources(
    profile: Profile, of_it: tuple[Rule, ...], catalogue: Catalogue
) -> tuple[Source, ...]:
    """What the profile and then the rules cite, once each."""
    keys = dict.fromkeys(_cited(profile))
    keys |= dict.fromkeys(key for rule in of_it for key in rule.sources)
    return tuple(catalogue.source[key] for key in keys)


def _cited(profile: Profile) -> Iterator[str]:
    facts: tuple[Fact | Test, ...] = (
        *profile.functions,
        *profile.foods,
        *profile.lack_facts,
        *profile.life_stage_facts,
        *profile.tests,
        *profile.look_alikes,
        *profile.interactions,
        *profile.cautions,
    )
    for fact in facts:
        yield from fact.sources
    for table in (profile.intake, profile.upper_limit):
        yield from table.sources if table else ()

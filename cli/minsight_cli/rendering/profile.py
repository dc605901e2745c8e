"""A mineral's profile as text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.text import Text

from minsight.api import Rules
from minsight.assessment.wording import source_line
from minsight.knowledge.catalogue import Fact, Profile, Rule, Test
from minsight.knowledge.catalogue import IntakeTable as Amounts
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import id_in_words

_STAGE = re.compile(r"(mo|y|male|female|preg|lact)_(\d+)(?:_(\d+)|(plus))?")
_WHO = {
    "mo": "infants",
    "y": "children",
    "male": "males",
    "female": "females",
    "preg": "pregnant",
    "lact": "breastfeeding",
}


def show_profiles(profiles: Iterable[Profile]) -> None:
    """Print the list of minerals."""
    page = Page()
    for profile in profiles:
        state = "rules and profile" if profile.scored else "profile only"
        page.line(f"{profile.id:12}{profile.name:22}{profile.kind:16}{state}")
    page.blank()
    page.line("`minsight learn MINERAL` shows one.", "quiet")
    page.show()


def show_profile(profile: Profile, rules: Rules, *, with_rules: bool) -> None:
    """Print one mineral, with grades and sources; its rules when they are asked for."""
    page = Page()
    page.line(f"{profile.name} ({profile.symbol}), {profile.kind}", "mineral")
    page.line(profile.summary)
    if profile.not_scored_because:
        page.line(profile.not_scored_because, "quiet")
    for title, facts in sections(profile):
        _facts(page, title, facts)
    _amounts(page, "Daily intake", profile.intake, profile.no_intake_because)
    _amounts(page, "Upper limit", profile.upper_limit, None)
    shown = rules.catalogue.rules_of.get(profile.id, ()) if with_rules else ()
    _rules(page, shown, rules)
    if profile.doubts:
        _heading(page, "Doubts")
    for doubt in profile.doubts:
        page.item(doubt, indent=1)
    _sources(page, profile, shown, rules)
    if profile.scored and not with_rules:
        count = len(rules.catalogue.rules_of[profile.id])
        page.blank()
        page.line(f"{count} rules point to it or away from it: --rules-too shows them.")
    page.blank()
    page.line(rules.catalogue.footer, "quiet")
    page.show()


def sections(profile: Profile) -> list[tuple[str, Iterable[Fact]]]:
    """The facts of a profile under their headings."""
    tests = [Fact(_test_in_words(t), t.sources, t.grade) for t in profile.tests]
    return [
        ("What it does", profile.functions),
        ("Foods", profile.foods),
        (f"About {profile.lack}", profile.lack_facts),
        ("By life stage", profile.life_stage_facts),
        ("Tests that tell more", tests),
        ("What else looks like it", profile.look_alikes),
        ("Together with others", profile.interactions),
        ("Care with excess", profile.cautions),
    ]


def _test_in_words(test: Test) -> str:
    code = f" (LOINC {test.loinc})" if test.loinc else ""
    return f"{test.name}{code}: {test.reads}"


def _heading(page: Page, title: str) -> None:
    page.blank()
    page.heading(title)


def _cited(grade: str, sources: Iterable[str]) -> str:
    return f" [{grade}: {', '.join(sources)}]"


def _facts(page: Page, title: str, facts: Iterable[Fact]) -> None:
    facts = tuple(facts)
    if facts:
        _heading(page, title)
    for fact in facts:
        line = Text(fact.text)
        if fact.note:
            line.append(f" ({fact.note.rstrip('.')})")
        page.item(line.append(_cited(fact.grade, fact.sources), "quiet"), indent=1)


def _amounts(
    page: Page, title: str, amounts: Amounts | None, otherwise: str | None
) -> None:
    if amounts is None and otherwise is None:
        return
    if amounts is None:
        _heading(page, title)
        page.item(str(otherwise), indent=1)
        return
    _heading(page, f"{title} ({amounts.unit}; {amounts.kind})")
    stages = {stage_in_words(stage): value for stage, value in amounts.values.items()}
    column = max(map(len, stages)) + 2
    for stage, value in stages.items():
        shown = value if isinstance(value, str) else f"{value:g}"
        page.line(f" {stage:{column}}{shown}")
    note = Text(amounts.note or "", "quiet")
    page.item(note.append(_cited(amounts.grade, amounts.sources), "quiet"), indent=1)


def stage_in_words(stage: str) -> str:
    """The life stage of a table key.

    >>> stage_in_words("female_19_50"), stage_in_words("male_51plus")
    ('females 19 to 50 years', 'males 51 years and over')
    """
    match = _STAGE.fullmatch(stage)
    if match is None:
        return id_in_words(stage)
    who, start, end, plus = match.groups()
    unit = "months" if who == "mo" else "years"
    span = f"{start} to {end} {unit}" if end else f"{start} {unit}"
    return f"{_WHO[who]} {span}{' and over' if plus else ''}"


def _rules(page: Page, rules: Iterable[Rule], loaded: Rules) -> None:
    rules = tuple(rules)
    for title, kind in (
        ("Findings that count", "supports"),
        ("Combinations", "combination"),
        ("Usual descriptions", "textbook"),
        ("Risk groups", "risk"),
        ("Test results", "measured"),
        ("Context", "context"),
        ("Speaks against, or worth knowing", "against"),
    ):
        chosen = [rule for rule in rules if rule.kind == kind]
        if chosen:
            _heading(page, title)
        for rule in chosen:
            line = Text(name_of(rule, loaded), "italic")
            words = id_in_words(rule.strength)
            line.append(f" ({words}): {rule.because}", "not italic")
            line.append(_cited(rule.grade, rule.sources), "not italic dim")
            page.item(line, indent=1)


def name_of(rule: Rule, loaded: Rules) -> str:
    """What meets the rule, or its own name where several things do together."""
    vocabulary = loaded.vocabulary
    bands = {
        id_: band for m in vocabulary.measurements for id_, band in m.bands.items()
    }
    labels = [bands.get(id_) or vocabulary.label(id_) for id_ in rule.reads]
    if len(labels) == 1:
        return labels[0]
    return id_in_words(rule.id.partition(".")[2]).capitalize()


def _sources(
    page: Page, profile: Profile, shown: Iterable[Rule], loaded: Rules
) -> None:
    claims = [fact.sources for _, facts in sections(profile) for fact in facts]
    claims += [
        table.sources for table in (profile.intake, profile.upper_limit) if table
    ]
    claims += [rule.sources for rule in shown]
    _heading(page, "Sources")
    for key in dict.fromkeys(key for sources in claims for key in sources):
        source = loaded.catalogue.source[key]
        page.item(Text(f"{key}: {source_line(source)}", "quiet"), indent=1)

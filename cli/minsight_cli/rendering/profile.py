"""A mineral's profile as text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from minsight.catalogue import Fact, Profile, Rule
from minsight.catalogue import Table as Amounts
from minsight.explain import source_line
from minsight.rules import Rules
from minsight_cli.rendering.console import console, hanging

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
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("mineral", "name", "kind", "in this version"):
        table.add_column(title, no_wrap=True)
    for profile in profiles:
        state = "rules and profile" if profile.scored else "profile only"
        table.add_row(profile.id, profile.name, profile.kind, state)
    out = console()
    out.print(table)
    out.print(Text("\n`minsight learn MINERAL` shows one.", style="quiet"))


def show_profile(profile: Profile, rules: Rules) -> None:
    """Print one mineral, with grades and sources."""
    out = console()
    out.print(
        Text(f"{profile.name} ({profile.symbol}), {profile.kind}", style="mineral")
    )
    out.print(Text(profile.summary))
    if profile.not_scored_because:
        out.print(Text(profile.not_scored_because, style="quiet"))
    for title, facts in _sections(profile):
        _show_facts(out, title, facts)
    _show_amounts(out, "Daily intake", profile.intake, profile.no_intake_because)
    _show_amounts(out, "Upper limit", profile.upper_limit, None)
    _show_rules(out, rules.catalogue.rules_of.get(profile.id, ()), rules)
    _show_doubts(out, profile)
    _show_sources(out, profile, rules)
    out.print(Text(f"\n{rules.catalogue.footer}", style="quiet"))


def _sections(profile: Profile) -> list[tuple[str, Iterable[Fact]]]:
    tests = [Fact(f"{t.name}: {t.reads}", t.sources, t.grade) for t in profile.tests]
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


def _show_facts(out: Console, title: str, facts: Iterable[Fact]) -> None:
    facts = tuple(facts)
    if not facts:
        return
    out.print(Text(f"\n{title}", style="bold"))
    for fact in facts:
        line = Text(fact.text)
        if fact.note:
            line.append(f" ({fact.note.rstrip('.')})")
        line.append(f" [{fact.grade}: {', '.join(fact.sources)}]", style="quiet")
        _item(out, line)


def _item(out: Console, line: Text) -> None:
    hanging(out, "-", line, indent=1)


def _show_amounts(
    out: Console, title: str, amounts: Amounts | None, otherwise: str | None
) -> None:
    if amounts is None:
        if otherwise:
            out.print(Text(f"\n{title}", style="bold"))
            _item(out, Text(otherwise))
        return
    out.print(Text(f"\n{title} ({amounts.unit}; {amounts.kind})", style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for stage, value in amounts.values.items():
        shown = value if isinstance(value, str) else f"{value:g}"
        table.add_row(Text(stage_in_words(stage)), Text(shown, justify="right"))
    out.print(Padding(table, (0, 0, 0, 1)))
    cited = f"[{amounts.grade}: {', '.join(amounts.sources)}]"
    _item(
        out, Text(f"{amounts.note} {cited}" if amounts.note else cited, style="quiet")
    )


def stage_in_words(stage: str) -> str:
    """The life stage of a table key.

    >>> stage_in_words("female_19_50"), stage_in_words("male_51plus")
    ('females 19 to 50 years', 'males 51 years and over')
    """
    match = _STAGE.fullmatch(stage)
    if match is None:
        return stage.replace("_", " ")
    who, start, end, plus = match.groups()
    unit = "months" if who == "mo" else "years"
    span = f"{start} to {end} {unit}" if end else f"{start} {unit}"
    return f"{_WHO[who]} {span}{' and over' if plus else ''}"


def _show_rules(out: Console, rules: Iterable[Rule], loaded: Rules) -> None:
    for title, kinds in (
        ("Findings that count", ("supports",)),
        ("Combinations", ("combination",)),
        ("Risk groups", ("risk",)),
        ("Speaks against, or worth knowing", ("against",)),
    ):
        chosen = [rule for rule in rules if rule.kind in kinds]
        if not chosen:
            continue
        out.print(Text(f"\n{title}", style="bold"))
        for rule in chosen:
            words = rule.strength.replace("_", " ")
            line = Text(_subject_of(rule, loaded), style="italic")
            line.append(f" ({words}): {rule.because}", style="not italic")
            line.append(f" [{rule.grade}: {', '.join(rule.sources)}]", style="quiet")
            _item(out, line)


def _subject_of(rule: Rule, loaded: Rules) -> str:
    labels = [loaded.vocabulary.label(id_) for id_ in rule.reads]
    return (
        labels[0] if len(labels) == 1 else rule.id.partition(".")[2].replace("_", " ")
    )


def _show_doubts(out: Console, profile: Profile) -> None:
    if profile.doubts:
        out.print(Text("\nDoubts", style="bold"))
    for doubt in profile.doubts:
        _item(out, Text(doubt))


def _show_sources(out: Console, profile: Profile, loaded: Rules) -> None:
    claims: list[Iterable[str]] = [
        fact.sources for _, facts in _sections(profile) for fact in facts
    ]
    claims += [
        table.sources for table in (profile.intake, profile.upper_limit) if table
    ]
    claims += [rule.sources for rule in loaded.catalogue.rules_of.get(profile.id, ())]
    out.print(Text("\nSources", style="bold"))
    for key in dict.fromkeys(key for sources in claims for key in sources):
        _item(
            out,
            Text(f"{key}: {source_line(loaded.catalogue.source[key])}", style="quiet"),
        )

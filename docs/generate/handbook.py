"""The handbook: the rules as Markdown pages, for readers who do not read YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minsight.ages import parse_age
from minsight.api import Rules
from minsight.assessment.wording import source_line
from minsight.compiler.conditions import Names, leaves, names_of
from minsight.compiler.documents import (
    Absent,
    AllOf,
    AnyOf,
    AtLeast,
    ConditionDocument,
    Derivation,
    LifeStageDocument,
    RuleDocument,
)
from minsight.compiler.folder import Folder
from minsight.knowledge.catalogue import IntakeTable as Amounts
from minsight.knowledge.catalogue import Profile
from minsight_cli.rendering.profile import sections, stage_in_words

WRITTEN = (
    "This page is written from the rules by `make golden`; change the rules instead."
)
SOURCES_SAY = """\
{all} sources; of {read} the passage relied on was read.
Many were read as an abstract, a table or an opening part."""
COVERAGE_SAYS = """\
{rules} rules for {minerals} minerals.
Silent unless someone is fed by vein, on an experimental diet or has a named inborn error: {silent}.
Never scored: {never}."""
STAGES_SAY = """\
A rule can fire when nothing it asks for is impossible at that age.
A mineral is thin where none of its findings counts at full strength and tells more than an unspecific one."""
GROUPS_SAY = """\
Rules that read the group, by mineral.
A group that none reads is understood and shown, and changes nothing."""
KINDS = (
    ("Findings that point to it", "supports"),
    ("Combinations", "combination"),
    ("Usual descriptions: they order minerals inside a level", "textbook"),
    ("Risk groups", "risk"),
    ("Tests", "measured"),
    ("Age, sex and pregnancy: shown, not counted", "context"),
    ("What speaks against, or calls for care", "against"),
)


def pages(folder: Folder, rules: Rules) -> dict[str, str]:
    """Every page by its path under `docs/`."""
    found = {
        f"minerals/{profile.id}.md": mineral_page(profile, folder, rules)
        for profile in rules.catalogue.profiles
    }
    found["sources.md"] = sources_page(folder, rules)
    found["coverage.md"] = coverage_page(folder)
    return found


def mineral_page(profile: Profile, folder: Folder, rules: Rules) -> str:
    """One mineral: its profile, its rules as tables, foods and tests."""
    parts = [f"# {profile.name} ({profile.symbol})", WRITTEN, profile.summary]
    if profile.not_scored_because:
        parts.append(f"**Never scored.** {profile.not_scored_because}")
    silent = folder.profiles[profile.id].silent_unless
    if silent is not None:
        words = in_words(silent, folder, rules)
        parts.append(f"**Silent** for everybody but those with: {words}.")
    for title, facts in sections(profile):
        lines = [
            f"- {f.text}{f' ({f.note})' if f.note else ''} {_cited(f.grade, f.sources)}"
            for f in facts
        ]
        if lines:
            parts += [f"## {title}", "\n".join(lines)]
    for title, amounts in (
        ("Daily intake", profile.intake),
        ("Upper limit", profile.upper_limit),
    ):
        if amounts is not None:
            parts += [f"## {title}", *_amounts(amounts)]
    for title, kind in KINDS:
        chosen = [
            rule
            for rule in folder.rules.get(profile.id, ())
            if getattr(rule.then, kind) is not None and rule.status != "deprecated"
        ]
        if chosen:
            head = ("rule", "when", "counts as", "reason", "grade and sources")
            rows = [_rule_row(rule, kind, folder, rules) for rule in chosen]
            parts += [f"## {title}", table(head, rows)]
    if profile.doubts:
        parts += ["## Doubts", "\n".join(f"- {doubt}" for doubt in profile.doubts)]
    parts.append(rules.catalogue.footer)
    return "\n\n".join(parts) + "\n"


def _rule_row(
    rule: RuleDocument, kind: str, folder: Folder, rules: Rules
) -> tuple[str, ...]:
    counts = str(getattr(rule.then, kind)).replace("_", " ")
    if rule.ages:
        labels = [rules.vocabulary.label(stage) for stage in rule.ages]
        counts += f" ({', '.join(labels)}; one class lower otherwise)"
    if rule.then.urgency != "none":
        counts += f"; urgency: {rule.then.urgency.replace('_', ' ')}"
    reason = rule.because
    if rule.then.points_to:
        reason += f" Points to: {rule.then.points_to}."
    if rule.note:
        reason += f" *{rule.note}*"
    name = rule.id.partition(".")[2]
    cited = _cited(rule.grade, rule.sources)
    return f"`{name}`", in_words(rule.when, folder, rules), counts, reason, cited


def in_words(condition: ConditionDocument, folder: Folder, rules: Rules) -> str:
    """A condition as a reader says it."""
    match condition:
        case str():
            return _label(condition, folder, rules)
        case Absent():
            return f"no {_label(condition.absent, folder, rules).lower()}"
        case AllOf():
            return " **and** ".join(_parts(condition.all, folder, rules))
        case AnyOf():
            return " **or** ".join(_parts(condition.any, folder, rules))
        case AtLeast():
            parts = "; ".join(_parts(condition.of, folder, rules))
            return f"at least {condition.at_least} of: {parts}"


def _parts(
    conditions: Iterable[ConditionDocument], folder: Folder, rules: Rules
) -> Iterator[str]:
    for part in conditions:
        words = in_words(part, folder, rules)
        yield words if isinstance(part, (str, Absent)) else f"({words})"


def _label(id_: str, folder: Folder, rules: Rules) -> str:
    named = {picture.id: picture.label for picture in folder.pictures}
    named |= {b.id: b.label for m in folder.measurements for b in m.bands}
    return named.get(id_) or rules.vocabulary.label(id_)


def _amounts(amounts: Amounts) -> Iterator[str]:
    rows = [
        (stage_in_words(stage), value if isinstance(value, str) else f"{value:g}")
        for stage, value in amounts.values.items()
    ]
    yield f"{amounts.unit}; {amounts.kind} {_cited(amounts.grade, amounts.sources)}"
    yield table(("who", "amount"), rows)
    if amounts.note:
        yield amounts.note


def sources_page(folder: Folder, rules: Rules) -> str:
    """Every source, whether it was read, and how many rules rest on it."""
    cited = {source.id: 0 for source in folder.sources}
    for mineral in folder.rules.values():
        for rule in mineral:
            for key in rule.sources:
                cited[key] += 1
    rows = [
        (f"`{s.id}`", source_line(s), "yes" if s.read else "no", str(cited[s.id]))
        for s in rules.catalogue.sources
    ]
    read = sum(source.read for source in folder.sources)
    return (
        "\n\n".join(
            [
                "# Sources",
                WRITTEN,
                SOURCES_SAY.format(all=len(rows), read=read),
                table(("key", "source", "read", "rules"), rows),
            ]
        )
        + "\n"
    )


def coverage_page(folder: Folder) -> str:
    """For each life stage and group: how many rules can fire, and what is missing."""
    names = names_of(folder)
    minerals = folder.scored
    stages = [
        (stage.label, *_of_stage(stage, folder, names)) for stage in folder.life_stages
    ]
    groups = [(group.label, *_of_group(group.id, folder)) for group in folder.groups]
    silent = [m for m in minerals if folder.profiles[m].silent_unless is not None]
    return (
        "\n\n".join(
            [
                "# Coverage",
                WRITTEN,
                COVERAGE_SAYS.format(
                    rules=sum(len(folder.rules[m]) for m in minerals),
                    minerals=len(minerals),
                    silent=", ".join(silent),
                    never=", ".join(m for m in folder.profiles if m not in minerals),
                ),
                "## Life stages",
                STAGES_SAY,
                table(("life stage", "rules that can fire", "thin"), stages),
                "## Groups",
                GROUPS_SAY,
                table(("group", "rules", "minerals"), groups),
            ]
        )
        + "\n"
    )


def _of_stage(
    stage: LifeStageDocument, folder: Folder, names: Names
) -> tuple[str, str]:
    fire, thin = 0, []
    for mineral in folder.scored:
        possible = [
            rule
            for rule in folder.rules[mineral]
            if _can_hold(rule.when, stage, folder, names)
        ]
        fire += len(possible)
        telling = (
            rule.then.supports not in (None, "nonspecific")
            and (not rule.ages or stage.id in rule.ages)
            for rule in possible
        )
        if not any(telling):
            thin.append(mineral)
    return str(fire), ", ".join(thin) or "-"


def _can_hold(
    condition: ConditionDocument, stage: LifeStageDocument, folder: Folder, names: Names
) -> bool:
    """Whether an age in the stage leaves the condition possible."""
    match condition:
        case str() if condition in names.pictures:
            return _can_hold(names.pictures[condition], stage, folder, names)
        case str():
            return _fits(condition, stage, folder)
        case Absent():
            return True
        case AllOf():
            return all(_can_hold(p, stage, folder, names) for p in condition.all)
        case AnyOf():
            return any(_can_hold(p, stage, folder, names) for p in condition.any)
        case AtLeast():
            hold = [p for p in condition.of if _can_hold(p, stage, folder, names)]
            return len(hold) >= condition.at_least


def _fits(id_: str, stage: LifeStageDocument, folder: Folder) -> bool:
    bounds: list[Derivation] = []
    for other in folder.life_stages:
        if other.id == id_:
            return other.id == stage.id
    for group in folder.groups:
        if group.id == id_:
            bounds = [b for b in (group.derive, group.only_for, group.asked_of) if b]
    return all(_overlap(stage, bound) for bound in bounds)


def _overlap(stage: LifeStageDocument, bound: Derivation) -> bool:
    starts = [parse_age(b.from_) if b.from_ else 0.0 for b in (stage, bound)]
    ends = [parse_age(b.below) if b.below else float("inf") for b in (stage, bound)]
    return max(starts) < min(ends)


def _of_group(id_: str, folder: Folder) -> tuple[str, str]:
    reading = {
        mineral: sum(
            any(name == id_ for name, _ in leaves(rule.when))
            for rule in folder.rules[mineral]
        )
        for mineral in folder.scored
    }
    found = [f"{mineral} {count}" for mineral, count in reading.items() if count]
    return str(sum(reading.values())), ", ".join(found) or "-"


def _cited(grade: str, keys: Iterable[str]) -> str:
    return f"[{grade}: {', '.join(keys)}]"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines
    )

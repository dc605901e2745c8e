"""An assessment as text: urgency first, then candidates with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from minsight.assessment import Assessment, Candidate, Reason
from minsight.explain import joined, said, source_title, sources_of, strength_in_words
from minsight.rules import Rules
from minsight_cli.rendering.console import console, hanging

FOODS_SHOWN = 3
TESTS_SHOWN = 3


def show_assessment(assessment: Assessment, rules: Rules, *, show_all: bool) -> None:
    """Print the assessment; in an emergency the ranking waits for `--all`."""
    out = console()
    _show_urgency(out, assessment)
    _show_unrecognised(out, assessment)
    hidden = assessment.urgency.level == "emergency" and not show_all
    if hidden and assessment.candidates:
        out.print(
            "\nThe ranking is not shown in an emergency. It can wait; --all shows it."
        )
    elif not hidden:
        _show_candidates(out, assessment, rules, show_all=show_all)
    for note in assessment.notes if not hidden else ():
        out.print(Text(f"\nNote: {note}"))
    out.print(Text(f"\n{assessment.footer}", style="quiet"))
    identity = assessment.rules
    out.print(
        Text(
            f"Rules {identity.version}, fingerprint {identity.fingerprint}.",
            style="quiet",
        )
    )


def _show_urgency(out: Console, assessment: Assessment) -> None:
    urgency = assessment.urgency
    line = Text("Urgency: ", style="bold")
    line.append(urgency.sentence, style=urgency.level)
    out.print(line)
    for reason in urgency.reasons:
        _bullet(
            out,
            Text(f"{reason.message} [{_cited(reason.grade, reason.sources)}]"),
            indent=2,
        )


def _show_unrecognised(out: Console, assessment: Assessment) -> None:
    for unknown in assessment.unrecognised:
        line = Text("Not understood: ", style="bold")
        line.append(unknown.text[:200])
        if unknown.suggestions:
            line.append(f"; did you mean {joined(unknown.suggestions, 'or')}?")
        out.print(line)
    read = [m for m in assessment.recognised if m.by in ("spelling", "order")]
    for match in read:
        out.print(Text(f"Read as meant: {match.text} = {match.id.replace('_', ' ')}"))


def _show_candidates(
    out: Console, assessment: Assessment, rules: Rules, *, show_all: bool
) -> None:
    levels = rules.catalogue.level
    shown = [c for c in assessment.candidates if show_all or not levels[c.level].folded]
    folded = [c for c in assessment.candidates if c not in shown]
    for candidate in shown:
        _show_candidate(out, candidate, assessment, rules)
    _show_folded(out, folded)
    if not assessment.candidates:
        names = joined(
            (rules.profiles[m].name.lower() for m in rules.program.minerals), "or"
        )
        out.print(
            f"\nNothing here points to a lack of {names}."
            " This tool cannot rule it out.",
        )
    sources = sources_of(shown, rules.catalogue)
    if sources:
        out.print(Text("\nSources", style="bold"))
    for source in sources:
        hanging(out, "-", Text(f"{source.id}: {source_title(source)}", style="quiet"))


def _show_candidate(
    out: Console, candidate: Candidate, assessment: Assessment, rules: Rules
) -> None:
    heading = Text(f"\n{candidate.rank}. {candidate.name}", style="mineral")
    heading.append(f"  {candidate.sentence}", style="level")
    out.print(heading)
    _labelled(out, "Next step", [candidate.advice])
    _show_reasons(out, "Why", candidate.reasons, assessment, rules)
    _show_reasons(
        out, "Speaks against, or worth knowing", candidate.against, assessment, rules
    )
    _show_reasons(out, "Context", candidate.context, assessment, rules)
    _labelled(out, "Held back", [brake.sentence for brake in candidate.brakes])
    questions = [rules.vocabulary.label(id_) for id_ in candidate.missing]
    _labelled(out, "Worth asking next", questions)
    _labelled(out, "Tests that would tell", candidate.tests[:TESTS_SHOWN])
    foods = rules.profiles[candidate.mineral].foods[:FOODS_SHOWN]
    _labelled(out, "Foods that contain it", [food.text for food in foods])


def _show_reasons(
    out: Console,
    title: str,
    reasons: Iterable[Reason],
    assessment: Assessment,
    rules: Rules,
) -> None:
    reasons = tuple(reasons)
    if not reasons:
        return
    out.print(Text(f"   {title}", style="bold"))
    for reason in reasons:
        line = Text(said(reason, assessment, rules.vocabulary), style="italic")
        line.append(f" ({strength_in_words(reason)})", style="none italic")
        line.append(f": {reason.because}")
        if reason.points_to:
            line.append(f" Points to: {reason.points_to}.", style="against")
        if not reason.counted and reason.kind == "supports":
            line.append(
                " Already counted by a stronger sign of its kind.", style="quiet"
            )
        line.append(f" [{_cited(reason.grade, reason.sources)}]", style="quiet")
        _bullet(out, line, indent=3)


def _cited(grade: str, sources: Iterable[str]) -> str:
    return f"grade {grade}: {', '.join(sources)}"


def _show_folded(out: Console, folded: list[Candidate]) -> None:
    if not folded:
        return
    names = joined(candidate.name.lower() for candidate in folded)
    sentence = folded[0].sentence.rstrip(".").lower()
    out.print(Text(f"\nOnly {sentence}: {names}. (--all shows the reasons.)"))


def _labelled(out: Console, label: str, items: Iterable[str]) -> None:
    items = [item for item in items if item]
    if len(items) == 1:
        hanging(out, f"{label}:", Text(items[0]), indent=3)
    elif items:
        out.print(Text(f"   {label}", style="bold"))
        for item in items:
            _bullet(out, Text(item), indent=3)


def _bullet(out: Console, text: Text, *, indent: int) -> None:
    hanging(out, "-", text, indent=indent)


def show_screen_summary(counts: Counter[str], *, output: Path, rejects: Path) -> None:
    """Print what became of every line of a screened file."""
    out = console()
    total = counts["assessed"] + counts["rejected"] + counts["empty"]
    out.print(
        f"{total} lines: {counts['assessed']} assessed, {counts['rejected']} rejected,"
        f" {counts['empty']} empty."
    )
    for name in sorted(counts):
        kind, _, value = name.partition(" ")
        if kind == "highest":
            out.print(f"  highest level {value.replace('_', ' ')}: {counts[name]}")
        if kind == "urgency" and value != "none":
            out.print(f"  urgency {value.replace('_', ' ')}: {counts[name]}")
    out.print(Text(f"Assessments in {output}", overflow="fold"))
    if counts["rejected"]:
        out.print(Text(f"Rejected lines, with reasons, in {rejects}", overflow="fold"))

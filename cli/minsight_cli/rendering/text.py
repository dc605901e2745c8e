"""An assessment as text: urgency first, then candidates with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from rich.text import Text

from minsight.ages import age_in_words
from minsight.api import Rules
from minsight.assessment.model import Assessment, Candidate, Reason, UrgencyReason
from minsight.assessment.wording import (
    joined,
    said,
    source_title,
    sources_of,
    strength_in_words,
)
from minsight.intake.recognition import Recognised
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import CALM
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import as_sentence, inside

FOODS_SHOWN = 3
TESTS_SHOWN = 3
LOOK_ALIKES_SHOWN = 3
LEFT_OPEN = 2
INDENT = 3
_HOW = {
    "order": ", in another order",
    "spelling": ", read as meant",
    "part": ", in part",
    "hpo_ancestor": ", the nearest term",
    "ending": ", by the ending of the name",
    "told": ", as you said",
}
"""What is said of an entry that was not recognised plainly."""


def show_whole(assessment: Assessment, rules: Rules) -> None:
    """Print all that the assessment says, with the line of each rule."""
    page = Page()
    begin(page, assessment, rules.vocabulary)
    _candidates(page, assessment, rules)
    for note in assessment.notes:
        page.blank()
        page.line(f"Note: {note}")
    end(page, assessment)
    page.show()


def begin(
    page: Page,
    assessment: Assessment,
    vocabulary: Vocabulary,
    *,
    warnings: int | None = None,
) -> None:
    """Say how urgent it is, and what was understood and what was not.

    Where nobody can say that it is not urgent, what was not understood comes first.
    Of the reasons for the urgency the first `warnings` are told, or all.
    """
    if may_be_urgent(assessment):
        not_understood(page, assessment)
        urgency_lines(page, assessment, most=warnings)
        understood(page, assessment, vocabulary)
    else:
        urgency_lines(page, assessment, most=warnings)
        understood(page, assessment, vocabulary)
        not_understood(page, assessment)


def may_be_urgent(assessment: Assessment) -> bool:
    """Whether no warning sign was understood, but not everything was."""
    return assessment.urgency.level in CALM and not assessment.urgency.judged


def urgency_style(assessment: Assessment) -> str:
    """In which style an urgency is shown; one that is not judged is never calm."""
    return "soon" if may_be_urgent(assessment) else assessment.urgency.level


def end(page: Page, assessment: Assessment) -> None:
    """Say what this is and is not, and by which rules."""
    page.blank()
    page.line(assessment.footer, "quiet")
    identity = assessment.rules
    page.line(f"Rules {identity.version}, fingerprint {identity.fingerprint}.", "quiet")


def urgency_lines(
    page: Page, assessment: Assessment, *, most: int | None = None
) -> None:
    """Say how urgent it is, and why; of more than `most` reasons, how many more."""
    urgency = assessment.urgency
    style = urgency_style(assessment)
    page.line(Text("Urgency: ", "bold").append(urgency.sentence, style))
    if assessment.unrecognised and urgency.level in ("soon", "same_day"):
        page.item("What was not understood may be more urgent still.", indent=2)
    for reason in urgency.reasons[:most]:
        page.item(_warning(reason), indent=2)
    if most is not None and len(urgency.reasons) > most:
        page.item(f"{len(urgency.reasons) - most} more with --full.", indent=2)
    for when, reason in islice(urgency.left_open, LEFT_OPEN):
        page.item(Text(f"{when}: ").append(_warning(reason)), indent=2)
    if urgency.at_some_age:
        page.item("Say the age, and this is judged.", indent=2)


def _warning(reason: UrgencyReason) -> Text:
    cites = f" [{cited(reason.grade, reason.sources)}]"
    return Text(reason.message).append(cites, "quiet")


def not_understood(page: Page, assessment: Assessment) -> None:
    """Say what was not understood, why, and what comes near."""
    for unknown in assessment.unrecognised:
        line = Text("Not understood: ", "bold").append(unknown.text[:200], "not bold")
        if unknown.because:
            line.append(f" ({unknown.because})", "not bold")
        if unknown.suggestions:
            line.append(
                f"; did you mean {joined(unknown.suggestions, 'or')}?", "not bold"
            )
        page.line(line)


def understood(page: Page, assessment: Assessment, vocabulary: Vocabulary) -> None:
    """Say what each stretch of text was taken for, and the age and sex assessed."""
    taken_for(page, assessment.recognised, vocabulary, _who(assessment))


def taken_for(
    page: Page,
    recognised: Iterable[Recognised],
    vocabulary: Vocabulary,
    who: Iterable[str] = (),
) -> None:
    """Say what each stretch of text was taken for, and how when it was not plain.

    The age and the sex stand at the end, if it is said `who`, or in their own words.
    """
    person = list(who)
    told = (m for m in recognised if not (person and m.id in ("age", "sex")))
    echoes = [*(echo(match, vocabulary) for match in told), *person]
    if echoes:
        line = Text("Understood: ", "bold")
        page.line(line.append("; ".join(dict.fromkeys(echoes)) + ".", "not bold"))


def _who(assessment: Assessment) -> Iterator[str]:
    if assessment.age_days is not None:
        yield age_in_words(assessment.age_days)
    if assessment.sex is not None:
        yield assessment.sex


def echo(match: Recognised, vocabulary: Vocabulary) -> str:
    """What a stretch was taken for, with its own words and how they were read."""
    label = vocabulary.label(match.id)
    told = match.text.strip()[:200]
    if match.kind == "person":
        return f"{match.id} ({told})"
    answer = {"absent": "not: ", "unsure": "not sure: "}.get(match.answer, "")
    how = _HOW.get(match.by, "")
    if match.by == "id" or (normalise(told) == normalise(label) and not how):
        return f"{answer}{label}"
    return f"{answer}{label} ({told}{how})"


def nothing_fits(assessment: Assessment, rules: Rules) -> str:
    """That no mineral is a candidate, and that this rules nothing out."""
    names = (inside(rules.profiles[m].name) for m in rules.program.minerals)
    read = "that was understood here" if assessment.unrecognised else "here"
    return (
        f"Nothing {read} points to a lack of {joined(names, 'or')}."
        " This tool cannot rule it out."
    )


def _candidates(page: Page, assessment: Assessment, rules: Rules) -> None:
    for candidate in assessment.candidates:
        _candidate(page, candidate, assessment, rules)
    if not assessment.candidates:
        page.blank()
        page.line(nothing_fits(assessment, rules))
    if assessment.look_alikes:
        page.blank()
        page.heading("What else fits")
    for one in assessment.look_alikes:
        line = Text(as_sentence(one.name), "italic")
        line.append(" ".join(["", one.text, one.tell or ""]).rstrip(), "not italic")
        page.item(line.append(f" [{cited(one.grade, one.sources)}]", "not italic dim"))
    sources = sources_of(assessment.candidates, rules.catalogue)
    if sources:
        page.blank()
        page.heading("Sources (`minsight learn MINERAL` gives their addresses)")
    for source in sources:
        page.item(Text(f"{source.id}: {source_title(source)}", "quiet"))


def _candidate(
    page: Page, candidate: Candidate, assessment: Assessment, rules: Rules
) -> None:
    heading(page, candidate)
    _labelled(page, "Next step", [candidate.advice])
    reasoning(page, candidate, assessment, rules)
    questions = [rules.vocabulary.label(id_) for id_ in candidate.missing]
    _labelled(page, "Worth asking next", questions)
    _labelled(page, "Tests that would tell", candidate.tests[:TESTS_SHOWN])
    look_alikes = candidate.look_alikes[:LOOK_ALIKES_SHOWN]
    _labelled(page, "What else looks like it", look_alikes)
    _labelled(page, "Foods that contain it", candidate.foods[:FOODS_SHOWN])


def heading(page: Page, candidate: Candidate) -> None:
    """Add the place of a candidate, its name and what its level says."""
    page.blank()
    name = Text(f"{candidate.rank}. {candidate.name}", "mineral")
    page.line(name.append(f"  {candidate.sentence}", "level"))


def reasoning(
    page: Page, candidate: Candidate, assessment: Assessment, rules: Rules
) -> None:
    """Add what speaks for a candidate, what against, and what held it back."""
    for title, reasons in (
        ("Why", candidate.reasons),
        ("Speaks against, or worth knowing", candidate.against),
        ("Context", candidate.context),
    ):
        _reasons(page, title, reasons, assessment, rules)
    _labelled(page, "Held back", [brake.sentence for brake in candidate.brakes])


def _reasons(
    page: Page,
    title: str,
    reasons: tuple[Reason, ...],
    assessment: Assessment,
    rules: Rules,
) -> None:
    if reasons:
        page.heading(title, indent=INDENT)
    for reason in reasons:
        line = reason_line(reason, assessment, rules.vocabulary)
        place = rules.catalogue.rule[reason.rule].place
        page.item(line.append(f" {place}", "not italic dim"), indent=INDENT)


def reason_line(reason: Reason, assessment: Assessment, vocabulary: Vocabulary) -> Text:
    """What was said, how it counts, why, and by which sources."""
    line = Text(said(reason, assessment, vocabulary), "italic")
    line.append(f" ({strength_in_words(reason)})")
    line.append(f": {reason.because}", "not italic")
    if reason.points_to:
        line.append(f" Points to: {reason.points_to}.", "not italic against")
    if not reason.counted and reason.kind == "supports":
        line.append(" Counted once with the other signs of its kind.", "not italic")
    line.append(f" [{cited(reason.grade, reason.sources)}]", "not italic dim")
    return line


def cited(grade: str, sources: Iterable[str]) -> str:
    """A grade and the keys of the sources."""
    return f"grade {grade}: {', '.join(sources)}"


def _labelled(page: Page, label: str, items: Iterable[str]) -> None:
    items = [item for item in items if item]
    if len(items) == 1:
        page.item(items[0], indent=INDENT, lead=f"{label}:")
    elif items:
        page.heading(label, indent=INDENT)
        for item in items:
            page.item(item, indent=INDENT)

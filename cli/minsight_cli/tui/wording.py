"""What the right side says of an assessment, as styled text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from textual.content import Content

from minsight.ages import age_in_words
from minsight.api import Rules
from minsight.assessment.model import Assessment, Candidate, Reason
from minsight.assessment.wording import joined, said, strength_in_words
from minsight.intake.recognition import Meaning, Recognised, Unrecognised
from minsight.knowledge.vocabulary import Vocabulary
from minsight_cli.printable import printable
from minsight_cli.rendering.phrasing import id_in_words
from minsight_cli.rendering.text import LEFT_OPEN, TESTS_SHOWN, nothing_fits
from minsight_cli.tui.rows import MARKS
from minsight_cli.tui.state import State

_SIGNS: Final = {"for": "+", "against": "-", "context": "*"}


def person_line(state: State, *, saved: bool) -> Content:
    """Age and sex, as far as they are known, and whether the answers are saved."""
    age = "age unknown" if state.age_days is None else age_in_words(state.age_days)
    who = f"{age}, {state.sex or 'sex unknown'}"
    end = "" if saved else "  (not saved)"
    return Content.assemble(("minsight explore", "bold"), f"  {who}{end}")


def urgency_line(assessment: Assessment) -> Content:
    urgency = assessment.urgency
    return Content.assemble(("Urgency: ", "bold"), urgency.sentence)


def warnings(at_odds: Iterable[str], left: Iterable[Unrecognised]) -> Content:
    """Answers that contradict each other, and texts that gave none."""
    lines = [
        Content.assemble(
            ("At odds: ", "bold"),
            printable(f"{message}. Both count as unknown until then."),
        )
        for message in at_odds
    ]
    texts = [f"`{printable(one.text[:60])}`" for one in left]
    if texts:
        what = f"{joined(texts)}. If it may be urgent, get help."
        lines.append(Content.assemble(("Not understood, not judged: ", "bold"), what))
    return Content("\n").join(lines)


def candidate_line(candidate: Candidate, columns: int) -> str:
    """Rank and name on the left, the level in words on the right."""
    level = id_in_words(candidate.level)
    name = f"{candidate.rank:>2} {candidate.name}"
    room = max(8, columns - len(level) - 1)
    return f"{name[:room]:<{room}} {level}"


def nothing_to_rank(assessment: Assessment, rules: Rules, *, said_nothing: bool) -> str:
    """Why there is no candidate."""
    if said_nothing:
        return "Nothing was said yet. Press / to type what is wrong, or choose a row."
    if assessment.candidates:
        return (
            "The ranking is not shown in an emergency. It can wait; v shows it all"
            " the same."
        )
    return nothing_fits(assessment, rules)


def candidate_text(
    candidate: Candidate, assessment: Assessment, rules: Rules
) -> Iterator[Content]:
    """All there is to say of a candidate, line by line."""
    yield Content.styled(candidate.sentence, "bold")
    yield Content(f"Next step: {candidate.advice}")
    for reason in (*candidate.reasons, *candidate.against, *candidate.context):
        yield _reason(reason, assessment, rules)
    for brake in candidate.brakes:
        yield Content.assemble(("Held back: ", "bold"), brake.sentence)
    questions = [rules.vocabulary.label(id_) for id_ in candidate.missing]
    for title, items in (
        ("Worth asking", questions),
        ("Tests that would tell", candidate.tests[:TESTS_SHOWN]),
    ):
        if items:
            yield Content.assemble((f"{title}: ", "bold"), "; ".join(items))


def _reason(reason: Reason, assessment: Assessment, rules: Rules) -> Content:
    words = printable(said(reason, assessment, rules.vocabulary))
    more = f" Points to: {reason.points_to}." if reason.points_to else ""
    if not reason.counted and reason.kind == "supports":
        more += " Counted once with the other signs of its kind."
    cited = f" [grade {reason.grade}: {', '.join(reason.sources)}]"
    return Content.assemble(
        (f"{_SIGNS[reason.says]} {words}", "bold"),
        f" ({strength_in_words(reason)}): {reason.because}{more}",
        (cited, "dim"),
    )


def urgency_text(assessment: Assessment) -> Iterator[Content]:
    """Why it is urgent."""
    for reason in assessment.urgency.reasons:
        yield Content.assemble(("! ", "bold"), reason.message)
    for when, reason in islice(assessment.urgency.left_open, LEFT_OPEN):
        yield Content.assemble(("? ", "bold"), f"{when}: {reason.message}")


def closing_text(assessment: Assessment, *, notes: bool) -> Iterator[Content]:
    """The notes, if they are wanted, and the last line of every assessment."""
    for note in assessment.notes if notes else ():
        if not note.startswith("Taken as unknown:"):  # stands on top, as at odds
            yield Content(printable(f"Note: {note}"))
    yield Content.styled(assessment.footer, "dim")


def meant(meaning: Meaning, vocabulary: Vocabulary, *, found: bool) -> str:
    """What the words in the search box are taken for, and what Enter does."""
    parts = [_echo(match, vocabulary) for match in meaning.recognised]
    lines = [f"Enter takes: {'; '.join(dict.fromkeys(parts))}."] if parts else []
    for left in meaning.unrecognised:
        because = f" ({left.because})" if left.because else ""
        if parts or because or not found:
            lines.append(f"Not understood: {left.text[:60]}{because}")
    if found and not parts:
        lines.append("Enter goes to what was found.")
    return printable("\n".join(lines))


def _echo(match: Recognised, vocabulary: Vocabulary) -> str:
    if match.kind == "person":
        return f"{match.id} {match.text.strip()}"
    return f"{MARKS[match.status]} {vocabulary.label(match.id)}"

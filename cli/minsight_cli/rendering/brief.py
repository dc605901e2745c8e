"""An assessment in short: what one person can read at a glance, on one screen.

Urgency, what was understood and what not, the candidates that stand out with their
strongest reasons, and a line each for what fits a little, what else looks like it and
what could change most. `text` shows everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rich.text import Text

from minsight.api import Rules
from minsight.assessment.differential import ANSWERED
from minsight.assessment.model import Assessment, Candidate, Reason
from minsight.assessment.wording import said
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import inside
from minsight_cli.rendering.text import begin, nothing_fits, show_whole

ONE_SCREEN: Final = 40
"""How many lines the whole takes at 80 columns, if a shorter form of it can."""
REASONS: Final = ((3, 3), (3, 1), (2, 1), (1, 1), (1, 0))
"""Reasons for the first candidate and for each other one, the fullest form first."""
NAMED: Final = 3
"""How many minerals, states, tests and questions a line names."""
WARNINGS: Final = 3
NOTES: Final = 2
_LABELS: Final = 8
_MARGIN: Final = 3


def show_assessment(assessment: Assessment, rules: Rules, *, full: bool) -> None:
    """Print all of it, or the fullest form that fits one screen."""
    if full:
        show_whole(assessment, rules)
        return
    for first, others in REASONS:
        page = Page()
        _write(page, assessment, rules, first=first, others=others)
        if page.height <= ONE_SCREEN:
            break
    page.show()


def _write(
    page: Page, assessment: Assessment, rules: Rules, *, first: int, others: int
) -> None:
    begin(page, assessment, rules.vocabulary, warnings=WARNINGS)
    if assessment.urgency.level == "emergency":
        if assessment.candidates:
            page.blank()
            page.line(_LATER)
    else:
        _candidates(page, assessment, rules, first=first, others=others)
        _notes(page, assessment)
    page.blank()
    page.line(_MORE, "quiet")
    identity = assessment.rules
    page.line(
        "Education and decision support, never a diagnosis; it cannot rule anything"
        f" out. Rules {identity.version}, {identity.fingerprint[:8]}.",
        "quiet",
    )


_LATER: Final = (
    "The ranking is not shown in an emergency. It can wait; --full shows it."
)
_WITHOUT_HASTE: Final = ("none", "routine")
"""How urgent it is where the next step is that of the minerals."""
_MORE: Final = "More: --full; `minsight explain`; `minsight whatif`."


def stands_out(candidate: Candidate, rules: Rules) -> bool:
    """Whether a candidate is shown with its reasons."""
    whole = any(reason.kind == "textbook" for reason in candidate.reasons)
    return whole or not rules.catalogue.level[candidate.level].folded


def _candidates(
    page: Page, assessment: Assessment, rules: Rules, *, first: int, others: int
) -> None:
    shown = [c for c in assessment.candidates if stands_out(c, rules)]
    little = [c for c in assessment.candidates if c not in shown]
    for number, candidate in enumerate(shown):
        most = others if number else first
        _candidate(page, candidate, assessment, rules, most=most)
    if not assessment.candidates:
        page.blank()
        page.line(nothing_fits(assessment, rules))
        return
    page.blank()
    for label, words in _at_the_end(assessment, shown, little, rules):
        if words:
            page.line(Text(f"{label}: ", "bold").append(words, "not bold"))


def _at_the_end(
    assessment: Assessment,
    shown: list[Candidate],
    little: list[Candidate],
    rules: Rules,
) -> Iterator[tuple[str, str]]:
    """The lines under the candidates, each with what it begins with."""
    yield "Fits a little", _some((inside(c.name) for c in little), full=True)
    urgency = assessment.urgency
    if not shown and urgency.judged and urgency.level in _WITHOUT_HASTE:
        yield "Next step", inside(little[0].advice)
    yield "Looks like it", _some(one.name for one in assessment.look_alikes)
    asked = dict.fromkeys(id_ for c in shown or little[:1] for id_ in c.missing)
    labels = (inside(rules.vocabulary.label(id_)) for id_ in asked)
    yield "Could change most", _some(labels)


def _some(names: Iterable[str], *, full: bool = False) -> str:
    """The first of them, and how many there are beside them."""
    several = list(dict.fromkeys(names))
    more = len(several) - NAMED
    rest = f"; {more} more with --full" if full and more > 0 else ""
    return f"{', '.join(several[:NAMED])}{rest}." if several else ""


def _candidate(
    page: Page, candidate: Candidate, assessment: Assessment, rules: Rules, *, most: int
) -> None:
    page.blank()
    name = Text(f"{candidate.rank}  {candidate.name}: ", "mineral")
    page.line(name.append(inside(candidate.sentence), "level"))
    counted = [r for r in candidate.reasons if r.counted or r.kind != "supports"]
    _labelled(page, "for", [_line(r, assessment, rules) for r in counted[:most]])
    against = [_line(r, assessment, rules) for r in candidate.against[: max(1, most)]]
    against += [Text(brake.sentence) for brake in candidate.brakes]
    _labelled(page, "against", against or [Text("nothing that was reported")])
    tests = "; ".join(inside(test) for test in candidate.tests[:NAMED])
    _labelled(page, "test", [Text(tests)] if tests else [])
    _labelled(page, "next", [Text(inside(candidate.advice))])


def _labelled(page: Page, label: str, items: Iterable[Text]) -> None:
    """Items under each other, the first beside its label."""
    for item in items:
        page.item(item, indent=_MARGIN, lead=label.ljust(_LABELS))
        label = ""


def _line(reason: Reason, assessment: Assessment, rules: Rules) -> Text:
    line = Text(said(reason, assessment, rules.vocabulary), "italic")
    line.append(f": {reason.because} ({reason.grade})", "not italic")
    if reason.points_to:
        line.append(f" Points to: {reason.points_to}.", "not italic against")
    return line


def _notes(page: Page, assessment: Assessment) -> None:
    """What was left out, or waits for more; how much was answered is for `--full`."""
    notes = [note for note in assessment.notes if not note.startswith(ANSWERED)]
    for note in notes[:NOTES]:
        page.line(f"Note: {note}")
    if len(notes) > NOTES:
        page.line(f"{len(notes) - NOTES} more notes with --full.")

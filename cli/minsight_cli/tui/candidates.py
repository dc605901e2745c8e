"""The right side: the candidates in order, and the reasons of the highlighted one."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from minsight.api import Rules
from minsight.assessment.model import Assessment, Candidate
from minsight_cli.tui.look import SCROLLBAR
from minsight_cli.tui.wording import (
    candidate_line,
    candidate_text,
    closing_text,
    nothing_to_rank,
    urgency_text,
)


class CandidateList(OptionList):
    """One line a candidate."""

    def __init__(self) -> None:
        super().__init__(id="candidates", markup=False, compact=True)
        self._candidates: tuple[Candidate, ...] = ()

    def show(self, candidates: Iterable[Candidate]) -> None:
        """Show these; the highlight stays on its mineral."""
        self._candidates = tuple(candidates)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    @property
    def chosen(self) -> Candidate | None:
        place = self.highlighted
        return None if place is None else self._candidates[place]

    def _draw(self) -> None:
        known = self.highlighted_option
        ids = [candidate.mineral for candidate in self._candidates]
        self.clear_options()
        self.add_options(
            Option(candidate_line(one, self.size.width - SCROLLBAR), id=one.mineral)
            for one in self._candidates
        )
        stays = known is not None and known.id in ids
        place = ids.index(known.id) if stays and known and known.id else 0
        self.highlighted = place if ids else None
        self.display = bool(ids)


class CandidatesPanel(Vertical):
    """The list and, below it, why."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(id="right")
        self._rules = rules
        self._assessment: Assessment | None = None
        self._ranking, self._empty = True, ""

    def compose(self) -> ComposeResult:
        yield CandidateList()
        with VerticalScroll(id="reasons"):
            yield Static(id="why", markup=False)

    def on_mount(self) -> None:
        self.query_one(CandidateList).border_title = "What fits"

    def show(
        self, assessment: Assessment, *, said_nothing: bool, ranking: bool
    ) -> None:
        """Show an assessment; without `ranking` only what is urgent."""
        self._assessment = assessment
        self._ranking = ranking
        shown = assessment.candidates if ranking else ()
        self._empty = nothing_to_rank(
            assessment, self._rules, said_nothing=said_nothing
        )
        self.query_one(CandidateList).show(shown)
        self._explain()

    def on_option_list_option_highlighted(self) -> None:
        self._explain()

    def _explain(self) -> None:
        assessment = self._assessment
        if assessment is None:
            return
        candidate = self.query_one(CandidateList).chosen
        lines = [*urgency_text(assessment)]
        if candidate is None:
            lines.append(Content(self._empty))
        else:
            lines += candidate_text(candidate, assessment, self._rules)
        lines += closing_text(assessment, notes=self._ranking)
        reasons = self.query_one("#reasons", VerticalScroll)
        title = "Why" if candidate is None else f"Why {candidate.name.lower()}"
        if reasons.border_title != title:
            reasons.border_title = title
            reasons.scroll_home(animate=False)
        self.query_one("#why", Static).update(Content("\n").join(lines))

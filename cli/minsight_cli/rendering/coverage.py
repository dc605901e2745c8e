"""What a questionnaire leaves out, as text."""

from __future__ import annotations

from minsight.api import Rules
from minsight.questions.questionnaire import Questionnaire
from minsight_cli.rendering.page import Page


def show_coverage(form: Questionnaire, rules: Rules) -> None:
    """Print the rules that the form cannot feed, and the entries that no rule reads."""
    page = Page()
    page.heading(f"Rules that this form cannot feed: {len(form.not_fed)}")
    for rule in form.not_fed:
        lacks = ", ".join(rule.lacks) or "people who give all of its answers at once"
        page.item(f"{rule.rule}: lacks {lacks}")
    page.blank()
    page.heading(f"Entries that no rule of any mineral reads: {len(form.unread)}")
    for id_ in form.unread:
        page.item(f"{id_}: {rules.vocabulary.label(id_)}")
    page.show()

"""What a check of a run found, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsight_cli.rendering.page import Page

if TYPE_CHECKING:
    from minsight.screening.runs.verify import Verified


def show_verified(found: Verified) -> None:
    """Print each thing that was compared, and what that says."""
    from minsight.screening.runs.verify import AGAIN

    page = Page()
    for check in found.checks:
        detail = f": {check.detail}" if check.detail else ""
        name = check.name if check.what == AGAIN else f"`{check.name}`"
        page.line(f"{check.outcome:<8} {check.what} {name}{detail}")
    for note in found.notes:
        page.line(f"Note: {note}.", "quiet")
    if found.is_same:
        page.line("Everything is as the manifest says, and comes out the same again.")
    else:
        page.line("Not everything is as the manifest says.")
    page.show()

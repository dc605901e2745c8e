"""What a screening of tables came to, on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from minsight.scales import LEVELS, URGENCIES
from minsight.screening.frequency import by_frequency
from minsight_cli.rendering.page import Page

if TYPE_CHECKING:
    from minsight.ruleset import Ruleset
    from minsight.screening.manifests import Manifest
    from minsight.screening.runs import Order, Run
    from minsight.screening.tally import Tally

MOST_REASONS: Final = 10
MOST_MINERALS: Final = 3
MOST_REJECTS: Final = 5
MOST_NOTICES: Final = 20


def show_finished(manifest: Manifest, order: Order) -> None:
    """Print that nothing was left to do."""
    page = Page()
    files = len(manifest.inputs)
    page.line(
        f"Nothing to do: `{order.output}` holds the {manifest.rows} rows of"
        f" {files} {'file' if files == 1 else 'files'} already."
    )
    page.show()


def show_run(run: Run, order: Order, rules: Ruleset) -> None:
    """Print what became of every row of the files."""
    page = Page()
    _rows(page, run)
    _urgencies(page, run.tally)
    _levels(page, run.tally, rules)
    _reasons(page, run.tally, rules)
    _rejects(page, run.tally)
    _notices(page, run)
    _files(page, run, order)
    page.show()


def show_spark(
    counts: Mapping[str, int],
    notices: Sequence[tuple[str, str, int]],
    *,
    output: str,
    rejects: str,
) -> None:
    """Print what became of every row of files that Spark screened."""
    page = Page()
    rows = counts["assessed"] + counts["rejected"]
    page.line(
        f"{_counted(rows, 'row')}: {counts['assessed']} assessed,"
        f" {counts['rejected']} rejected."
    )
    if counts["files"]:
        page.line(f"{_counted(counts['files'], 'file')} could not be read.")
    for file, message, touched in notices[:MOST_NOTICES]:
        where = f" ({_counted(touched, 'row')})" if touched else ""
        page.line(f"{file}: {message}{where}", "quiet")
    _rest(page, len(notices) - MOST_NOTICES, "notice")
    page.line(f"Results in the folder {output}")
    if counts["rejected"] or counts["files"]:
        page.line(f"Rejected rows, with reasons, in the folder {rejects}")
    page.show()


def _rows(page: Page, run: Run) -> None:
    tally = run.tally
    if run.skipped:
        page.line(f"{_counted(run.skipped, 'file')} finished by the earlier run.")
    page.line(
        f"{_counted(tally.rows, 'row')} of {_counted(tally.files, 'file')}:"
        f" {tally.assessed} assessed, {tally.rejected} rejected."
    )
    if tally.rejected_files:
        bad = _counted(tally.rejected_files, "file")
        page.line(f"{bad} could not be read, or not to the end.")


def _urgencies(page: Page, tally: Tally) -> None:
    for name in URGENCIES[:0:-1]:
        if tally.urgencies[name]:
            page.line(f"  urgency {name.replace('_', ' ')}: {tally.urgencies[name]}")


def _levels(page: Page, tally: Tally, rules: Ruleset) -> None:
    """A line a mineral and a column a level, most persons at high levels first."""
    shown = [name for name in LEVELS[:0:-1] if any(n == name for _, n in tally.levels)]
    if not shown:
        return
    counts = {
        profile.name: [tally.levels[profile.id, name] for name in shown]
        for profile in rules.catalogue.profiles
        if any(tally.levels[profile.id, name] for name in shown)
    }
    heads = [name.removesuffix("_pattern").replace("_", " ") for name in shown]
    width = max(map(len, counts))
    page.blank()
    page.heading("Persons by level")
    page.verbatim(f"  {'':<{width}}  {'  '.join(heads)}")
    for name in sorted(counts, key=counts.__getitem__, reverse=True):
        cells = (
            f"{n or '-':>{len(h)}}" for n, h in zip(counts[name], heads, strict=True)
        )
        page.verbatim(f"  {name:<{width}}  {'  '.join(cells)}")


def _reasons(page: Page, tally: Tally, rules: Ruleset) -> None:
    frequent = by_frequency(tally.reasons, rules)
    if not frequent:
        return
    page.blank()
    page.heading("Most frequent reasons")
    for one in frequent[:MOST_REASONS]:
        share = 100 * one.persons / tally.assessed
        minerals = ", ".join(one.minerals[:MOST_MINERALS])
        more = len(one.minerals) - MOST_MINERALS
        also = f" and {more} more" if more > 0 else ""
        lead = f"{one.persons:>8}  {share:>3.0f} %"
        page.item(f" {one.label} ({minerals}{also})", lead=lead)
    _rest(page, len(frequent) - MOST_REASONS, "reason")


def _rejects(page: Page, tally: Tally) -> None:
    if not tally.reject_kinds:
        return
    page.blank()
    page.heading("Rejected rows")
    for kind, rows in tally.reject_kinds.most_common(MOST_REJECTS):
        page.item(f" {kind}", lead=f"{rows:>8} ")
    _rest(page, len(tally.reject_kinds) - MOST_REJECTS, "reason")


def _notices(page: Page, run: Run) -> None:
    told = [
        f"{file}: {message}" + (f" ({_counted(rows, 'row')})" if rows else "")
        for (file, message), rows in run.tally.notices.items()
    ]
    if run.made_safe:
        cells = _counted(run.made_safe, "cell")
        told.append(f"{cells} got an apostrophe, as a spreadsheet would run a formula")
    if told:
        page.blank()
    for text in told[:MOST_NOTICES]:
        page.line(text, "quiet")
    _rest(page, len(told) - MOST_NOTICES, "notice")


def _files(page: Page, run: Run, order: Order) -> None:
    page.blank()
    page.line(f"Results in {order.output}, manifest in {order.manifest.name}")
    if order.report is not None:
        page.line(f"Report in {order.report}")
    if run.manifest.has_problems:
        page.line(f"Rejected rows, with reasons, in {order.rejects}")


def _rest(page: Page, left: int, what: str) -> None:
    if left > 0:
        page.line(f"  and {_counted(left, f'more {what}')}", "quiet")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"

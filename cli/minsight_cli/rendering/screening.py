"""What a screening of tables came to, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from minsight.scales import LEVELS, NOT_JUDGED, TOLD_URGENCIES
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import counted, id_in_words

if TYPE_CHECKING:
    from minsight.assessment.engine import Engine
    from minsight.screening.runs.order import Order
    from minsight.screening.runs.run import Run
    from minsight.screening.runs.unread import Listing
    from minsight.screening.summary.tally import Tally

_MOST_REASONS: Final = 10
MOST_NAMES: Final = 3
_MOST_KINDS: Final = 5
_MOST_NOTICES: Final = 10
_INDENT: Final = 2
_SHOWN: Final = LEVELS[:1:-1]
"""The levels that have a column; the one below them is told in a line."""


def show_run(run: Run, rules: Engine) -> None:
    """Print what became of every row of the files, and what was written of it."""
    order = run.order
    if run.tally is None:
        page = Page()
        page.line(
            f"Nothing to do: `{order.output}` holds the {run.manifest.rows} rows of"
            f" {counted(run.skipped, 'file')} already."
        )
        page.show()
        return
    if run.skipped:
        page = Page()
        page.line(f"{counted(run.skipped, 'file')} finished by the earlier run.")
        page.show()
    show_tables_summary(
        run.tally, rules=rules, output=order.output, rejects=order.rejects
    )
    page = Page()
    if order.options.urgent_list:
        page.line(_whom(run.listed, run.tally, order.outputs["urgent"]))
    if run.made_safe:
        cells = counted(run.made_safe, "cell")
        page.line(
            f"{cells} of text changed, so that no program runs or refuses them"
            " (docs/screening.md)."
        )
    if run.unread is not None:
        page.line(_listing(run.unread, order))
    if order.report is not None:
        page.line(f"Report in `{order.report}`")
    page.line(f"Manifest in `{order.manifest}`")
    page.show()


def _whom(listed: int, tally: Tally, urgent: Path) -> str:
    """How many people are listed as urgent, and of how many that is not known."""
    told = "Nobody was found who should be seen soon, so nobody is listed"
    if listed:
        people = f"{listed:,} person{'' if listed == 1 else 's'}"
        told = f"{people} to see soon or sooner, the most urgent first, in `{urgent}`"
    if open_ := tally.urgencies[NOT_JUDGED]:
        people = f"{open_:,} other{'' if open_ == 1 else 's'}"
        told += f"; {people} not judged, with `urgency_judged` false in the results"
    return told


def _listing(unread: Listing, order: Order) -> str:
    """What the list of unread phrases holds, and what it does not."""
    phrases = counted(unread.listed, "phrase")
    told = f"{phrases} not understood in `{order.unread_words}`"
    if unread.rarer:
        told += f"; {unread.rarer:,} rarer ones are not listed"
    if unread.unkept:
        times = counted(unread.unkept, "text")
        told += f"; {times} with numbers or addresses, or too long, not copied"
    return told


def show_spark(tally: Tally, rules: Engine, *, output: str, rejects: str) -> None:
    """Print what became of every row of files that Spark screened."""
    page = Page()
    _summary(page, tally, rules)
    page.line(f"Results in the folder `{output}`")
    if tally.rejected or tally.rejected_files:
        page.line(f"Rejected rows, with reasons, in the folder `{rejects}`")
    page.show()


def show_tables_summary(
    tally: Tally, *, rules: Engine, output: Path, rejects: Path
) -> None:
    """Print what became of every row of the files; what is urgent comes first."""
    page = Page()
    _summary(page, tally, rules)
    page.line(f"Results in `{output}`")
    if tally.rejected or tally.rejected_files:
        page.line(f"Rejected rows, with reasons, in `{rejects}`")
    page.show()


def _summary(page: Page, tally: Tally, rules: Engine) -> None:
    page.line(
        f"{counted(tally.rows, 'row')} of {counted(tally.files, 'file')}:"
        f" {tally.assessed} assessed, {tally.rejected} rejected."
    )
    if tally.rejected_files:
        bad = counted(tally.rejected_files, "file")
        page.line(f"{bad} could not be read to the end.")
    _urgency(page, tally)
    _levels(page, tally, rules)
    _reasons(page, tally, rules)
    _rejects(page, tally)
    _notices(page, tally)
    page.blank()


def _urgency(page: Page, tally: Tally) -> None:
    for name in TOLD_URGENCIES[:0:-1]:
        if tally.urgencies[name]:
            page.line(f"  urgency {name.replace('_', ' ')}: {tally.urgencies[name]}")


def _levels(page: Page, tally: Tally, rules: Engine) -> None:
    """A line for each mineral above the lowest level; the others in one sentence."""
    counts, lowest = tally.levels, LEVELS[1]
    sums: dict[str, int] = {}
    for (mineral, level), persons in counts.items():
        sums[mineral] = sums.get(mineral, 0) + (persons if level != lowest else 0)
    ordered = sorted(sums, key=lambda mineral: (-sums[mineral], mineral))
    standing_out = [mineral for mineral in ordered if sums[mineral]]
    if standing_out:
        head = ("", *(id_in_words(n) for n in _SHOWN))
        rows = [
            (f"  {_name(m, rules)}", *(str(counts[m, level]) for level in _SHOWN))
            for m in standing_out
        ]
        page.blank()
        page.line("Persons by mineral and level:")
        page.table(head, rows, numbers=range(1, len(head)))
    few = sorted(
        (-counts[mineral, lowest], _name(mineral, rules))
        for mineral in ordered
        if counts[mineral, lowest]
    )
    if few:
        page.blank()
        listed = ", ".join(f"{name} {-persons}" for persons, name in few)
        page.item(listed, indent=_INDENT, lead="few findings:")


def _reasons(page: Page, tally: Tally, rules: Engine) -> None:
    from minsight.screening.summary.frequency import by_frequency

    met = by_frequency(tally.reasons, rules)
    if not met:
        return
    page.blank()
    page.line("The most frequent reasons, in persons and of those assessed:")
    width = len(str(met[0].persons))
    for one in met[:_MOST_REASONS]:
        share = f"{100 * one.persons / tally.assessed:.0f}"
        share = "<1" if share == "0" else share
        lead = f"{one.persons:>{width}} {share:>3} %"
        page.item(f"{one.label}: {_few(one.minerals)}", indent=_INDENT, lead=lead)
    _rest(page, len(met) - _MOST_REASONS, "met in fewer persons")


def _rejects(page: Page, tally: Tally) -> None:
    if not tally.reject_kinds:
        return
    page.blank()
    page.line("Why rows were rejected:")
    kinds = sorted(tally.reject_kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    width = len(str(kinds[0][1]))
    for kind, rows in kinds[:_MOST_KINDS]:
        page.item(kind, indent=_INDENT, lead=f"{rows:>{width}}")
    _rest(page, len(kinds) - _MOST_KINDS, "of fewer rows")


def _notices(page: Page, tally: Tally) -> None:
    if tally.notices:
        page.blank()
    for (file, message), rows in list(tally.notices.items())[:_MOST_NOTICES]:
        were = "row" if rows == 1 else "rows"
        where = f" ({rows} {were})" if rows else ""
        page.line(f"`{file}`: {message}{where}", "quiet")
    _rest(page, len(tally.notices) - _MOST_NOTICES, "which a report tells")


def _rest(page: Page, count: int, what: str) -> None:
    if count > 0:
        page.line(f"  and {count} more, {what}")


def _few(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    listed = ", ".join(names[:MOST_NAMES])
    return f"{listed} and {more} more" if more > 0 else listed


def _name(mineral: str, rules: Engine) -> str:
    profile = rules.profiles.get(mineral)
    return profile.name if profile else mineral

"""The page of a report: tables and drawings laid out by the template beside this file.

All that comes from files or rules is escaped by the template; only drawings are not,
as their maker escapes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from minsight.assessment.engine import Engine
from minsight.screening.report import drawings, people, tables
from minsight.screening.report.figures import Figures
from minsight.screening.report.people import ToSee
from minsight.screening.report.privacy import without_few
from minsight.screening.summary.frequency import by_frequency
from minsight.screening.summary.tally import Tally

MOST_ITEMS: Final = 50
"""How many items of one list of the manifest are shown as a table."""
FOR: Final = "What speaks for a mineral"
AGAINST: Final = "What speaks against a mineral, or is worth knowing"


def report_page(
    tally: Tally,
    manifest: Mapping[str, Any],
    rules: Engine,
    *,
    smallest: int = 0,
    listed: ToSee | None = None,
) -> str:
    """The whole page as HTML."""
    shown = Figures(smallest)
    tally, manifest = without_few(tally, manifest, smallest=smallest)
    unread, tally = people.unread(tally, shown), people.without_unread(tally)
    reasons = by_frequency(tally.reasons, rules)
    against = by_frequency(tally.against, rules)
    page: str = _template().render(
        tally=tally,
        rules=rules,
        smallest=smallest,
        manifest=manifest,
        manifest_json=json.dumps(manifest, indent=2, ensure_ascii=False, default=str),
        most_items=MOST_ITEMS,
        listed=listed,
        whom=people.whom_table(listed) if listed and smallest <= 1 else None,
        broken_down=people.group_tables(tally, rules, shown),
        unread=unread,
        heaping=people.heaping(tally, rules, shown),
        shown_count=shown.count,
        stand_out=shown.sum(tally.highest[name] for name in tables.STANDING_OUT),
        urgency=tables.urgency_table(tally, rules, shown),
        levels=tables.levels(tally, rules, shown),
        highest=tables.highest(tally, rules, shown),
        missing=tables.missing(tally, rules, shown),
        reasons=tables.reasons_table(reasons, tally, rules, shown, of=FOR),
        against=tables.reasons_table(against, tally, rules, shown, of=AGAINST),
        reject_kinds=tables.rejects(
            tally.reject_kinds, shown, of="Rejected rows by reason", head="reason"
        ),
        reject_columns=tables.rejects(
            tally.reject_columns, shown, of="Rejected rows by column", head="column"
        ),
        notices=tables.notices(tally, shown),
        grades=tables.grades(tally, rules),
        drawn_levels=drawings.draw_levels(tally, rules, shown),
        drawn_stages=drawings.draw_stages(tally, rules, shown),
        drawn_missing=drawings.draw_missing(tally, rules, shown),
        drawn_reasons=drawings.draw_reasons(
            reasons, tally, shown, title="What was met in most persons"
        ),
    )
    return page


def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("minsight.screening.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.jinja")

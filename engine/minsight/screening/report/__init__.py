"""Report: the page of a screening, which opens offline and prints well."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from minsight.errors import FileError, missing_extra
from minsight.files.whole import written_whole

if TYPE_CHECKING:
    from minsight.assessment.engine import Engine
    from minsight.screening.report.people import ToSee
    from minsight.screening.summary.tally import Tally

_NEEDS: Final = ("altair", "vl_convert", "jinja2")


def require_report(what: str = "a report") -> None:
    """Make sure, before long work, that a report can be drawn.

    Raises:
        FileError: when the packages of the extra `report` are not installed.
    """
    if any(find_spec(package) is None for package in _NEEDS):
        raise missing_extra(what, "report")


def write_report(
    tally: Tally,
    manifest: Mapping[str, Any],
    rules: Engine,
    target: Path | IO[str],
    *,
    smallest: int = 0,
    listed: ToSee | None = None,
) -> None:
    """Write what a screening came to as one self-contained HTML page.

    `manifest` is plain data of JSON that says how the results were made; it is shown
    as it is. Counts of persons from 1 to below `smallest` are shown as `<smallest`, and
    no text or file name of fewer. `listed` are the people to see first; as they are
    named, a report that hides small counts says only where they stand.

    Raises:
        FileError: when the packages of the extra `report` are not installed, or the
            file cannot be written.
    """
    require_report(f"`{target}`" if isinstance(target, Path) else "a report")
    from minsight.screening.report.page import report_page

    page = report_page(tally, manifest, rules, smallest=smallest, listed=listed)
    if not isinstance(target, Path):
        target.write(page)
        return
    try:
        with written_whole(target) as file:
            file.write(page)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot write `{target}`: {reason}") from None

"""Checks across the rule files: what no single document can see by itself.

Each check is a generator of issues; `check_folder` runs all of them and collects
everything, so that an author runs it once, not once a mistake.
"""

from __future__ import annotations

from minsight.checking.content import Content
from minsight.checking.directions import one_direction
from minsight.checking.identity import ids_once, mineral_files, phrases_once, terms_once
from minsight.checking.references import known_ids, known_references, sourced
from minsight.checking.shapes import acyclic, kinds_fit, scales_complete
from minsight.checking.units import limits_can_be_met, units_convert
from minsight.errors import Issue
from minsight.folder import Folder

__all__ = ["check_folder"]

_CHECKS = (
    ids_once,
    phrases_once,
    terms_once,
    mineral_files,
    known_ids,
    known_references,
    sourced,
    acyclic,
    one_direction,
    kinds_fit,
    scales_complete,
    units_convert,
    limits_can_be_met,
)


def check_folder(folder: Folder) -> list[Issue]:
    """Every problem between the documents of a folder."""
    content = Content(folder)
    return [issue for check in _CHECKS for issue in check(content)]

"""Checks: what no single document can see by itself.

Each check is a generator of issues; `check_folder` runs all of them and collects
everything, so that an author runs it once, not once a mistake.
"""

from __future__ import annotations

from minsight.compiler.checks.content import Content
from minsight.compiler.checks.directions import one_direction
from minsight.compiler.checks.frames import frames_stand
from minsight.compiler.checks.identity import (
    ids_once,
    medicines_once,
    mineral_files,
    phrases_once,
    terms_once,
)
from minsight.compiler.checks.interview import interview_stands
from minsight.compiler.checks.references import known_ids, known_references, sourced
from minsight.compiler.checks.shapes import acyclic, kinds_fit, scales_complete
from minsight.compiler.checks.units import limits_can_be_met, units_convert
from minsight.compiler.folder import Folder
from minsight.errors import Issue

__all__ = ["check_folder"]

_CHECKS = (
    ids_once,
    phrases_once,
    medicines_once,
    terms_once,
    mineral_files,
    known_ids,
    known_references,
    frames_stand,
    interview_stands,
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

"""A case that a lesson is made from, as it travels without the files it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from minsight.intake.subject import Subject

PUBLISHED: Final = "published"
MADE_UP: Final = "made up"


class LessonCase(msgspec.Struct, frozen=True, kw_only=True):
    """One person, in ids.

    `words` are those of the source for an id, where it has its own. `expected` are the
    minerals that are known to fit, none for a person whose picture has another
    explanation; without it the rules decide.
    """

    id: str
    kind: str
    source: str
    subject: Subject
    words: Mapping[str, str] = {}
    expected: frozenset[str] | None = None

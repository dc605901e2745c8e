"""The interviews with the last few persons, so that a next screen comes soon."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from minsight.api import Rules
from minsight.intake.subject import Subject

if TYPE_CHECKING:
    from minsight.questions.interview import Interview

MOST_INTERVIEWS: Final = 4


class LatestInterviews:
    """Begins interviews and keeps the last few; what was replied is in none of them."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Subject, bool], Interview] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def with_subject(self, subject: Subject, *, clinician: bool) -> Interview:
        """The interview with a subject, begun now or not long ago.

        Raises:
            SubjectError: when what was said of the subject contradicts itself.
        """
        key = (subject, clinician)
        with self._lock:
            found = self._kept.pop(key, None)
        if found is None:
            found = self._rules.interview(subject, clinician=clinician)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > MOST_INTERVIEWS:
                self._kept.popitem(last=False)
        return found

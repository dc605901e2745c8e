"""Administrative: columns that say nothing of health, or who somebody is, by name."""

from __future__ import annotations

from functools import cache

from minsight.intake.text.lists import lists_of, words_of
from minsight.screening.mapping.person_headings import plain_words


def is_administrative(name: str) -> bool:
    """Whether a program writes this column of its own accord.

    >>> is_administrative("_submission_time"), is_administrative("redcap_event_name")
    (True, True)
    >>> is_administrative("Fatigue"), is_administrative("Notes")
    (False, False)
    >>> is_administrative("_notes")
    True
    """
    own = name.rpartition("/")[2]
    words = plain_words(own)
    names, anywhere = _listed()
    ends = words > {"complete"} and name.lower().endswith("_complete")
    return own.startswith("_") or words in names or bool(words & anywhere) or ends


@cache
def _listed() -> tuple[frozenset[frozenset[str]], frozenset[str]]:
    """Names by their words, and words that make every name one of these."""
    items = lists_of("columns")["administrative"]
    names = frozenset(frozenset(one.split()) for one in items if one[-1] != "*")
    return names, frozenset(one[:-1] for one in items if one[-1] == "*")


def is_personal(name: str) -> bool:
    """Whether a column of this name may tell who somebody is.

    >>> is_personal("child_name"), is_personal("Your e-mail"), is_personal("Pallor")
    (True, True, False)
    """
    return bool(plain_words(name) & words_of("columns", "personal"))

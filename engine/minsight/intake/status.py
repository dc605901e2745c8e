"""Status: what records and replies say, and what the rules call it.

`minsight.scales.Status` is what an answer says of a finding or group. The words for it
at the edges stand here: what comes in becomes a status at once, and what goes out gets
its words where it is written.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Final, Literal, TypeAlias, TypedDict

from minsight.scales import Status

RecordWord: TypeAlias = Literal["present", "absent", "unsure"]
AnswerWord: TypeAlias = Literal["yes", "no", "unsure", "unknown"]

AS_RECORDED: Final[Mapping[Status, RecordWord]] = {
    "observed": "present",
    "excluded": "absent",
    "unsure": "unsure",
    "unknown": "unsure",
}
"""How a record says it. It leaves out what is unknown: who writes it down is unsure."""
AS_ANSWERED: Final[Mapping[Status, AnswerWord]] = {
    "observed": "yes",
    "excluded": "no",
    "unsure": "unsure",
    "unknown": "unknown",
}
"""How it is answered to a question."""
OF_RECORD: Final[Mapping[str, Status]] = {
    "present": "observed",
    "absent": "excluded",
    "unsure": "unsure",
    "measured": "observed",
}
OF_ANSWER: Final[Mapping[str, Status]] = {
    word: status for status, word in AS_ANSWERED.items()
}
OF_LIST: Final[Mapping[str, Status]] = {
    "present": "observed",
    "groups": "observed",
    "absent": "excluded",
    "not_groups": "excluded",
    "unsure": "unsure",
}
"""By list of a subject, in the order they are read: what is said of all in it."""


class SubjectLists(TypedDict):
    """The lists of a subject, by name."""

    present: list[str]
    groups: list[str]
    absent: list[str]
    not_groups: list[str]
    unsure: list[str]


def in_lists(
    said: Iterable[tuple[str, Status]], groups: Container[str]
) -> SubjectLists:
    """Ids with their status in the lists of a subject, in the order they come.

    >>> lists = in_lists([("pallor", "observed"), ("vegan", "excluded")], {"vegan"})
    >>> lists["present"], lists["not_groups"]
    (['pallor'], ['vegan'])
    """
    lists = SubjectLists(present=[], groups=[], absent=[], not_groups=[], unsure=[])
    for id_, status in said:
        match status:
            case "observed":
                lists["groups" if id_ in groups else "present"].append(id_)
            case "excluded":
                lists["not_groups" if id_ in groups else "absent"].append(id_)
            case _:
                lists["unsure"].append(id_)
    return lists

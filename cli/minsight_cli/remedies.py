"""What messages of the library advise, as it is done on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from minsight.errors import Remedy

_HERE: Final[Mapping[str, str]] = {
    Remedy.ALLOW_REPLACING: "choose another name or add --force",
    Remedy.DRAFT_MAP: "draft a map with `minsight map`",
    Remedy.GO_ON: "go on with `--resume`, or start anew with `--force`",
    Remedy.KNOWN_GROUPS: "`minsight groups` lists them",
    Remedy.KNOWN_WORDS: "`minsight symptoms` and `minsight groups` list them",
    Remedy.REFERENCE_ENGINE: "use `--engine reference`",
    Remedy.RULES_OF_RUN: "give those it was made with as `--rules`",
    Remedy.START_ANEW: "start anew with `--force`",
    Remedy.WITHOUT_SPARK: "screen it without `--engine spark`",
}


def as_done_here(message: str) -> str:
    """The message with the options and commands that do what it advises.

    >>> as_done_here("`irn` is not one group of people; use the id or label of a group")
    '`irn` is not one group of people; `minsight groups` lists them'
    """
    for remedy, here in _HERE.items():
        message = message.replace(remedy, here)
    return message

"""Rows of the list of answers: what was said, what is worth asking, all there is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from minsight.assessment.model import Assessment
from minsight.intake.recognition import recognise, search
from minsight.knowledge.vocabulary import Finding, Group, Vocabulary
from minsight.questions.relevance import section_of
from minsight.scales import Status
from minsight_cli.tui.state import State

MARKS: Final[dict[Status, str]] = {
    "observed": "[+]",
    "excluded": "[-]",
    "unsure": "[?]",
    "unknown": "[ ]",
}
MEASURED_MARK: Final = "[=]"
SAID_HEADING: Final = "Said so far"
WORTH_ASKING: Final = "Worth asking"
FOUND: Final = "Found"
CANDIDATES_ASKED_FOR: Final = 3
"""For how many candidates, from the first, questions are offered."""


class Row(NamedTuple):
    """One entry under a heading; the same entry may stand under several."""

    heading: str
    id: str
    mark: str
    label: str


def rows_at_rest(
    state: State, assessment: Assessment, vocabulary: Vocabulary
) -> Iterator[Row]:
    """What was said, what is worth asking, and then the whole vocabulary."""
    for id_ in state.replies:
        yield _row(SAID_HEADING, id_, state, vocabulary)
    for given in state.measurements:
        value = f"{vocabulary.label(given.name)}: {given.value:g} {given.unit}"
        yield Row(SAID_HEADING, given.name, MEASURED_MARK, value)
    first = assessment.candidates[:CANDIDATES_ASKED_FOR]
    for id_ in dict.fromkeys(id_ for one in first for id_ in one.missing):
        yield _row(WORTH_ASKING, id_, state, vocabulary)
    entries: tuple[Finding | Group, ...] = (*vocabulary.findings, *vocabulary.groups)
    for entry in entries:
        yield _row(section_of(entry), entry.id, state, vocabulary)


def rows_found(words: str, state: State, vocabulary: Vocabulary) -> Iterator[Row]:
    """The entries that the words mean, then those that they come near to."""
    meant = [m.id for m in recognise(words, vocabulary).recognised]
    near = (search(words, vocabulary, kind=kind) for kind in ("finding", "group"))
    for id_ in dict.fromkeys(meant + [id_ for ids in near for id_ in ids]):
        if vocabulary.entry(id_) is not None:
            yield _row(FOUND, id_, state, vocabulary)


def _row(heading: str, id_: str, state: State, vocabulary: Vocabulary) -> Row:
    return Row(heading, id_, MARKS[state.reply(id_)], vocabulary.label(id_))


def under_headings(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows that stand under each heading, in the order of their first ones."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.heading, []).append(row)
    return found


def row_in_columns(row: Row, columns: int) -> str:
    r"""A row as lines of so many columns, further ones under the label.

    >>> row_in_columns(Row("Mouth", "sore_tongue", "[+]", "Sore, red tongue"), 14)
    '[+] Sore, red\n    tongue'
    """
    indent = " " * (len(row.mark) + 1)
    lines = textwrap.wrap(row.label, max(8, columns - len(indent))) or [""]
    return f"{row.mark} " + f"\n{indent}".join(lines)

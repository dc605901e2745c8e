"""Table results: what a frame of answers comes to, and where its questions stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from minsight.screening.answers.places import (
    is_decimal_comma,
    place_table,
)
from minsight.screening.mapping.columns import Placing
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.maps import Map

if TYPE_CHECKING:
    from minsight.knowledge.vocabulary import Vocabulary

Frame = TypeVar("Frame")
NAME: Final = "the frame"
"""What messages call a frame, as it has no file name."""


@dataclass(frozen=True)
class TableResults(Generic[Frame]):
    """What a frame of answers came to; all three are frames of the kind given.

    `results` has a row for each person and candidate, as files of results have:
    `row, subject_id, age, age_years, sex, urgency, urgency_judged, urgency_reasons,
    rank, mineral, level, points, reasons, against, brakes`. `rejects` has a row for
    each cell that kept a person out of them: `row, column, value, reason`. `notices`
    has what a reader of the results must know, `message`, and how many `rows` it
    touches, 0 when it is about the whole frame.

    INVARIANT: each row of the frame given is in `results` or in `rejects`. `row` counts
    them from 1.
    """

    results: Frame
    rejects: Frame
    notices: Frame


def place_frame(
    names: Sequence[object], vocabulary: Vocabulary, mapping: Map | None
) -> Placing:
    """Where each question stands among columns with these names."""
    header = tuple(map(str, names))
    comma = is_decimal_comma(mapping, None)
    heading = Heading(header)
    return place_table(heading, vocabulary, mapping, file=NAME, decimal_comma=comma)


def places(placing: Placing) -> list[int]:
    """The places of the columns that are read, each once."""
    return list(dict.fromkeys(column.index for column in placing.columns))

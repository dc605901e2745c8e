"""What is read of several files as one is told of the file that it is of."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

import minsight
from minsight.screening.answers.reading import Reading, raw_pieces
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.placing import place_header
from minsight.screening.mapping.word_list import WordList
from minsight.screening.rejects import BETWEEN_FILES, Batch, Reject
from minsight.screening.rows import Raw

FILES = ("a.csv", "b.csv")


def batch(
    header: Sequence[str],
    files: Sequence[Sequence[Sequence[str]]],
    rules: minsight.Rules,
    *,
    keep_going: bool = False,
) -> Batch:
    """The rows of `FILES`, read as one."""
    numbers = [
        place * BETWEEN_FILES + row
        for place, rows in enumerate(files)
        for row in range(1, len(rows) + 1)
    ]
    cells = zip(*(row for rows in files for row in rows), strict=True)
    frame = pl.DataFrame(
        [
            pl.Series("row", numbers, pl.UInt64),
            *(pl.Series(str(place), column) for place, column in enumerate(cells)),
        ]
    )
    reading = Reading(
        FILES[0],
        rules.vocabulary,
        WordList(),
        keep_going=keep_going,
        beside=FILES[1:],
    )
    placing = place_header(Heading(tuple(header)), rules.vocabulary, file=FILES[0])
    return reading.looked_at(Raw(frame, (), frame.height), placing)


def told(found: Batch) -> list[tuple[str, str, int]]:
    return [(one.file, one.message, one.rows) for one in found.notices]


def test_a_reject_names_the_row_of_its_own_file(rules: minsight.Rules) -> None:
    files = [[("a", "yes")], [("b", "no"), ("c", "mabye")]]
    found = batch(["id", "fever"], files, rules)
    assert found.answers["row"].to_list() == [1, BETWEEN_FILES + 1]
    why = "`mabye` is no answer to `fever`; write yes, no or nothing"
    assert found.rejects == (Reject("b.csv", 2, "fever", "mabye", why),)
    assert found.rows == 3


def test_rows_that_contradict_themselves_name_their_own_file_too(
    rules: minsight.Rules,
) -> None:
    pregnant = ("male", "yes")
    found = batch(["sex", "pregnant"], [[("female", "yes")], [pregnant]], rules)
    assert [(one.file, one.row) for one in found.rejects] == [("b.csv", 1)]
    kept = batch(["sex", "pregnant"], [[pregnant], [pregnant]], rules, keep_going=True)
    assert {file for file, *_ in told(kept)} == set(FILES)


def test_of_many_words_without_a_number_each_file_tells_its_own(
    rules: minsight.Rules,
) -> None:
    many = [(f"see page {chr(97 + n)}",) for n in range(21)]
    found = batch(["Ferritin (ng/mL)"], [[("clotted",)], many], rules)
    name = "`Ferritin (ng/mL)`"
    assert sorted(told(found)) == [
        ("a.csv", f"`clotted` in {name} tells no number, and was taken as unknown", 1),
        ("b.csv", f"words in {name} tell no numbers, and were unknown", 21),
    ]


def test_pieces_of_rows_come_after_what_was_put_aside() -> None:
    aside = Reject("a.csv", 2, "", "x", "is odd")
    frame = pl.DataFrame({"row": [1, 3, 4]})
    pieces = list(raw_pieces(Raw(frame, (aside,), 4), 2))
    assert [(one.frame["row"].to_list(), one.rejects, one.rows) for one in pieces] == [
        ([], (aside,), 1),
        ([1, 3], (), 2),
        ([4], (), 1),
    ]

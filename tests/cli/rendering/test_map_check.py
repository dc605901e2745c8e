"""What each column becomes stands on a line of its own, and what is unread below it."""

from __future__ import annotations

from minsight.screening import Becomes, MapCheck
from minsight_cli.rendering.map_check import check_as_text


def test_columns_their_counts_and_what_is_not_understood() -> None:
    columns = (
        Becomes("id", "the person", (("filled in", 2),)),
        Becomes("pica", "Pica", (("yes", 1), ("no", 0)), ("mabye", "x")),
    )
    assert check_as_text(
        MapCheck(columns, ("`hats` was not read",), 2)
    ).splitlines() == [
        "The first 2 rows:",
        "  id: the person (2 filled in)",
        "  pica: Pica (1 yes, 0 no)",
        "    Not understood, and would reject the row: `mabye`, `x`",
        "",
        "`hats` was not read",
    ]
    assert check_as_text(MapCheck((), (), 1)) == "The first 1 row:\n"

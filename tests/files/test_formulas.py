"""No cell begins as a formula, and none becomes another by being made safe."""

from __future__ import annotations

import pytest

from minsight.files.formulas import as_text


@pytest.mark.parametrize("start", [*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert as_text(f"{start}1") == f"'{start}1"
    assert as_text(f"'{start}1") == f"''{start}1"
    assert as_text(f"a{start}1") == f"a{start}1"

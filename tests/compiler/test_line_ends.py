"""Rules mean the same however the lines of their files end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import minsight
from places import SMALL_RULES


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_rules_with_other_line_ends_have_the_same_fingerprint(
    end: bytes, tmp_path: Path
) -> None:
    copied = shutil.copytree(SMALL_RULES, tmp_path / "rules")
    for file in copied.rglob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", end))
    kept, read = (minsight.load(one, cache=False) for one in (SMALL_RULES, copied))
    assert kept.fingerprint == read.fingerprint
    assert kept.packed() == read.packed()

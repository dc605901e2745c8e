"""The page says what was counted, and shows what comes from outside as text."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

import minsight
from minsight.screening.report.page import AGAINST, FOR, MOST_ITEMS, report_page
from minsight.screening.summary.tally import Tally


def page_of(
    rules: minsight.Rules, manifest: dict[str, Any] | None = None, **about: Any
) -> str:
    return report_page(Tally(files=1, **about), manifest or {}, rules)


@pytest.fixture(scope="module")
def empty(rules: minsight.Rules) -> str:
    return page_of(rules)


def test_of_nobody_there_is_a_page_too(empty: str, rules: minsight.Rules) -> None:
    assert empty.startswith("<!DOCTYPE html>")
    assert empty.rstrip().endswith("</html>")
    assert rules.fingerprint in empty
    assert "<svg" not in empty


def test_what_comes_from_files_is_escaped(rules: minsight.Rules) -> None:
    told = Counter({("<b>.csv", '"odd" & <i>'): 1})
    page = page_of(rules, {"<u>": ["<s>"]}, notices=told)
    for tag in ("<b>.csv", "<i>", "<u>", "<s>"):
        assert tag not in page, tag
    assert "&lt;b&gt;.csv" in page


def test_reasons_for_and_against_stand_under_headings_of_their_own(
    rules: minsight.Rules,
) -> None:
    met, contrary = Counter({"iron.fatigue": 4}), Counter({"iron.ferritin_normal": 2})
    alone = page_of(rules, assessed=9, reasons=met)
    assert (FOR in alone, AGAINST in alone) == (True, False)
    both = page_of(rules, assessed=9, reasons=met, against=contrary)
    assert both.index(FOR) < both.index(AGAINST)


def test_a_long_list_of_the_manifest_is_cut_and_stands_whole_at_the_end(
    rules: minsight.Rules,
) -> None:
    names = [f"file-{number:03d}.csv" for number in range(MOST_ITEMS + 7)]
    page = page_of(rules, {"inputs": [{"name": name, "rows": 1} for name in names]})
    counts = [page.count(name) for name in names]
    assert counts == [2] * MOST_ITEMS + [1] * 7

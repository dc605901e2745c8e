"""With a smallest number, no text that fewer people gave is anywhere in a report."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import minsight
from minsight.screening.report.privacy import without_few
from minsight.screening.summary.tally import OTHER, Tally

SECRET = "Anna of the mill"


def test_texts_of_few_are_counted_together_and_those_of_many_stay() -> None:
    tally = Tally(
        reject_kinds=Counter({SECRET: 2, "too old": 7, f"{SECRET} again": 1}),
        reject_columns=Counter({"age": 9, SECRET: 1}),
        notices=Counter(
            {
                ("a.csv", SECRET): 4,
                ("a.csv", "read as UTF-16"): 0,
                ("a.csv", "not understood: `ache`"): 5,
                (SECRET, "read as UTF-16"): 0,
            }
        ),
    )
    manifest = {
        "inputs": [
            {"name": "a.csv", "rows": 100, "problem": ""},
            {"name": SECRET, "rows": 1, "problem": ""},
            {"name": f"{SECRET}, too", "rows": 0, "problem": f"no {SECRET}"},
        ]
    }
    public, made = without_few(tally, manifest, smallest=5)
    assert SECRET not in repr((public, made))
    assert public.reject_kinds == {OTHER: 3, "too old": 7}
    assert public.reject_columns == {OTHER: 1, "age": 9}
    few = "other things that are told of fewer than 5 rows each"
    assert public.notices == {
        ("a.csv", few): 4,
        ("a.csv", "read as UTF-16"): 0,
        ("a.csv", "not understood: `ache`"): 5,
        ("(small files)", few): 0,
    }
    assert made["inputs"][1] == {
        "name": "2 files of fewer than 5 rows each, 1 of them not read to the end"
    }
    assert without_few(tally, manifest, smallest=0) == (tally, manifest)


def test_the_page_of_a_run_has_no_word_of_one_person(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    """What is not understood, what is rejected and how a file is called."""
    many = "".join(f"p{n},no,,\n" for n in range(20))
    few = "x,,zibbel of the farm,\ny,qworp,,\nz,no,,zz-9\n"
    people = f"id,fever,complaints,age\n{many}{few}"
    (tmp_path / "all.csv").write_text(people, encoding="utf-8")
    (tmp_path / "dorothea.csv").write_text("id,fever\na,no\n", encoding="utf-8")
    page = tmp_path / "page.html"
    for smallest, told in ((0, True), (5, False)):
        rules.screen(
            [tmp_path / "all.csv", tmp_path / "dorothea.csv"],
            tmp_path / "out.csv",
            smallest=smallest,
            rejects=tmp_path / "r",
            report=page,
            force=True,
        )
        text = page.read_text("utf-8")
        assert ("zibbel" in text) is ("dorothea" in text) is told
        assert "qworp" not in text
        assert "zz-9" not in text
        assert "all.csv" in text

"""The list of whom to see comes with the results, or where nobody is, not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

import minsight
from minsight.errors import FileError
from minsight.screening.runs.manifest import Manifest, Options
from minsight.screening.runs.order import Order
from minsight.screening.runs.outputs import refuse_lost_rows
from minsight.screening.runs.run import Runner, carry_out
from minsight.screening.runs.verify import verify
from minsight.screening.sources.files import find_sources
from minsight.screening.summary.tally import Tally

LIST = "out.csv.urgent.csv"


def order(folder: Path, *texts: str, listing: bool = True) -> Order:
    paths = [folder / f"{number}.csv" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    options = Options(urgent_list=listing)
    found = find_sources(paths)
    out, rejects = folder / "out.csv", folder / "rejects.csv"
    return Order(found=found, output=out, rejects=rejects, options=options)


URGENT = "id,fainting\na,no\nb,yes\n"
CALM = "id,fainting\nc,no\n"


def roles(manifest: Manifest) -> list[str]:
    return [one.role for one in manifest.outputs]


def test_the_list_is_told_counted_and_in_the_manifest(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    run = carry_out(order(tmp_path, URGENT, CALM), rules)
    assert (run.listed, roles(run.manifest)) == (1, ["results", "urgent"])
    assert (tmp_path / LIST).read_text(encoding="utf-8").count("\n") == 2
    verified = verify(run.manifest, tmp_path, rules)
    assert verified.is_same
    assert [check.name for check in verified.checks].count("urgent") == 1


def test_where_nobody_is_urgent_or_no_list_is_wanted_there_is_no_file(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    carry_out(order(tmp_path, URGENT), rules)
    assert (tmp_path / LIST).exists()
    run = carry_out(order(tmp_path, CALM), rules, force=True)
    assert (run.listed, (tmp_path / LIST).exists()) == (0, False)
    assert verify(run.manifest, tmp_path, rules).is_same
    run = carry_out(order(tmp_path, URGENT, listing=False), rules, force=True)
    assert not (tmp_path / LIST).exists()
    assert verify(run.manifest, tmp_path, rules).is_same
    assert Runner(order(tmp_path, URGENT), rules).finished() is None


def test_a_list_that_was_changed_is_found(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    run = carry_out(order(tmp_path, URGENT), rules)
    (tmp_path / LIST).write_text("nobody\n", encoding="utf-8")
    outcomes = {c.what: c.outcome for c in verify(run.manifest, tmp_path, rules).checks}
    assert outcomes["urgent"] == "differs"
    assert Runner(order(tmp_path, URGENT), rules).finished() is None


def test_a_run_that_goes_on_makes_the_same_list(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    whole = carry_out(order(tmp_path, URGENT, CALM, URGENT), rules)
    expected = (tmp_path / LIST).read_bytes()
    (tmp_path / LIST).unlink()

    def killed(name: str, batches: Any) -> Any:
        if name.endswith("2.csv"):
            raise KeyboardInterrupt
        yield from batches

    wanted = order(tmp_path, URGENT, CALM, URGENT)
    with pytest.raises(KeyboardInterrupt):
        carry_out(wanted, rules, force=True, watch=killed)
    assert not (tmp_path / LIST).exists()
    run = carry_out(wanted, rules, resume=True, force=True)
    assert (run.skipped, run.listed) == (2, whole.listed)
    assert (tmp_path / LIST).read_bytes() == expected


def test_fewer_rows_than_were_assessed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="would hold 0 rows of 0 persons, and 0 of 2"):
        refuse_lost_rows(order(tmp_path, CALM), [], Tally(assessed=2), written=0)


def test_a_report_lists_people_and_breaks_them_down_by_any_column(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    pytest.importorskip("altair")
    text = "id,fainting,village,fatigue\na,no,North,no\nb,yes,South,no\nc,no,,yes\n"
    one = order(tmp_path, text)
    options = Options(urgent_list=True, by=("village", "fatigue", "nothing"))
    page = tmp_path / "report.html"
    run = carry_out(msgspec.structs.replace(one, options=options, report=page), rules)
    assert run.tally is not None
    assert run.tally.groups["village", "South", "urgency emergency"] == 1
    assert run.tally.groups["village", "(not given)", "urgency none"] == 1
    assert run.tally.groups["fatigue", "no", "urgency none"] == 1
    assert run.tally.groups["nothing", "(not given)", "urgency none"] == 2
    text = page.read_text(encoding="utf-8")
    assert "fainting: yes" in text
    assert "People by village" in text
    assert verify(run.manifest, tmp_path, rules).is_same

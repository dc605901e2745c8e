"""Parquet grows by batches, names its rules, and is not copied where it is whole."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import minsight
from made_up_results import frame_of, quiet
from minsight.screening.results.layouts import layout_for
from minsight.screening.results.schema import LONG
from minsight.screening.sinks import Written
from minsight.screening.sinks.formats import files_of, sink_for, waiting, write_files
from minsight.screening.sinks.parquet import join_parquet, parquet_sink


def written(path: Path, batches: list[pl.DataFrame], rules: minsight.Rules) -> int:
    """Write long results; gives how many cells were made safe."""
    with parquet_sink(path, layout_for(rules, wide=False), rules) as sink:
        for batch in batches:
            sink(batch)
    return sink.made_safe


def test_parquet_needs_no_apostrophes_and_names_the_rules(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    assert written(out, [frame_of(quiet("=1"))], rules) == 0
    assert pl.read_parquet(out).schema == LONG
    told = pl.read_parquet_metadata(out)
    assert told["minsight.rules.fingerprint"] == rules.fingerprint
    assert told["minsight.footer"] == rules.catalogue.footer


def test_parquet_that_cannot_be_written_is_told_of_and_never_waited_for(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    results = frame_of(quiet("1"))
    with (
        pytest.raises(OSError, match="nowhere"),
        sink_for(
            Path("r.parquet"), tmp_path / "nowhere" / "r.parquet", rules=rules
        ) as write,
    ):
        for _ in range(20):
            write(results)


def test_parquet_grows_by_batches_of_any_size(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    whole = frame_of(quiet(*map(str, range(40))))
    out = tmp_path / "out.parquet"
    with sink_for(Path("r.parquet"), out, rules=rules) as write:
        for start, end in ((0, 0), (0, 1), (1, 30), (30, 30), (30, 40)):
            write(whole.slice(start, end - start))
    assert_frame_equal(pl.read_parquet(out), whole)


def test_one_file_of_results_is_not_copied_and_several_are_joined(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    halves = [frame_of(quiet("1")), frame_of(quiet("2"))]
    parts = []
    for number, half in enumerate(halves):
        folder = tmp_path / str(number)
        folder.mkdir()
        with waiting(folder, Path("r.parquet"), rules=rules, wide=False) as keep:
            keep(half)
        parts += files_of(folder)
    out = tmp_path / "out.parquet"
    out.write_text("left by a run that was killed")
    assert write_files(parts[:1], out, out, rules=rules, wide=False) == Written(1)
    assert out.samefile(parts[0])
    out.unlink()
    write_files(parts, out, out, rules=rules, wide=False)
    assert_frame_equal(pl.read_parquet(out), pl.concat(halves))
    assert "minsight.footer" in pl.read_parquet_metadata(out)


def test_the_same_batches_give_the_same_bytes(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    batches = [frame_of(quiet("1", "2")), frame_of(quiet("3"))]
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    written(one, batches, rules)
    written(other, batches, rules)
    assert one.read_bytes() == other.read_bytes()


def test_without_a_batch_there_are_columns_and_no_rows(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    assert written(out, [], rules) == 0
    assert pl.read_parquet(out).schema == LONG
    assert pl.read_parquet(out).is_empty()


def test_an_error_of_the_caller_ends_the_writing(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    sink = parquet_sink(tmp_path / "o.parquet", layout_for(rules, wide=False), rules)
    with pytest.raises(ZeroDivisionError), sink as write:
        write(frame_of(quiet("1")))
        raise ZeroDivisionError


def test_where_there_are_no_links_one_file_is_copied(
    rules: minsight.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, out = tmp_path / "part.parquet", tmp_path / "out.parquet"
    written(part, [frame_of(quiet("1"))], rules)

    def no_links(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    join_parquet([part], out, rules)
    assert out.read_bytes() == part.read_bytes()
    assert not out.samefile(part)

"""A manifest is held against what stands there now, and against a run made again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import minsight
from minsight.screening.runs.manifest import File, Manifest
from minsight.screening.runs.order import Order
from minsight.screening.runs.run import carry_out
from minsight.screening.runs.verify import AGAIN, Check, Verified, found_of, verify
from minsight.screening.sources.files import find_sources


@pytest.fixture(scope="module")
def screened_folder(
    rules: minsight.Rules, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Manifest]:
    """A run of one file with a row that is rejected."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "people.csv").write_text("id,fever\na,yes\nb,mabye\n", encoding="utf-8")
    order = Order(
        found=find_sources([folder / "people.csv", folder / "none.csv"]),
        output=folder / "out.csv",
        rejects=folder / "rejects.csv",
    )
    return folder, carry_out(order, rules).manifest


Made = tuple[Path, Manifest]


def outcomes(found: Verified) -> list[tuple[str, str]]:
    return [(check.what, check.outcome) for check in found.checks]


def test_a_run_that_nobody_touched_is_the_same_when_it_is_made_again(
    screened_folder: Made, rules: minsight.Rules
) -> None:
    folder, manifest = screened_folder
    found = verify(manifest, folder, rules)
    assert outcomes(found) == [
        ("rules", "same"), ("input", "same"), ("results", "same"),
        ("rejects", "same"), (AGAIN, "same"), (AGAIN, "same"),
    ]  # fmt: skip
    assert found.is_same
    assert found.notes == ()


def test_an_input_that_changed_is_told_and_nothing_is_made_again(
    screened_folder: Made, rules: minsight.Rules, tmp_path: Path
) -> None:
    folder, manifest = screened_folder
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "people.csv").write_text("id,fever\na,no\n", encoding="utf-8")
    (tmp_path / "rejects.csv").unlink()
    found = verify(manifest, tmp_path, rules)
    assert outcomes(found) == [
        ("rules", "same"), ("input", "differs"), ("results", "same"),
        ("rejects", "missing"),
    ]  # fmt: skip
    assert not found.is_same
    assert found.checks[1].detail == "its content has changed since the run"


def test_results_that_were_changed_differ_though_the_run_makes_the_same(
    screened_folder: Made, rules: minsight.Rules, tmp_path: Path
) -> None:
    folder, manifest = screened_folder
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "out.csv").write_text("changed", encoding="utf-8")
    assert outcomes(verify(manifest, tmp_path, rules))[2:] == [
        ("results", "differs"), ("rejects", "same"), (AGAIN, "same"), (AGAIN, "same"),
    ]  # fmt: skip


def test_other_rules_and_other_versions_are_told(
    screened_folder: Made, rules: minsight.Rules
) -> None:
    folder, manifest = screened_folder
    older = msgspec.structs.replace(
        manifest, fingerprint="0", version="0.0.0", versions={"gone": "1"}
    )
    found = verify(older, folder, rules)
    assert found.checks[0] == Check(
        "rules", "0", "differs", f"was 0, is {rules.fingerprint}"
    )
    assert AGAIN not in [check.what for check in found.checks]
    assert found.notes == (
        f"the run was made by minsight 0.0.0; this is {minsight.__version__}",
        "the run was made with gone 1; here is none",
    )


def test_what_came_by_standard_input_is_gone(
    screened_folder: Made, rules: minsight.Rules
) -> None:
    folder, manifest = screened_folder
    first, *others = manifest.inputs
    piped = msgspec.structs.replace(first, file=File("-", "0", 1))
    found = verify(
        msgspec.structs.replace(manifest, inputs=(piped, *others)), folder, rules
    )
    told = "came by standard input, which is gone"
    assert found.checks[1] == Check("input", first.name, "missing", told)


def test_an_output_that_the_manifest_does_not_name_is_told(
    screened_folder: Made, rules: minsight.Rules
) -> None:
    folder, manifest = screened_folder
    without_rejects = msgspec.structs.replace(manifest, outputs=manifest.outputs[:1])
    *_, last = verify(without_rejects, folder, rules).checks
    assert last == Check(AGAIN, "rejects", "differs", "the run makes it only now")
    bare = msgspec.structs.replace(manifest, outputs=())
    *_, last = verify(bare, folder, rules).checks
    assert last == Check(AGAIN, "results", "missing", "the manifest names no results")


def test_inputs_are_found_again_and_those_that_were_not_read_stay_rejected(
    screened_folder: Made,
) -> None:
    folder, manifest = screened_folder
    found = found_of(manifest, folder)
    assert [source.path for source in found.sources] == [folder / "people.csv"]
    (reject,) = found.rejects
    assert reject.file == str(folder / "none.csv")
    assert "cannot read" in reject.reason

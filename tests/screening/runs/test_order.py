"""An order is refused before any work where two files would be one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from minsight.errors import FileError
from minsight.logic.backend import BackendName
from minsight.screening.runs.manifest import Options
from minsight.screening.runs.order import Order, options_for
from minsight.screening.sources.files import Found, find_sources


@pytest.fixture
def found(tmp_path: Path) -> Found:
    path = tmp_path / "people.csv"
    path.write_text("id,fever\n1,yes\n", encoding="utf-8")
    return find_sources([path])


def order(found: Found, folder: Path, **about: Any) -> Order:
    given = {"output": folder / "out.csv", "rejects": folder / "rejects.csv", **about}
    return Order(found=found, **given)


def test_outputs_are_named_by_role_and_the_manifest_stands_beside_the_results(
    found: Found, tmp_path: Path
) -> None:
    plain = order(found, tmp_path)
    assert list(plain.outputs) == ["results", "rejects"]
    assert plain.manifest == tmp_path / "out.csv.manifest.json"
    report = tmp_path / "report.html"
    with_report = order(found, tmp_path, report=report)
    assert with_report.outputs["report"] == report
    listed = tmp_path / "out.csv.urgent.csv"
    assert with_report.targets == (
        tmp_path / "out.csv", tmp_path / "rejects.csv", report, listed, plain.manifest,
    )  # fmt: skip
    listing = order(found, tmp_path, options=Options(urgent_list=True))
    assert listing.outputs["urgent"] == listed
    assert listing.targets == (*listing.outputs.values(), listing.manifest)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"output": "people.csv"}, "is the input; write somewhere else"),
        ({"rejects": "people.csv"}, "is the input; write somewhere else"),
        ({"output": "link.csv"}, "is the input; write somewhere else"),
        ({"report": "map.yaml"}, "is the input; write somewhere else"),
        ({"rejects": "out.csv"}, "would be written twice"),
        ({"report": "deep/../out.csv"}, "would be written twice"),
        ({"rejects": "out.csv.manifest.json"}, "would be written twice"),
    ],
)
def test_every_file_that_is_read_or_written_needs_a_name_of_its_own(
    about: dict[str, str], told: str, found: Found, tmp_path: Path
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "people.csv")
    (tmp_path / "map.yaml").touch()
    paths = {name: tmp_path / path for name, path in about.items()}
    refused = order(found, tmp_path, map=tmp_path / "map.yaml", **paths)
    with pytest.raises(FileError, match=told):
        refused.refuse_sharing()
    order(found, tmp_path, map=tmp_path / "map.yaml").refuse_sharing()


@pytest.mark.parametrize("name", ["-", "", ".", "/"])
def test_results_go_to_a_file_that_has_a_name(
    name: str, found: Found, tmp_path: Path
) -> None:
    for role in ("output", "rejects", "report"):
        paths: dict[str, Path] = {role: Path(name)}
        with pytest.raises(FileError, match="to a file of their own; name one"):
            order(found, tmp_path, **paths).refuse_sharing()


@pytest.mark.parametrize(
    ("output", "way", "options"),
    [
        ("out.csv", None, Options("columnar")),
        ("out.csv", "reference", Options("reference")),
        ("out.jsonl", None, Options("columnar", full=True)),
        ("out.jsonl", "forward", Options("forward", full=True)),
        ("out", None, Options("columnar", full=True)),
        ("out.fhir.json", None, Options("columnar")),
    ],
)
def test_the_ending_of_the_output_decides_how_people_are_assessed(
    output: str, way: BackendName | None, options: Options
) -> None:
    assert options_for(Path(output), way) == options


def test_options_that_do_not_decide_this_are_kept() -> None:
    assert options_for(
        Path("o.csv"), None, wide=True, keep_going=True, smallest=5
    ) == Options("columnar", keep_going=True, wide=True, full=False, smallest=5)


def test_records_are_not_wide() -> None:
    with pytest.raises(FileError, match=r"`o\.jsonl` is for records"):
        options_for(Path("o.jsonl"), None, wide=True)

"""A folder of everything that goes wrong with files: each row is accounted for."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from command_line import CommandLine
from minsight.screening.runs.manifest import manifest_of

BIG: Final = 50 << 20
HEADER: Final = "subject_id,age_years,fatigue,pallor"
GOOD: Final = "a,30,yes,no"


class Made:
    """A file of the folder, and how many rows a person would count in it.

    Without a count, the file cannot be read at all.
    """

    def __init__(self, name: str, content: bytes, rows: int | None) -> None:
        self.name, self.content, self.rows = name, content, rows


def lines(*rows: str, header: str = HEADER) -> bytes:
    return "".join(f"{row}\n" for row in (header, *rows)).encode()


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def parquet(tmp_path: Path) -> bytes:
    path = tmp_path / "whole.parquet"
    pl.DataFrame({"fatigue": [True] * 5_000}).write_parquet(path)
    return path.read_bytes()


def bundle() -> bytes:
    """Two answered forms, what is no row but told, and one thing that is nothing."""
    answers = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [{"linkId": "fatigue", "answer": [{"valueBoolean": True}]}],
    }
    others = [{"resourceType": "Patient", "id": "p"}, {"resourceType": "Nonsense"}, 7]
    resources = [answers, *others, answers]
    entries = [{"resource": resource} for resource in resources]
    whole = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return json.dumps(whole).encode()


def hostile(tmp_path: Path) -> list[Made]:
    wide = ",".join(["id", "fatigue", *(f"q{n}" for n in range(5_000))])
    ragged = ("a,30,yes", GOOD, "b,30,yes,no,no,no", "c,4,no,no")
    return [
        Made("ragged.csv", lines(*ragged), 4),
        Made("latin.csv", lines("J\xfcrgen,30,yes,no").decode().encode("latin-1"), 1),
        Made("utf16.csv", lines(GOOD, GOOD).decode().encode("utf-16"), 2),
        Made("bytes.csv", lines(GOOD) + b"\xff\xfe\x81,30,yes,no\n", 2),
        Made("nul.csv", lines(GOOD, "n\x00ul,30,yes,no", "c,3\x000,yes,no"), 3),
        Made("newline.csv", lines('"a\nb",30,yes,"n\no"', GOOD, '"x,30,yes,no'), 3),
        Made(
            "wide.csv",
            lines(
                f"a,yes,{','.join('1' * 5_000)}", header=f"id,fatigue,{','.join(wide)}"
            ),
            1,
        ),
        Made("numbers.csv", lines('"007","30","1","0"', "8,3e1,1.0,0.0"), 2),
        Made("twice.csv", lines("yes,no", "no,no", header="fatigue,fatigue"), 2),
        Made("nothing.csv", b"", None),
        Made("spaces.csv", b"  \n \n", None),
        Made("header.csv", lines(), 0),
        Made("cut.csv.gz", cut(gzip.compress(lines(*[GOOD] * 5_000))), None),
        Made("cut.parquet", cut(parquet(tmp_path)), None),
        Made("bundle.json", bundle(), 3),
        Made("lines.jsonl", b'{"present": ["fatigue"]}\n{"present"\n\n[]\n7\n', 4),
        Made("image.csv", bytes(range(256)) * 64, None),
    ]


def account(command: CommandLine, folder: Path, out: Path) -> dict[str, Any]:
    """What became of each file: its entry in the manifest, and the rows seen outside.

    Rows are counted in the results and in the rejects, and the sets must not overlap.
    """
    outcome = command.run("screen", str(folder), "--output", str(out))
    assert (outcome.code, "Traceback" in outcome.err) == (1, False), outcome.err
    results = pl.read_parquet(out).select("file", "row").unique().rows()
    path = out.with_name(f"{out.name}.rejects")
    with path.open(encoding="utf-8", newline="") as file:
        rejects = list(csv.DictReader(file))
    found: dict[str, Any] = {}
    for one in json.loads(manifest_of(out).read_bytes())["inputs"]:
        own = {int(row) for name, row in results if name == one["name"]}
        bad = [r for r in rejects if r["file"] == one["name"]]
        put_aside = {int(r["row"]) for r in bad if r["row"]}
        assert all(r["reason"] for r in bad)
        assert not own & put_aside
        seen = {"seen": len(own), "aside": len(put_aside), "told": len(bad)}
        found[Path(one["name"]).name] = {**one, **seen}
    return found


def test_every_row_of_a_hostile_folder_is_accounted_for(
    command: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    made = hostile(tmp_path)
    for one in made:
        (folder / one.name).write_bytes(one.content)
    found = account(command, folder, tmp_path / "out.parquet")
    assert found.keys() == {one.name for one in made}
    for one in made:
        told = found[one.name]
        assert (told["assessed"], told["rejected"]) == (told["seen"], told["aside"])
        assert told["rows"] == told["assessed"] + told["rejected"], one.name
        if one.rows is None:
            assert told["problem"] and told["told"] > 0, one.name
        else:
            assert (told["rows"], told["problem"]) == (one.rows, ""), one.name


@pytest.mark.parametrize(
    "cell",
    [lambda: "x" * BIG, lambda: f'"{"y" * BIG}"', lambda: "yes," * (BIG // 4)],
    ids=["plain", "quoted", "cells"],
)
def test_a_cell_of_50_megabytes_is_one_row(
    cell: Callable[[], str], command: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "big"
    folder.mkdir()
    rows = lines(GOOD, f"b,30,yes,{cell()}", GOOD)
    (folder / "big.csv").write_bytes(rows)
    told = account(command, folder, tmp_path / "out.parquet")["big.csv"]
    assert (told["rows"], told["assessed"], told["rejected"]) == (3, 2, 1)
    assert (tmp_path / "out.parquet.rejects").stat().st_size < 10_000

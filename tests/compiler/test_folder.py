"""The digest of a rule folder: what the files say counts, not how it is laid out."""

from __future__ import annotations

import dataclasses
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from minsight.compiler.compile import compile_folder
from minsight.compiler.folder import Folder, read_folder
from minsight.compiler.layout import bytes_digest
from minsight.errors import FileError
from places import SMALL_RULES


@pytest.fixture(scope="module")
def folder() -> Folder:
    return read(SMALL_RULES)


def read(root: Path) -> Folder:
    folder, issues = read_folder(root)
    assert folder is not None, issues
    return folder


def test_another_layout_changes_neither_digest_nor_fingerprint(
    folder: Folder, tmp_path: Path
) -> None:
    """But it is another key of the cache, which knows files by their bytes."""
    root = tmp_path / "rules"
    shutil.copytree(SMALL_RULES, root)
    for name, loaded in folder.files.items():
        laid_out = yaml.safe_dump(
            loaded.data, default_flow_style=True, width=30, sort_keys=False
        )
        (root / name).write_text(f"# A comment.\n\n{laid_out}", encoding="utf-8")
    assert read(root).digest == folder.digest
    before, after = compile_folder(SMALL_RULES), compile_folder(root)
    assert after.program.fingerprint == before.program.fingerprint
    assert bytes_digest(root) != bytes_digest(SMALL_RULES)


def test_every_value_of_every_file_is_part_of_the_digest(folder: Folder) -> None:
    digests = [folder.digest]
    for name, loaded in folder.files.items():
        for data in changed(loaded.data):
            files = {**folder.files, name: dataclasses.replace(loaded, data=data)}
            digests.append(dataclasses.replace(folder, files=files).digest)
    assert len(digests) > 500
    assert len(set(digests)) == len(digests)


@pytest.mark.parametrize(
    "name", ["levels.yaml", "vocabulary/hpo.yaml", "alum/rules.yaml"]
)
def test_a_pipe_in_the_place_of_a_rule_file_is_told(tmp_path: Path, name: str) -> None:
    root = tmp_path / "rules"
    shutil.copytree(SMALL_RULES, root)
    (root / name).unlink()
    os.mkfifo(root / name)
    folder, issues = read_folder(root)
    assert folder is None
    assert [(i.place.file, i.message) for i in issues] == [
        (name, "cannot be read: it is not a regular file")
    ]
    with pytest.raises(FileError, match=f"{name}` cannot be read: it is not a reg"):
        bytes_digest(root)


def test_a_folder_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests may read every folder, so the system is made to refuse."""
    root = tmp_path / "rules"
    shutil.copytree(SMALL_RULES, root)
    (root / "baseline/more").mkdir(parents=True)
    listed = os.scandir

    def refusing(folder: Any = ".") -> Any:
        if str(folder).endswith("more"):
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    for reading in (bytes_digest, read_folder):
        with pytest.raises(FileError, match="more` cannot be read: permission denied"):
            reading(root)


def changed(data: Any) -> Iterator[Any]:
    """The data with one change: each value once, and each order of two or more."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from ({**data, key: other} for other in changed(value))
        if len(data) > 1:
            yield dict(reversed(data.items()))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            for other in changed(value):
                yield [*data[:number], other, *data[number + 1 :]]
        if data != data[::-1]:
            yield data[::-1]
    else:
        yield f"{data} changed"


def test_a_changed_value_is_another_fingerprint(tmp_path: Path) -> None:
    """Even one that no atom is made of, such as a sentence that people are shown."""
    root = tmp_path / "rules"
    shutil.copytree(SMALL_RULES, root)
    levels = root / "levels.yaml"
    text = levels.read_text(encoding="utf-8")
    levels.write_text(text.replace("footer: ", "footer: CHANGED "), encoding="utf-8")
    before, after = compile_folder(SMALL_RULES), compile_folder(root)
    assert after.program.strata == before.program.strata
    assert after.program.fingerprint != before.program.fingerprint


def test_the_cases_are_no_part_of_the_digest(folder: Folder, tmp_path: Path) -> None:
    root = tmp_path / "rules"
    shutil.copytree(SMALL_RULES, root)
    for path in root.rglob("*cases.yaml"):
        path.unlink()
    assert read(root).digest == folder.digest

"""What `minsight explore` saves is a record, which nobody else may read."""

from __future__ import annotations

import stat
from pathlib import Path

from minsight.intake.records import read_subject
from minsight.intake.subject import Subject
from minsight_cli.tui.files import SavedFile

ANN = Subject(present=("fatigue",), sex="f")


def test_a_saved_person_is_private(tmp_path: Path) -> None:
    file = tmp_path / "ann.json"
    saved = SavedFile().written(str(file), ANN)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    saved.written(str(file), ANN)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_subject(file.read_bytes(), file.name) == ANN

"""Where the shipped rules are: inside the installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path

from minsight.errors import FileError


def rules_folder() -> Path:
    """The folder of the shipped rules.

    Raises:
        FileError: when the installation is incomplete.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_rules", package.parent.parent / "rules"):
        if (folder / "levels.yaml").is_file():
            return folder
    raise FileError(
        "the rules are missing from this installation; install minsight again"
    )

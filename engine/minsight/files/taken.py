"""Taken: names of files that something stands under already."""

from __future__ import annotations

from pathlib import Path

from minsight.errors import FileError, Remedy


def refuse_taken(target: Path, *, force: bool) -> None:
    """Refuse to write over what is not a regular file, or over a file without force.

    Raises:
        FileError: when the name is taken.
    """
    if target.exists() and not target.is_file():
        raise FileError(f"`{target}` is not a regular file; name another")
    if target.exists() and not force:
        raise FileError(f"`{target}` exists; {Remedy.ALLOW_REPLACING}")

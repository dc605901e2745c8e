"""Kept: what was worked out once and is read again, never trusted, never in the way.

A file is one header line (its key and the SHA-256 of the body) and the body. What does
not match exactly is as if it were not there; what cannot be written is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import Final

from minsight.files.regular import bytes_of
from minsight.files.whole import whole_path

MOST_KEPT: Final = 8
"""How many files of one kind stay; the oldest go."""


def read_kept(folder: Path, key: str, *, kind: str) -> bytes | None:
    """What was kept under this key, or None."""
    try:
        entry = bytes_of(folder / f"{key}.{kind}", own=True)
    except OSError:
        return None
    header, _, body = entry.partition(b"\n")
    return body if header == _header(key, body) else None


def keep(folder: Path, key: str, body: bytes, *, kind: str) -> bool:
    """Keep this for the user; says whether that was possible."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_path(folder / f"{key}.{kind}", private=True) as path:
            path.write_bytes(_header(key, body) + b"\n" + body)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        for old in sorted(folder.glob(f"*.{kind}"), key=_age)[MOST_KEPT:]:
            old.unlink()
    return True


def _age(path: Path) -> float:
    return -path.stat().st_mtime


def _header(key: str, body: bytes) -> bytes:
    return f"{key} {hashlib.sha256(body).hexdigest()}".encode()

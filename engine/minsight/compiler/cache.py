"""The cache of compiled rules: keyed by content, never trusted, never in the way.

An entry is one header line (format, key, fingerprint of the program, SHA-256 of the
body) and the body, in a file that this user alone can write. Anything that does not
match exactly is ignored and written anew. Writing goes to a file of its
own and is moved into place, so two processes at once do no harm; when it cannot be
written, the rules are compiled again next time.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from pathlib import Path
from typing import Final

import msgspec

from minsight.__about__ import __version__
from minsight.files.regular import bytes_of
from minsight.files.whole import UNFINISHED, whole_path
from minsight.knowledge.base import KnowledgeBase

_FORMAT: Final = "minsight-compiled-3"
MOST_ENTRIES: Final = 8
LEFT_BEHIND_AFTER_S: Final = 3_600
_NAME: Final = "{key}.rules"


def cache_folder() -> Path:
    """Where compiled rules are kept for this user."""
    from platformdirs import user_cache_path  # a page in a browser has no such folder

    return user_cache_path("minsight", appauthor=False)


def cache_key(digest: str) -> str:
    """The key of rules with this digest, compiled by this code.

    The code is known by its version and, for those who change it, by the size and time
    of its files, the lists of words among them.
    """
    total = hashlib.sha256(f"{_FORMAT}\0{__version__}\0{digest}".encode())
    package = Path(__file__).parents[1]
    for path in sorted([*package.rglob("*.py"), *package.glob("intake/text/data/*")]):
        seen = path.stat()
        total.update(f"\0{path.name}\0{seen.st_size}\0{seen.st_mtime_ns}".encode())
    return total.hexdigest()[:32]


def read_cache(folder: Path, digest: str) -> KnowledgeBase | None:
    """The compiled rules with this digest, or None."""
    key = cache_key(digest)
    try:
        entry = bytes_of(folder / _NAME.format(key=key), own=True)
        header, _, body = entry.partition(b"\n")
        if not header.endswith(hashlib.sha256(body).hexdigest().encode()):
            return None
        compiled = msgspec.json.decode(body, type=KnowledgeBase)
    except (OSError, msgspec.MsgspecError):
        return None
    return compiled if header == _header(key, compiled, body) else None


def write_cache(folder: Path, digest: str, compiled: KnowledgeBase) -> bool:
    """Keep the compiled rules; says whether that was possible."""
    key, body = cache_key(digest), msgspec.json.encode(compiled)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_path(folder / _NAME.format(key=key), private=True) as path:
            path.write_bytes(_header(key, compiled, body) + b"\n" + body)
    except OSError:
        return False
    _forget_old(folder)
    return True


def _header(key: str, compiled: KnowledgeBase, body: bytes) -> bytes:
    fingerprint = compiled.program.fingerprint
    digest = hashlib.sha256(body).hexdigest()
    return f"{_FORMAT} {key} {fingerprint} {digest}".encode()


def _forget_old(folder: Path) -> None:
    """Keep the newest entries, and drop what an interrupted writer left behind."""
    with contextlib.suppress(OSError):
        entries = sorted(folder.glob("*.rules"), key=lambda p: -p.stat().st_mtime)
        for path in entries[MOST_ENTRIES:]:
            path.unlink()
        for path in folder.glob(f"{UNFINISHED}*"):
            if time.time() - path.stat().st_mtime > LEFT_BEHIND_AFTER_S:
                path.unlink()

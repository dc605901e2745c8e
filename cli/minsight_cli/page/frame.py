"""The frame: the page without rules, which `make page` builds, and how it is filled."""

from __future__ import annotations

import bz2
from pathlib import Path
from typing import Final

from minsight.api import Rules
from minsight.errors import FileError
from minsight.files.whole import whole_path
from minsight_cli.page.packing import element

FRAME: Final = Path(__file__).with_name("built") / "frame.html"
"""Where it is: git ignores it, and a wheel that is built beside it carries it."""
PARTS: Final = ("rules", "cases")
_HOLE: Final = "<!-- minsight:{} -->"
HOLES: Final = "\n".join(map(_HOLE.format, PARTS))


def page_of(rules: Rules, cases: bytes) -> str:
    """The whole page, with these rules and the cases that its quiz asks about.

    Raises:
        FileError: when the frame has not been built.
    """
    if not FRAME.is_file():
        raise FileError(
            "the frame of the page has not been built;"
            " run `make page` in a checkout of minsight, which needs Node.js and npm"
        )
    page = FRAME.read_text(encoding="utf-8")
    # A fifth smaller than as the browser unpacks it; Python does so in a moment.
    small = bz2.compress(rules.packed())
    for name, data in zip(PARTS, (small, cases), strict=True):
        page = page.replace(_HOLE.format(name), element(name, data), 1)
    return page


def write_page(target: Path, page: str) -> int:
    """Write the page under this name, whole or not at all; says how many bytes it has.

    Raises:
        FileError: when it cannot be written.
    """
    data = page.encode()
    try:
        with whole_path(target) as path:
            path.write_bytes(data)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise FileError(
            f"cannot write `{target}`: {why}; choose another place"
        ) from None
    return len(data)

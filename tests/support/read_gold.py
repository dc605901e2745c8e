"""Print what every text of the gold file is read as, a line of JSON for each.

With `--plain` as where neither RapidFuzz nor PyStemmer is installed.
"""

from __future__ import annotations

import sys

import msgspec

import gold
import minsight
from minsight.intake.recognition import recognise
from minsight.intake.status import OF_RECORD
from places import ROOT

LIBRARIES = ("rapidfuzz", "Stemmer")


def forget_libraries() -> None:
    """From here on neither can be imported."""
    assert not sys.modules.keys() & set(LIBRARIES), "they are imported when needed"
    sys.modules.update(dict.fromkeys(LIBRARIES))  # type: ignore[arg-type]  # missing


def lines() -> list[str]:
    """The whole meaning of each text, suggestions and notes too."""
    vocabulary = minsight.load(ROOT / "rules").vocabulary
    read = (
        recognise(one.text, vocabulary, status=OF_RECORD[one.given])
        for one in gold.gold()
    )
    return [msgspec.json.encode(meaning).decode() for meaning in read]


if __name__ == "__main__":
    if "--plain" in sys.argv:
        forget_libraries()
    sys.stdout.write("\n".join(lines()))

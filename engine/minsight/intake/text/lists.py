"""Lists: the words that the reading of texts goes by, from the files in `data`.

The files are YAML, for people and their editors. Of YAML they use headings, items and
comments alone, so that they are read here within a millisecond, in which YAML itself
would not even be imported.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from minsight.errors import FileError

DATA: Final = Path(__file__).with_name("data")


@cache
def lists_of(name: str) -> dict[str, tuple[str, ...]]:
    """The items of one file under their headings, in the order of the file.

    Raises:
        FileError: where a line is no heading, item or comment.
    """
    found: dict[str, tuple[str, ...]] = {}
    heading = ""
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if line.startswith("  - ") and heading:
            found[heading] += (words[2:],)
        elif words.endswith(":") and line[0] != " " and words[:-1] not in found:
            heading = words[:-1]
            found[heading] = ()
        else:
            raise FileError(
                f"{name}.yaml:{number}: `{words}` is no heading, item or comment"
            )
    return found


def row_of(name: str, heading: str) -> list[str]:
    """The single words under a heading in their order; a line may hold several."""
    return " ".join(lists_of(name)[heading]).split()


def words_of(name: str, heading: str) -> frozenset[str]:
    """The single words under a heading."""
    return frozenset(row_of(name, heading))


def meant_by(name: str, heading: str) -> dict[str, str]:
    """What is meant by each word that stands after a `<-` under a heading."""
    found: dict[str, str] = {}
    for item in lists_of(name)[heading]:
        meant, _, others = item.partition(" <- ")
        found.update(dict.fromkeys(others.split(), meant))
    return found

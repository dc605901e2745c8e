"""Which files a rule folder holds, and the bytes of those a program is made of."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final, NoReturn

from minsight.errors import FileError
from minsight.files.regular import bytes_of

INTERVIEW: Final = "interview"
HISTORY, WORDINGS, WARNINGS, FREQUENCIES = (
    f"{INTERVIEW}/questions.yaml",
    f"{INTERVIEW}/wordings.yaml",
    f"{INTERVIEW}/warning_signs.yaml",
    f"{INTERVIEW}/how_often.yaml",
)
"""How people are asked; without them, question by question in the rules' own words."""
SHARED_FILES: Final = (
    "vocabulary/findings.yaml",
    "vocabulary/risk_groups.yaml",
    "vocabulary/clusters.yaml",
    "vocabulary/measurements.yaml",
    "vocabulary/hpo.yaml",
    "vocabulary/sources.yaml",
    "levels.yaml",
    "urgency.yaml",
    "network.yaml",
    "pictures.yaml",
    "look_alikes.yaml",
    "foods.yaml",
    "vocabulary/medicines.yaml",
    HISTORY,
    WORDINGS,
    WARNINGS,
    FREQUENCIES,
)
MAY_BE_MISSING: Final = frozenset(
    {"look_alikes.yaml", "foods.yaml", "vocabulary/medicines.yaml"}
    | {HISTORY, WORDINGS, WARNINGS, FREQUENCIES}
)
"""Files without which less is told, or to everybody, and fewer words are understood."""
FRAMES: Final = "vocabulary/frames"
"""The folder of frames, a file for each part of the body or of life; none is needed."""
PROFILE, RULES, CASES = MINERAL_FILES = ("profile.yaml", "rules.yaml", "cases.yaml")
BASELINE: Final = "baseline"
LESSONS: Final = "lessons"
PUBLISHED, BY_HAND = LESSON_FILES = (
    f"{LESSONS}/published.yaml",
    f"{LESSONS}/by_hand.yaml",
)
"""Published cases in the words of their sources, and those words in ids."""
CASES_ENDING: Final = ".cases.yaml"
NOT_MINERALS: Final = frozenset({"vocabulary", INTERVIEW, BASELINE, LESSONS})


def mineral_folders(root: Path) -> list[str]:
    """The folders of minerals, sorted.

    Raises:
        FileError: when the folder cannot be read.
    """
    try:
        entries = sorted(entry.name for entry in root.iterdir() if entry.is_dir())
    except OSError as error:
        raise _unreadable(root, error) from None
    return [
        name for name in entries if name not in NOT_MINERALS and name[0] not in "._"
    ]


def frame_files(root: Path) -> list[str]:
    """The files of frames, sorted."""
    return sorted(f"{FRAMES}/{path.name}" for path in (root / FRAMES).glob("*.yaml"))


def yaml_files(root: Path) -> list[str]:
    """The files of YAML at any depth of a folder, sorted.

    Raises:
        FileError: when one of its folders cannot be read.
    """

    def refuse(error: OSError) -> NoReturn:
        raise _unreadable(Path(error.filename), error) from None

    found = (
        Path(above, name).relative_to(root).as_posix()
        for above, folders, names in os.walk(root, onerror=refuse)
        for name in (*folders, *names)
        if name.endswith((".yaml", ".yml"))
    )
    return sorted(found)


def _unreadable(path: Path, error: OSError) -> FileError:
    reason = (error.strerror or "unreadable").lower()
    return FileError(f"`{path}` cannot be read: {reason}")


def case_files(root: Path) -> list[str]:
    """The files of cases: one for each mineral with rules, then the baseline."""
    minerals = [m for m in mineral_folders(root) if (root / m / RULES).is_file()]
    baseline = sorted((root / BASELINE).glob(f"*{CASES_ENDING}"))
    return [
        *(f"{m}/{CASES}" for m in minerals),
        *(f"{BASELINE}/{p.name}" for p in baseline),
    ]


def bytes_digest(root: Path) -> str:
    """The SHA-256 over the files that a program is made of, and the names of all.

    It is the key of the cache: found without parsing, and changed by any edit. The
    names count because a file that nothing reads is refused.

    Raises:
        FileError: when a file is there but cannot be read.
    """
    minerals = [
        f"{m}/{name}" for m in mineral_folders(root) for name in (PROFILE, RULES)
    ]
    total = hashlib.sha256()
    total.update("\n".join(yaml_files(root)).encode(errors="surrogateescape"))
    for name in [*SHARED_FILES, *frame_files(root), *minerals]:
        try:
            content = bytes_of(root / name)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _unreadable(root / name, error) from None
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()

"""The rules as a library uses them: load once, ask anything.

Everything here is one call into the module that does it; those are imported when they
are first asked, as many programs need no more than `assess`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from minsight.bundle import rules_folder
from minsight.cache import cache_folder, read_cache, write_cache
from minsight.errors import FileError
from minsight.layout import SHARED_FILES, digest_of
from minsight.ruleset import Ruleset
from minsight.subject import Subject

if TYPE_CHECKING:
    from minsight.exploring.bounding import Ranges
    from minsight.exploring.dueling import Duel
    from minsight.exploring.flipping import Flips
    from minsight.exploring.reaching import Reach
    from minsight.exploring.sensitivity import Sensitivity
    from minsight.screening.frames import TableResults
    from minsight.screening.maps import Map

Frame = TypeVar("Frame")
"""A frame of one kind."""


class Rules(Ruleset):
    """All that the library offers on one set of rules."""

    def assess_table(
        self,
        frame: Frame,
        *,
        map: Map | str | Path | None = None,  # noqa: A002 - as the option is called
        keep_going: bool = False,
    ) -> TableResults[Frame]:
        """The results of a frame of answers, as frames of the same kind.

        Takes any frame that Narwhals knows: pandas, Polars, PyArrow, DuckDB, PySpark;
        `minsight.screening.frames` says what each kind comes to.

        >>> import minsight, polars
        >>> people = polars.DataFrame({"id": ["007"], "spoon-shaped nails": ["yes"]})
        >>> found = minsight.load().assess_table(people)
        >>> found.results.select("row", "subject_id", "mineral", "level").row(0)
        (1, '007', 'iron', 'partial_pattern')

        Raises:
            FileError: when no column is a question, or the map cannot be read.
            MapError: with every problem of the map.
        """
        from minsight.screening.frames import assess_table

        return assess_table(self, frame, mapping=map, keep_going=keep_going)

    def flip(self, subject: Subject, mineral: str, *, most: int = 4) -> Flips:
        """The fewest changed answers that move a mineral's level or place.

        >>> import minsight
        >>> tired = minsight.Subject(present=["fatigue", "spoon_nails"])
        >>> lower = minsight.load().flip(tired, "iron").flips[1]
        >>> lower.target, lower.least, [one.id for one in lower.sets[0]]
        ('lower', 1, ['spoon_nails'])

        Raises:
            SubjectError: when no such mineral is scored, or answers contradict.
        """
        from minsight.exploring.flipping import flip

        return flip(self, subject, mineral, most=most)

    def reach(
        self,
        mineral: str,
        level: str,
        *,
        subject: Subject | None = None,
        most: int = 4,
    ) -> Reach:
        """The least open answers that bring a mineral to a level; all of them.

        >>> import minsight
        >>> found = minsight.load().reach("zinc", "typical_pattern")
        >>> found.complete, [one.id for one in found.sets[0]]
        (True, ['acral_periorificial_rash'])

        Raises:
            SubjectError: when no such mineral is scored, when no such level can be
                reached, or when answers contradict each other.
        """
        from minsight.exploring.reaching import reach

        return reach(self, mineral, level, subject=subject, most=most)

    def bounds(self, subject: Subject) -> Ranges:
        """How far each mineral can still rise and fall, whatever is still answered.

        Raises:
            SubjectError: when answers contradict each other.
        """
        from minsight.exploring.bounding import bounds

        return bounds(self, subject)

    def duel(self, subject: Subject, one: str, other: str) -> Duel:
        """The open questions that separate two minerals best.

        Raises:
            SubjectError: when one of them is not scored, or answers contradict.
        """
        from minsight.exploring.dueling import duel

        return duel(self, subject, one, other)

    def sensitivity(self, subject: Subject) -> Sensitivity:
        """What each single change of an answer moves, the greatest effects first.

        Raises:
            SubjectError: when answers contradict each other.
        """
        from minsight.exploring.sensitivity import sensitivity

        return sensitivity(self, subject)


def load(folder: str | Path | None = None, *, cache: bool = True) -> Rules:
    """The rules of a folder; without one, the rules that come with the package.

    Compiled rules are kept in the user's cache folder under a key of their content.

    Raises:
        RulesError: with every problem of the rule files.
        FileError: when there is no such folder.
    """
    root = Path(folder) if folder is not None else rules_folder()
    if not any((root / name).is_file() for name in SHARED_FILES):
        raise FileError(f"`{root}` is not a folder of rules")
    digest = digest_of(root)
    compiled = read_cache(cache_folder(), digest) if cache else None
    if compiled is None:
        from minsight.compiling import compile_folder

        compiled = compile_folder(root)
        if cache:
            write_cache(cache_folder(), compiled.program.knowledge, compiled)
    return Rules(compiled)

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

if TYPE_CHECKING:
    from minsight.proving.explanation import Explanation
    from minsight.screening.frames import TableResults
    from minsight.screening.maps import Map
    from minsight.subject import Subject

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

    def explain(
        self,
        subject: Subject,
        mineral: str | None = None,
        *,
        keep_going: bool = False,
    ) -> Explanation:
        """Why a mineral stands where it does, step by step, and why not higher.

        Without a mineral, every candidate is explained, in the order of the assessment.

        >>> import minsight
        >>> rules = minsight.load()
        >>> subject = minsight.Subject(present=["spoon_nails"], age="28")
        >>> (proof,) = rules.explain(subject, "iron").proofs
        >>> proof.level, [a.says for a in proof.answers_behind(proof.conclusion)]
        ('partial_pattern', ['Spoon-shaped nails'])

        Raises:
            SubjectError: when the answers contradict each other or a unit is unknown.
            MinsightError: when the mineral is unknown or has no rules.
        """
        from minsight.proving.explaining import Explainer, every_candidate

        choose = every_candidate if mineral is None else lambda _: [mineral]
        return Explainer(self).explain(subject, choose, keep_going=keep_going)


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

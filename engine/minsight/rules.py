"""The rules as a library uses them: load once, ask anything.

Everything here is one call into the module that does it; those are imported when they
are first asked, as many programs need no more than `assess`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from minsight.assessment import Assessment
from minsight.bundle import rules_folder
from minsight.cache import cache_folder, read_cache, write_cache
from minsight.errors import FileError
from minsight.layout import SHARED_FILES, digest_of
from minsight.ruleset import Ruleset
from minsight.subject import Subject

if TYPE_CHECKING:
    from minsight.exploring.changing import Change, Changed
    from minsight.exploring.comparing import Comparison
    from minsight.exploring.moving import Duels, Effect
    from minsight.exploring.ranging import Range
    from minsight.exploring.reaching import Flips, Reached
    from minsight.proving.explanation import Explanation
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

    def compare(
        self, before: Subject | Assessment, after: Subject | Assessment
    ) -> Comparison:
        """What came, went and moved between two subjects, or two assessments.

        >>> import minsight
        >>> rules = minsight.load()
        >>> before = minsight.Subject(present=["fatigue"])
        >>> after = minsight.Subject(present=["fatigue", "craving ice"])
        >>> iron = rules.compare(before, after).minerals[0]
        >>> iron.direction, iron.before.level, iron.after.level
        ('up', 'few_findings', 'typical_pattern')

        Raises:
            SubjectError: when the answers of a subject contradict each other.
        """
        from minsight.exploring.comparing import compare

        ours, theirs = (
            self.assess(one) if isinstance(one, Subject) else one
            for one in (before, after)
        )
        return compare(ours, theirs)

    def change(self, subject: Subject, *changes: Change) -> Changed:
        """The subject with these changes made at once, by what they mean.

        >>> import minsight
        >>> from minsight.exploring.changing import Change
        >>> tired = minsight.Subject(present=["tired and pale"])
        >>> minsight.load().change(tired, Change("remove", "fatigue")).subject.present
        ('pale',)

        Raises:
            SubjectError: when a change is not understood or cannot be made.
        """
        from minsight.exploring.changing import change

        return change(subject, changes, self.vocabulary)

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

    def reach(
        self, mineral: str, level: str, *, subject: Subject | None = None, most: int = 4
    ) -> Reached:
        """The least answers after which the level is reached, all sets up to a size.

        >>> import minsight
        >>> infant = minsight.Subject(age="5mo")
        >>> goal = ("zinc", "typical_pattern")
        >>> found = minsight.load().reach(*goal, subject=infant, most=1)
        >>> "acral_periorificial_rash" in {change.id for (change,) in found.sets}
        True

        Raises:
            SubjectError: when the answers contradict each other, or a word is unknown.
        """
        from minsight.exploring.reaching import reach

        return reach(self, mineral, level, subject or Subject(), most=most)

    def flip(self, subject: Subject, mineral: str, *, most: int = 4) -> Flips:
        """The fewest changed answers that move the mineral over a level or a place.

        Raises:
            SubjectError: when the answers contradict each other, or a word is unknown.
        """
        from minsight.exploring.reaching import flip

        return flip(self, subject, mineral, most=most)

    def duel(self, subject: Subject, one: str, other: str) -> Duels:
        """The open questions that separate two minerals, the best first.

        Raises:
            SubjectError: when the answers contradict each other, or a word is unknown.
        """
        from minsight.exploring.moving import duel

        return duel(self, subject, one, other)

    def sensitivity(self, subject: Subject) -> tuple[Effect, ...]:
        """What every single changed answer would do, the strongest first.

        Raises:
            SubjectError: when the answers contradict each other.
        """
        from minsight.exploring.moving import sensitivity

        return sensitivity(self, subject)

    def bounds(self, subject: Subject) -> tuple[Range, ...]:
        """The best and worst each mineral can come to over all open answers.

        Raises:
            SubjectError: when the answers contradict each other.
        """
        from minsight.exploring.ranging import ranges

        return ranges(self, subject)


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

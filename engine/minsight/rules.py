"""The rules as a library uses them: load once, ask anything.

Everything here is one call into the module that does it; those are imported when they
are first asked, as many programs need no more than `assess`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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


class Rules(Ruleset):
    """All that the library offers on one set of rules."""

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

"""The rules as a library uses them: load once, ask anything.

Everything here is one call into the module that does it; those are imported when they
are first asked, as many programs need no more than `assess`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from minsight.bundle import rules_folder
from minsight.cache import cache_folder, read_cache, write_cache
from minsight.errors import FileError
from minsight.layout import SHARED_FILES, digest_of
from minsight.ruleset import Ruleset

if TYPE_CHECKING:
    from minsight.proving.explanation import Explanation
    from minsight.subject import Subject


class Rules(Ruleset):
    """All that the library offers on one set of rules."""

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

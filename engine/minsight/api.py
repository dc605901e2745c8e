"""API: the rules as a library uses them: load once, ask anything.

Everything here is one call into the module that does it; those are imported when they
are first asked, as many programs need no more than `assess`.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment
from minsight.compiler.bundle import rules_folder
from minsight.compiler.cache import cache_folder, read_cache, write_cache
from minsight.compiler.layout import SHARED_FILES, bytes_digest
from minsight.errors import FileError
from minsight.intake.shelf import shelve
from minsight.intake.subject import SubjectLike, as_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import IO

    from minsight.explanation.model import Explanation
    from minsight.knowledge.base import KnowledgeBase
    from minsight.logic.backend import BackendName
    from minsight.questions.interview import Interview
    from minsight.questions.questionnaire import Questionnaire
    from minsight.screening.mapping.maps import Map
    from minsight.screening.runs.parts import Watch
    from minsight.screening.runs.run import Run
    from minsight.screening.table_results import Frame, TableResults
    from minsight.whatif.bounds import Ranges
    from minsight.whatif.changes import Change, Changed
    from minsight.whatif.comparison import Comparison
    from minsight.whatif.duel import Duel
    from minsight.whatif.flip import Flips
    from minsight.whatif.reach import Reach
    from minsight.whatif.sensitivity import Sensitivity


class Rules(Engine):
    """All that the library offers on one set of rules.

    `folder` is where they were read from, None for the rules of the package.
    """

    def __init__(self, knowledge: KnowledgeBase, folder: Path | None = None) -> None:
        super().__init__(knowledge)
        self.folder = folder

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
        from minsight.screening.frames import assess_table, is_spark
        from minsight.screening.mapping.maps import load_map

        if isinstance(map, (str, Path)):
            map = load_map(Path(map), self.vocabulary)  # noqa: A001 - see above
        if not is_spark(frame):
            return assess_table(self, frame, mapping=map, keep_going=keep_going)
        from minsight.screening.spark.frames import assess_spark

        spark: Any = frame
        return cast(
            "TableResults[Frame]",
            assess_spark(self, spark, mapping=map, keep_going=keep_going),
        )

    def compare(
        self, before: SubjectLike | Assessment, after: SubjectLike | Assessment
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
        from minsight.whatif.comparison import compare

        ours, theirs = (
            one if isinstance(one, Assessment) else self.assess(one)
            for one in (before, after)
        )
        return compare(ours, theirs)

    def change(self, subject: SubjectLike, *changes: Change) -> Changed:
        """The subject with these changes made at once, by what they mean.

        >>> import minsight
        >>> from minsight.whatif.changes import Change
        >>> tired = minsight.Subject(present=["tired and pale"])
        >>> minsight.load().change(tired, Change("remove", "fatigue")).subject.present
        ('pale',)

        Raises:
            SubjectError: when a change is not understood or cannot be made.
        """
        from minsight.whatif.changes import change

        return change(as_subject(subject), changes, self.vocabulary)

    def explain(
        self,
        subject: SubjectLike,
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
        from minsight.explanation.explainer import Explainer, every_candidate

        choose = every_candidate if mineral is None else lambda _: [mineral]
        return Explainer(self).explain(
            as_subject(subject), choose, keep_going=keep_going
        )

    def flip(self, subject: SubjectLike, mineral: str, *, most: int = 4) -> Flips:
        """The fewest changed answers that move a mineral's level or place.

        >>> import minsight
        >>> tired = minsight.Subject(present=["fatigue", "spoon_nails"])
        >>> lower = minsight.load().flip(tired, "iron").flips[1]
        >>> lower.target, lower.least, [one.id for one in lower.sets[0]]
        ('lower', 1, ['spoon_nails'])

        Raises:
            SubjectError: when no such mineral is scored, or answers contradict.
        """
        from minsight.whatif.flip import flip

        return flip(self, as_subject(subject), mineral, most=most)

    def reach(
        self,
        mineral: str,
        level: str,
        *,
        subject: SubjectLike | None = None,
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
        from minsight.whatif.reach import reach

        person = None if subject is None else as_subject(subject)
        return reach(self, mineral, level, subject=person, most=most)

    def bounds(self, subject: SubjectLike) -> Ranges:
        """How far each mineral can still rise and fall, whatever is still answered.

        Raises:
            SubjectError: when answers contradict each other.
        """
        from minsight.whatif.bounds import bounds

        return bounds(self, as_subject(subject))

    def duel(self, subject: SubjectLike, one: str, other: str) -> Duel:
        """The open questions that separate two minerals best.

        Raises:
            SubjectError: when one of them is not scored, or answers contradict.
        """
        from minsight.whatif.duel import duel

        return duel(self, as_subject(subject), one, other)

    def sensitivity(self, subject: SubjectLike) -> Sensitivity:
        """What each single change of an answer moves, the greatest effects first.

        Raises:
            SubjectError: when answers contradict each other.
        """
        from minsight.whatif.sensitivity import sensitivity

        return sensitivity(self, as_subject(subject))

    def interview(
        self,
        subject: SubjectLike | None = None,
        *,
        clinician: bool = False,
    ) -> Interview:
        """An interview that goes on from what was said of a subject.

        It asks for warning signs, then what is likely and would change most, and
        nothing when no answer can change the first three candidates or their levels any
        more. It keeps nothing: each `step` takes all replies, `yes`, `no`, `unsure`,
        `skip` or, to a question for a value, a `Measurement`. A lay person can answer;
        `clinician` adds signs, tests and values that need one.

        >>> import minsight
        >>> interview = minsight.load().interview({"present": ["always tired"]})
        >>> replies = {}
        >>> while (step := interview.step(replies)).asked and len(replies) < 3:
        ...     replies |= dict.fromkeys(step.asked, "no")
        >>> interview.assessment(replies).candidates[0].mineral
        'iron'

        Raises:
            SubjectError: when what was said of the subject contradicts itself.
        """
        from minsight.questions.interview import Interview

        person = as_subject({} if subject is None else subject)
        return Interview(self, person, clinician=clinician)

    def questionnaire(
        self,
        minerals: Sequence[str] = (),
        *,
        people: Sequence[str] = (),
        age: str | float | None = None,
        sex: str | None = None,
        clinician: bool = False,
        one_page: bool = False,
    ) -> Questionnaire:
        """The shortest useful questionnaire on some minerals for some people.

        Without `minerals`, on all that are scored. `people` are groups or life stages,
        by id or in words; `age` is in years or in words such as `9mo`. A lay person
        can answer the questions; `clinician` adds those that need one. `one_page` asks
        the most telling of them alone, in plain words, a parent's for children; its
        `left_out` says what that costs. `minsight.questions` writes it as a CSV
        template or a FHIR resource.

        >>> import minsight
        >>> form = minsight.load().questionnaire(["iodine"], people=["pregnancy"])
        >>> form.minerals, form.people, sorted({q.kind for q in form.questions})
        (('iodine',), ('Pregnant',), ['finding', 'group'])

        Raises:
            SubjectError: when a mineral is not scored, a group is unknown, or nobody
                is of this age and sex and in one of the groups.
        """
        if one_page:
            from minsight.questions.short_form import short_form as made
        else:
            from minsight.questions.questionnaire import questionnaire as made

        return made(
            self,
            minerals=minerals,
            people=people,
            age=age,
            sex=sex,
            clinician=clinician,
        )

    def screen(  # noqa: PLR0913  # what can be asked of a run, each by its name
        self,
        files: str | Path | Iterable[str | Path],
        output: str | Path,
        *,
        map: str | Path | None = None,  # noqa: A002 - as the option is called
        words: str | Path | None = None,
        unread_words: str | Path | None = None,
        rejects: str | Path | None = None,
        report: str | Path | None = None,
        engine: BackendName | None = None,
        wide: bool = False,
        smallest: int = 0,
        urgent_list: bool = True,
        by: Sequence[str] = (),
        keep_going: bool = False,
        fail_fast: bool = False,
        resume: bool = False,
        force: bool = False,
        stdin: IO[bytes] | None = None,
        watch: Watch | None = None,
    ) -> Run:
        r"""Assess the people of many files; every row ends in results or in rejects.

        `files` are tables or records of any kind that docs/screening.md names; folders
        and patterns too, and `-` for what `stdin` holds. The ending of `output` says
        what is written. Rejected rows go to `OUTPUT.rejects` or another file, whom to
        see soon to `OUTPUT.urgent.csv`; neither is made where nobody would stand in it.
        `report` is a page of the whole run, which hides counts of fewer than `smallest`
        persons and breaks people down `by` columns. `unread_words` lists what was not
        understood, to be given back as `words`. `watch` sees the batches pass.

        >>> import minsight, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     people = Path(folder) / "people.csv"
        ...     _ = people.write_text("id,spoon-shaped nails\n007,yes\n008,often\n")
        ...     run = minsight.load().screen(people, Path(folder) / "results.csv")
        >>> run.manifest.rows, run.manifest.assessed, run.manifest.rejected
        (2, 1, 1)

        Raises:
            FileError: when no file can be read, an output cannot be written or stands
                there already, or a row is rejected and `fail_fast` says to stop.
            MapError: with every problem of the map.
            WordsError: with every problem of the word list.
        """
        from minsight.screening.runs.order import Order, options_for
        from minsight.screening.runs.run import carry_out
        from minsight.screening.sources.files import find_sources

        named = [files] if isinstance(files, (str, Path)) else files
        target = Path(output)
        with closing(find_sources(named, stdin=stdin)) as found:
            order = Order(
                found=found,
                output=target,
                rejects=Path(rejects or f"{output}.rejects"),
                report=None if report is None else Path(report),
                map=None if map is None else Path(map),
                words=None if words is None else Path(words),
                unread_words=None if unread_words is None else Path(unread_words),
                rules_folder=self.folder,
                options=options_for(
                    target,
                    engine,
                    wide=wide,
                    keep_going=keep_going,
                    smallest=smallest,
                    urgent_list=urgent_list,
                    by=by,
                ),
                fail_fast=fail_fast,
            )
            return carry_out(order, self, resume=resume, force=force, watch=watch)


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
    digest = bytes_digest(root)
    compiled = read_cache(cache_folder(), digest) if cache else None
    if compiled is None:
        from minsight.compiler.compile import compile_folder

        compiled = compile_folder(root)
        if cache and bytes_digest(root) == digest:  # not edited meanwhile
            write_cache(cache_folder(), digest, compiled)
    if cache:
        shelve(compiled.vocabulary, cache_folder())
    return Rules(compiled, None if folder is None else root)

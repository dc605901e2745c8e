"""A set of compiled rules and the engines that run it for one person."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from minsight.__about__ import __version__
from minsight.assessment.differential import Evaluation, assemble
from minsight.assessment.model import Assessment
from minsight.errors import BackendError, Remedy
from minsight.intake import answers as entry
from minsight.intake.facts import given_atoms
from minsight.intake.subject import SubjectLike, as_subject
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.catalogue import Catalogue, Profile
from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic.atoms import Atom
from minsight.logic.program import Clause, Program
from minsight.logic.reference import Reference

if TYPE_CHECKING:
    from typing_extensions import Self

    from minsight.backends.forward import ForwardBackend

BackendName: TypeAlias = Literal["reference", "forward"]


class Engine:
    """Compiled rules and the backends that run them.

    Safe to share between threads. The forward backend keeps memory of its own; `close`
    frees it, and so does leaving a `with` block.
    """

    def __init__(self, compiled: KnowledgeBase) -> None:
        self._compiled = compiled
        self._forward: ForwardBackend | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free the forward backend, if it was used."""
        with self._lock:
            if self._forward is not None:
                self._forward.close()
                self._forward = None

    @property
    def version(self) -> str:
        """The version of the rules, which is that of the package."""
        return __version__

    @property
    def fingerprint(self) -> str:
        """The hash of the program, printed with every assessment."""
        return self.program.fingerprint

    @property
    def program(self) -> Program:
        return self._compiled.program

    @property
    def vocabulary(self) -> Vocabulary:
        return self._compiled.vocabulary

    @property
    def catalogue(self) -> Catalogue:
        return self._compiled.catalogue

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """The profile of each mineral, scored or not, by id."""
        return self.catalogue.profile

    def packed(self) -> bytes:
        """The compiled rules as JSON, for another process that has this package."""
        return msgspec.json.encode(self._compiled)

    def assess(
        self,
        subject: SubjectLike,
        *,
        engine: BackendName = "reference",
        keep_going: bool = False,
    ) -> Assessment:
        """What the subject's answers point to. Both engines give the same assessment.

        With `keep_going`, answers that contradict each other are taken as unknown and
        told in a note.

        >>> import minsight
        >>> rules = minsight.load()
        >>> subject = minsight.Subject(present=["spoon-shaped nails"], age="28")
        >>> first = rules.assess(subject).candidates[0]
        >>> first.mineral, first.level
        ('iron', 'partial_pattern')

        Raises:
            SubjectError: when the answers contradict each other or a unit is unknown.
            BackendError: when the forward engine cannot run on this Python.
        """
        answers = entry.enter(
            as_subject(subject), self.vocabulary, keep_going=keep_going
        )
        return self.assess_answers(answers, engine=engine)

    def assess_answers(
        self, answers: entry.Answers, *, engine: BackendName = "reference"
    ) -> Assessment:
        """What answers point to that have been entered already.

        Raises:
            BackendError: when the forward engine cannot run on this Python.
        """
        given = given_atoms(answers, self.program, self.vocabulary)
        evaluation = self.evaluate(given, engine=engine)
        return assemble(self._compiled, answers, evaluation, version=self.version)

    def trace(self, subject: SubjectLike) -> tuple[Clause, ...]:
        """The clauses that fire for the subject on the forward engine, in order."""
        answers = entry.enter(as_subject(subject), self.vocabulary)
        given = given_atoms(answers, self.program, self.vocabulary)
        return self.evaluate(given, engine="forward").trace

    def evaluate(self, given: frozenset[Atom], *, engine: BackendName) -> Evaluation:
        """What holds when the given atoms hold, on one engine."""
        if engine == "reference":
            holds = self._reference.evaluate(given)
            return Evaluation(holds, self._reference.points(holds))
        backend = self._forward_backend()
        run = backend.evaluate(given)
        return Evaluation(run.holds, backend.points(run.holds), run.trace)

    @cached_property
    def _reference(self) -> Reference:
        return Reference(self.program)

    def _forward_backend(self) -> ForwardBackend:
        with self._lock:
            if self._forward is None:
                self._forward = _forward_backend(self.program)
            return self._forward


def _forward_backend(program: Program) -> ForwardBackend:
    try:
        from minsight.backends.forward import ForwardBackend
    except ImportError:
        raise BackendError(
            "durable-rules is not installed, so the forward engine cannot run"
            f" (it supports Python up to 3.12); {Remedy.REFERENCE_ENGINE}"
        ) from None
    return ForwardBackend(program)

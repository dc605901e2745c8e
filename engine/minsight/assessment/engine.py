"""A set of compiled rules and the engines that run it for one person."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from minsight.__about__ import __version__
from minsight.assessment.differential import assemble, left_open
from minsight.assessment.model import Assessment
from minsight.backends import open_backend
from minsight.intake import answers as entry
from minsight.intake.facts import given_atoms
from minsight.intake.subject import SubjectLike, as_subject
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.catalogue import Catalogue, Profile
from minsight.knowledge.guide import Guide
from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic.atoms import Atom
from minsight.logic.backend import Backend, BackendName, Evaluation
from minsight.logic.program import Clause, Program

if TYPE_CHECKING:
    from typing_extensions import Self


class Engine:
    """Compiled rules and the backends that run them.

    Safe to share between threads. A backend may keep memory of its own; `close` frees
    it, and so does leaving a `with` block.
    """

    def __init__(self, compiled: KnowledgeBase) -> None:
        self._compiled = compiled
        self._backends: dict[BackendName, Backend] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free the backends that were used."""
        with self._lock:
            for backend in self._backends.values():
                backend.close()
            self._backends.clear()

    @property
    def version(self) -> str:
        """The version of the rules, which is that of the package."""
        return __version__

    @property
    def fingerprint(self) -> str:
        """The hash of the program, printed with every assessment."""
        return self.program.fingerprint

    @property
    def knowledge(self) -> KnowledgeBase:
        """All that was compiled, as the cache keeps it."""
        return self._compiled

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
    def guide(self) -> Guide:
        """How interviews and forms ask the people of these rules."""
        return self._compiled.guide

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """The profile of each mineral, scored or not, by id."""
        return self.catalogue.profile

    @property
    def left_open(self) -> Mapping[Atom, frozenset[Atom]]:
        """What an age that is not known may be (`KnowledgeBase.left_open`)."""
        return self._compiled.left_open

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
        """What the subject's answers point to. All engines give the same assessment.

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
        evaluate = partial(self.evaluate, engine=engine)
        return assemble(
            self._compiled,
            answers,
            evaluate(given),
            more=left_open(self._compiled, answers, given, evaluate),
            version=self.version,
        )

    def trace(self, subject: SubjectLike) -> tuple[Clause, ...]:
        """The clauses that fire for the subject on the forward engine, in order."""
        answers = entry.enter(as_subject(subject), self.vocabulary)
        given = given_atoms(answers, self.program, self.vocabulary)
        return self.evaluate(given, engine="forward").trace

    def evaluate(self, given: frozenset[Atom], *, engine: BackendName) -> Evaluation:
        """What holds when the given atoms hold, on one backend.

        Raises:
            BackendError: when the forward engine cannot run on this Python.
        """
        return self._backend(engine).evaluate(given)

    def _backend(self, name: BackendName) -> Backend:
        with self._lock:
            if name not in self._backends:
                self._backends[name] = open_backend(name, self.program)
            return self._backends[name]

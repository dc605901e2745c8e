"""The forward-chaining backend: clauses as durable rules, with the full firing trace.

Only this module imports `durable`. What was measured on durable-rules 2.0.28 shapes it:
nested conditions and repeated patterns fire wrongly, so a rule is a flat conjunction of
distinct atoms; retraction loses firings, so nothing is retracted, each case is fresh;
facts that no rule reads, and heads asserted twice, raise, so both are expected here; an
exception inside an action vanishes, so actions collect their own; `delete_state` for a
case on which no rule fired frees a wild pointer, so a sentinel fires in every case; the
host's timer threads race the caller, so this host starts none and one lock guards all;
a case stops short when it is paused for some seconds, so its fixpoint is checked.
"""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import durable_rules_engine
import msgspec
from durable.engine import (
    Closure,
    Host,
    MessageNotHandledException,
    MessageObservedException,
)

from minsight.atoms import NEGATION, Atom
from minsight.errors import BackendError
from minsight.program import Clause, Program, Stratum

if TYPE_CHECKING:
    from typing_extensions import Self

MOST_CONDITIONS: Final = 511
MOST_RULES: Final = 4_096
MOST_RULES_ON_ONE_ATOM: Final = 256
SENTINEL: Final = Atom("sentinel")
ATTEMPTS: Final = 3
"""How often a case is run when the engine stops short of its fixpoint."""


class Run(msgspec.Struct, frozen=True):
    """What a case derived: all atoms that hold, and the firings in their order."""

    holds: frozenset[Atom]
    trace: tuple[Clause, ...]


class _QuietHost(Host):  # type: ignore[misc]  # durable has no types
    """A host without its dispatch threads."""

    def _run(self) -> None:
        pass


class ForwardBackend:
    """Runs one program; `close`, or leaving a `with` block, frees its memory."""

    def __init__(self, program: Program) -> None:
        """Prepare `program`; rulesets are created when a case first touches them.

        Raises:
            BackendError: when the program is too large for the engine.
        """
        self._program = program
        self._strata = [_Rulesets(stratum) for stratum in program.strata]
        self._host = _QuietHost()
        self._lock = threading.Lock()
        self._cases = itertools.count()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free every ruleset; the backend cannot be used afterwards."""
        with self._lock:
            self._closed = True
            for rulesets in self._strata:
                rulesets.free()

    def evaluate(self, given: Iterable[Atom]) -> Run:
        """Everything that holds for a subject, as `reference.evaluate` defines it.

        Raises:
            BackendError: when the engine fails.
        """
        with self._lock:
            if self._closed:
                raise BackendError("the forward engine was closed; make a new one")
            case = str(next(self._cases))
            holds, trace = set(given), list[Clause]()
            for stratum, rulesets in zip(
                self._program.strata, self._strata, strict=True
            ):
                trace += rulesets.run(self._host, case, holds)
                holds.update(
                    Atom(NEGATION + atom)
                    for atom in stratum.completes
                    if atom not in holds
                )
            return Run(frozenset(holds), tuple(trace))

    def points(self, holds: frozenset[Atom]) -> Mapping[str, int]:
        """The points of every scored mineral, given the atoms that hold."""
        totals = dict.fromkeys(self._program.minerals, 0)
        for tally in self._program.tallies:
            found = [points for atom, points in tally.entries if atom in holds]
            cut = sum(found) if tally.cap is None else min(sum(found), tally.cap)
            totals[tally.mineral] = totals[tally.mineral] + cut
        return totals


class _Rulesets:
    """The rulesets of one stratum, and which of them can fire.

    A ruleset holds clauses that chain into each other. The engine pays for the size of
    a ruleset at its creation and again for every case, so clauses that never meet are
    kept apart, and one is created only when a clause of it is met by what holds.
    """

    def __init__(self, stratum: Stratum) -> None:
        self._name = stratum.name
        self._groups = _chained(stratum.clauses)
        self._sections: dict[int, _Section] = {}
        self._read_by: dict[Atom, list[int]] = {}
        self._unmet: list[int] = []
        self._home: list[int] = []
        for number, clauses in enumerate(self._groups):
            _check_limits(stratum.name, clauses)
            for clause in clauses:
                for atom in clause.body:
                    self._read_by.setdefault(atom, []).append(len(self._home))
                self._unmet.append(len(clause.body))
                self._home.append(number)

    def run(self, host: Host, case: str, holds: set[Atom]) -> list[Clause]:
        """Run the case to its fixpoint: heads go to `holds`, firings come back."""
        return [
            clause
            for number in sorted(self._live(holds))
            for clause in self._section(number).run(host, case, holds)
        ]

    def _live(self, holds: set[Atom]) -> set[int]:
        """The rulesets with a clause whose atoms all hold; the others stay silent."""
        unmet, live = self._unmet.copy(), set[int]()
        for atom in holds:
            for clause in self._read_by.get(atom, ()):
                unmet[clause] -= 1
                if unmet[clause] == 0:
                    live.add(self._home[clause])
        return live

    def _section(self, number: int) -> _Section:
        if number not in self._sections:
            name = f"{self._name}_{number}"
            self._sections[number] = _Section(name, self._groups[number])
        return self._sections[number]

    def free(self) -> None:
        for section in self._sections.values():
            section.free()


def _chained(clauses: Sequence[Clause]) -> list[list[Clause]]:
    """The clauses in groups, so that no clause reads the head of another group."""
    heads = {clause.head for clause in clauses}
    leader: dict[Atom, Atom] = {}

    def find(atom: Atom) -> Atom:
        while leader.setdefault(atom, atom) != atom:
            atom = leader[atom]
        return atom

    for clause in clauses:
        for atom in heads.intersection(clause.body):
            leader[find(atom)] = find(clause.head)
    groups: dict[Atom, list[Clause]] = {}
    for clause in clauses:
        groups.setdefault(find(clause.head), []).append(clause)
    return list(groups.values())


def _check_limits(name: str, clauses: list[Clause]) -> None:
    """Refuse what the engine cannot hold in one ruleset."""
    patterns = [atom for clause in clauses for atom in clause.body]
    if len(patterns) <= MOST_RULES_ON_ONE_ATOM:
        return
    joined = Counter(patterns)
    for count, most, what in (
        (len(joined) + 1, MOST_CONDITIONS, "conditions"),
        (len(clauses) + 1, MOST_RULES, "rules"),
        (max(joined.values()), MOST_RULES_ON_ONE_ATOM, "rules that read one atom"),
    ):
        if count > most:
            raise BackendError(
                f"chained clauses of `{name}` have {count} {what}; the forward engine"
                f" takes {most}; split the rules or use `--engine reference`"
            )


class _Section:
    """One ruleset, created when a case first touches it."""

    def __init__(self, name: str, clauses: list[Clause]) -> None:
        self._name = name
        self._clauses = clauses
        self.reads = frozenset(atom for clause in clauses for atom in clause.body)
        heads = frozenset(clause.head for clause in clauses)
        bodies = [frozenset(clause.body) for clause in clauses]
        self._bodies = [(body, body - heads) for body in bodies]
        self._ruleset: Any = None
        self._fired: list[Clause] = []
        self._errors: list[Exception] = []

    def run(self, host: Host, case: str, holds: set[Atom]) -> list[Clause]:
        """Run the case to its fixpoint: heads go to `holds`, firings come back.

        The engine holds a case on a lease of some seconds of wall time and drops what
        is left when it runs out, without a word: a suspended machine loses conclusions.
        So the fixpoint is checked, and a case that stopped short is run again.
        """
        facts = self._facts_that_matter(holds)
        if not facts:
            return []
        if self._ruleset is None:
            self._create(host)
        for attempt in range(ATTEMPTS):
            fired = self._fire(host, f"{case}.{attempt}", facts)
            reached = holds.union(clause.head for clause in fired)
            if self._is_closed(reached):
                holds |= reached
                return fired
        raise BackendError(
            f"the forward engine stopped short in `{self._name}` {ATTEMPTS} times;"
            " try again, or use `--engine reference`"
        )

    def _fire(self, host: Host, case: str, facts: list[Atom]) -> list[Clause]:
        self._fired, self._errors = [], []
        tell = partial(host.assert_fact, self._name)
        # INVARIANT: state is deleted only after something fired, or the engine crashes.
        self._assert(tell, SENTINEL, case)
        try:
            for atom in facts:
                self._assert(tell, atom, case)
        finally:
            self._ruleset.delete_state(case)
        if self._errors:
            message = f"the forward engine failed in `{self._name}`"
            raise BackendError(message) from self._errors[0]
        return self._fired

    def _is_closed(self, holds: set[Atom]) -> bool:
        """Whether no clause is left that could still add something."""
        return all(
            clause.head in holds or not body <= holds
            for clause, (body, _) in zip(self._clauses, self._bodies, strict=True)
        )

    def _facts_that_matter(self, holds: set[Atom]) -> list[Atom]:
        """What holds and some clause reads whose other atoms hold or may follow here.

        The rest could fire nothing, and asserting it costs more than looking first.
        """
        matter: set[Atom] = set()
        touched = False
        for body, from_outside in self._bodies:
            if from_outside <= holds:
                matter |= body & holds
                touched = touched or body <= holds
        return sorted(matter) if touched else []

    def free(self) -> None:
        if self._ruleset is not None:
            handle = self._ruleset._handle  # noqa: SLF001  # durable has no public way
            durable_rules_engine.delete_ruleset(handle)
            self._ruleset = None

    def _create(self, host: Host) -> None:
        rules = {
            f"r{number}": {
                "all": [
                    {f"m{i}": {"atom": atom}} for i, atom in enumerate(clause.body)
                ],
                "run": self._action(clause),
            }
            for number, clause in enumerate(self._clauses)
        }
        rules["sentinel"] = {"all": [{"m0": {"atom": SENTINEL}}], "run": lambda _: None}
        host.register_rulesets({self._name: rules})
        self._ruleset = host.get_ruleset(self._name)

    def _action(self, clause: Clause) -> Callable[[Closure], None]:
        def fire(context: Closure) -> None:
            try:
                self._fired.append(clause)
                if clause.head in self.reads:
                    self._assert(context.assert_fact, clause.head, context.s.sid)
            except Exception as error:  # noqa: BLE001  # durable would swallow it
                self._errors.append(error)

        return fire

    @staticmethod
    def _assert(
        assert_fact: Callable[[dict[str, str]], Any], atom: Atom, case: str
    ) -> None:
        """Assert one atom; unread and repeated atoms are no fault of the case."""
        with suppress(MessageNotHandledException, MessageObservedException):
            assert_fact({"atom": atom, "sid": case})

"""The forward-chaining backend: clauses as durable rules, with the full firing trace.

Only this module imports `durable`. What was measured on durable-rules 2.0.28 shapes it:
nested conditions and repeated patterns fire wrongly, so a rule is a flat conjunction of
distinct atoms; retraction loses firings, so nothing is retracted, each case is fresh;
facts that no rule reads, and heads asserted twice, raise, so both are expected here; an
exception inside an action vanishes, so actions collect their own; `delete_state` for a
case on which no rule fired frees a wild pointer, so a sentinel fires in every case; the
host's timer threads race the caller, so this host starts none and one lock guards all;
a case stops short when it is paused for some seconds, so its fixpoint is checked. A
ruleset costs by its size when it is made and again for every fact, so each case gets
rulesets of its own that hold only the clauses it can meet, and they are freed after it.
"""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import durable
import durable_rules_engine
from durable.engine import (
    Closure,
    Host,
    MessageNotHandledException,
    MessageObservedException,
)

from minsight.errors import BackendError, Remedy
from minsight.logic.atoms import Atom, negated
from minsight.logic.backend import Evaluation
from minsight.logic.program import Clause, Program, Stratum

if TYPE_CHECKING:
    from typing_extensions import Self

durable.logger.disabled = True  # it prints what is found out here in another way
MOST_CONDITIONS: Final = 511
MOST_RULES: Final = 4_096
MOST_RULES_ON_ONE_ATOM: Final = 256
SENTINEL: Final = Atom("sentinel")
ATTEMPTS: Final = 3
"""How often a case is run when the engine stops short of its fixpoint."""


class _QuietHost(Host):  # type: ignore[misc]  # durable has no types
    """A host without its dispatch threads."""

    def _run(self) -> None:
        pass


class ForwardBackend:
    """Runs one program; `close`, or leaving a `with` block, ends its use."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._strata = [_Rulesets(stratum) for stratum in program.strata]
        self._lock = threading.Lock()
        self._cases = itertools.count()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """The backend cannot be used afterwards; nothing of the engine is left."""
        with self._lock:
            self._closed = True

    def evaluate(self, given: Iterable[Atom]) -> Evaluation:
        """Everything that holds for a subject, with the firings in their order.

        Raises:
            BackendError: when the engine fails, or cannot hold what the subject meets.
        """
        with self._lock:
            if self._closed:
                raise BackendError("the forward engine was closed; make a new one")
            case = str(next(self._cases))
            holds, trace = set(given), list[Clause]()
            for stratum, rulesets in zip(
                self._program.strata, self._strata, strict=True
            ):
                trace += rulesets.run(case, holds)
                holds.update(
                    negated(atom) for atom in stratum.completes if atom not in holds
                )
            return Evaluation(frozenset(holds), self._points(holds), tuple(trace))

    def evaluate_all(self, people: Sequence[Iterable[Atom]]) -> list[Evaluation]:
        return [self.evaluate(given) for given in people]

    def _points(self, holds: set[Atom]) -> Mapping[str, int]:
        """The points of every scored mineral, given the atoms that hold."""
        totals = dict.fromkeys(self._program.minerals, 0)
        for point_sum in self._program.point_sums:
            found = [points for atom, points in point_sum.entries if atom in holds]
            cut = (
                sum(found) if point_sum.cap is None else min(sum(found), point_sum.cap)
            )
            totals[point_sum.mineral] = totals[point_sum.mineral] + cut
        return totals


class _Rulesets:
    """The rulesets of one stratum, made for each case anew."""

    def __init__(self, stratum: Stratum) -> None:
        self._name = stratum.name
        self._clauses = stratum.clauses
        self._heads = frozenset(clause.head for clause in stratum.clauses)

    def run(self, case: str, holds: set[Atom]) -> list[Clause]:
        """Run the case to its fixpoint: heads go to `holds`, firings come back."""
        fired = list[Clause]()
        for number, clauses in enumerate(_packed(self._name, self._groups(holds))):
            ruleset = _Ruleset(f"{self._name}_{case}_{number}", clauses)
            try:
                fired += ruleset.run(holds)
            finally:
                ruleset.free()
        return fired

    def _groups(self, holds: set[Atom]) -> Iterator[list[Clause]]:
        """The chained clauses that the case can meet.

        The others read something that neither holds nor can follow in this stratum, or
        wait for a clause that nothing starts.
        """
        known = holds | self._heads
        reachable = [c for c in self._clauses if known.issuperset(c.body)]
        for group in _chained(reachable):
            if any(holds.issuperset(clause.body) for clause in group):
                yield group


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


def _packed(name: str, groups: Iterable[list[Clause]]) -> Iterator[list[Clause]]:
    """The groups together, as many as one ruleset holds.

    Raises:
        BackendError: when one group alone is too much for the engine.
    """
    packed = list[Clause]()
    for group in groups:
        excess = _excess(group)
        if excess is not None:
            raise BackendError(
                f"chained clauses of `{name}` have {excess}; split the rules or"
                f" {Remedy.REFERENCE_ENGINE}"
            )
        if packed and _excess([*packed, *group]) is not None:
            yield packed
            packed = []
        packed = [*packed, *group]
    if packed:
        yield packed


def _excess(clauses: Sequence[Clause]) -> str | None:
    """What of a ruleset the engine cannot hold, and how much it takes."""
    patterns = [atom for clause in clauses for atom in clause.body]
    if len(patterns) < MOST_RULES_ON_ONE_ATOM:
        return None
    joined = Counter(patterns)
    for count, most, what in (
        (len(joined) + 1, MOST_CONDITIONS, "conditions"),
        (len(clauses) + 1, MOST_RULES, "rules"),
        (max(joined.values()), MOST_RULES_ON_ONE_ATOM, "rules that read one atom"),
    ):
        if count > most:
            return f"{count} {what}; the forward engine takes {most}"
    return None


class _Ruleset:
    """One ruleset of the engine, for one case."""

    def __init__(self, name: str, clauses: list[Clause]) -> None:
        self._name = name
        self._clauses = clauses
        self._reads = frozenset(atom for clause in clauses for atom in clause.body)
        self._fired: list[Clause] = []
        self._errors: list[Exception] = []
        self._host = _QuietHost()
        self._host.register_rulesets({name: self._rules()})
        self._ruleset: Any = self._host.get_ruleset(name)

    def run(self, holds: set[Atom]) -> list[Clause]:
        """Run the case to its fixpoint: heads go to `holds`, firings come back.

        The engine holds a case on a lease of some seconds of wall time and drops what
        is left when it runs out, without a word: a suspended machine loses conclusions.
        So the fixpoint is checked, and a case that stopped short is run again.
        """
        facts = sorted(self._reads & holds)
        for attempt in range(ATTEMPTS):
            fired = self._fire(str(attempt), facts)
            reached = holds.union(clause.head for clause in fired)
            if self._is_closed(reached):
                holds |= reached
                return fired
        raise BackendError(
            f"the forward engine stopped short in `{self._name}` {ATTEMPTS} times;"
            f" try again, or {Remedy.REFERENCE_ENGINE}"
        )

    def free(self) -> None:
        handle = self._ruleset._handle  # noqa: SLF001  # durable has no public way
        durable_rules_engine.delete_ruleset(handle)

    def _fire(self, case: str, facts: list[Atom]) -> list[Clause]:
        self._fired, self._errors = [], []
        tell = partial(self._host.assert_fact, self._name)
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
            clause.head in holds or not holds.issuperset(clause.body)
            for clause in self._clauses
        )

    def _rules(self) -> dict[str, Any]:
        rules: dict[str, Any] = {
            f"r{number}": {
                "all": [
                    {f"m{i}": {"atom": atom}} for i, atom in enumerate(clause.body)
                ],
                "run": self._action(clause),
            }
            for number, clause in enumerate(self._clauses)
        }
        rules["sentinel"] = {"all": [{"m0": {"atom": SENTINEL}}], "run": lambda _: None}
        return rules

    def _action(self, clause: Clause) -> Callable[[Closure], None]:
        def fire(context: Closure) -> None:
            try:
                self._fired.append(clause)
                if clause.head in self._reads:
                    self._assert(context.assert_fact, clause.head, context.s.sid)
            except Exception as error:  # noqa: BLE001  # durable would swallow it
                self._errors.append(error)

        return fire

    @staticmethod
    def _assert(
        assert_fact: Callable[[dict[str, str]], Any], atom: Atom, case: str
    ) -> None:
        """Assert one atom; unread and repeated atoms are not a fault of the case."""
        with suppress(MessageNotHandledException, MessageObservedException):
            assert_fact({"atom": atom, "sid": case})

"""Steps: the proof of a level in what people read.

Answer, finding, picture, rule, cluster, gate, brake, level: each readable step stands
for one atom (a gate for one clause), and rests on the nearest readable steps below it.
What lies between (counters, strengths, steps of a scale) is left to the inferences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from minsight.assessment.model import ActedBrake, Reason
from minsight.assessment.wording import strength_in_words
from minsight.explanation.model import ProofStep
from minsight.explanation.proofs import Inference, Proofs
from minsight.explanation.statements import GivenAnswer
from minsight.explanation.wording import (
    absence_words,
    gate_words,
    label_of,
    opens_below,
)
from minsight.knowledge.base import KnowledgeBase
from minsight.logic import atoms
from minsight.logic.atoms import Atom, Kind
from minsight.scales import LEVELS

_KINDS: Final[Mapping[Kind, str]] = {
    "observed": "finding",
    "excluded": "finding",
    "group": "group",
    "outside_group": "group",
    "picture": "picture",
    "band": "range",
}


class ProofReader:
    """Reads the proof of one mineral for one subject, step by step."""

    def __init__(
        self,
        compiled: KnowledgeBase,
        proofs: Proofs,
        told: Iterable[GivenAnswer],
        *,
        mineral: str,
        level: str,
        reasons: Sequence[Reason],
        brakes: Sequence[ActedBrake],
    ) -> None:
        self._compiled = compiled
        self._mineral = mineral
        self._level = level
        self._reasons: Mapping[str, Reason] = {r.rule: r for r in reasons}
        self._brakes = brakes
        self._told = {atom: answer for answer in told for atom in answer.atoms}
        self._before = brakes[0].from_level if brakes else level
        self.inferences = proofs.of(self._roots())
        self._why: Mapping[Atom, Inference] = {i.atom: i for i in self.inferences}
        self._found: dict[str, ProofStep] = {}

    def _roots(self) -> list[Atom]:
        """All that the steps tell of, the level first."""
        mineral = self._mineral
        roots = [atoms.level(mineral, self._level)]
        if self._before != LEVELS[0]:
            roots.append(atoms.gate(mineral, self._before))
        roots += [atoms.brake(mineral, brake.id) for brake in self._brakes]
        return roots + [atoms.evidence(rule) for rule in self._reasons]

    def steps(self) -> tuple[ProofStep, ...]:
        """The steps, each before those that it rests on; the level is the first.

        The level rests on its gates, then on the brakes that acted, then on the matched
        rules that are behind neither.
        """
        below = [*self._gates(), *map(self._brake, self._brakes)]
        behind = set(self._found)
        for reason in self._reasons.values():
            if atoms.evidence(reason.rule) not in behind:
                below += self._with_its_kind(reason)
        head = atoms.level(self._mineral, self._level)
        catalogue = self._compiled.catalogue
        name = catalogue.profile[self._mineral].name
        says = f"{name}: {catalogue.level[self._level].sentence}"
        self._add(ProofStep(id=head, kind="level", says=says, rests_on=_once(below)))
        return tuple(reversed(self._found.values()))

    def _with_its_kind(self, reason: Reason) -> Sequence[str]:
        """A matched rule within its cluster, if it has one, or by itself."""
        if reason.cluster is not None:
            return self._cluster(reason.cluster)
        return [self._rule(reason.rule)]

    def _gates(self) -> list[str]:
        """The open gates of the level that stood before the brakes."""
        if self._before == LEVELS[0]:
            absence = atoms.negated(atoms.at_level(self._mineral, LEVELS[1]))
            return [self._absence(absence, "gate")]
        gate = atoms.gate(self._mineral, self._before)
        open_ones = (c for c in self._why[gate].clauses if not opens_below(c))
        return [
            self._add(
                ProofStep(
                    id=f"{gate}#{number}",
                    kind="gate",
                    says=gate_words(clause.body),
                    rests_on=self._below(clause.body),
                )
            )
            for number, clause in enumerate(open_ones, start=1)
        ]

    def _brake(self, brake: ActedBrake) -> str:
        atom = atoms.brake(self._mineral, brake.id)
        below = [a for clause in self._why[atom].clauses for a in clause.body]
        return self._add(
            ProofStep(
                id=atom,
                kind="brake",
                says=brake.sentence,
                rests_on=self._below(below),
            )
        )

    def _below(self, body: Iterable[Atom]) -> tuple[str, ...]:
        """The nearest readable steps under these atoms."""
        return _once(step for atom in body for step in self._readable(atom))

    def _readable(self, atom: Atom) -> Sequence[str]:
        match atoms.parse(atom):
            case "not", (kind, *_):
                return [self._absence(atom, kind)] if absence_words(kind) else []
            case "evidence", (rule,):
                return [self._rule(rule)]
            case "cluster", (_, name, _):
                return self._cluster(name)
            case kind, (about,) if kind in _KINDS:
                return [self._statement(atom, about, kind)]
            case _ if atom in self._told:
                return [self._answer(atom)]
            case _:
                clauses = self._why[atom].clauses
                return self._below(a for clause in clauses for a in clause.body)

    def _rule(self, rule: str) -> str:
        """A matched rule, with all of its conditions that are met."""
        atom = atoms.evidence(rule)
        if atom not in self._found:
            reason = self._reasons[rule]
            below = [a for clause in self._why[atom].clauses for a in clause.body]
            self._add(
                ProofStep(
                    id=atom,
                    kind="rule",
                    says=f"{rule} ({strength_in_words(reason)})",
                    rests_on=self._below(below),
                    reason=reason,
                )
            )
        return atom

    def _cluster(self, name: str) -> Sequence[str]:
        """A cluster, counted once, with its matched rules; a rule alone is itself."""
        members = [r for r in self._reasons.values() if r.cluster == name]
        members.sort(key=lambda reason: not reason.counted)
        rules = [self._rule(reason.rule) for reason in members]
        if len(members) < 2:
            return rules
        leader = next(reason for reason in members if reason.counted)
        words = name.replace("_", " ")
        says = f"{words}: counted once, {leader.rule} stands for it"
        id_ = f"cluster:{self._mineral}:{name}"
        return [
            self._add(
                ProofStep(id=id_, kind="cluster", says=says, rests_on=_once(rules))
            )
        ]

    def _statement(self, atom: Atom, about: str, kind: Kind) -> str:
        """What follows about the subject; the answer itself where it was said."""
        clauses = self._why[atom].clauses
        if not clauses:
            return self._answer(atom)
        if atom not in self._found:
            below = [a for clause in clauses for a in clause.body]
            said = [self._answer(atom)] if atom in self._told else []
            label = label_of(about, self._compiled.vocabulary)
            present = kind not in ("excluded", "outside_group")
            self._add(
                ProofStep(
                    id=atom,
                    kind=_KINDS[kind],
                    says=label if present else f"not: {label}",
                    rests_on=_once([*said, *self._below(below)]),
                    present=present,
                )
            )
        return atom

    def _answer(self, atom: Atom) -> str:
        told = self._told[atom]
        return self._add(
            ProofStep(
                id=f"answer:{told.about}",
                kind="answer",
                says=told.says,
                present=told.present,
                texts=told.texts,
            )
        )

    def _absence(self, atom: Atom, kind: str) -> str:
        says = absence_words(kind) or ""
        return self._add(ProofStep(id=atom, kind="absence", says=says, present=False))

    def _add(self, step: ProofStep) -> str:
        self._found.setdefault(step.id, step)
        return step.id


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))

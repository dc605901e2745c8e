"""Explaining: the proofs of a subject, and what stands in the way of more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec

from minsight.assessment.differential import assemble, left_open, level_of
from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment
from minsight.assessment.reasons import matched_reasons
from minsight.errors import MinsightError, did_you_mean, quoted
from minsight.explanation.abduction import Completer
from minsight.explanation.model import Explanation, MineralProof
from minsight.explanation.proofs import Proofs, Prover
from minsight.explanation.statements import GivenAnswer, given_answers
from minsight.explanation.steps import ProofReader
from minsight.explanation.why_not import Lack
from minsight.intake.answers import Answers, enter
from minsight.intake.facts import given_atoms
from minsight.intake.subject import Subject
from minsight.knowledge.catalogue import Source
from minsight.logic.atoms import Atom
from minsight.logic.backend import Evaluation
from minsight.logic.reference import Reference


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    """All that the proofs of one subject are read from."""

    assessment: Assessment
    proofs: Proofs
    points: Mapping[str, int]
    told: tuple[GivenAnswer, ...]
    lack: Lack


ChooseMinerals: TypeAlias = Callable[[Assessment], Iterable[str]]
"""Which minerals to explain, given the assessment."""


def every_candidate(assessment: Assessment) -> list[str]:
    """All minerals above `no_pattern`, in their order."""
    return [candidate.mineral for candidate in assessment.candidates]


class Explainer:
    """Explains any number of subjects with one set of rules."""

    def __init__(self, rules: Engine) -> None:
        self._compiled = rules.knowledge
        self._version = rules.version
        self._reference = Reference(rules.program)
        self._prover = Prover(rules.program)
        self._completer = Completer(rules.program, rules.vocabulary)

    def explain(
        self,
        subject: Subject,
        choose: ChooseMinerals = every_candidate,
        *,
        why_not: bool = True,
        keep_going: bool = False,
    ) -> Explanation:
        """Why each of the minerals stands where it does that `choose` picks.

        Without `why_not` the proofs do not say what is missing, which takes most of
        the time. With `keep_going`, answers that contradict each other are unknown.

        Raises:
            SubjectError: when the answers contradict each other or a unit is unknown.
            MinsightError: when a mineral is unknown or has no rules.
        """
        answers = enter(subject, self._compiled.vocabulary, keep_going=keep_going)
        given = given_atoms(answers, self._compiled.program, self._compiled.vocabulary)
        proofs = self._prover.prove(given)
        case = self._case(answers, given, proofs)
        assessment = case.assessment
        chosen = dict.fromkeys(map(self._scored, choose(assessment)))
        found = tuple(self._proof(case, m, why_not=why_not) for m in chosen)
        return Explanation(
            assessment=assessment, proofs=found, sources=self._sources(found)
        )

    def _scored(self, mineral: str) -> str:
        """The mineral, if there are rules for it."""
        if mineral in self._compiled.program.minerals:
            return mineral
        profile = self._compiled.catalogue.profile.get(mineral)
        if profile is not None:
            because = profile.not_scored_because or "it has no rules"
            raise MinsightError(
                f"{profile.name.lower()} is not assessed: {because.rstrip('.')}"
            )
        hint = did_you_mean(mineral, self._compiled.program.minerals)
        raise MinsightError(
            f"unknown mineral {quoted(mineral)}; {hint or 'name one that has rules'}"
        )

    def _case(self, answers: Answers, given: frozenset[Atom], proofs: Proofs) -> _Case:
        compiled = self._compiled
        points = self._reference.points(proofs.holds)
        said = given_answers(answers, compiled.program, compiled.vocabulary)
        return _Case(
            assessment=assemble(
                compiled,
                answers,
                Evaluation(proofs.holds, points),
                more=left_open(compiled, answers, given, self._reference.evaluate),
                version=self._version,
            ),
            proofs=proofs,
            points=points,
            told=said,
            lack=Lack(compiled, self._completer, answers, said, proofs.holds),
        )

    def _proof(self, case: _Case, mineral: str, *, why_not: bool) -> MineralProof:
        """Why one mineral stands where it does for one subject."""
        catalogue, holds = self._compiled.catalogue, case.proofs.holds
        candidates = {c.mineral: c for c in case.assessment.candidates}
        candidate = candidates.get(mineral)
        brakes = candidate.brakes if candidate else ()
        level, profile = level_of(mineral, holds), catalogue.profile[mineral]
        reading = ProofReader(
            self._compiled,
            case.proofs,
            case.told,
            mineral=mineral,
            level=level,
            reasons=matched_reasons(catalogue.rules_of.get(mineral, ()), holds),
            brakes=brakes,
        )
        steps = reading.steps()
        return MineralProof(
            mineral=mineral,
            name=profile.name,
            lack=profile.lack,
            level=level,
            sentence=catalogue.level[level].sentence,
            rank=candidate.rank if candidate else None,
            points=case.points[mineral],
            conclusion=steps[0].id,
            steps=steps,
            brakes=brakes,
            inferences=reading.inferences,
            why_not=(
                case.lack.why_not(mineral, level=level, brakes=brakes)
                if why_not
                else None
            ),
        )

    def _sources(self, proofs: Iterable[MineralProof]) -> tuple[Source, ...]:
        """What the rules of these proofs cite, matched or open, once each."""
        keys = dict.fromkeys(key for proof in proofs for key in _cited(proof))
        return tuple(self._compiled.catalogue.source[key] for key in keys)


def _cited(proof: MineralProof) -> Iterator[str]:
    for step in proof.steps:
        if step.reason is not None:
            yield from step.reason.sources
    for rule in proof.why_not.rules if proof.why_not else ():
        yield from rule.sources

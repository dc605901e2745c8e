"""The explanation of one subject: proofs, and what is missing; frozen, for records."""

from __future__ import annotations

from typing import Final

import msgspec

from minsight.assessment.model import ActedBrake, Assessment, Reason
from minsight.explanation.proofs import Inference
from minsight.knowledge.catalogue import Source
from minsight.logic.graph import reachable

_SCHEMA: Final = "minsight.explanation/1"


class ProofStep(msgspec.Struct, frozen=True, kw_only=True):
    """One readable step of a proof, and the ids of the steps that it rests on.

    `kind` is level, gate, brake, cluster, rule, picture, finding, group, range, answer
    or absence; `present` is false for what was denied or could not be derived. A rule
    has its `reason`, an answer the `texts` that it was given in.
    """

    id: str
    kind: str
    says: str
    rests_on: tuple[str, ...] = ()
    present: bool = True
    reason: Reason | None = None
    texts: tuple[str, ...] = ()


class Condition(msgspec.Struct, frozen=True):
    """One id that a rule reads: `answer` is met, denied, unsure or unasked."""

    id: str
    label: str
    wanted: bool
    answer: str


class NeededAnswer(msgspec.Struct, frozen=True):
    """An answer: the id it is about, or `age` or `sex`; yes or no; and in words."""

    about: str
    present: bool
    says: str


class Completion(msgspec.Struct, frozen=True):
    """The least that would complete a rule.

    `answers` are those to add, `instead_of` those that were given and would have to be
    otherwise.
    """

    answers: tuple[NeededAnswer, ...]
    instead_of: tuple[NeededAnswer, ...] = ()


class OpenRule(msgspec.Struct, frozen=True):
    """A rule of a mineral that did not match, and what it lacks.

    Without a `least` no answers of this subject can complete it.
    """

    rule: str
    kind: str
    strength: str
    because: str
    grade: str
    sources: tuple[str, ...]
    conditions: tuple[Condition, ...]
    least: Completion | None


class GatePart(msgspec.Struct, frozen=True):
    """One thing that a gate asks for.

    `nearest` are open rules that would give it, or the answers that no rule reads.
    """

    says: str
    met: bool
    nearest: tuple[str, ...] = ()


class OpenGate(msgspec.Struct, frozen=True):
    """One way to the next level, part by part."""

    parts: tuple[GatePart, ...]


class WhyNot(msgspec.Struct, frozen=True):
    """Why a mineral does not stand higher.

    `next_level` is the level above, or None at the highest one; `gates` are the ways
    to it, nearest first; `held_back` are the brakes in the way of it although a gate is
    open; `rules` are those that did not match, nearest first.
    """

    next_level: str | None
    next_sentence: str
    held_back: tuple[ActedBrake, ...]
    gates: tuple[OpenGate, ...]
    rules: tuple[OpenRule, ...]


class MineralProof(msgspec.Struct, frozen=True, kw_only=True):
    """Why one mineral stands at its level.

    `rank` is None for a mineral that is not a candidate. Each step stands before those
    that it rests on, the `conclusion` first; `inferences` are the clauses behind them,
    in the same order. `why_not` is None where it was not asked for.
    """

    mineral: str
    name: str
    lack: str
    level: str
    sentence: str
    rank: int | None
    points: int
    conclusion: str
    steps: tuple[ProofStep, ...]
    brakes: tuple[ActedBrake, ...]
    inferences: tuple[Inference, ...]
    why_not: WhyNot | None

    def answers_behind(self, step_id: str) -> tuple[ProofStep, ...]:
        """The answers that a step rests on, in the order of the proof."""
        steps = {step.id: step for step in self.steps}
        behind = reachable([step_id], lambda id_: steps[id_].rests_on)
        return tuple(
            step for step in self.steps if step.id in behind and step.kind == "answer"
        )


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """The assessment of one subject, with the proofs that were asked for.

    `sources` are those that the rules of the proofs cite.
    """

    schema: str = _SCHEMA
    assessment: Assessment
    proofs: tuple[MineralProof, ...]
    sources: tuple[Source, ...]


def explanation_json(explanation: Explanation, *, indent: int = 0) -> str:
    """The explanation record; on one line when `indent` is 0."""
    raw = msgspec.json.encode(explanation)
    return (msgspec.json.format(raw, indent=indent) if indent else raw).decode()

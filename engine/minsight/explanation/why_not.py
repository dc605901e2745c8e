"""Why not: what a mineral lacks for the next level, and its nearest open rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minsight.assessment.model import ActedBrake
from minsight.assessment.reasons import by_standing
from minsight.explanation.abduction import Completer, Least
from minsight.explanation.model import (
    Completion,
    Condition,
    GatePart,
    NeededAnswer,
    OpenGate,
    OpenRule,
    WhyNot,
)
from minsight.explanation.statements import GivenAnswer
from minsight.explanation.wording import label_of, opens_below, part_words
from minsight.intake.answers import Answers
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.catalogue import Rule
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import EFFECTS, LEVELS, STRENGTHS, WEIGHTS

LIFTING = ("measured", "combination", "supports", "risk")
"""Kinds of rules that can lift a level."""
NEAREST = 3
"""How many open rules are named beside a part of a gate."""


class Lack:
    """Says what one subject lacks for one mineral."""

    def __init__(
        self,
        compiled: KnowledgeBase,
        completer: Completer,
        answers: Answers,
        told: Sequence[GivenAnswer],
        holds: frozenset[Atom],
    ) -> None:
        self._compiled = compiled
        self._completer = completer
        self._answers = answers
        self._told = told
        self._holds = holds

    def why_not(
        self, mineral: str, *, level: str, brakes: tuple[ActedBrake, ...]
    ) -> WhyNot:
        """What stands between the mineral and the level above."""
        rules = tuple(self._open_rules(mineral))
        above = LEVELS[LEVELS.index(level) + 1 :][:1]
        if not above:
            return WhyNot(None, "", (), (), rules)
        sentence = self._compiled.catalogue.level[above[0]].sentence
        gates = () if brakes else self._gates(mineral, above[0], rules)
        return WhyNot(above[0], sentence, brakes, gates, rules)

    def _open_rules(self, mineral: str) -> list[OpenRule]:
        """The rules that could lift the mineral and did not match.

        First those that no given answer stands against, then by how few answers would
        complete them, then the strongest.
        """
        rules = self._compiled.catalogue.rules_of.get(mineral, ())
        return sorted(
            (
                self._open_rule(rule)
                for rule in by_standing(rules)
                if rule.kind in LIFTING and atoms.evidence(rule.id) not in self._holds
            ),
            key=_distance,
        )

    def _open_rule(self, rule: Rule) -> OpenRule:
        least = self._completer.least(atoms.evidence(rule.id), self._told)
        return OpenRule(
            rule=rule.id,
            kind=rule.kind,
            strength=rule.strength,
            because=rule.because,
            grade=rule.grade,
            sources=rule.sources,
            conditions=tuple(self._conditions(rule)),
            least=_in_words(least),
        )

    def _conditions(self, rule: Rule) -> Iterator[Condition]:
        for ids, wanted in ((rule.reads, True), (rule.reads_absent, False)):
            for id_ in ids:
                label = label_of(id_, self._compiled.vocabulary)
                yield Condition(id_, label, wanted, self._answer(id_, wanted=wanted))

    def _answer(self, id_: str, *, wanted: bool) -> str:
        """Whether a condition is met, denied, unsure or unasked."""
        yes = {atoms.observed(id_), atoms.in_group(id_), atoms.band(id_)}
        no = {atoms.excluded(id_), atoms.outside_group(id_)}
        if not self._holds.isdisjoint(yes if wanted else no):
            return "met"
        if not self._holds.isdisjoint(no if wanted else yes) or self._measured(id_):
            return "denied"
        return "unsure" if id_ in self._answers.unsure else "unasked"

    def _measured(self, band: str) -> bool:
        """Whether the value that this range is of was given, and is not in it."""
        kinds = self._compiled.vocabulary.measurement
        return any(band in kinds[v.measurement].bands for v in self._answers.values)

    def _gates(
        self, mineral: str, level: str, rules: Sequence[OpenRule]
    ) -> tuple[OpenGate, ...]:
        """The ways to a level, those that lack least first."""
        head = atoms.gate(mineral, level)
        gates = [
            OpenGate(tuple(self._part(atom, rules) for atom in clause.body))
            for clause in self._compiled.program.clauses
            if clause.head == head and not opens_below(clause)
        ]
        return tuple(sorted(gates, key=lambda g: sum(not p.met for p in g.parts)))

    def _part(self, atom: Atom, rules: Sequence[OpenRule]) -> GatePart:
        if atom in self._holds:
            return GatePart(part_words(atom), met=True)
        if atoms.parse(atom).kind == "speaks":
            least = self._completer.least(atom, self._told)
            near = [told.says for told in least.add] if least else []
        else:
            near = [rule.rule for rule in rules if _gives(rule, atom)]
        return GatePart(part_words(atom), met=False, nearest=tuple(near[:NEAREST]))


def _in_words(least: Least | None) -> Completion | None:
    if least is None:
        return None
    return Completion(_answers(least.add), _answers(least.instead_of))


def _answers(every: Iterable[GivenAnswer]) -> tuple[NeededAnswer, ...]:
    return tuple(NeededAnswer(told.about, told.present, told.says) for told in every)


def _distance(rule: OpenRule) -> tuple[bool, int, int]:
    """How far a rule is from holding; equal ones stay in order of their strength."""
    if rule.least is None:
        return True, 0, 0
    return False, len(rule.least.instead_of), len(rule.least.answers)


def _gives(rule: OpenRule, part: Atom) -> bool:
    """Whether a rule, once it holds, is of the kind and strength that a part asks."""
    match atoms.parse(part):
        case "clusters", (_, strength, _):
            return rule.kind == "supports" and _reaches(rule, STRENGTHS, strength)
        case "risk", (_, weight):
            return rule.kind == "risk" and _reaches(rule, WEIGHTS, weight)
        case "combination", (_, effect, *_):
            return rule.kind == "combination" and _reaches(rule, EFFECTS, effect)
        case "measured_low", _:
            return rule.kind == "measured"
        case _:
            return False


def _reaches(rule: OpenRule, scale: Sequence[str], asked: str) -> bool:
    return scale.index(rule.strength) >= scale.index(asked)

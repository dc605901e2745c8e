"""Proofs as text: a tree for each mineral, and what a mineral lacks.

A reason is one branch: its rule, what it counts as, the answers that met it, and why.
What a branch is, is said in words, so that the tree reads the same without colour.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from rich.text import Text

from minsight.api import Rules
from minsight.assessment.model import Reason
from minsight.assessment.wording import (
    joined,
    source_title,
    strength_in_words,
)
from minsight.explanation.model import (
    Condition,
    Explanation,
    MineralProof,
    NeededAnswer,
    OpenGate,
    OpenRule,
    ProofStep,
    WhyNot,
)
from minsight.knowledge.strengths import STRENGTH_OF
from minsight_cli.printable import printable
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import id_in_words
from minsight_cli.rendering.text import begin, end
from minsight_cli.rendering.tree import Tree

OPEN_RULES_SHOWN = 5
_INDENT = 3
_ANSWERS = {
    "met": "met",
    "denied": "denied",
    "unsure": "not sure",
    "unasked": "not asked",
}


def show_explanation(
    explanation: Explanation,
    rules: Rules,
    *,
    doubted: Collection[str],
    only_doubted: Collection[str],
    full: bool,
    begun: bool,
) -> None:
    """Print every proof, and what the doubted minerals and those without rank lack.

    Of minerals that are only doubted no proof is shown. With `full` it is every clause
    behind a proof and every open rule; with `begun` the assessment stands above.
    """
    page, assessment = Page(), explanation.assessment
    if not begun:
        begin(page, assessment, rules.vocabulary)
    cited: list[str] = []
    for proof in explanation.proofs:
        if proof.mineral not in only_doubted:
            cited += _proof(page, proof, full=full)
        if proof.why_not and (proof.mineral in doubted or proof.rank is None):
            cited += _why_not(page, proof, proof.why_not, full=full)
    if not begun:
        _folded(page, explanation)
    _sources(page, explanation, cited)
    if not begun:
        end(page, assessment)
    page.show()


# --- a proof --------------------------------------------------------------------------


def _proof(page: Page, proof: MineralProof, *, full: bool) -> list[str]:
    """The proof as a tree; the sources that it cites come back."""
    page.blank()
    name = f"{proof.rank}. {proof.name}" if proof.rank else proof.name
    head = Text(f"{name}  ", "mineral").append(proof.sentence, "level")
    tree = Tree(head)
    _Branches(proof).add_below(tree, proof.conclusion)
    page.tree(tree)
    if full:
        page.blank()
        page.heading("Every clause behind it")
        page.tree(_clauses(proof))
    elif proof.rank is not None:
        page.item(
            f"`--why-not {proof.mineral}` shows what it lacks for the next level,"
            " `--full` every clause.",
            lead="",
        )
    return [key for s in proof.steps if s.reason for key in s.reason.sources]


class _Branches:
    """Adds the steps of a proof to a tree, each of them once."""

    def __init__(self, proof: MineralProof) -> None:
        self._steps = {step.id: step for step in proof.steps}
        self._brakes = {brake.sentence: brake for brake in proof.brakes}
        self._leaders = {
            step.reason.cluster: step.reason.rule
            for step in proof.steps
            if step.reason and step.reason.kind == "supports" and step.reason.counted
        }
        self._shown: set[str] = set()

    def add_below(self, tree: Tree, step_id: str) -> None:
        """Add what a step rests on; what stands above already is named in one line."""
        below = [self._steps[id_] for id_ in self._steps[step_id].rests_on]
        again = [step for step in below if step.id in self._shown]
        for step in below:
            if step not in again:
                self._add(tree, step)
        if again:
            tree.add(_label(f"as above: {joined(map(_name, again))}"))

    def _add(self, tree: Tree, step: ProofStep) -> None:
        if step.id in self._shown:
            return
        if step.kind not in ("answer", "absence"):
            self._shown.add(step.id)
        if step.reason is not None:
            self._rule(tree, step, step.reason)
        elif step.kind in ("gate", "brake", "cluster"):
            self.add_below(tree.add(self._heading(step)), step.id)
        else:
            tree.add(_label(_said(step, self._steps)))

    def _heading(self, step: ProofStep) -> Text:
        match step.kind:
            case "gate":
                return _label("Gate open: ", "bold").append(step.says, "not bold")
            case "brake":
                brake = self._brakes[step.says]
                levels = (
                    f"{id_in_words(brake.from_level)} to {id_in_words(brake.to_level)}"
                )
                sentence = f"{step.says} From {levels}."
                return _label("Held back: ", "bold").append(sentence, "not bold")
            case _:
                return _label(step.says)

    def _rule(self, tree: Tree, rule: ProofStep, reason: Reason) -> None:
        label = _label(reason.rule, "bold")
        label.append(f" ({strength_in_words(reason)}): ", "not bold")
        label.append(printable(_grounds(rule, self._steps)), "not bold italic")
        if reason.kind == "supports" and not reason.counted:
            leader = self._leaders[reason.cluster]
            label.append(f" (set aside, counted once with {leader})", "not bold")
        because = _label(reason.because)
        if reason.points_to:
            because.append(f" Points to: {reason.points_to}.", "against")
        cited = f" [grade {reason.grade}: {', '.join(reason.sources)}]"
        tree.add(label).add(because.append(printable(cited), "quiet"))


def _name(step: ProofStep) -> str:
    """What a step is called where it stands again."""
    return step.reason.rule if step.reason else step.says.partition(":")[0]


def _grounds(step: ProofStep, steps: Mapping[str, ProofStep]) -> str:
    """The answers and what follows from them that a step rests on."""
    return "; ".join(_said(steps[id_], steps) for id_ in step.rests_on)


def _said(step: ProofStep, steps: Mapping[str, ProofStep]) -> str:
    """One condition that is met: in the person's words, or from which it follows."""
    if step.texts:
        return ", ".join(f'"{text}"' for text in step.texts)
    if not step.rests_on:
        return step.says
    return f"{step.says} (from {_grounds(step, steps)})"


def _label(text: str, style: str = "") -> Text:
    return Text(printable(text), style)


def _clauses(proof: MineralProof) -> Tree:
    """Every clause of the proof; what several atoms rest on stands once in full."""
    why = {inference.atom: inference for inference in proof.inferences}
    shown: set[str] = set()
    root = Tree()

    def add(tree: Tree, atom: str) -> None:
        inference = why[atom]  # type: ignore[index]  # atoms are texts
        if not inference.clauses:
            end = "nothing derived it" if inference.is_absence else "given"
            tree.add(_label(f"{atom}: {end}"))
        elif atom in shown:
            tree.add(_label(f"{atom}: as above"))
        else:
            shown.add(atom)
            branch = tree.add(_label(atom))
            for number, clause in enumerate(inference.clauses):
                below = branch.add("or by") if number else branch
                for part in clause.body:
                    add(below, part)

    for inference in proof.inferences:
        if inference.atom not in shown and inference.clauses:
            add(root, inference.atom)
    return root


# --- why not --------------------------------------------------------------------------


def _why_not(page: Page, proof: MineralProof, lack: WhyNot, *, full: bool) -> list[str]:
    """What the mineral lacks; the sources that are cited for it come back."""
    page.blank()
    page.line(
        Text(f"Why {proof.name.lower()} stands no higher", "bold").append(
            f" than {id_in_words(proof.level)}", "bold"
        )
    )
    _next_level(page, lack)
    rules = lack.rules if full else lack.rules[:OPEN_RULES_SHOWN]
    if rules:
        page.heading("Rules that did not match, nearest first", indent=_INDENT)
    for rule in rules:
        _open_rule(page, rule)
    left = len(lack.rules) - len(rules)
    if left:
        page.item(f"{left} more rules; --full shows them.", indent=_INDENT)
    return [key for rule in rules for key in rule.sources]


def _next_level(page: Page, lack: WhyNot) -> None:
    if lack.next_level is None:
        page.item("It stands at the highest level.", indent=_INDENT)
        return
    page.item(
        f"{id_in_words(lack.next_level)} ({lack.next_sentence.rstrip('.')})",
        indent=_INDENT,
        lead="Next level:",
    )
    for brake in lack.held_back:
        page.item(
            f"a gate of it is open, but: {brake.sentence}",
            indent=_INDENT,
            lead="Held back:",
        )
    for gate in lack.gates:
        page.item(_gate_words(gate), indent=_INDENT, lead="Gate:")


def _gate_words(gate: OpenGate) -> str:
    """Each part of a gate, and what would give it."""
    words = []
    for part in gate.parts:
        near = f" (nearest: {joined(part.nearest, 'or')})" if part.nearest else ""
        words.append(f"{part.says}: {'met' if part.met else f'lacking{near}'}")
    return "; ".join(words) + "."


def _open_rule(page: Page, rule: OpenRule) -> None:
    line = Text(rule.rule, "bold").append(
        f" ({STRENGTH_OF[rule.kind, rule.strength].words}): {rule.because}", "not bold"
    )
    cited = f" [grade {rule.grade}: {', '.join(rule.sources)}]"
    page.item(line.append(cited, "not bold dim"), indent=_INDENT)
    for answer, lead in _ANSWERS.items():
        found = [_condition(c) for c in rule.conditions if c.answer == answer]
        if found and not _says_the_same(found, rule):
            page.item("; ".join(found), indent=2 * _INDENT, lead=f"{lead}:")
    page.item(_completion(rule), indent=2 * _INDENT, lead="would complete it:")


def _says_the_same(conditions: list[str], rule: OpenRule) -> bool:
    """Whether the conditions are what would complete the rule, which follows."""
    return rule.least is not None and conditions == _words_of(rule.least.answers)


def _words_of(answers: Iterable[NeededAnswer]) -> list[str]:
    return [answer.says for answer in answers]


def _condition(condition: Condition) -> str:
    return condition.label if condition.wanted else f"no {condition.label.lower()}"


def _completion(rule: OpenRule) -> str:
    if rule.least is None:
        return "no answers that this person could give"
    words = joined(_words_of(rule.least.answers))
    if rule.least.instead_of:
        return f"{words}, instead of {joined(_words_of(rule.least.instead_of))}"
    return words


# --- the rest -------------------------------------------------------------------------


def _folded(page: Page, explanation: Explanation) -> None:
    """The other candidates, a line each, so that none is lost."""
    assessment = explanation.assessment
    proved = {proof.mineral for proof in explanation.proofs}
    rest = [c for c in assessment.candidates if c.mineral not in proved]
    if rest or not assessment.candidates:
        page.blank()
    if not assessment.candidates:
        page.line("Nothing here points to a lack; this tool cannot rule one out.")
    elif assessment.urgency.level == "emergency" and not proved:
        page.line(
            "No proof is shown in an emergency. It can wait; `--mineral NAME` or"
            " `--all` shows it."
        )
    elif rest:
        page.heading(
            "Other candidates (`--mineral NAME` or `--all` shows their proofs)"
        )
        for candidate in rest:
            count = len(candidate.reasons)
            reasons = "1 reason" if count == 1 else f"{count} reasons"
            page.item(f"{candidate.name}: {candidate.sentence} {reasons}.")


def _sources(page: Page, explanation: Explanation, keys: Iterable[str]) -> None:
    wanted = set(keys)
    sources = [source for source in explanation.sources if source.id in wanted]
    if sources:
        page.blank()
        page.heading("Sources (`minsight learn MINERAL` gives their addresses)")
    for source in sources:
        page.item(Text(f"{source.id}: {source_title(source)}", "quiet"))

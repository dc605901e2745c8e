"""Unmoved: why a change moves no level, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from minsight.assessment.engine import Engine
from minsight.assessment.model import Assessment, Reason
from minsight.assessment.wording import joined
from minsight.intake.status import OF_ANSWER
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.dependencies import Flow
from minsight.logic.program import SHARED, Program
from minsight.scales import STRENGTHS
from minsight.whatif.comparison import Comparison, MineralMoves
from minsight.whatif.settings import Setting
from minsight.whatif.statements import AGE, SEX

_MOST_NAMED: Final = 4


def why_unmoved(
    comparison: Comparison,
    after: Assessment,
    settings: Iterable[Setting],
    rules: Engine,
) -> tuple[str, ...]:
    """Why no level and no urgency moved; empty when one did."""
    if comparison.urgency.level.before != comparison.urgency.level.after:
        return ()
    if any(_level_moved(one, rules) for one in comparison.minerals):
        return ()
    why = [*_of_settings(settings, rules)] if comparison.is_empty else []
    why += _of_reasons(comparison, after, rules)
    return tuple(dict.fromkeys(why))


def _level_moved(one: MineralMoves, rules: Engine) -> bool:
    """Whether the level is another; coming in with a few findings does not count."""
    levels = rules.catalogue.level
    before, after = (
        None if standing is None or levels[standing.level].folded else standing.level
        for standing in (one.before, one.after)
    )
    return before != after


# --- nothing at all is different ------------------------------------------------------


def _of_settings(settings: Iterable[Setting], rules: Engine) -> Iterator[str]:
    for setting in settings:
        if setting.before == setting.after:
            yield f"{setting.label} was answered so already."
            continue
        readers, flags = _readers(_given_by(setting, rules.program), rules.program)
        names = [m for m in rules.program.minerals if m in readers]
        what = f"{setting.label} ({setting.before}, now {setting.after})"
        if names:
            whose = joined(names) if len(names) <= _MOST_NAMED else "many minerals"
            yield (
                f"{what}: rules of {whose} read it, but beside what else was said they"
                " conclude the same."
            )
        elif flags:
            yield f"{what}: warning signs read it, but none is met by it here."
        else:
            yield f"{what}: no rule of any mineral reads this answer."


def _given_by(setting: Setting, program: Program) -> set[Atom]:
    """The atoms that the answer before or after may give."""
    words = {setting.before, setting.after}
    if setting.of == AGE:
        return {
            way(a) for a in program.ages for way in (atoms.age_from, atoms.age_below)
        }
    if setting.of == SEX:
        return {atoms.of_sex(word) for word in words}
    given = {
        way(cut.measurement, cut.value)
        for cut in program.cutoffs
        if cut.measurement == setting.of
        for way in (atoms.value_below, atoms.value_from)
    }
    said = {OF_ANSWER.get(word) for word in words}
    if "observed" in said:
        given |= {atoms.observed(setting.of), atoms.in_group(setting.of)}
    if "excluded" in said:
        given |= {atoms.excluded(setting.of), atoms.outside_group(setting.of)}
    return given


def _readers(given: set[Atom], program: Program) -> tuple[set[str], bool]:
    """The minerals whose clauses the atoms reach, and whether a warning sign is."""
    flow = Flow(program.clauses, (a for c in program.clauses for a in c.body))
    reached = flow.reached_from(given)
    parts = {clause.part for atom in reached for clause in flow.readers(atom)}
    return parts - {SHARED}, any(atoms.parse(a).kind == "flag" for a in reached)


# --- reasons came or went, and every level stayed -------------------------------------


def _of_reasons(
    comparison: Comparison, after: Assessment, rules: Engine
) -> Iterator[str]:
    came = [(one, r) for one in comparison.minerals for r in one.reasons.came]
    stepped_back = [
        (one, pair.after)
        for one in comparison.minerals
        for pair in one.reasons.changed
        if pair.before.counted
    ]
    for one, reason in (*came, *stepped_back):
        if reason.kind == "supports" and not reason.counted:
            yield from _stands_for(one, reason, after, rules)
    counted = [r for _, r in came if r.counted and r.says == "for"]
    if counted and all(map(_is_unspecific, counted)):
        yield "Unspecific findings alone, however many, lift no mineral any further."
    elif any(_points_moved(one) for one in comparison.moved):
        yield (
            "Points order the candidates inside a level. Another level needs what the"
            " published picture asks for, not more points."
        )


def _is_unspecific(reason: Reason) -> bool:
    return reason.kind == "supports" and reason.strength == STRENGTHS[0]


def _points_moved(one: MineralMoves) -> bool:
    return one.direction in ("up", "down")


def _stands_for(
    one: MineralMoves, reason: Reason, after: Assessment, rules: Engine
) -> Iterator[str]:
    """A sign that counts once with others of its kind, and which stands for them."""
    label = rules.vocabulary.label
    for candidate in after.candidates:
        for other in candidate.reasons:
            same = candidate.mineral == one.mineral and other.cluster == reason.cluster
            if same and other.counted and other.kind == "supports":
                leader = joined(label(id_).lower() for id_ in other.matched)
                ours = joined(map(label, reason.matched))
                yield (
                    f"{ours} counts for {one.name.lower()} once with {leader}, as both"
                    " are signs of one kind."
                )

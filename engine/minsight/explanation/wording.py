"""Wording: what the atoms of gates and brakes say, in words that people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic.atoms import Atom, parse
from minsight.logic.program import Clause

_FINDINGS: Final = {
    "pathognomonic_like": ("a finding close to specific", "findings close to specific"),
    "characteristic": ("a typical sign", "typical signs"),
    "supportive": ("a supporting finding", "supporting findings"),
    "nonspecific": ("an unspecific finding", "unspecific findings"),
}
_RISKS: Final = {
    "strong": "a strong risk factor",
    "moderate": "a risk factor",
    "weak": "a weak risk factor",
}
_COMBINATIONS: Final = {
    "very_strong": "a very strong combination",
    "strong": "a strong combination",
    "moderate": "a combination",
    "weak": "a weak combination",
}
_CARRIERS: Final = {
    "finding": " that rests on a supporting finding",
    "characteristic": " that rests on a typical sign",
    "group": " that rests on a risk factor",
}
_ABSENCES: Final = {
    "free_of": "no exception to this is met",
    "risk": "no risk factor of weight is known",
    "unexplained": "no finding is left that it does not explain",
    "gate": "no gate of this level is open",
}


def gate_words(body: Iterable[Atom]) -> str:
    """What a gate asks for, in words."""
    return " and ".join(part_words(atom) for atom in body)


def part_words(atom: Atom) -> str:
    """What one part of a gate asks for.

    >>> from minsight.logic import atoms
    >>> part_words(atoms.clusters("iron", "characteristic", 2))
    '2 typical signs of different kinds'
    >>> part_words(atoms.combination("iron", "strong", "finding"))
    'a strong combination that rests on a supporting finding'
    """
    match parse(atom):
        case "clusters", (_, strength, count):
            one, many = _FINDINGS[strength]
            return one if count == "1" else f"{count} {many} of different kinds"
        case "risk", (_, weight):
            return _RISKS[weight]
        case "combination", (_, effect, *carrier):
            return _COMBINATIONS[effect] + "".join(_CARRIERS[c] for c in carrier)
        case "measured_low", _:
            return "a reported test below the range"
        case "urgent", _:
            return "an urgent combination"
        case "speaks", _:
            return "an answer without which this tool stays silent on it"
        case _:
            raise ValueError(f"a gate reads `{atom}`, which has no words")


def opens_below(clause: Clause) -> bool:
    """Whether a clause says only that a gate opens the levels under its own, too."""
    return all(parse(atom).kind == "gate" for atom in clause.body)


def label_of(id_: str, vocabulary: Vocabulary) -> str:
    """The label of a finding, group, range or measurement; of a picture, its name."""
    for measurement in vocabulary.measurements:
        if id_ in measurement.bands:
            return measurement.bands[id_]
    label = vocabulary.label(id_)
    return label if label != id_ else id_.replace("_", " ")


def absence_words(kind: str) -> str | None:
    """What the completed absence of an atom of this kind says, when people read it."""
    return _ABSENCES.get(kind)

"""Atoms: the ground statements that clauses are made of.

An atom is text of the form `kind:argument[:argument...]`, and `not:` before it is its
completed absence. Atoms are made and taken apart by functions of this module, so their
spelling is written down once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, NewType, TypeAlias, cast

Atom = NewType("Atom", str)
"""A ground statement, such as `observed:pallor` or `level:iron:typical_pattern`."""

Kind: TypeAlias = Literal[
    "observed", "excluded", "group", "outside_group", "age_from", "age_below", "sex",
    "value_below", "value_from", "picture", "band", "part", "evidence", "own_evidence",
    "outside_age", "strength", "cluster", "unspecific_cluster", "further_in_cluster",
    "clusters", "risk", "combination", "carried", "measured_low", "urgent", "gate",
    "unexplained", "free_of", "brake", "reached", "level", "at_level", "flag",
    "urgency", "speaks", "link", "not",
]  # fmt: skip

ANSWERS: Final = frozenset[Kind](["observed", "excluded", "group", "outside_group"])
"""Kinds of atoms that say yes or no to a finding or a group."""
GIVEN: Final = ANSWERS | frozenset[Kind](
    ["age_from", "age_below", "sex", "value_below", "value_from"]
)
"""Kinds of atoms that a subject can bring along."""

_NEGATION: Final = "not:"


class Parts(NamedTuple):
    """What an atom is made of; an absence is of the kind `not`, about an atom's parts.

    An atom of another kind than these was not made here.
    """

    kind: Kind
    arguments: tuple[str, ...]


def parse(atom: Atom) -> Parts:
    """An atom taken apart.

    >>> parse(level("iron", "typical_pattern"))
    Parts(kind='level', arguments=('iron', 'typical_pattern'))
    >>> parse(negated(observed("pallor")))
    Parts(kind='not', arguments=('observed', 'pallor'))
    """
    kind, *arguments = atom.split(":")
    return Parts(cast("Kind", kind), tuple(arguments))


def named_by(atoms: Iterable[Atom], *kinds: Kind) -> tuple[str, ...]:
    """What the atoms of these kinds are about, in their order, each once.

    >>> named_by([observed("pallor"), excluded("pallor"), urgent("iron")], "urgent")
    ('iron',)
    """
    every = (parse(atom) for atom in atoms if atom.partition(":")[0] in kinds)
    return tuple(dict.fromkeys(parts.arguments[0] for parts in every))


def negated(atom: Atom) -> Atom:
    """The completed absence of an atom: an earlier stratum did not derive it.

    >>> negated(observed("pallor"))
    'not:observed:pallor'
    """
    return Atom(_NEGATION + atom)


def is_negated(atom: Atom) -> bool:
    """Whether it is a completed absence."""
    return atom.startswith(_NEGATION)


def positive(atom: Atom) -> Atom:
    """The atom of which this is the absence, or the atom itself."""
    return Atom(atom.removeprefix(_NEGATION))


def on_the_way_to(head: Atom, *steps: object) -> Atom:
    """An atom of the clauses that derive `head`, such as a counter.

    >>> on_the_way_to(clusters("iron", "supportive", 3), 5, 2)
    'clusters:iron:supportive:3:5:2'
    """
    return Atom(":".join([head, *map(str, steps)]))


def observed(finding: str) -> Atom:
    return Atom(f"observed:{finding}")


def excluded(finding: str) -> Atom:
    return Atom(f"excluded:{finding}")


def in_group(group: str) -> Atom:
    return Atom(f"group:{group}")


def outside_group(group: str) -> Atom:
    return Atom(f"outside_group:{group}")


def age_from(age: str) -> Atom:
    """Age at or above a boundary, written as in the rules: `age_from:9mo`."""
    return Atom(f"age_from:{age}")


def age_below(age: str) -> Atom:
    return Atom(f"age_below:{age}")


def of_sex(sex: str) -> Atom:
    return Atom(f"sex:{sex}")


def value_below(measurement: str, cutoff: float) -> Atom:
    return Atom(f"value_below:{measurement}:{cutoff:g}")


def value_from(measurement: str, cutoff: float) -> Atom:
    return Atom(f"value_from:{measurement}:{cutoff:g}")


def picture(name: str) -> Atom:
    return Atom(f"picture:{name}")


def band(name: str) -> Atom:
    return Atom(f"band:{name}")


def part(owner: str, path: str) -> Atom:
    """A step inside a compound condition of `owner`."""
    return Atom(f"part:{owner}:{path}")


def evidence(rule: str) -> Atom:
    return Atom(f"evidence:{rule}")


def own_evidence(rule: str) -> Atom:
    """The rule matched, and no rule on something more specific did."""
    return Atom(f"own_evidence:{rule}")


def outside_age(rule: str) -> Atom:
    """The rule matched a subject known to be in none of its life stages."""
    return Atom(f"outside_age:{rule}")


def strength(rule: str, name: str) -> Atom:
    """The finding of `rule` counts at this strength or above."""
    return Atom(f"strength:{rule}:{name}")


def cluster(mineral: str, name: str, strength_name: str) -> Atom:
    """Something in this cluster counts at this strength or above."""
    return Atom(f"cluster:{mineral}:{name}:{strength_name}")


def unspecific_cluster(mineral: str, name: str) -> Atom:
    return Atom(f"unspecific_cluster:{mineral}:{name}")


def further_in_cluster(mineral: str, name: str) -> Atom:
    return Atom(f"further_in_cluster:{mineral}:{name}")


def clusters(mineral: str, strength_name: str, count: int) -> Atom:
    """At least `count` different clusters count at this strength or above."""
    return Atom(f"clusters:{mineral}:{strength_name}:{count}")


def risk(mineral: str, weight: str) -> Atom:
    """A risk factor of this weight or above."""
    return Atom(f"risk:{mineral}:{weight}")


def combination(mineral: str, effect: str, carrier: str | None = None) -> Atom:
    """A combination of this effect or above; `carrier` says what it rests on."""
    return Atom(
        ":".join(["combination", mineral, effect, *([carrier] if carrier else [])])
    )


def carried(rule: str, carrier: str) -> Atom:
    """A finding that the combination `rule` reads counts enough to carry it."""
    return Atom(f"carried:{rule}:{carrier}")


def measured_low(mineral: str) -> Atom:
    return Atom(f"measured_low:{mineral}")


def urgent(mineral: str) -> Atom:
    return Atom(f"urgent:{mineral}")


def gate(mineral: str, level: str) -> Atom:
    """The gates of this level or of a higher one are open."""
    return Atom(f"gate:{mineral}:{level}")


def unexplained(rule: str) -> Atom:
    """A finding counts that the contrary evidence of `rule` does not explain."""
    return Atom(f"unexplained:{rule}")


def free_of(mineral: str, brake: str) -> Atom:
    """An exception of this brake holds."""
    return Atom(f"free_of:{mineral}:{brake}")


def brake(mineral: str, name: str) -> Atom:
    return Atom(f"brake:{mineral}:{name}")


def reached(mineral: str, level: str, stage: int) -> Atom:
    """This level or a higher one stands after the first `stage` brakes."""
    return Atom(f"reached:{mineral}:{level}:{stage}")


def level(mineral: str, name: str) -> Atom:
    return Atom(f"level:{mineral}:{name}")


def at_level(mineral: str, name: str) -> Atom:
    """This level or a higher one, after all brakes."""
    return Atom(f"at_level:{mineral}:{name}")


def flag(name: str) -> Atom:
    return Atom(f"flag:{name}")


def urgency(name: str) -> Atom:
    return Atom(f"urgency:{name}")


def speaks(mineral: str) -> Atom:
    """The condition without which the mineral stays silent holds."""
    return Atom(f"speaks:{mineral}")


def link(name: str) -> Atom:
    return Atom(f"link:{name}")

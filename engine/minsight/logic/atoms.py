"""Atoms: the ground statements that clauses are made of.

An atom is text of the form `kind:argument[:argument...]`. Every atom in a program is
made by a function of this module, so its spelling is written down once.
"""

from __future__ import annotations

from typing import Final, NewType

Atom = NewType("Atom", str)
"""A ground statement, such as `observed:pallor` or `level:iron:typical_pattern`."""

NEGATION: Final = "not:"
"""Prefix of a completed absence: an earlier stratum did not derive the rest."""


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


def negated(atom: Atom) -> Atom:
    """The completed absence of an atom of an earlier stratum.

    >>> negated(observed("pallor"))
    'not:observed:pallor'
    """
    return Atom(NEGATION + atom)

"""Frequency: which reasons were met in most persons, in lay words."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from minsight.assessment.engine import Engine
from minsight.knowledge.catalogue import Rule
from minsight.knowledge.vocabulary import Vocabulary


class Frequent(msgspec.Struct, frozen=True):
    """Something that was met in a number of persons, and all rules that say so.

    `label` says in short what was met, `minerals` are their names, in the order of
    profiles.
    """

    label: str
    minerals: tuple[str, ...]
    rules: tuple[str, ...]
    persons: int


def by_frequency(met: Mapping[str, int], rules: Engine) -> list[Frequent]:
    """What was met, by number of persons, then label.

    Rules of several minerals that the same answer meets in as many persons are one.

    >>> import minsight
    >>> met = {"iron.fatigue": 3, "zinc.hair_loss": 2, "iron.hair_loss": 2}
    >>> [(f.label, f.minerals, f.persons) for f in by_frequency(met, minsight.load())]
    [('Fatigue', ('Iron',), 3), ('Hair loss', ('Iron', 'Zinc'), 2)]
    """
    together: dict[tuple[str, int], list[str]] = {}
    for rule, persons in met.items():
        together.setdefault((rule_label(rule, rules), persons), []).append(rule)
    found = [
        Frequent(label, _minerals(ids, rules), tuple(sorted(ids)), persons)
        for (label, persons), ids in together.items()
    ]
    return sorted(found, key=lambda one: (-one.persons, one.label))


def rule_label(id_: str, rules: Engine) -> str:
    """What meets a rule, in a few words; a rule that is not known stands as its id.

    >>> import minsight
    >>> rules = minsight.load()
    >>> rule_label("iron.menstruating", rules)
    'Menstruating person'
    >>> rule_label("iron.hidden_bleeding", rules)
    'Hidden bleeding (combination)'
    """
    rule = rules.catalogue.rule.get(id_)
    return _in_short(rule, rules.vocabulary) if rule else id_


def _in_short(rule: Rule, vocabulary: Vocabulary) -> str:
    """The label of the one thing that the rule reads, or else its name in words."""
    match rule.reads, rule.reads_absent:
        case (one,), ():
            return _label(one, vocabulary)
        case (), (one,):
            return f"No {_label(one, vocabulary).lower()}"
    name = rule.id.partition(".")[2].replace("_", " ").capitalize()
    return f"{name} (combination)"


def _label(id_: str, vocabulary: Vocabulary) -> str:
    for measured in vocabulary.measurements:
        if id_ in measured.bands:
            return measured.bands[id_]
    return vocabulary.label(id_)


def _minerals(ids: list[str], rules: Engine) -> tuple[str, ...]:
    prefixes = {id_.partition(".")[0] for id_ in ids}
    return tuple(p.name for p in rules.catalogue.profiles if p.id in prefixes)

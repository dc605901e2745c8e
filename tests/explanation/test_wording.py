"""Wording: gates and their parts in words, and no part without any."""

from __future__ import annotations

from typing import Final

import pytest

import minsight
from minsight.explanation.wording import (
    absence_words,
    gate_words,
    label_of,
    opens_below,
    part_words,
)
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import Clause

ONE: Final = atoms.clusters("alum", "characteristic", 1)
CAUSE: Final = atoms.risk("alum", "moderate")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (ONE, "a typical sign"),
        (
            atoms.clusters("alum", "supportive", 2),
            "2 supporting findings of different kinds",
        ),
        (atoms.risk("alum", "strong"), "a strong risk factor"),
        (atoms.combination("alum", "very_strong"), "a very strong combination"),
        (
            atoms.combination("alum", "moderate", "group"),
            "a combination that rests on a risk factor",
        ),
        (atoms.measured_low("alum"), "a reported test below the range"),
        (atoms.urgent("alum"), "an urgent combination"),
        (atoms.speaks("alum"), "an answer without which this tool stays silent on it"),
    ],
)
def test_a_part_of_a_gate_is_told_in_words(part: Atom, words: str) -> None:
    assert part_words(part) == words


def test_a_gate_asks_for_all_of_its_parts() -> None:
    assert gate_words([ONE, CAUSE]) == "a typical sign and a risk factor"
    assert gate_words([ONE]) == "a typical sign"


def test_a_part_without_words_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="observed:itch"):
        part_words(atoms.observed("itch"))


def test_every_gate_that_ships_has_words(rules: minsight.Rules) -> None:
    gates = [c for c in rules.program.clauses if c.head.startswith("gate:")]
    told = {gate_words(clause.body) for clause in gates if not opens_below(clause)}
    assert "a typical sign and a risk factor" in told
    assert all(told)


def test_a_higher_gate_opens_the_lower_ones_and_asks_for_nothing() -> None:
    lower, higher = (
        atoms.gate("alum", level) for level in ("few_findings", "partial_pattern")
    )
    assert opens_below(Clause(lower, (higher,), "alum"))
    assert not opens_below(Clause(lower, (ONE,), "alum"))
    assert not opens_below(Clause(lower, (CAUSE, higher), "alum"))


@pytest.mark.parametrize(
    ("id_", "label"),
    [
        ("grey_nails", "Grey nails"),
        ("deep_well", "Drinks from a deep well"),
        ("serum_alum", "Serum alum"),
        ("alum_low", "Serum alum below the made-up limit for this age"),
        ("weary_picture", "weary picture"),
    ],
)
def test_whatever_a_rule_reads_has_a_label(
    small: minsight.Rules, id_: str, label: str
) -> None:
    assert label_of(id_, small.vocabulary) == label


def test_only_an_absence_that_people_read_has_words() -> None:
    assert absence_words("gate") == "no gate of this level is open"
    assert absence_words("cluster") is None

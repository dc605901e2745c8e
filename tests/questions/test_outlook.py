"""The outlook: one yes more, and every answer given, for many people at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pytest

from guides import small_asked
from minsight.assessment.population import Population, Standing
from minsight.intake.facts import said_atom
from minsight.intake.subject import Subject
from minsight.logic.atoms import Atom
from minsight.questions.outlook import (
    COMPLETED_PEOPLE,
    Forecaster,
    Outlook,
    effect,
    picture_of,
)
from minsight.scales import LEVELS

RULES = small_asked()
ASKED: Final = ("nail_change", "grey_nails", "ridged_nails", "itch", "red_patches")


class Watched(Population):
    """A population that keeps what its people bring."""

    def evaluate(self, given, size, definitions=None):  # type: ignore[no-untyped-def]
        self.given, self.number = given, size
        return super().evaluate(given, size, definitions)


def atoms_of() -> dict[str, tuple[Atom, Atom]]:
    vocabulary = RULES.vocabulary
    return {
        id_: (
            said_atom(id_, vocabulary, present=True),
            said_atom(id_, vocabulary, present=False),
        )
        for id_ in ASKED
    }


def watched() -> tuple[Watched, Forecaster]:
    open_ = [atom for pair in atoms_of().values() for atom in pair]
    population = Watched(RULES.program, RULES.catalogue, fixed=(), open_=open_)
    above = {id_: RULES.vocabulary.with_ancestors(id_) for id_ in ASKED}
    return population, Forecaster(population, atoms_of(), above)


LIKELY: Final = dict.fromkeys(ASKED, 0.4)


# --- who is drawn ---------------------------------------------------------------------


def test_nobody_is_drawn_who_denies_what_a_yes_implies() -> None:
    population, forecaster = watched()
    forecaster.outlook((), (), LIKELY)
    yes, no = population.given, population.given
    for kind in ("grey_nails", "ridged_nails"):
        of_it, denied = atoms_of()[kind][0], atoms_of()["nail_change"][1]
        assert yes[of_it]
        assert yes[of_it] & no[denied] == 0


def test_everybody_drawn_answers_all_that_is_open_but_what_another_yes_tells() -> None:
    population, forecaster = watched()
    forecaster.outlook((), (), LIKELY)
    everyone = (1 << population.number) - 1
    drawn = everyone ^ 1  # the first is the person as they are
    for id_ in ASKED:
        yes, no = (population.given[atom] for atom in atoms_of()[id_])
        assert yes & no == 0
        told = yes | no
        if id_ == "nail_change":
            told |= population.given[atoms_of()["grey_nails"][0]]
            told |= population.given[atoms_of()["ridged_nails"][0]]
        assert told == drawn


def test_the_same_people_are_drawn_each_time() -> None:
    first = watched()[1].outlook((), ASKED, LIKELY)
    again = watched()[1].outlook((), ASKED, LIKELY)
    assert first == again
    assert first.said_yes == again.said_yes


def test_who_says_yes_hangs_on_its_own_likelihood_alone() -> None:
    alone = watched()[1].outlook((), (), {"itch": 0.4}).said_yes["itch"]
    assert watched()[1].outlook((), (), LIKELY).said_yes["itch"] == alone


def test_a_likelier_yes_is_said_by_the_same_people_and_more() -> None:
    counts, before = [], 0
    for share in (0.0, 0.1, 0.5, 0.9):
        said = watched()[1].outlook((), (), {"itch": share}).said_yes["itch"]
        assert before & ~said == 0
        before = said
        counts.append(said.bit_count() / COMPLETED_PEOPLE)
    assert counts == pytest.approx([0.0, 0.1, 0.5, 0.9], abs=0.08)


def test_each_yes_is_tried_alone() -> None:
    outlook = watched()[1].outlook((), ASKED, LIKELY)
    for id_ in ASKED:
        found = RULES.assess(Subject(present=[id_]))
        levels = {c.mineral: c.level for c in found.candidates}
        for mineral in RULES.program.minerals:
            assert outlook.with_yes[id_].levels[mineral] == levels.get(
                mineral, LEVELS[0]
            )


# --- what changes ---------------------------------------------------------------------


def standing(
    levels: Mapping[str, str],
    order: Sequence[str],
    *,
    urgency: str = "none",
    points: int = 0,
) -> Standing:
    every = {m: levels.get(m, LEVELS[0]) for m in ("alum", "chalk", "ochre", "salt")}
    return Standing(tuple(order), every, dict.fromkeys(every, points), urgency)


NOTHING: Final = standing({}, [])
ALUM: Final = standing({"alum": "partial_pattern"}, ["alum"])


def outlook_of(now: Standing, **with_yes: Standing) -> Outlook:
    """Of each yes one person is drawn, who says it alone."""
    said = {id_: 1 << number for number, id_ in enumerate(with_yes)}
    return Outlook(now, with_yes, tuple(with_yes.values()), said)


def test_below_a_partial_pattern_only_the_first_of_all_counts() -> None:
    few = dict.fromkeys(("alum", "chalk", "ochre"), "few_findings")
    now = standing(few, ["alum", "chalk", "ochre"])
    assert picture_of(now) == (("alum", "few_findings"),)
    assert picture_of(standing(few, ["alum", "ochre", "chalk"])) == picture_of(now)
    more = {**few, "ochre": "partial_pattern"}
    after = standing(more, ["ochre", "alum", "chalk"])
    assert picture_of(after) == (("ochre", "partial_pattern"),)
    assert picture_of(NOTHING) == ()


def test_a_fourth_candidate_is_not_in_the_picture() -> None:
    every = dict.fromkeys(("alum", "chalk", "ochre", "salt"), "typical_pattern")
    assert len(picture_of(standing(every, list(every)))) == 3


def test_the_share_that_changed_is_of_the_people_drawn() -> None:
    outlook = outlook_of(NOTHING, itch=ALUM, fever=NOTHING)
    assert outlook.share_changed == 0.5
    assert outlook.could_change() == ("itch",)
    assert Outlook(NOTHING, {}, (), {}).share_changed == 0


def test_who_comes_out_otherwise_is_put_down_to_what_changes_most() -> None:
    little = standing({"ochre": "few_findings"}, ["ochre"])
    both = {"itch": 0b11, "fever": 0b01, "hoarseness": 0b11}
    with_yes = {"itch": ALUM, "fever": little, "hoarseness": NOTHING}
    outlook = Outlook(NOTHING, with_yes, (ALUM, NOTHING), both)
    blame = outlook.blame
    assert blame["itch"] > blame["fever"] > blame["hoarseness"] == 0
    assert sum(blame.values()) == pytest.approx(outlook.share_changed)


def test_an_urgency_weighs_more_than_who_is_first_and_that_more_than_a_step() -> None:
    urgent = effect(NOTHING, standing({}, [], urgency="emergency"))
    first = effect(NOTHING, standing({"alum": "few_findings"}, ["alum"]))
    higher = effect(
        standing({"alum": "few_findings"}, ["alum"]),
        standing({"alum": "few_findings"}, ["alum"], points=1),
    )
    assert urgent > first > higher > 0
    assert effect(ALUM, ALUM) == 0


def test_what_calms_down_is_no_effect_of_urgency() -> None:
    assert effect(standing({}, [], urgency="emergency"), NOTHING) == 0

"""Choosing: warning signs first, then what is likely and would change most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import pytest

from guides import small_asked, with_guide
from minsight.api import Rules
from minsight.assessment.population import Standing, everybody
from minsight.intake.answers import enter
from minsight.intake.subject import Subject
from minsight.questions.choosing import Chooser, screens_to_enough
from minsight.questions.interview import Interview
from minsight.questions.outline import QuestionScreen
from minsight.questions.outlook import Outlook
from minsight.questions.relevance import QuestionScope
from minsight.scales import LEVELS

RULES = small_asked()
WEARY: Final = Subject(present=["always tired"], age="30y", sex="female")
EXPECTING: Final = Subject(groups=["expecting"], age="30y", sex="female")


def often(rules: Rules, **classes: str) -> Rules:
    """The same people, of whom this is so often in every band."""
    guide = rules.guide
    changed = {id_: (name,) * len(guide.bands) for id_, name in classes.items()}
    how_often = {**guide.how_often, **changed}
    return with_guide(rules, msgspec.structs.replace(guide, how_often=how_often))


def chooser(person: Subject, rules: Rules = RULES) -> Chooser:
    scope = QuestionScope(
        rules.program, rules.vocabulary, rules.catalogue, rules.program.minerals, False
    )
    questions = [id_ for id_ in rules.guide.how_often if id_ != "ridged_nails"]
    return Chooser(rules, enter(person, rules.vocabulary), scope, questions)


def warned(person: Subject, *told: str, **replies: str) -> tuple[str, ...]:
    every = set(RULES.guide.how_often) - set(told) - replies.keys()
    found = chooser(person).warning(every, replies, told)
    return found.asked if found else ()


# --- warning signs --------------------------------------------------------------------


def test_warning_signs_beside_the_complaint_are_asked_before_all_else() -> None:
    step = Interview(RULES, WEARY).step({})
    assert (step.kind, step.title, step.asked) == (
        "warning",
        "Warning signs",
        ("shaking_hands",),
    )


def test_they_are_asked_once() -> None:
    interview = Interview(RULES, WEARY)
    for reply in ("yes", "no", "unsure", "skip"):
        replies: Mapping[str, Any] = {"shaking_hands": reply}
        assert interview.step(replies).kind != "warning"


def test_nothing_that_was_told_has_no_warning_list() -> None:
    assert Interview(RULES, Subject(age="30y")).step({}).kind != "warning"


def test_a_group_has_a_list_of_its_own_and_after_it_no_other() -> None:
    assert warned(EXPECTING, "expecting") == ("fever", "shaking_hands")
    assert warned(EXPECTING, "expecting", "tiredness", fever="no") == ()


def test_what_was_told_is_not_asked_again_as_a_warning_sign() -> None:
    assert warned(EXPECTING, "expecting", "fever") == ("shaking_hands",)


def test_when_all_of_a_list_was_told_the_next_one_is_asked() -> None:
    guide = RULES.guide
    first, second = guide.warnings
    other = msgspec.structs.replace(first, group=None, items=("tiredness",))
    rules = with_guide(RULES, msgspec.structs.replace(guide, warnings=(other, second)))
    open_ = {"shaking_hands", "fever"}
    found = chooser(WEARY, rules).warning(open_, {}, ["tiredness"])
    assert found is not None
    assert found.asked == ("shaking_hands",)


# --- which entries --------------------------------------------------------------------


def test_what_cannot_be_so_is_not_asked() -> None:
    one = chooser(Subject(age="30y", sex="female"))
    assert not one.can_be_so("mill_elder", ["expecting"])
    assert one.can_be_so("mill_elder", [])
    assert one.can_be_so("serum_alum", []), "nobody counts how often a value is"


def test_what_its_question_leaves_out_is_not_asked() -> None:
    """A teenager of fifteen works at no mill, whatever the frequencies say."""
    rules = often(RULES, mill_worker="everyday", mill_elder="everyday")
    assert not chooser(Subject(age="15y"), rules).can_be_so("mill_worker", [])


def test_an_interview_asks_of_nobody_what_cannot_be_so() -> None:
    rules = often(RULES, itch="impossible")
    assert "itch" in Interview(RULES, WEARY).step({}).remaining
    assert "itch" not in Interview(rules, WEARY).step({}).remaining


# --- the order ------------------------------------------------------------------------


def first_screen(rules: Rules) -> frozenset[str]:
    return Interview(rules, Subject(age="30y", sex="female")).step({}).covers


def test_what_is_likely_is_asked_before_what_is_rare() -> None:
    rare = dict.fromkeys(RULES.guide.how_often, "rare")
    skin = often(RULES, **{**rare, "red_patches": "everyday"})
    water = often(RULES, **{**rare, "deep_well": "everyday", "well_water": "everyday"})
    assert "red_patches" in first_screen(skin)
    assert first_screen(water) == {"well_water", "deep_well"}


def test_the_same_answers_are_followed_by_the_same_screen() -> None:
    assert Interview(RULES, WEARY).step({}) == Interview(RULES, WEARY).step({})


def test_a_screen_tells_on_which_minerals_it_bears() -> None:
    one = chooser(WEARY)
    assert one.minerals(["well_water"]) == {"alum"}
    assert one.minerals(["deep_well"]) == {"alum", "ochre"}, "it is a well too"
    assert one.minerals(["shaking_hands", "no_such_entry"]) == set()


# --- how near the first end is --------------------------------------------------------

FEW: Final = Standing(
    ("alum",), {"alum": "few_findings", "ochre": LEVELS[0]}, {"alum": 1, "ochre": 0}, ""
)
NOTHING: Final = Standing(
    (), dict.fromkeys(["alum", "ochre"], LEVELS[0]), {"alum": 0, "ochre": 0}, "none"
)


def screen(*asked: str) -> QuestionScreen:
    return QuestionScreen("list", "", asked, tuple((id_,) for id_ in asked))


def outlook(changed: Sequence[str], drawn: int = 32) -> Outlook:
    """One of the people drawn says yes to each of these, which changes the picture."""
    now = msgspec.structs.replace(NOTHING, urgency="none")
    few = msgspec.structs.replace(FEW, urgency="none")
    completed = (few,) * len(changed) + (now,) * (drawn - len(changed))
    said = {id_: 1 << number for number, id_ in enumerate(changed)}
    return Outlook(now, dict.fromkeys(changed, few), completed, said)


@pytest.mark.parametrize(
    ("changed", "left"),
    [([], 0), (["a"], 0), (["a", "b"], 1), (["a", "b", "c", "d"], 2)],
)
def test_screens_are_counted_until_little_is_left_that_is_likely_to_change(
    changed: Sequence[str], left: int
) -> None:
    """One of 32 people may change at the end, two may not."""
    screens = [screen("a"), screen("x"), screen("b", "c"), screen("d")]
    if "b" in changed:
        screens.pop(1)
    assert screens_to_enough(screens, outlook(changed)) == left


def test_a_screen_that_asks_nothing_new_is_not_counted() -> None:
    screens = [screen("a"), screen("a"), screen("b"), screen("c")]
    assert screens_to_enough(screens, outlook(["a", "b", "c"])) == 2


def test_while_anything_likely_can_change_at_least_one_screen_is_left() -> None:
    assert screens_to_enough([], outlook(["a", "b"])) == 1


def test_an_interview_that_is_answered_comes_to_its_first_end() -> None:
    interview, replies, left = Interview(RULES, WEARY), dict[str, Any](), []
    while (step := interview.step(replies)).asked:
        left.append((step.to_enough, step.enough))
        replies.update(dict.fromkeys(step.asked, "no"))
    assert left[0][0] > 0
    assert all(enough == (count == 0) for count, enough in left)
    assert (step.to_enough, step.enough, step.could_change) == (0, True, ())


def test_everybody_is_who_brings_anything_that_can_be_given() -> None:
    """What a rule reads as absent alone can be given too; it is worked out once."""
    from minsight.logic.atoms import GIVEN, parse, positive

    read = {positive(a) for clause in RULES.program.clauses for a in clause.body}
    given = {atom for atom in read if parse(atom).kind in GIVEN}
    population = everybody(RULES)
    assert population is everybody(RULES)
    assert population.inputs <= given
    people = population.evaluate(dict.fromkeys(population.inputs, 0b10), 2)
    nobody, anybody = people.standings()
    assert nobody.order == ()
    assert len(anybody.order) > 0

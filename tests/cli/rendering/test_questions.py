"""Answers to questions about the rules, each made by hand and told in lay words."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

import minsight
from command_line import said
from minsight.intake.subject import Subject
from minsight.whatif.bounds import End, Ranges, RankBound, Room, Witness
from minsight.whatif.duel import Duel, DuelQuestion, DuelStanding
from minsight.whatif.flip import Flip, Flips
from minsight.whatif.hypotheses import Switch
from minsight.whatif.patterns import ChangeChoice, Pattern
from minsight.whatif.reach import Reach
from minsight.whatif.sensitivity import ChangeEffect, Move, Sensitivity
from minsight_cli.rendering.questions import show_answers

Tell = Callable[[object], str]

NAILS = Switch("spoon_nails", "unknown", "yes")
NO_FEVER = Switch("fever", "unknown", "no")
PALE = Switch("pallor", "no", "yes")
NOBODY = Witness((), ())
REACH = Reach(
    fingerprint="0",
    mineral="iron",
    level="typical_pattern",
    now="few_findings",
    most=3,
    count=0,
    complete=True,
    patterns=(),
    sets=(),
)
FLIP = Flip(target="higher", least=1, searched=1, count=1, patterns=(), sets=())


@pytest.fixture
def tell(rules: minsight.Rules, capsys: pytest.CaptureFixture[str]) -> Tell:
    """What is printed of an answer about a person of whom nothing is known.

    It stands by itself between the urgency and the footer.
    """
    calm = f"Urgency: {rules.catalogue.urgencies['none']}\n\n"

    def printed(answer: object) -> str:
        show_answers(rules, Subject(), [answer])
        shown = capsys.readouterr().out
        assert shown.startswith(calm)
        answered = said(shown.removeprefix(calm))
        return answered.partition(f" {rules.catalogue.footer}")[0]

    return printed


def pattern(*choices: ChangeChoice, count: int = 1) -> Pattern:
    return Pattern(choices, count)


def flips(*found: Flip, most: int = 3) -> Flips:
    return Flips(
        fingerprint="0",
        mineral="cobalt",
        level="few_findings",
        rank=None,
        most=most,
        flips=found,
    )


def test_urgency_and_what_was_understood_come_first(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    show_answers(rules, Subject(present=["seizure", "qqqq"]), [REACH])
    shown = said(capsys.readouterr().out)
    places = [
        shown.index(text)
        for text in ("Urgency: ", "Understood: ", "Not understood: qqqq", "Iron to ")
    ]
    assert places == sorted(places)
    assert shown.endswith(f"fingerprint {rules.fingerprint}.")


def test_what_is_no_answer_has_no_words(tell: Tell) -> None:
    with pytest.raises(TypeError, match="no rendering for str"):
        tell("iron")


# --- reach ----------------------------------------------------------------------------


def test_a_level_that_is_there_needs_no_answers(tell: Tell) -> None:
    there = msgspec.structs.replace(REACH, now="measured_low", count=1, sets=((),))
    assert tell(there) == (
        "Iron to typical pattern Iron is there already: measured low."
    )


def test_a_level_that_no_answers_bring_says_how_many_were_tried(tell: Tell) -> None:
    assert tell(REACH) == (
        "Iron to typical pattern Iron is at few findings now."
        " No set of up to three open answers brings it there."
    )
    measured = msgspec.structs.replace(REACH, level="measured_low", complete=False)
    assert tell(measured).endswith(
        "brings it there. A measured value may; this asks for answers only. There were"
        " too many sets to look through all: there may be others."
    )


def test_the_sets_that_are_enough_are_told_as_choices(tell: Tell) -> None:
    one = msgspec.structs.replace(
        REACH, count=1, patterns=(pattern(ChangeChoice(1, (NAILS,))),)
    )
    assert tell(one).endswith(
        "1 set of up to three open answers is enough, and no part of one is."
        " - Spoon-shaped nails"
    )
    both = pattern(
        ChangeChoice(1, (NAILS, NO_FEVER)), ChangeChoice(1, (PALE,)), count=2
    )
    two = msgspec.structs.replace(REACH, count=2, patterns=(both,))
    assert tell(two).endswith(
        "2 sets of up to three open answers are enough, and no part of one is. - one"
        " of: Spoon-shaped nails / not: Fever; and Pale skin,"
        " instead of no"
    )


# --- flip -----------------------------------------------------------------------------


def test_a_flip_tells_the_fewest_changes_and_how_many_ways(tell: Tell) -> None:
    ways = (pattern(ChangeChoice(1, (NAILS,))), pattern(ChangeChoice(1, (NO_FEVER,))))
    found = msgspec.structs.replace(FLIP, count=2, patterns=ways)
    assert tell(flips(found)) == (
        "What would move cobalt (vitamin B12): few findings, no candidate now"
        " A higher level: one change, 2 ways. - Spoon-shaped nails - not: Fever"
    )


def test_a_target_that_is_out_of_reach_says_how_far_was_looked(tell: Tell) -> None:
    never = Flip(
        target="out_of_first", least=None, searched=2, count=0, patterns=(), sets=()
    )
    assert tell(flips(never)).endswith(
        "Out of the first three: no set of up to two changes is enough."
        " Larger sets were not looked through."
    )
    assert tell(flips(never, most=2)).endswith("no set of up to two changes is enough.")


def test_a_yes_that_may_as_well_be_denied_is_told_once(tell: Tell) -> None:
    gone, denied = Switch("fever", "yes", "unknown"), Switch("fever", "yes", "no")
    either = pattern(ChangeChoice(1, (gone, denied)), count=2)
    found = msgspec.structs.replace(FLIP, count=2, patterns=(either,))
    assert tell(flips(found)).endswith("2 ways. - take back or deny: Fever")


@pytest.mark.parametrize(
    ("switch", "words"),
    [
        (Switch("fever", "unknown", "yes"), "Fever"),
        (Switch("fever", "unknown", "no"), "not: Fever"),
        (Switch("fever", "yes", "no"), "not: Fever, instead of yes"),
        (Switch("fever", "no", "yes"), "Fever, instead of no"),
        (Switch("fever", "yes", "unknown"), "take back: Fever"),
        (Switch("fever", "no", "unknown"), "take back the no to: Fever"),
    ],
)
def test_every_change_of_an_answer_has_words(
    switch: Switch, words: str, tell: Tell
) -> None:
    found = msgspec.structs.replace(
        FLIP, patterns=(pattern(ChangeChoice(1, (switch,))),)
    )
    assert tell(flips(found)).endswith(f"one change, 1 way. - {words}")


# --- duel -----------------------------------------------------------------------------

EVEN = DuelStanding("few_findings", "few_findings", 3, 3, "iron")


def duel(*questions: DuelQuestion, now: DuelStanding = EVEN) -> Duel:
    return Duel(
        fingerprint="0",
        one="iron",
        other="zinc",
        now=now,
        questions=questions,
        undecided=0,
    )


def test_a_duel_tells_who_is_ahead_now_and_after_each_answer(tell: Tell) -> None:
    yes = DuelStanding("typical_pattern", "few_findings", 8, 3, "iron")
    no = DuelStanding("few_findings", "few_findings", 1, 3, "zinc")
    assert tell(duel(DuelQuestion("spoon_nails", yes, no))) == (
        "Iron or zinc: what tells them apart from here Now iron is at few findings and"
        " zinc at few findings; iron ahead, at equal points. - Spoon-shaped nails yes:"
        " iron ahead by 2 levels; no: zinc ahead by 2 points"
    )


def test_an_answer_that_changes_nothing_or_cannot_be_given_is_not_told(
    tell: Tell,
) -> None:
    yes = DuelStanding("few_findings", "few_findings", 4, 3, "iron")
    shown = tell(
        duel(DuelQuestion("fever", yes, EVEN), DuelQuestion("seizure", None, yes))
    )
    assert "- Fever yes: iron ahead by 1 point - " in shown
    assert shown.endswith("- Seizure no: iron ahead by 1 point")


def test_a_duel_of_two_that_nothing_points_to_says_so(tell: Tell) -> None:
    neither = DuelStanding("no_pattern", "no_pattern", 0, 0, None)
    assert tell(duel(now=neither)).endswith(
        "zinc at no pattern; neither is a candidate. No open question moves one of the"
        " two."
    )


# --- bounds ---------------------------------------------------------------------------


def room(*, exact: bool) -> Room:
    return Room(
        mineral="cobalt",
        level="few_findings",
        lowest=End("no_pattern", exact=True, witness=NOBODY),
        highest=End("measured_low", exact=exact, witness=NOBODY),
        rank=None,
        best=RankBound(1, 1 if exact else 2, exact=exact, witness=NOBODY),
        worst=RankBound(None, None if exact else 16, exact=exact, witness=NOBODY),
    )


def test_the_room_of_each_mineral_is_a_row(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    show_answers(
        rules, Subject(), [Ranges(fingerprint="0", open=1, rooms=(room(exact=True),))]
    )
    _, _, heading, line, *lines = capsys.readouterr().out.splitlines()
    assert heading == "How far each mineral can still go"
    assert line.startswith("1 answer still open, each yes, no or never given.")
    (row,) = [line.split() for line in lines if line.startswith("Cobalt")]
    assert row == [
        *("Cobalt", "few", "findings", "no", "pattern", "measured", "low"),
        *("-", "1", "-"),
    ]


def test_an_end_that_was_not_shown_is_marked_and_explained(tell: Tell) -> None:
    exact = tell(Ranges(fingerprint="0", open=2, rooms=(room(exact=True),)))
    assert "*" not in exact
    assert "Where two ranks are told" not in exact
    bounded = tell(Ranges(fingerprint="0", open=2, rooms=(room(exact=False),)))
    assert "measured low* - 1-2 16-none" in bounded
    assert "Where two ranks are told" in bounded
    assert bounded.endswith(
        "* no answers lead further, but none were found that lead here."
    )


# --- sensitivity ----------------------------------------------------------------------


def effect(*moves: Move, urgency: str = "none") -> ChangeEffect:
    return ChangeEffect(NAILS, moves, "none", urgency)


def sensitivity(*effects: ChangeEffect, first: tuple[str, ...] = ()) -> Sensitivity:
    return Sensitivity(
        fingerprint="0", first=first, effects=effects, without_effect=5, refused=1
    )


def test_a_change_tells_levels_before_places_before_points(tell: Tell) -> None:
    up = Move("iron", "few_findings", "typical_pattern", 2, 1, 3, 8)
    place = Move("zinc", "few_findings", "few_findings", 1, 2, 4, 4)
    assert tell(sensitivity(effect(place, up))) == (
        "What each single answer moves 1 change of one answer would move something, 5"
        " nothing; 1 contradict what was said. - Spoon-shaped nails: iron up to"
        " typical pattern; zinc is number 2."
    )
    points = Move("iron", "few_findings", "few_findings", 5, 5, 3, 1)
    assert tell(sensitivity(effect(points))).endswith(": points of iron -2.")
    behind = Move("iron", "few_findings", "few_findings", 8, 9, 3, 3)
    assert tell(sensitivity(effect(behind))).endswith(
        ": only the order behind the first three."
    )


def test_urgency_is_told_before_all_else(tell: Tell, rules: minsight.Rules) -> None:
    up = Move("iron", "few_findings", "partial_pattern", 2, 1, 3, 8)
    sentence = rules.catalogue.urgencies["soon"].rstrip(".")
    assert f": urgency: {sentence}; iron up to partial pattern." in tell(
        sensitivity(effect(up, urgency="soon"))
    )


def test_the_first_candidates_have_a_chart_of_what_moves_them(tell: Tell) -> None:
    up = Move("iron", "few_findings", "few_findings", 5, 5, 3, 8)
    assert "Iron: points won or lost by one answer Spoon-shaped nails" in tell(
        sensitivity(effect(up), first=("iron", "zinc"))
    )
    assert "Zinc: points" not in tell(sensitivity(effect(up), first=("zinc",)))

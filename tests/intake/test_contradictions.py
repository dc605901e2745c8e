"""Contradictions: what cannot be said of one person, each told with a way out."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.ages import parse_age
from minsight.compiler.compile import compile_folder
from minsight.intake.contradictions import (
    Contradiction,
    SaidEntry,
    contradictions,
    exclude,
    holds_for,
    narrower,
    out_of_age,
    widened,
)
from minsight.knowledge.vocabulary import ANYBODY, Demographic, Group, Vocabulary
from places import SMALL_RULES

SMALL: Final = compile_folder(SMALL_RULES).vocabulary
ITCH: Final = SaidEntry("itch", "itchy skin")
EXPECTING: Final = SaidEntry("expecting", "expecting")
"""SaidEntry of women from 10 to below 60 years; a word for them from 8 to below 75."""
BABY: Final = SaidEntry("baby", "infant")
"""Below 12 months; a word for them below 15."""


def found(
    *present: SaidEntry,
    absent: tuple[SaidEntry, ...] = (),
    age: str | None = None,
    sex: str | None = None,
) -> tuple[Contradiction, ...]:
    return contradictions(
        SMALL,
        present=present,
        absent=absent,
        age_days=None if age is None else parse_age(age),
        sex=sex,
    )


def messages(contradicting: tuple[Contradiction, ...]) -> list[str]:
    return [one.message for one in contradicting]


# --- present and absent ---------------------------------------------------------------


def test_one_finding_is_not_both_there_and_not() -> None:
    assert found(ITCH, absent=(SaidEntry("itch", "itch"),)) == (
        Contradiction(
            "`itchy skin` is said to be present and `itch` to be absent, and both mean"
            " `itch`; keep one of them",
            ("itch", "itch"),
        ),
    )


def test_what_is_denied_has_no_kinds() -> None:
    grey, nails = (
        SaidEntry("grey_nails", "ashen nails"),
        SaidEntry("nail_change", "odd nails"),
    )
    assert found(grey, absent=(nails,)) == (
        Contradiction(
            "`ashen nails` is said to be present and `odd nails` to be absent, and"
            " `grey_nails` is a kind of `nail_change`; keep one of them",
            ("grey_nails", "nail_change"),
        ),
    )


def test_a_kind_may_be_absent_where_something_wider_is_present() -> None:
    assert found(
        SaidEntry("nail_change", "odd nails"), absent=(SaidEntry("grey_nails", "x"),)
    ) == (())


def test_answers_to_different_questions_contradict_nothing() -> None:
    assert (
        found(ITCH, absent=(SaidEntry("fever", "fever"),), age="30", sex="male") == ()
    )
    assert found() == ()


def test_each_contradiction_is_told_once() -> None:
    no_itch = SaidEntry("itch", "itch")
    assert len(found(ITCH, ITCH, absent=(no_itch, no_itch))) == 1


# --- age and sex ----------------------------------------------------------------------


def test_a_group_of_one_sex_is_not_said_of_the_other() -> None:
    assert found(EXPECTING, sex="male") == (
        Contradiction(
            "`expecting` is not said of a male person, and the sex is `male`; correct"
            " one of them",
            ("expecting", "sex"),
        ),
    )
    assert found(EXPECTING, sex="female") == found(EXPECTING) == ()


def test_an_age_far_outside_is_told_with_the_bounds() -> None:
    assert found(EXPECTING, age="7") == (
        Contradiction(
            "`expecting` is for ages from 10 years to below 60 years, and the age is 7"
            " years; correct one of them",
            ("expecting", "age"),
        ),
    )


@pytest.mark.parametrize(
    ("said", "age", "refused"),
    [
        (EXPECTING, "7.9", True),
        (EXPECTING, "8", False),
        (EXPECTING, "9", False),
        (EXPECTING, "74.9", False),
        (EXPECTING, "75", True),
        (BABY, "0", False),
        (BABY, "14mo", False),
        (BABY, "15mo", True),
    ],
)
def test_an_age_a_little_outside_is_let_pass(
    said: SaidEntry, age: str, refused: bool
) -> None:
    """People do not say words for ages with the calendar in hand."""
    assert bool(found(said, age=age)) == refused


def test_a_wrong_age_and_a_wrong_sex_are_both_told() -> None:
    fields = [one.drops[1] for one in found(EXPECTING, age="3", sex="male")]
    assert fields == ["sex", "age"]


def test_two_groups_that_no_age_has_in_common_are_not_said_together() -> None:
    (one,) = found(EXPECTING, ITCH, BABY)
    assert sorted(one.drops) == ["baby", "expecting"]
    assert "`expecting`" in one.message
    assert "`infant`" in one.message
    assert one.message.endswith("cannot both be said of one person; keep one of them")


def test_of_words_for_one_group_the_first_is_told() -> None:
    again = SaidEntry("baby", "little one")
    assert messages(found(BABY, again, EXPECTING)) == messages(found(BABY, EXPECTING))


# --- the age decides ------------------------------------------------------------------


def test_a_group_that_the_age_rules_out_by_a_little_is_left_out_with_a_note() -> None:
    assert out_of_age(SMALL, [BABY, ITCH], parse_age("14mo")) == {
        "baby": "`infant` was left out, because it is for ages below 12 months, and the"
        " age is 14 months."
    }


@pytest.mark.parametrize("age_days", [None, 0.0, 200.0])
def test_a_group_that_the_age_allows_stays(age_days: float | None) -> None:
    assert out_of_age(SMALL, [BABY], age_days) == {}


# --- of whom something can be said ----------------------------------------------------


def group(id_: str, whom: Demographic, *parents: str) -> Group:
    return Group(id_, id_, "made_up", id_, (), parents, ANYBODY, whom, derived=False)


def test_what_is_implied_bounds_what_implies_it() -> None:
    wide = group("wide", Demographic(below_days=100, sex="female"))
    middle = group("middle", Demographic(from_days=10, below_days=200), "wide")
    narrow = group("narrow", Demographic(from_days=5), "middle")
    vocabulary = Vocabulary((), (wide, middle, narrow), (), ())
    assert holds_for(vocabulary, "narrow") == Demographic(10, 100, "female")
    assert holds_for(vocabulary, "wide") == wide.holds_for
    assert holds_for(vocabulary, "unheard_of") == ANYBODY


DAYS: Final = st.integers(0, 400)
PEOPLE: Final = st.builds(
    Demographic,
    from_days=st.none() | DAYS,
    below_days=st.none() | DAYS,
    sex=st.none() | st.sampled_from(["female", "male"]),
)


@given(one=PEOPLE, other=PEOPLE, age=DAYS, sex=st.sampled_from(["female", "male"]))
def test_groups_that_one_person_is_in_never_exclude_each_other(
    one: Demographic, other: Demographic, age: int, sex: str
) -> None:
    if one.may_be(age, sex) and other.may_be(age, sex):
        assert not exclude(one, other)


@given(one=PEOPLE, other=PEOPLE)
def test_what_excludes_is_excluded(one: Demographic, other: Demographic) -> None:
    assert exclude(one, other) == exclude(other, one)


@given(whom=PEOPLE, age=DAYS)
def test_whom_a_word_means_it_still_means_when_it_is_taken_loosely(
    whom: Demographic, age: int
) -> None:
    if whom.may_be(age, None):
        assert widened(whom).may_be(age, None)


PRESENT: Final = st.lists(
    st.sampled_from([*SMALL.finding, *SMALL.group]).map(
        lambda id_: SaidEntry(id_, id_)
    ),
    max_size=5,
)


@given(
    present=PRESENT,
    absent=PRESENT,
    age=st.none() | st.floats(0, 36_525),
    sex=st.none() | st.sampled_from(["female", "male"]),
)
def test_without_what_they_drop_nothing_is_contradicted(
    present: list[SaidEntry],
    absent: list[SaidEntry],
    age: float | None,
    sex: str | None,
) -> None:
    at_odds = contradictions(
        SMALL, present=present, absent=absent, age_days=age, sex=sex
    )
    dropped = {id_ for one in at_odds for id_ in one.drops}
    left = contradictions(
        SMALL,
        present=[said for said in present if said.id not in dropped],
        absent=[said for said in absent if said.id not in dropped],
        age_days=None if "age" in dropped else age,
        sex=None if "sex" in dropped else sex,
    )
    assert left == ()


# --- kinds of one thing ---------------------------------------------------------------


def test_a_kind_that_is_denied_denies_no_other_kind() -> None:
    present, absent = (SaidEntry("itch", "x"),), (SaidEntry("itch", "y"),)
    (id_, note), *others = narrower(SMALL, present, absent).items()
    assert (id_, others) == ("itch", [])
    assert "`y` is absent and `x` present" in note


@pytest.mark.parametrize(("there", "denied"), [("itch", "y"), ("x", "no itch")])
def test_the_id_and_the_label_mean_all_of_it(there: str, denied: str) -> None:
    present, absent = (SaidEntry("itch", there),), (SaidEntry("itch", denied),)
    assert narrower(SMALL, present, absent) == {}

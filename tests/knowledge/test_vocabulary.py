"""The vocabulary: entries by id and by phrase, what implies what, who can be meant."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.compiler.compile import compile_folder
from minsight.knowledge.phrases import Phrase
from minsight.knowledge.vocabulary import (
    ANYBODY,
    Demographic,
    Finding,
    Group,
    MeasurementKind,
    Vocabulary,
)
from places import SMALL_RULES

SMALL: Final = compile_folder(SMALL_RULES).vocabulary
GIRLS: Final = Demographic(from_days=100, below_days=200, sex="female")


def made_of(
    *findings: Finding,
    groups: tuple[Group, ...] = (),
    measurements: tuple[MeasurementKind, ...] = (),
    phrases: tuple[Phrase, ...] = (),
) -> Vocabulary:
    return Vocabulary(findings, groups, measurements, phrases)


def finding(
    id_: str, *parents: str, hpo: str | None = None, below: str = ""
) -> Finding:
    return Finding(
        id=id_,
        label=id_.title(),
        kind="sign",
        category="general",
        synonyms=(),
        parents=parents,
        lay=True,
        asked_of=ANYBODY,
        holds_for=ANYBODY,
        hpo=hpo,
        hpo_below=below,
    )


# --- whom something is asked of -------------------------------------------------------


@pytest.mark.parametrize(
    ("age_days", "sex", "may_be"),
    [
        (100, "female", True),
        (199.9, "female", True),
        (99.9, "female", False),
        (200, "female", False),
        (150, "male", False),
        (None, "female", True),
        (150, None, True),
        (None, None, True),
        (None, "male", False),
        (0, None, False),
    ],
)
def test_the_first_day_is_meant_and_the_last_is_not_and_unknown_may_be(
    age_days: float | None, sex: str | None, may_be: bool
) -> None:
    assert GIRLS.may_be(age_days, sex) == may_be


def test_a_bound_of_no_days_is_a_bound() -> None:
    assert Demographic(from_days=0).may_be(0, None)
    assert not Demographic(below_days=0).may_be(0, None)


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (ANYBODY, GIRLS),
        (Demographic(from_days=150), Demographic(150, 200, "female")),
        (Demographic(below_days=150), Demographic(100, 150, "female")),
        (Demographic(from_days=200), None),
        (Demographic(below_days=100), None),
        (Demographic(sex="male"), None),
    ],
)
def test_those_are_shared_whom_both_mean(
    other: Demographic, shared: Demographic | None
) -> None:
    assert GIRLS.shared_with(other) == other.shared_with(GIRLS) == shared


def test_nobody_is_below_no_days() -> None:
    assert ANYBODY.shared_with(Demographic(below_days=0)) is None


DAYS: Final = st.integers(0, 6)
PEOPLE: Final = st.builds(
    Demographic,
    from_days=st.none() | DAYS,
    below_days=st.none() | DAYS,
    sex=st.none() | st.sampled_from(["female", "male"]),
)


@given(one=PEOPLE, other=PEOPLE, age=DAYS, sex=st.sampled_from(["female", "male"]))
def test_somebody_is_shared_exactly_when_both_mean_them(
    one: Demographic, other: Demographic, age: int, sex: str
) -> None:
    shared = one.shared_with(other)
    in_shared = shared is not None and shared.may_be(age, sex)
    assert in_shared == (one.may_be(age, sex) and other.may_be(age, sex))


# --- entries --------------------------------------------------------------------------


def test_an_entry_is_found_by_its_id_whatever_it_is() -> None:
    assert SMALL.entry("grey_nails") is SMALL.finding["grey_nails"]
    assert SMALL.entry("deep_well") is SMALL.group["deep_well"]
    assert SMALL.entry("0-11mo") is SMALL.group["0-11mo"]
    assert SMALL.entry("serum_alum") is None
    assert SMALL.entry("unheard_of") is None


@pytest.mark.parametrize(
    ("id_", "label"),
    [
        ("grey_nails", "Grey nails"),
        ("deep_well", "Drinks from a deep well"),
        ("serum_alum", "Serum alum"),
        ("alum_low", "alum_low"),
        ("unheard_of", "unheard_of"),
    ],
)
def test_a_label_is_that_of_the_entry_else_the_id(id_: str, label: str) -> None:
    assert SMALL.label(id_) == label


# --- the taxonomy ---------------------------------------------------------------------


def test_what_is_above_is_implied_and_what_is_below_is_not() -> None:
    assert SMALL.with_ancestors("grey_nails") == {"grey_nails", "nail_change"}
    assert SMALL.with_ancestors("deep_well") == {"deep_well", "well_water"}
    assert SMALL.with_ancestors("nail_change") == {"nail_change"}


def test_all_ways_up_are_followed_and_none_twice() -> None:
    diamond = made_of(
        finding("top"),
        finding("left", "top"),
        finding("right", "top"),
        finding("bottom", "left", "right"),
    )
    assert diamond.with_ancestors("bottom") == {"bottom", "left", "right", "top"}


def test_an_unknown_id_implies_itself() -> None:
    assert SMALL.with_ancestors("unheard_of") == {"unheard_of"}


def test_a_value_shows_in_its_bands_and_in_what_they_observe() -> None:
    """The low band of alum observes the finding of a low value."""
    assert SMALL.shown_by("serum_alum") == {"alum_low", "low_alum"}
    assert SMALL.shown_by("grey_nails") == SMALL.with_ancestors("grey_nails")


@given(data=st.data())
def test_what_is_implied_implies_nothing_more(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    vocabulary = rules.vocabulary
    id_ = data.draw(st.sampled_from([entry.id for entry in vocabulary.findings]))
    implied = vocabulary.with_ancestors(id_)
    assert id_ in implied
    assert set().union(*map(vocabulary.with_ancestors, implied)) == implied


# --- phrases --------------------------------------------------------------------------

PHRASES: Final = made_of(
    phrases=(
        Phrase("always tired", "fatigue", "finding", "synonym"),
        Phrase("pica", "pica", "finding", "id"),
        Phrase("serum iron", "serum_iron", "measurement", "label"),
        Phrase("well water", "well", "group", "label"),
    )
)


def test_a_measurement_is_not_among_the_phrases_of_answers() -> None:
    assert list(PHRASES.phrase) == ["always tired", "pica", "well water"]
    assert list(PHRASES.measurement_phrase) == ["serum iron"]
    assert PHRASES.phrase["pica"].id == "pica"


def test_spellings_stand_by_number_of_words_as_written_and_sorted() -> None:
    assert PHRASES.spellings == {
        2: (("always tired", "always tired"), ("well water", "water well")),
        1: (("pica", "pica"),),
    }


def test_the_nearest_term_of_an_ontology_is_told_of_those_below() -> None:
    terms = made_of(
        finding("pallor", hpo="HP:0000980", below="0001 0002"),
        finding("pale_gums", hpo="HP:0012345", below="0002"),
        finding("no_term", below="0001"),
    )
    assert terms.nearest_to_hpo("0001") == ("HP:0000980",)
    assert terms.nearest_to_hpo("0002") == ("HP:0000980", "HP:0012345")
    assert terms.nearest_to_hpo("000") == ()
    assert terms.nearest_to_hpo("0003") == ()


def test_what_is_worked_out_once_is_kept_for_this_vocabulary_alone() -> None:
    made: list[Vocabulary] = []

    def count(vocabulary: Vocabulary) -> int:
        made.append(vocabulary)
        return len(vocabulary.findings)

    one, other = made_of(finding("a")), made_of(finding("a"), finding("b"))
    assert [one.once(count), one.once(count), other.once(count)] == [1, 1, 2]
    assert made == [one, other]


def test_it_shows_its_size_and_not_all_its_phrases() -> None:
    shown = repr(made_of(finding("a"), finding("b")))
    assert shown.startswith("Vocabulary(2 findings, 0 groups, 0 measurements, ")
    assert len(shown) < 100

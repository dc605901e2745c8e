"""How likely a yes is: by age and sex, by group, and beside other answers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from guides import small_asked
from minsight.ages import parse_age
from minsight.assessment.likelihood import (
    ODDS,
    SUREST,
    USUAL_SHARES,
    Likelihood,
    at_least_one,
)
from minsight.knowledge.guide import Frequency, FrequencyBand, Guide, MoreOften

GROWN: float = parse_age("30y")


def of(
    id_: str, *present: str, age: str | None = "30y", sex: str | None = "female"
) -> float:
    """With the small guide."""
    days = parse_age(age) if age else None
    return Likelihood(small_asked().guide, days, sex).of(id_, present)


def raised(share: float, factor: float) -> float:
    odds = share / (1 - share) * factor
    return odds / (1 + odds)


# --- bands ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "sex", "share"),
    [
        ("30y", "female", 0.1),
        ("30y", "male", 0.4),
        ("15y", "male", 0.0),
        ("16y", "male", 0.4),
    ],
)
def test_the_class_is_that_of_the_band_of_the_person(
    age: str, sex: str, share: float
) -> None:
    assert of("mill_worker", age=age, sex=sex) == pytest.approx(share)


def test_of_whom_less_is_known_all_who_it_may_be_count_alike() -> None:
    assert of("mill_worker", sex=None) == pytest.approx((0.1 + 0.4) / 2)
    assert of("mill_worker", age=None, sex=None) == pytest.approx((0 + 0.1 + 0.4) / 3)
    assert of("mill_worker", age=None) == pytest.approx((0 + 0.1) / 2)


def test_of_a_group_its_own_band_alone_counts() -> None:
    assert of("night_cramps") == pytest.approx(0.02)
    assert of("night_cramps", "expecting") == pytest.approx(0.4)
    assert of("mill_elder", "expecting") == 0
    assert of("mill_worker", "expecting", age=None, sex=None) == pytest.approx(0.004)


def test_a_group_band_counts_for_nobody_else() -> None:
    bands = (FrequencyBand("old", group="expecting"), FrequencyBand("all"))
    guide = Guide(bands=bands, how_often={"itch": ("everyday", "rare")})
    likelihood = Likelihood(guide, GROWN, None)
    assert likelihood.of("itch", ["expecting"]) == pytest.approx(0.3)
    assert likelihood.of("itch", []) == pytest.approx(0.003)


def test_what_the_guide_does_not_count_is_occasional() -> None:
    usual = USUAL_SHARES["occasional"]
    assert Likelihood(Guide(), None, None).of("itch", []) == pytest.approx(usual)
    assert of("serum_alum") == pytest.approx(0.02), "the share that the rules give"


def test_shares_are_the_usual_ones_where_the_rules_give_none() -> None:
    guide = Guide(
        bands=(FrequencyBand("all"),),
        shares={"common": 0.2},
        how_often={"itch": ("common",), "fever": ("rare",)},
    )
    likelihood = Likelihood(guide, None, None)
    assert likelihood.of("itch", []) == pytest.approx(0.2)
    assert likelihood.of("fever", []) == pytest.approx(USUAL_SHARES["rare"])


# --- beside other answers -------------------------------------------------------------


def test_what_is_likelier_beside_an_answer_has_higher_odds() -> None:
    assert of("ridged_nails", "itch") == pytest.approx(raised(0.02, ODDS["much"]))
    assert of("sleepiness", "tiredness") == pytest.approx(raised(0.1, ODDS["more"]))
    assert of("sleepiness", "itch") == pytest.approx(0.1)


def test_any_of_the_answers_counts_and_both_count_once() -> None:
    once = of("grey_nails", "itch")
    assert once == of("grey_nails", "nail_change") > of("grey_nails")
    assert of("grey_nails", "itch", "nail_change") == once


def test_two_reasons_multiply_but_nothing_is_sure_before_it_is_said() -> None:
    much = MoreOften(("a",), ("itch",), "much")
    more = MoreOften(("b",), ("itch",), "more")
    bands = (FrequencyBand("all"),)
    often: Mapping[str, tuple[Frequency, ...]] = {"itch": ("common",)}
    both = Likelihood(
        Guide(bands=bands, how_often=often, more_often=(much, more)), None, None
    )
    assert both.of("itch", ["a", "b"]) == pytest.approx(raised(0.1, 30))
    sure = Likelihood(
        Guide(bands=bands, how_often=often, more_often=(much,) * 3), None, None
    )
    assert sure.of("itch", ["a"]) == SUREST


def test_what_is_impossible_stays_so_whatever_is_said() -> None:
    guide = Guide(
        bands=(FrequencyBand("all"),),
        how_often={"itch": ("impossible",)},
        more_often=(MoreOften(("a",), ("itch",), "much"),),
    )
    assert Likelihood(guide, None, None).of("itch", ["a"]) == 0


def test_none_among_none_is_certain() -> None:
    assert at_least_one([]) == 0
    assert at_least_one([0.1, 1.0]) == 1

"""Which spellings of yes, no and unknown are read, and how categories are ordered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.screening.mapping.value_sets import (
    SEX_OF,
    USUAL,
    Known,
    NumberSpan,
    Spellings,
    categories,
    plain,
    span_of,
)
from random_laws import examples

LISTED = {
    **dict.fromkeys(USUAL.observed, "observed"),
    **dict.fromkeys(USUAL.excluded, "excluded"),
    **dict.fromkeys(USUAL.unknown, "unknown"),
}
FEVER = Spellings(
    frozenset({"high", "35"}),
    frozenset({"normal"}),
    spans=(NumberSpan("observed", ">=", 38.0), NumberSpan("excluded", "<", 38.0)),
)


def test_no_usual_spelling_means_two_things() -> None:
    assert len(LISTED) == sum(map(len, (USUAL.observed, USUAL.excluded, USUAL.unknown)))


@pytest.mark.parametrize("change", [str, str.upper, str.capitalize, " {} ".format])
def test_each_usual_spelling_is_read_in_any_case_and_with_spaces_around(
    change: object,
) -> None:
    assert callable(change)
    assert {t: USUAL.meaning(change(t)) for t in LISTED} == LISTED


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (True, "observed"),
        (1, "observed"),
        (1.0, "observed"),
        ("1.000", "observed"),
        (False, "excluded"),
        (0, "excluded"),
        ("0.0", "excluded"),
        ("", "unknown"),
        ("   ", "unknown"),
        (None, "unknown"),
        (float("nan"), "unknown"),
        (2, None),
        ("1.5", None),
        ("yes and no", None),
    ],
)
def test_numbers_and_truth_values_are_read_as_the_texts_they_stand_for(
    value: object, meant: str | None
) -> None:
    assert USUAL.meaning(value) == meant


def test_a_sex_is_read_in_any_case() -> None:
    for text, sex in SEX_OF.items():
        assert SEX_OF[plain(f" {text.upper()} ")] == sex


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("38", "observed"),
        ("37.99", "excluded"),
        (" 40.5 ", "observed"),
        ("-1", "excluded"),
        ("35", "observed"),  # named, and so before any span
        ("na", "unknown"),
        ("warm", None),
        ("nan", "unknown"),
    ],
)
def test_a_value_that_is_named_goes_before_spans(text: str, meant: str | None) -> None:
    assert FEVER.meaning(text) == meant


def test_of_spans_that_overlap_the_first_counts() -> None:
    spans = (NumberSpan("unknown", ">", 90.0), NumberSpan("observed", ">=", 38.0))
    spellings = Spellings(frozenset(), frozenset(), spans=spans)
    assert [spellings.meaning(n) for n in (91, 90, 37)] == ["unknown", "observed", None]


def test_lenient_spellings_take_what_is_nowhere_as_unknown() -> None:
    lenient = Spellings(frozenset({"often"}), frozenset({"never"}), lenient=True)
    assert lenient.meaning("purple") == "unknown"
    assert lenient.meaning("Never") == "excluded"


@pytest.mark.parametrize(
    ("text", "below", "at", "above"),
    [
        (">=2", False, True, True),
        (">2", False, False, True),
        ("<=2", True, True, False),
        ("<2", True, False, False),
    ],
)
def test_a_span_holds_the_numbers_on_its_side_of_the_limit(
    text: str, below: bool, at: bool, above: bool
) -> None:
    span = span_of(text, "observed")
    assert span is not None
    assert [span.holds(n) for n in (1.9, 2, 2.1)] == [below, at, above]


@pytest.mark.parametrize(
    ("text", "limit"), [(" < -0.5 ", -0.5), ("<+3", 3.0), ("<007", 7.0)]
)
def test_the_limit_of_a_span_may_have_a_sign_and_spaces(
    text: str, limit: float
) -> None:
    assert span_of(text, "excluded") == NumberSpan("excluded", "<", limit)


@pytest.mark.parametrize(
    "text", ["", "2", "=>2", ">=", ">= two", ">=2,5", "> =2", ">=2 or more", "1<2"]
)
def test_what_is_no_sign_and_number_is_no_span(text: str) -> None:
    assert span_of(text, "observed") is None


def test_known_values_keep_their_order_and_their_types() -> None:
    values = ["no", None, 1, "mabye", "Yes", "", 0.0, True, 5]
    assert Known.among(values, USUAL) == Known(
        (1, "Yes", True), ("no", 0.0), ("mabye", 5)
    )


def test_categories_stand_in_the_order_observed_excluded_others() -> None:
    spellings = Spellings(
        frozenset({"often", "daily"}), frozenset({"never"}), frozenset({"refused"})
    )
    assert categories(spellings, ["NeVer", "odd", "often"]) == [
        "daily", "Daily", "DAILY", "often", "Often", "OFTEN",
        "never", "Never", "NEVER", "NeVer",
        "refused", "Refused", "REFUSED", "odd",
    ]  # fmt: skip


_MET = st.sampled_from(sorted(LISTED)).flatmap(
    lambda text: st.sampled_from([text, text.title(), f" {text}", text.upper()])
)


@examples(30)
@given(st.lists(_MET | st.text(max_size=3), max_size=8))
def test_categories_hold_each_value_once_and_never_mix_what_they_mean(
    met: list[str],
) -> None:
    found = categories(USUAL, met)
    assert len(set(found)) == len(found)
    assert set(met) <= set(found)
    place = {"observed": 0, "excluded": 1}
    order = [place.get(str(USUAL.meaning(value)), 2) for value in found]
    assert order == sorted(order)

"""Subjects: what a record may say of a person, and what is refused by name."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight import SubjectError
from minsight.intake.subject import Measurement, Subject, subject_from_record
from random_laws import examples

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["itch", "female", "name", "value", "unit"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "value", "unit", "other"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
KEYS = (
    "subject_id", "age_years", "age_months", "age_days", "sex", "present", "absent",
    "unsure", "groups", "not_groups", "measurements",
)  # fmt: skip


def refusal(record: object) -> str:
    with pytest.raises(SubjectError) as caught:
        subject_from_record(record)
    return str(caught.value)


# --- what is read -------------------------------------------------------------------


def test_a_record_says_what_it_says() -> None:
    record = {
        "subject_id": "a1",
        "age_months": 9,
        "sex": "F",
        "present": ["always tired", "spoon_nails"],
        "absent": ["fever"],
        "unsure": ["hair loss"],
        "groups": ["vegetarian"],
        "not_groups": ["pregnant"],
        "measurements": [{"name": "ferritin", "value": 8, "unit": "ug/L"}],
    }
    assert subject_from_record(record) == Subject(
        subject_id="a1",
        present=("always tired", "spoon_nails"),
        absent=("fever",),
        unsure=("hair loss",),
        groups=("vegetarian",),
        not_groups=("pregnant",),
        measurements=(Measurement("ferritin", 8.0, "ug/L"),),
        sex="female",
        age_days=273.9375,
    )


def test_not_said_is_unknown() -> None:
    """A key that is left out and a key that is null say the same: nothing."""
    nothing = Subject()
    assert subject_from_record({}) == nothing
    assert subject_from_record(dict.fromkeys(KEYS)) == nothing
    assert (nothing.age_days, nothing.sex, nothing.present) == (None, None, ())


@pytest.mark.parametrize(
    ("key", "value", "days"),
    [
        ("age_years", 0.75, 273.9375),
        ("age_years", 28, 28 * 365.25),
        ("age_months", 9, 273.9375),
        ("age_days", 12, 12),
        ("age_days", 0, 0),
    ],
)
def test_an_age_is_kept_in_days(key: str, value: float, days: float) -> None:
    assert subject_from_record({key: value}).age_days == days


@pytest.mark.parametrize("written", ["female", "Female", " f ", "F"])
def test_a_sex_is_kept_in_one_spelling(written: str) -> None:
    assert subject_from_record({"sex": written}).sex == "female"


@pytest.mark.parametrize("written", ["007", "0", "", "1.0", "1e3", "0x10", " a ", "№7"])
def test_an_id_stays_the_text_it_is(written: str) -> None:
    """Two subjects `007` and `7` are two subjects."""
    assert subject_from_record({"subject_id": written}).subject_id == written


def test_a_whole_number_is_an_id() -> None:
    assert subject_from_record({"subject_id": 7}).subject_id == "7"


def test_an_age_in_words_is_that_of_the_record() -> None:
    spoken = Subject(age="9 months", sex="m")
    assert spoken == subject_from_record({"age_months": 9, "sex": "male"})
    assert Subject(age=28).age_days == 28 * 365.25


# --- what is refused ----------------------------------------------------------------


@pytest.mark.parametrize("record", [None, [], "x", 1, True, [{"present": []}]])
def test_a_record_is_an_object(record: object) -> None:
    assert "must be an object" in refusal(record)


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("presnt", "did you mean `present`?"),
        ("age_year", "did you mean `age_years`?"),
        ("notgroups", "did you mean `not_groups`?"),
        ("measurement", "did you mean `measurements`?"),
        ("Sex", "did you mean `sex`?"),
        ("qqqq", "known keys are subject_id, "),
    ],
)
def test_an_unknown_key_is_refused_with_what_was_meant(key: str, advice: str) -> None:
    message = refusal({key: None})
    assert f"unknown key `{key}`" in message
    assert advice in message


@pytest.mark.parametrize(
    ("ages", "count"),
    [
        ({"age_years": 1, "age_months": 2}, 2),
        ({"age_years": 1, "age_days": 365}, 2),
        ({"age_years": 1, "age_months": 12, "age_days": 365}, 3),
    ],
)
def test_one_age_a_record(ages: dict[str, float], count: int) -> None:
    message = refusal(ages)
    assert f"the age is given {count} times: {', '.join(ages)}" in message
    assert "keep one" in message


def test_an_age_that_is_null_is_not_given() -> None:
    assert subject_from_record({"age_years": None, "age_months": 9}).age_days == (
        273.9375
    )


@pytest.mark.parametrize(
    "value",
    [-1, 126, math.nan, math.inf, "28", True, [28], {}, 10**400],
    ids=lambda value: str(value)[:9],
)
def test_an_age_is_a_number_that_someone_can_have(value: object) -> None:
    message = refusal({"age_years": value})
    assert "age" in message
    assert len(message) < 200


@pytest.mark.parametrize("value", [-1, 1_501, True, "9mo"])
def test_an_age_in_months_is_one_too(value: object) -> None:
    assert "age" in refusal({"age_months": value})


@pytest.mark.parametrize("value", ["", "x", "person", "femal", 1, True, ["female"]])
def test_a_sex_is_one_that_the_rules_know(value: object) -> None:
    assert "sex" in refusal({"sex": value})


@pytest.mark.parametrize("value", [True, 1.5, ["a"], {"a": 1}])
def test_an_id_is_text_or_a_whole_number(value: object) -> None:
    assert refusal({"subject_id": value}) == (
        "`subject_id` must be text or a whole number"
    )


@pytest.mark.parametrize("key", ["present", "absent", "unsure", "groups", "not_groups"])
@pytest.mark.parametrize("value", ["itch", 1, True, {"itch": True}])
def test_answers_are_lists(key: str, value: object) -> None:
    assert f"`{key}` must be a list of texts" in refusal({key: value})


@pytest.mark.parametrize("value", [1, 1.5, True, None, ["itch"], {"itch": 1}])
def test_answers_are_texts(value: object) -> None:
    message = refusal({"present": ["itch", value]})
    assert message.startswith("`present` holds ")
    assert message.endswith("which is not text")


def test_a_text_has_an_end() -> None:
    assert subject_from_record({"present": ["x" * 10_000]}).present == ("x" * 10_000,)
    assert "longer than 10000 characters" in refusal({"present": ["x" * 10_001]})


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "ferritin=8",
        [],
        {},
        {"name": "a", "unit": "g"},
        {"name": "a", "value": 1, "unit": "g", "date": "today"},
    ],
)
def test_a_measurement_has_a_name_and_a_value(entry: object) -> None:
    assert "needs `name` and `value`" in refusal({"measurements": [entry]})


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"name": "ferritin", "value": "low"}, "ferritin low"),
        ({"name": "zinc", "value": "below range", "unit": None}, "zinc below range"),
        ({"name": "potassium", "value": 2.9}, "potassium 2.9"),
        ({"name": "ferritin", "value": "<5", "unit": None}, "ferritin <5"),
        ({"name": "hb", "value": "10.1", "unit": "g/dL"}, "hb 10.1 g/dL"),
        ({"name": "hb", "value": 9, "comparator": "<"}, "hb <9"),
    ],
)
def test_a_value_in_words_or_without_a_unit_is_read_as_typed(
    entry: object, words: str
) -> None:
    subject = subject_from_record({"present": ["tired"], "measurements": [entry]})
    assert subject.present == ("tired", words)
    assert subject.measurements == ()


@pytest.mark.parametrize("value", [{}, "a", 1, True])
def test_measurements_are_a_list(value: object) -> None:
    assert "`measurements` must be a list" in refusal({"measurements": value})


@pytest.mark.parametrize("value", [True, False, "", None, [8]])
def test_a_value_is_a_number_and_a_boolean_is_none(value: object) -> None:
    entry = {"name": "a", "value": value, "unit": "g"}
    message = refusal({"measurements": [entry]})
    assert message.startswith("the value of the measurement `a` must be a number, not ")


@pytest.mark.parametrize(
    "value",
    [-1, -0.001, math.nan, math.inf, -math.inf, 10**400],
    ids=lambda value: str(value)[:9],
)
def test_a_value_is_from_0_up(value: float) -> None:
    entry = {"name": "serum alum", "value": value, "unit": "g"}
    message = refusal({"measurements": [entry]})
    assert "`serum alum`" in message
    assert len(message) < 200


@pytest.mark.parametrize(("name", "unit"), [(1, "g"), ("a", 1), (None, "g"), ("a", [])])
def test_the_name_and_unit_are_texts(name: object, unit: object) -> None:
    entry = {"name": name, "value": 1, "unit": unit}
    assert "must be text" in refusal({"measurements": [entry]})


@pytest.mark.parametrize("days", [-1.0, math.nan, math.inf, 50_000.0])
def test_an_age_in_days_is_held_to_the_same_bounds(days: float) -> None:
    with pytest.raises(SubjectError):
        Subject(age_days=days)


def test_an_age_is_given_once() -> None:
    with pytest.raises(SubjectError, match="as `age` and as `age_days`; keep one"):
        Subject(age="9mo", age_days=270)


@pytest.mark.parametrize(
    "key", ["present", "absent", "unsure", "groups", "not_groups", "measurements"]
)
def test_one_text_is_no_list_of_texts(key: str) -> None:
    """Python would take the letters of the text for the list."""
    with pytest.raises(SubjectError, match=f"`{key}` must be a list"):
        Subject(**{key: "itch"})  # type: ignore[arg-type] # what is tested


@pytest.mark.parametrize("key", ["present", "absent", "unsure", "groups", "not_groups"])
@pytest.mark.parametrize("broken", ["\udcff", "itch \ud800", "\udc00\ud800"])
def test_half_a_character_is_refused_in_every_list(key: str, broken: str) -> None:
    message = refusal({key: ["itch", broken]})
    assert "is not valid text; enter it as UTF-8" in message
    assert message.encode()


@pytest.mark.parametrize(
    "record",
    [
        {"subject_id": "\ud800"},
        {"sex": "\ud800"},
        {"\ud800": []},
        {"measurements": [{"name": "\ud800", "value": 1, "unit": "g"}]},
        {"measurements": [{"name": "a", "value": 1, "unit": "\ud800"}]},
        {"measurements": [{"name": "\ud800", "value": -1, "unit": "g"}]},
        {"measurements": [{"name": "\ud800", "value": "x", "unit": "g"}]},
    ],
    ids=["id", "sex", "key", "name", "unit", "value below 0", "value of text"],
)
def test_half_a_character_is_refused_everywhere_in_whole_ones(
    record: dict[str, object],
) -> None:
    """No record can hold half a character, nor can the list of refused lines."""
    assert refusal(record).encode()


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    "record",
    [
        lambda n: {"subject_id": n},
        lambda n: {"sex": n},
        lambda n: {"present": [n]},
        lambda n: {"age_years": n},
        lambda n: {"measurements": [{"name": "a", "value": n, "unit": "g"}]},
        lambda n: {"measurements": [{"name": n, "value": "x", "unit": "g"}]},
    ],
    ids=["id", "sex", "text", "age", "value", "name"],
)
def test_a_number_of_thousands_of_digits_is_refused(
    record: Callable[[int], object], sign: int
) -> None:
    """Python cannot show such a number, and no message may fail over it."""
    assert len(refusal(record(sign * 10**5_000))) < 300


NO_NUMBERS: Final = ["8", None, True, [8], 10**400]


@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: str(value)[:9])
def test_a_value_given_in_python_is_a_number_that_a_float_can_hold(
    value: Any,
) -> None:
    with pytest.raises(SubjectError, match="value of the measurement `a` must be a"):
        Measurement("a", value, "g")


@pytest.mark.parametrize("key", ["age", "age_days"])
@pytest.mark.parametrize("value", [True, [8], 10**400], ids=lambda v: str(v)[:9])
def test_an_age_given_in_python_is_a_number_that_a_float_can_hold(
    key: str, value: Any
) -> None:
    with pytest.raises(SubjectError, match="the age must be a number, not "):
        Subject(**{key: value})


@pytest.mark.parametrize("sex", [1, True, ["female"], b"f"])
def test_a_sex_given_in_python_is_text(sex: Any) -> None:
    with pytest.raises(SubjectError, match="is not a sex the rules know"):
        Subject(sex=sex)


@pytest.mark.parametrize("one", ["ferritin=8 ug/L", ("ferritin", 8, "ug/L"), None])
def test_measurements_given_in_python_are_measurements(one: Any) -> None:
    with pytest.raises(SubjectError, match=r"holds .*, which is not a measurement"):
        Subject(measurements=[one])


@examples(250)
@given(record=st.dictionaries(st.sampled_from(KEYS), PLAIN, max_size=4) | PLAIN)
def test_any_record_is_a_subject_or_refused(record: object) -> None:
    """A subject that is made keeps every text in its place."""
    try:
        subject = subject_from_record(record)
    except SubjectError as error:
        assert str(error)
    else:
        assert isinstance(record, dict)
        for key in ("present", "absent", "unsure", "groups", "not_groups"):
            assert list(getattr(subject, key)) == (record.get(key) or [])

"""Loading: a value is what it looks like, or refused; it never becomes another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.errors import Place
from minsight.files.yaml import LoadingError, load_bytes
from random_laws import examples

FILE = "some.yaml"


def data_of(text: str) -> object:
    return load_bytes(text.encode(), FILE).data


def refusal(text: str) -> LoadingError:
    with pytest.raises(LoadingError) as caught:
        load_bytes(text.encode(), FILE)
    return caught.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("text", "text"),
        ("'12'", "12"),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("2020-01-01", "2020-01-01"),
        ("2020-13-45", "2020-13-45"),
        ("2020-01-01 10:00:00", "2020-01-01 10:00:00"),
        ("nan", "nan"),
        ("1e5", "1e5"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("''", ""),
        ("=", "="),
        ("12mo", "12mo"),
        ("0-5mo", "0-5mo"),
        ("y", "y"),
        ("no energy", "no energy"),
    ],
)
def test_a_scalar_is_plain_data(written: str, value: object) -> None:
    """Text stays text, and a date is text: nothing but plain values comes out."""
    loaded = data_of(f"a: {written}\n")
    assert loaded == {"a": value}
    assert isinstance(loaded, dict)
    assert type(loaded["a"]) is type(value)


NOT_PLAIN = [
    *("010", "00", "1:30", "1:30.5", "190:20:30", "1_000", "1_0.5"),
    *("0x10", "0b11", "0b_", "0x_", "+3", "+0.5", ".5", "3.", "1.5e+3"),
    *(".nan", ".NaN", ".inf", "-.inf", "+.INF"),
    *("yes", "no", "on", "off", "Yes", "NO", "On", "OFF", "True", "FALSE"),
]


@pytest.mark.parametrize("written", NOT_PLAIN)
def test_a_value_that_yaml_would_read_as_another_is_refused(written: str) -> None:
    """YAML 1.1 reads `010` as 8, `1:30` as 90, `1_000` as 1000 and `no` as false."""
    issue = refusal(f"a: 1\nb: {written}\n").issue
    assert issue.place == Place(FILE, 2, 4)
    assert issue.message == f"`{written}` is not written plainly"
    assert "put text in quotes" in issue.fix
    assert "write `12`, `0.5`, `true` or `false`" in issue.fix


@pytest.mark.parametrize("text", ["- no\n", "[a, [no]]\n", "{a: {b: no}}\n", "no\n"])
def test_a_value_is_refused_wherever_it_stands(text: str) -> None:
    assert refusal(text).issue.message == "`no` is not written plainly"


@pytest.mark.parametrize("written", NOT_PLAIN)
def test_text_in_quotes_is_never_refused(written: str) -> None:
    assert data_of(f"a: '{written}'\nb: \"{written}\"\n") == {
        "a": written,
        "b": written,
    }


@pytest.mark.parametrize("written", ["no", "010", "1:30", ".nan"])
def test_a_key_is_the_text_it_is(written: str) -> None:
    assert data_of(f"{written}: 1\n") == {written: 1}


def test_fifteen_digits_are_read_and_one_more_is_not() -> None:
    """Beyond them a number is no longer exact."""
    assert data_of(f"[{'9' * 15}, -{'9' * 15}]") == [10**15 - 1, 1 - 10**15]
    assert "not written plainly" in refusal("9" * 16).issue.message
    assert "not written plainly" in refusal("0." + "9" * 16).issue.message


@pytest.mark.parametrize(
    "written",
    [
        "9" * 5_000,
        "-" + "9" * 5_000,
        "0x" + "f" * 5_000,
        "1" + ":00" * 5_000,
        "0." + "9" * 5_000,
    ],
    ids=["decimal", "negative", "hexadecimal", "base 60", "fraction"],
)
def test_a_number_too_long_to_show_is_refused_in_every_notation(written: str) -> None:
    """Python cannot turn such a number into text, so no message could name it."""
    issue = refusal(f"a: 1\nb: {written}\n").issue
    assert issue.place.line == 2
    assert issue.message == f"`{written[:57]}...` is not written plainly"
    assert "put text in quotes" in issue.fix


@examples(200)
@given(written=st.text("0123456789+-_:.eExob", min_size=1, max_size=8))
def test_what_looks_like_a_number_is_that_number_or_text_or_refused(
    written: str,
) -> None:
    """A number that is read is the one that a person reads."""
    try:
        data = data_of(f"a: {written}\n")
    except LoadingError:
        return
    assert isinstance(data, dict)
    ((key, value),) = data.items()
    assert key == "a"
    if isinstance(value, (int, float)):
        assert value == float(written)
        assert not written.lstrip("-").startswith(("+", "00"))
    else:
        assert isinstance(value, (str, dict, list)) or value is None

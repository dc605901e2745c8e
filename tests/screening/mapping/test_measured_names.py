"""A measurement and its unit are read from a name, in any of five languages."""

from __future__ import annotations

import pytest

import minsight
from minsight.screening.mapping.measured_names import (
    fits_unit,
    kind_in,
    unit_by_values,
    unit_in,
)


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("fasting ferritin", "ferritin", ["fasting"]),
        ("Ferritina", "ferritin", []),
        ("Ferritine s\u00e9rique", "ferritin", ["serique"]),
        ("H\u00e4moglobin", "haemoglobin", []),
        ("Hgb g dl", "haemoglobin", ["g", "dl"]),
        ("ferritinugl", "ferritin", ["ugl"]),
    ],
)
def test_what_is_measured_stands_among_other_words(
    text: str, kind: str, rest: list[str], rules: minsight.Rules
) -> None:
    found, left = kind_in(text, rules.vocabulary)
    assert found is not None
    assert (found.id, left) == (kind, rest)


@pytest.mark.parametrize("text", ["", "fatigue", "ironing", "age"])
def test_other_words_measure_nothing(text: str, rules: minsight.Rules) -> None:
    assert kind_in(text, rules.vocabulary) == (None, [])


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        (["g", "dl"], "g/dL"), (["gdl"], "g/dL"), (["g/l"], "g/L"),
        (["capillary", "gl"], "g/L"), (["stones"], None), ([], None),
    ],
)  # fmt: skip
def test_a_unit_is_known_as_programs_write_it(
    words: list[str], unit: str | None, rules: minsight.Rules
) -> None:
    kind = rules.vocabulary.measurement["haemoglobin"]
    assert unit_in(words, kind) == unit


def test_values_fit_a_unit_or_do_not(rules: minsight.Rules) -> None:
    kind = rules.vocabulary.measurement["haemoglobin"]
    assert fits_unit(["12.1", "9", "999"], "g/dL", kind)
    assert fits_unit(["121", "90"], "g/L", kind)
    assert not fits_unit(["121", "90", "9"], "g/dL", kind)
    assert fits_unit(["not done", ""], "g/dL", kind)
    assert not fits_unit(["12"], "stones", kind)


def test_the_values_tell_the_unit_where_only_one_can_be_meant(
    rules: minsight.Rules,
) -> None:
    haemoglobin = rules.vocabulary.measurement["haemoglobin"]
    b12 = rules.vocabulary.measurement["serum_b12"]
    assert unit_by_values(["10,9", "12"], haemoglobin) == "g/dL"
    assert unit_by_values(["109", "121"], haemoglobin) == "g/L"
    assert unit_by_values(["289", "401"], b12) is None
    assert unit_by_values([], haemoglobin) is None

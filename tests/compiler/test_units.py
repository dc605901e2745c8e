"""Units: factors that chemistry allows, worked out when rules are compiled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.compiler.bundle import rules_folder
from minsight.compiler.units import factor

CALCIUM = 40.078


@given(value=st.floats(0.1, 500), molar_mass=st.floats(1, 2000))
def test_mass_to_amount_and_back_changes_nothing(
    value: float, molar_mass: float
) -> None:
    there = factor("mg/dL", "mmol/L", molar_mass=molar_mass)
    back = factor("mmol/L", "mg/dL", molar_mass=molar_mass)
    assert value * there * back == pytest.approx(value)


@given(valence=st.integers(1, 4), molar_mass=st.floats(1, 2000))
def test_one_amount_has_as_many_equivalents_as_charges(
    valence: int, molar_mass: float
) -> None:
    of_one = factor("mEq/L", "mmol/L", valence=valence)
    assert of_one * valence == pytest.approx(1)
    by_mass = factor("mEq/L", "mg/L", molar_mass=molar_mass, valence=valence)
    assert by_mass == pytest.approx(molar_mass / valence)


@pytest.mark.parametrize(
    ("unit", "own"),
    [
        ("mEq/L", "mmol/L"),  # no valence
        ("mL", "g"),
        ("mg/kg", "mg/L"),
        ("degC", "mmol/L"),
        ("dB/L", "mmol/L"),
        ("mg/L", "dB/L"),
        ("x", "g"),
        ("", "g"),
        ("1/0", "g"),
        ("2**99999999", "g"),
        ("mg/(", "g"),
        ("()", "g"),
    ],
)
@pytest.mark.parametrize("molar_mass", [None, CALCIUM])
def test_what_is_not_chemically_right_is_refused(
    unit: str, own: str, molar_mass: float | None
) -> None:
    with pytest.raises(ValueError, match=r"valence|does not turn|not a known|written"):
        factor(unit, own, molar_mass=molar_mass)


def test_mass_turns_into_amount_by_a_molar_mass_only() -> None:
    with pytest.raises(ValueError, match="does not turn into"):
        factor("mg/L", "mmol/L")
    assert factor("mg/L", "mmol/L", molar_mass=CALCIUM) == pytest.approx(1 / CALCIUM)


@given(st.text(max_size=12))
def test_no_text_breaks_the_check_of_a_unit(text: str) -> None:
    try:
        assert factor(text, "mmol/L", molar_mass=CALCIUM, valence=2) > 0
    except ValueError as error:
        assert str(error)


def test_a_cached_assessment_needs_no_library_of_units(tmp_path: Path) -> None:
    """Factors are worked out when rules are compiled; start-up is measured."""
    source = (
        "import sys, minsight.compiler.bundle, minsight.api\n"
        "from unittest.mock import patch\n"
        "from pathlib import Path\n"
        f"with patch('minsight.api.cache_folder', lambda: Path({str(tmp_path)!r})):\n"
        f"    rules = minsight.load({str(rules_folder())!r})\n"
        "calcium = minsight.Measurement('calcium', 8, 'mg/dL')\n"
        "rules.assess(minsight.Subject(measurements=[calcium]), engine='reference')\n"
        "print('pint' in sys.modules)\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", source], capture_output=True, check=True, text=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert told == ["True", "False"]  # compiled, then read

"""Units: the factor that turns a value in one unit into a value in another.

Only conversions that are chemically right: mass into amount by the molar mass, and
equivalents into amount by the valence. Worked out when rules are compiled; an
assessment only multiplies.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import pint

_UNIT: Final = re.compile(r"%|[A-Za-z\u00b5\u03bc]+(/[A-Za-z]+)?")
"""A unit, or one unit per another; pint would also work out what is not a unit."""
_EQUIVALENTS: Final = re.compile(r"([mu\u00b5\u03bc]?)Eq(?![A-Za-z])")


@cache
def _registry() -> pint.UnitRegistry[float]:
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(
        cache_folder=None, on_redefinition="ignore"
    )
    registry.define("mcg = microgram")
    registry.define("IU = [international_unit]")
    registry.define("@alias IU = U")  # laboratories write mU/L of TSH
    return registry


def factor(
    unit: str,
    own: str,
    *,
    molar_mass: float | None = None,
    valence: int | None = None,
) -> float:
    """What a value in `unit` is multiplied by to be one in `own`; g/mol for the mass.

    >>> round(factor("mg/dL", "mmol/L", molar_mass=40.078), 4)  # calcium
    0.2495
    >>> factor("mEq/L", "mmol/L", valence=2)
    0.5

    Raises:
        ValueError: when one does not turn into the other, with the reason.
    """
    per_mole, plain = 1.0, unit
    if _EQUIVALENTS.match(unit):
        if valence is None:
            raise ValueError("equivalents need a `valence`")
        per_mole, plain = 1 / valence, _EQUIVALENTS.sub(r"\1mol", unit, count=1)
    try:
        target = _unit(own)
        for candidate in _readings(per_mole * _unit(plain), molar_mass):
            if candidate.check(target.dimensionality):
                return float(f"{candidate.to(target.units).magnitude:.12g}")
    except (pint.PintError, AttributeError) as error:
        raise ValueError(f"`{unit}` does not turn into `{own}`") from error
    raise ValueError(f"`{unit}` does not turn into `{own}`")


def _unit(text: str) -> pint.Quantity[float]:
    """One of this unit."""
    if not _UNIT.fullmatch(text):
        raise ValueError(f"`{text}` is not written like a unit, such as `mg/dL`")
    try:
        return _registry().Quantity(1.0, text)
    except (pint.UndefinedUnitError, ValueError):
        raise ValueError(f"`{text}` is not a known unit") from None


def _readings(
    given: pint.Quantity[float], molar_mass: float | None
) -> list[pint.Quantity[float]]:
    """The same as it is given, and as amount and as mass where the mass is known."""
    if molar_mass is None:
        return [given]
    mass = _registry().Quantity(molar_mass, "g/mol")
    return [given, given / mass, given * mass]

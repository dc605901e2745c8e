"""Units: the factor that turns a value in one unit into a value in another.

Only conversions that are chemically right: mass into amount by the molar mass, and
equivalents into amount by the valence. Worked out when rules are compiled; an
assessment only multiplies.
"""

from __future__ import annotations

import re
from functools import cache

import pint

_EQUIVALENTS = re.compile(r"\b([mu]?)Eq\b")


@cache
def _registry() -> pint.UnitRegistry[float]:
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(cache_folder=None)
    registry.define("mcg = microgram")
    registry.define("IU = [international_unit]")
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
    registry = _registry()
    per_mole = 1.0
    if _EQUIVALENTS.search(unit):
        if valence is None:
            raise ValueError("equivalents need a `valence`")
        unit, per_mole = _EQUIVALENTS.sub(r"\1mol", unit), 1 / valence
    try:
        given = registry.Quantity(per_mole, unit)
        if molar_mass is None or given.check(registry(own).dimensionality):
            converted = given.to(own)
        else:
            mass = registry.Quantity(molar_mass, "g/mol")
            converted = given.to(own, "chemistry", mw=mass)
    except (pint.PintError, AttributeError, ValueError, TypeError) as error:
        raise ValueError(f"`{unit}` does not turn into `{own}`") from error
    return float(f"{converted.magnitude:.12g}")

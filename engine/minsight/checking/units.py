"""Units: every accepted unit turns into the one a measurement is kept in."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.checking.content import MEASUREMENTS, Content, dangling
from minsight.documents import MeasurementDocument
from minsight.errors import Issue


def units_convert(content: Content) -> Iterator[Issue]:
    """Each unit converts, and what a value is adjusted by is a measurement."""
    known = {measurement.id for measurement in content.folder.measurements}
    for number, measurement in enumerate(content.folder.measurements):
        place = content.folder.place(MEASUREMENTS, "measurements", number)
        for problem in _problems(measurement):
            fix = "correct the unit, or give the `molar_mass` or `valence`"
            yield Issue(place, f"`{measurement.id}`: {problem}", fix)
        if measurement.adjusted and measurement.adjusted.by not in known:
            yield dangling(place, "measurement", measurement.adjusted.by, known)


def _problems(measurement: MeasurementDocument) -> Iterator[str]:
    from minsight.units import factor

    for unit in (measurement.unit, *measurement.units):
        try:
            factor(
                unit,
                measurement.unit,
                molar_mass=measurement.molar_mass,
                valence=measurement.valence,
            )
        except ValueError as error:  # noqa: PERF203  # every unit that fails is told
            yield str(error)

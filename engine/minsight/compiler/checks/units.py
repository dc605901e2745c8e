"""Units: every accepted unit turns into the one a measurement is kept in."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.compiler.checks.content import MEASUREMENTS_FILE, Content, dangling
from minsight.compiler.documents import MeasurementDocument
from minsight.errors import Issue


def units_convert(content: Content) -> Iterator[Issue]:
    """Each unit converts, and what a value is adjusted by is a measurement."""
    known = {measurement.id for measurement in content.folder.measurements}
    for number, measurement in enumerate(content.folder.measurements):
        place = content.folder.place(MEASUREMENTS_FILE, "measurements", number)
        for problem in _problems(measurement):
            fix = "correct the unit, or give the `molar_mass` or `valence`"
            yield Issue(place, f"`{measurement.id}`: {problem}", fix)
        if measurement.adjusted and measurement.adjusted.by not in known:
            yield dangling(place, "measurement", measurement.adjusted.by, known)


def limits_can_be_met(content: Content) -> Iterator[Issue]:
    """A value that is accepted can stand on either side of each limit of a band."""
    for m, measurement in enumerate(content.folder.measurements):
        lowest, highest = measurement.plausible_from, measurement.plausible_to
        for b, band in enumerate(measurement.bands):
            for limit in (x for cutoff in band.cutoffs for x in cutoff.limits):
                if not lowest < limit < highest:
                    path = ("measurements", m, "bands", b)
                    yield Issue(
                        content.folder.place(MEASUREMENTS_FILE, *path),
                        f"the limit {limit:g} of `{band.id}` is outside the values"
                        f" that are accepted, {lowest:g} to {highest:g}",
                        "correct it, or `plausible_from` and `plausible_to`",
                    )


def _problems(measurement: MeasurementDocument) -> Iterator[str]:
    from minsight.compiler.units import factor

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

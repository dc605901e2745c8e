"""A test that was not low: it lifts nothing, and lowers only by a rule that reads it.

A value counts as normal here where it is in the normal band of its measurement and in
no line of another band, whoever the person is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight import Assessment, Measurement, Subject
from minsight.cases.folder import read_cases
from minsight.cases.runner import subject_of
from minsight.compiler.bundle import rules_folder
from minsight.compiler.documents import BandDocument, MeasurementDocument
from minsight.logic.backend import BackendName
from minsight.scales import LEVELS
from random_laws import examples
from strategies import shipped

LAW: Final = examples(25)


# --- people and values ----------------------------------------------------------------


@cache
def people() -> tuple[Subject, ...]:
    """Everybody in the cases beside the rules."""
    cases, _ = read_cases(rules_folder())
    pairs = [p for file in cases.values() for p in (*file.rules, *file.flags)]
    told_of = [person.subject for file in cases.values() for person in file.people]
    written = (*told_of, *(one for p in pairs for one in (p.match, p.near_miss)))
    return tuple(map(subject_of, written))


@cache
def values() -> tuple[Measurement, ...]:
    """Of each measurement one value between each two limits, and beyond them."""
    read = [kind for kind in shipped().measurements if kind.bands]
    return tuple(value for kind in read for value in _values(kind))


@cache
def normal_values() -> tuple[Measurement, ...]:
    kinds = {kind.id: kind for kind in shipped().measurements}
    return tuple(v for v in values() if _is_normal(v.value, kinds[v.name]))


def _values(kind: MeasurementDocument) -> Iterator[Measurement]:
    limits = {limit for band in kind.bands for c in band.cutoffs for limit in c.limits}
    for low, high in pairwise(
        [kind.plausible_from, *sorted(limits), kind.plausible_to]
    ):
        yield Measurement(kind.id, (low + high) / 2, kind.unit)


def _is_normal(value: float, kind: MeasurementDocument) -> bool:
    inside = [band.called for band in kind.bands if _holds_for_somebody(value, band)]
    return inside == ["normal"]


def _holds_for_somebody(value: float, band: BandDocument) -> bool:
    return any(
        (line.from_ is None or value >= line.from_)
        and (line.below is None or value < line.below)
        for line in band.cutoffs
    )


@dataclass(frozen=True)
class Told:
    """One person without and with a value."""

    before: Assessment
    after: Assessment

    def lifted(self) -> set[str]:
        return {m for m in self._minerals() if self._step(m) > 0}

    def lowered(self) -> set[str]:
        return {m for m in self._minerals() if self._step(m) < 0}

    def brakes(self, mineral: str) -> set[str]:
        """What was read by the rules that lower the mineral now."""
        return {
            id_
            for candidate in self.after.candidates
            if candidate.mineral == mineral
            for reason in candidate.against
            if reason.strength in ("brake", "cap")
            for id_ in reason.matched
        }

    def _minerals(self) -> set[str]:
        return {c.mineral for c in (*self.before.candidates, *self.after.candidates)}

    def _step(self, mineral: str) -> int:
        return _level(self.after, mineral) - _level(self.before, mineral)


def _level(assessment: Assessment, mineral: str) -> int:
    found = {c.mineral: c.level for c in assessment.candidates}
    return LEVELS.index(found.get(mineral, LEVELS[0]))


def told(rules: minsight.Rules, person: Subject, value: Measurement) -> Told:
    names = called(value.name)
    others = [m for m in person.measurements if m.name.casefold() not in names]
    return Told(
        rules.assess(replace(person, measurements=others)),
        rules.assess(replace(person, measurements=[*others, value])),
    )


def called(measurement: str) -> set[str]:
    (kind,) = (kind for kind in shipped().measurements if kind.id == measurement)
    return {name.casefold() for name in (kind.id, kind.label, *kind.synonyms)}


def read_through(value: Measurement) -> set[str]:
    """The bands of the measurement, and what they observe."""
    (kind,) = (kind for kind in shipped().measurements if kind.id == value.name)
    parents = {parent for band in kind.bands for parent in band.parents}
    return parents | {band.id for band in kind.bands}


PEOPLE: Final = st.deferred(lambda: st.sampled_from(people()))
NORMAL: Final = st.deferred(lambda: st.sampled_from(normal_values()))
ANY: Final = st.deferred(lambda: st.sampled_from(values()))


# --- laws -----------------------------------------------------------------------------


@LAW
@given(person=PEOPLE, value=NORMAL)
def test_a_normal_value_lifts_no_mineral_and_changes_no_urgency(
    rules: minsight.Rules, person: Subject, value: Measurement
) -> None:
    found = told(rules, person, value)
    assert found.lifted() == set()
    assert found.after.urgency == found.before.urgency


@LAW
@given(person=PEOPLE, value=ANY)
def test_a_value_lowers_only_by_a_rule_that_reads_it(
    rules: minsight.Rules, person: Subject, value: Measurement
) -> None:
    found = told(rules, person, value)
    for mineral in found.lowered():
        assert found.brakes(mineral) & read_through(value), mineral


def test_every_measurement_with_a_normal_band_has_a_normal_value() -> None:
    with_band = {
        kind.id
        for kind in shipped().measurements
        for band in kind.bands
        if band.called == "normal"
    }
    assert {value.name for value in normal_values()} == with_band
    assert len(with_band) >= 18


# --- safety conditions ----------------------------------------------------------------

ICE = {"present": ["ice_craving", "fatigue"], "groups": ["vegetarian"], "age": "28y"}


def level(
    rules: minsight.Rules, engine: BackendName, mineral: str, **who: object
) -> str:
    person = Subject(**who)  # type: ignore[arg-type]  # as a test gives them
    found = rules.assess(person, engine=engine).candidates
    return {c.mineral: c.level for c in found}.get(mineral, LEVELS[0])


@pytest.mark.parametrize(
    ("ferritin", "crp", "expected"),
    [
        (140, 0.5, "partial_pattern"),
        (46, 5, "partial_pattern"),
        (45, 0.5, "typical_pattern"),
        (140, None, "typical_pattern"),
        (140, 5.1, "typical_pattern"),
        (14, 0.5, "measured_low"),
        (60, 40, "measured_low"),
    ],
)
def test_ferritin_lowers_iron_only_where_inflammation_is_known_to_be_missing(
    rules: minsight.Rules,
    engine: BackendName,
    ferritin: float,
    crp: float | None,
    expected: str,
) -> None:
    measured = [Measurement("ferritin", ferritin, "ug/L")]
    if crp is not None:
        measured.append(Measurement("CRP", crp, "mg/L"))
    assert level(rules, engine, "iron", **ICE, measurements=measured) == expected


@pytest.mark.parametrize(
    "word", ["normal", "fine", "came back normal", "back to normal"]
)
def test_words_lower_as_the_number_does(rules: minsight.Rules, word: str) -> None:
    text = f"craving ice, tired, vegetarian, my ferritin {word}, CRP {word}"
    found = rules.assess(Subject(present=[text], age="28y"))
    assert found.unrecognised == ()
    assert {c.mineral: c.level for c in found.candidates}["iron"] == "partial_pattern"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("iron tests normal", "normal_ferritin"),
        ("my b12 was fine", "normal_b12_level"),
        ("zinc came back normal", "normal_zinc"),
        ("thyroid tests were all normal", "normal_tsh"),
        ("electrolytes normal", "normal_electrolytes"),
        ("magnesium in the normal range", "normal_magnesium"),
        ("calcium within normal limits", "normal_calcium"),
        ("ferritin was within the normal range", "normal_ferritin"),
        ("high potassium", "hyperkalaemia"),
        ("ferritin too low", "low_ferritin"),
    ],
)
def test_results_in_words_are_understood(
    rules: minsight.Rules, text: str, id_: str
) -> None:
    (found,) = rules.assess(Subject(present=[text])).recognised
    assert (found.answer, found.id) == ("present", id_)


@pytest.mark.parametrize(
    "text", ["abnormal potassium", "ferritin abnormal", "abnormal thyroid tests"]
)
def test_abnormal_is_not_normal(rules: minsight.Rules, text: str) -> None:
    assert rules.assess(Subject(present=[text])).recognised == ()

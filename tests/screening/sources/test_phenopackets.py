"""Phenopackets are persons; what the vocabulary does not know is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import minsight
from minsight.errors import SubjectError
from minsight.intake.answers import enter
from minsight.intake.subject import Measurement, Subject
from minsight.screening.mapping.fields import Fields
from minsight.screening.sources.json_values import JsonLine
from minsight.screening.sources.phenopackets import (
    days_of,
    is_packet,
    packets,
    phenopacket_subject,
)
from reading_tables import read

PERSON = {"age_days": 28 * 365.25, "sex": "female", "fatigue": True, "fever": False}


def write_json(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_a_phenopacket_with_what_is_excluded(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    packet = {
        "id": "packet",
        "subject": {
            "id": "007",
            "sex": "FEMALE",
            "timeAtLastEncounter": {"age": {"iso8601duration": "P28Y"}},
        },
        "phenotypicFeatures": [
            {"type": {"id": "HP:0012378", "label": "Fatigue"}},
            {"type": {"id": "HP:0001945", "label": "Fever"}, "excluded": True},
            {"type": {"id": "MONDO:1", "label": "Purple elephants"}},
        ],
        "metaData": {},
    }
    outcome = read(write_json(tmp_path / "packet.json", packet), rules)
    assert outcome.person("007") == PERSON
    assert any("Purple elephants" in told for told in outcome.told)


# --- one packet -----------------------------------------------------------------------


def subject_of(
    rules: minsight.Rules, packet: Any, left: list[str] | None = None
) -> Subject:
    told = [] if left is None else left
    fields = Fields(rules.vocabulary, None, left_out=told.append)
    return phenopacket_subject(JsonLine(packet), fields)


def feature(label: str, **more: Any) -> dict[str, Any]:
    return {"type": {"label": label}, **more}


def test_features_are_there_or_excluded_and_those_that_are_over_are_told(
    rules: minsight.Rules,
) -> None:
    left: list[str] = []
    packet = {
        "id": "p1",
        "phenotypicFeatures": [
            feature("Fever"),
            feature("Fatigue", excluded=True),
            feature("Pica", resolution={"timestamp": "2020-01-01T00:00:00Z"}),
            feature("Purple elephants"),
            {"type": {"id": "HP:0000001"}},
            "odd",
        ],
    }
    subject = subject_of(rules, packet, left)
    assert subject.subject_id == "p1"
    assert list(subject.present) == ["fever", "HP:0000001"]
    assert list(subject.absent) == ["fatigue"]
    assert left == ["Pica (it is over)", "Purple elephants"]


def test_the_names_of_the_schema_are_read_as_those_of_json(
    rules: minsight.Rules,
) -> None:
    packet = {
        "subject": {
            "id": "a",
            "sex": 2,
            "time_at_last_encounter": {"age": {"iso8601duration": "P9M"}},
        },
        "phenotypic_features": [feature("Fever")],
        "medical_actions": [{"treatment": {"agent": {"label": "Metformin"}}}],
    }
    subject = subject_of(rules, packet)
    assert (subject.subject_id, subject.sex, subject.age_days) == (
        "a",
        "male",
        273.9375,
    )
    assert subject.present[0] == "fever"


def test_measurements_are_known_by_code_or_by_name(rules: minsight.Rules) -> None:
    left: list[str] = []
    packet = {
        "measurements": [
            {
                "assay": {"id": "LOINC:2276-4"},
                "value": {"quantity": {"value": 8, "unit": {"id": "UCUM:ng/mL"}}},
            },
            {
                "assay": {"id": "x:1", "label": "Hb"},
                "value": {"quantity": {"value": 12.5, "unit": {"label": "g/dL"}}},
            },
            {"assay": {"label": "Hats"}, "value": {"quantity": {"value": 4}}},
            {"assay": {"label": "Hb"}, "value": {"ontologyClass": {}}},
        ]
    }
    assert subject_of(rules, packet, left).measurements == (
        Measurement("ferritin", 8.0, "ng/mL"),
        Measurement("haemoglobin", 12.5, "g/dL"),
    )
    assert left == ["Hats", "Hb"]


@pytest.mark.parametrize(
    ("subject", "days"),
    [
        ({"timeAtLastEncounter": {"age": {"iso8601duration": "P1Y6M"}}}, 547.875),
        (
            {
                "dateOfBirth": "2020-01-01T00:00:00Z",
                "timeAtLastEncounter": {"timestamp": "2020-01-31T00:00:00Z"},
            },
            30.0,
        ),
        ({"dateOfBirth": "2020-01-01"}, None),
        ({"timeAtLastEncounter": {"ageRange": {}}}, None),
        ({"ageAtCollection": {"age": "P30Y"}}, 30 * 365.25),
        ({"ageAtCollection": {"start": {"age": "P30Y"}}}, None),
    ],
)
def test_an_age_is_told_as_such_or_by_two_days(
    subject: Any, days: float | None, rules: minsight.Rules
) -> None:
    assert subject_of(rules, {"subject": subject}).age_days == days


@pytest.mark.parametrize(
    ("duration", "days"),
    [
        ("P28Y", 28 * 365.25),
        ("P1Y2M", 365.25 + 60.875),
        ("P2W", 14.0),
        ("P1.5D", 1.5),
        ("P3DT12H", 3.0),
        ("PT5H", 0.0),
    ],
)
def test_a_duration_is_a_number_of_days(duration: str, days: float) -> None:
    assert days_of(duration) == days


@pytest.mark.parametrize("duration", ["", "P", "28", "28Y", "P28", "PxY", "P1D1Y"])
def test_what_is_no_duration_is_refused(duration: str) -> None:
    with pytest.raises(SubjectError, match="is no age; write it like `P28Y`"):
        days_of(duration)


def test_what_cannot_be_understood_is_refused(rules: minsight.Rules) -> None:
    with pytest.raises(SubjectError, match="must be an object"):
        subject_of(rules, ["odd"])
    high = {"assay": {"label": "Hb"}, "value": {"quantity": {"value": "high"}}}
    with pytest.raises(SubjectError, match=r"`Hb`: .* is not a number"):
        subject_of(rules, {"measurements": [high]})
    broken = JsonLine(None, SubjectError("not JSON"))
    fields = Fields(rules.vocabulary, None, left_out=lambda _: None)
    with pytest.raises(SubjectError, match="not JSON"):
        phenopacket_subject(broken, fields)


@pytest.mark.parametrize("packet", [{"id": "a"}, {"subject": "odd"}, {"metaData": {}}])
def test_a_packet_that_is_of_nobody_is_refused(
    packet: dict[str, Any], rules: minsight.Rules
) -> None:
    with pytest.raises(SubjectError, match="without a `subject` that says nothing"):
        subject_of(rules, packet)


@pytest.mark.parametrize("key", ["excluded", "negated"])
def test_a_feature_is_excluded_in_the_words_of_both_versions(
    key: str, rules: minsight.Rules
) -> None:
    fever = {"type": {"id": "HP:0001945", "label": "Fever"}}
    told = subject_of(rules, {"phenotypicFeatures": [{**fever, key: True}]})
    assert (list(told.present), list(told.absent)) == ([], ["fever"])
    with pytest.raises(SubjectError, match=f"`{key}` is `yes`; write true or false"):
        subject_of(rules, {"phenotypicFeatures": [{**fever, key: "yes"}]})


def test_what_excludes_only_a_kind_of_an_entry_excludes_nothing(
    rules: minsight.Rules,
) -> None:
    """Who is late in general may not be late in moving."""
    features = [
        {"type": {"id": "HP:0001263", "label": "Global developmental delay"}},
        {"type": {"id": "HP:0001270", "label": "Motor delay"}, "excluded": True},
    ]
    left: list[str] = []
    told = subject_of(rules, {"phenotypicFeatures": features}, left)
    assert (list(told.present), list(told.absent)) == (["developmental_delay"], [])
    assert left == ["Motor delay (only a kind of `developmental_delay` is excluded)"]
    assert enter(told, rules.vocabulary).present == {"developmental_delay"}


def test_a_birth_too_early_is_that_of_the_person(rules: minsight.Rules) -> None:
    born = {"type": {"id": "HP:0001622", "label": "Premature birth"}}
    about = {"sex": "MALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P1Y"}}}
    told = subject_of(rules, {"subject": about, "phenotypicFeatures": [born]})
    assert enter(told, rules.vocabulary).present == {"preterm"}


def test_procedures_and_medicines_are_read_and_other_actions_told(
    rules: minsight.Rules,
) -> None:
    actions = [
        {"procedure": {"code": {"id": "NCIT:C61387", "label": "gastric bypass"}}},
        {"treatment": {"agent": {"id": "x:1", "label": "omeprazole"}}},
        {"procedure": {"code": {"label": "haircut"}}},
        {"radiationTherapy": {"dosage": 1}},
    ]
    left: list[str] = []
    told = subject_of(rules, {"medicalActions": actions}, left)
    phrase = rules.vocabulary.phrase
    assert list(told.present) == [
        phrase["gastric bypass"].id, phrase["omeprazole"].id,
    ]  # fmt: skip
    assert left == ["haircut", "a medical action: radiationTherapy"]


def test_of_several_values_the_newest_is_taken(rules: minsight.Rules) -> None:
    def measured(value: float, day: str) -> dict[str, Any]:
        quantity = {"value": value, "unit": {"id": "UCUM:ng/mL"}}
        return {
            "assay": {"id": "LOINC:2276-4"},
            "value": {"quantity": quantity},
            "timeObserved": {"timestamp": day},
        }

    both = [measured(8, "2025-02-01T00:00:00Z"), measured(80, "2024-02-01T00:00:00Z")]
    told = subject_of(rules, {"measurements": both})
    assert told.measurements == (Measurement("ferritin", 8, "ng/mL"),)


# --- several --------------------------------------------------------------------------


def test_families_and_cohorts_come_one_by_one() -> None:
    family = {"proband": {"id": "a"}, "relatives": [{"id": "b"}]}
    cohort = {"members": [{"id": "c"}, {"id": "d"}]}
    alone = {"proband": {"id": "f"}, "pedigree": {}}
    single = {"id": "e"}
    lines = [JsonLine(value) for value in (family, cohort, single, alone)]
    found = [line.value["id"] for line in packets(iter(lines))]
    assert found == ["a", "b", "c", "d", "e", "f"]


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ({"phenotypicFeatures": []}, True),
        ({"meta_data": {}}, True),
        ({"members": []}, True),
        ({"present": []}, False),
        ([{"phenotypicFeatures": []}], False),
        (None, False),
    ],
)
def test_a_packet_is_known_by_its_keys(value: Any, is_one: bool) -> None:
    assert is_packet(value) is is_one

"""Columns of a program about its form, and columns that may name a person."""

from __future__ import annotations

import pytest

from minsight.screening.mapping.administrative import is_administrative, is_personal


@pytest.mark.parametrize(
    "name",
    [
        "_submission_time", "meta/instanceID", "deviceid", "redcap_event_name",
        "_gps_latitude", "IPAddress", "Duration (in seconds)", "symptoms_complete",
        "_validation_status", "Collector ID", "Interviewer code", "Progress",
    ],
)  # fmt: skip
def test_what_programs_write_of_their_own_accord(name: str) -> None:
    assert is_administrative(name)


@pytest.mark.parametrize(
    "name", ["Fatigue", "complete", "notes on diet", "pica", "", "dietary_progress"]
)
def test_what_a_person_was_asked_is_none_of_it(name: str) -> None:
    assert is_administrative(name) is (name == "complete")


@pytest.mark.parametrize(
    ("name", "personal"),
    [
        ("Your e-mail", True), ("childName", True), ("Tel\u00e9fono", True),
        ("Vorname", True), ("NHS number", True), ("Date of birth", True),
        ("Pallor", False), ("Nails", False), ("renamed", False), ("", False),
    ],
)  # fmt: skip
def test_columns_that_may_tell_who_somebody_is(name: str, personal: bool) -> None:
    assert is_personal(name) is personal

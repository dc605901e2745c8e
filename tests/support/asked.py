"""Requests to the service, as tests write them."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec

from minsight.intake.records import subject_record
from minsight.intake.subject import Subject
from minsight.service.service import Service

TIRED: Final = {"present": ["always tired", "craving ice"], "age_years": 28, "sex": "f"}
TELLING: Final = (
    "zinc/cases.yaml: Nonspecific complaints stay at unspecific findings, however many"
)
"""A case that a lesson is made from."""
EXAMPLES: Final[tuple[dict[str, Any], ...]] = (
    {"ask": "about"},
    {"ask": "read", "subject": TIRED},
    {"ask": "assess", "subject": TIRED},
    {"ask": "explain", "subject": TIRED, "minerals": ["iron"]},
    {"ask": "handout", "subject": TIRED},
    {"ask": "whatif", "subject": TIRED, "changes": [{"kind": "add", "text": "fever"}]},
    {"ask": "flip", "subject": {"present": ["fatigue"]}, "mineral": "Fe", "most": 1},
    {"ask": "reach", "mineral": "zinc", "level": "typical_pattern", "most": 2},
    {"ask": "duel", "subject": TIRED, "one": "iron", "other": "b12"},
    {"ask": "bounds", "subject": TIRED},
    {"ask": "sensitivity", "subject": TIRED},
    {"ask": "next", "subject": TIRED, "replies": {"fever": "no"}},
    {"ask": "vocabulary", "words": "nails"},
    {"ask": "minerals"},
    {"ask": "mineral", "mineral": "iron"},
    {"ask": "sources"},
    {"ask": "table", "text": "id,fatigue,age\n7,yes,28\n8,often,3\n"},
    {"ask": "lessons", "seed": 7, "count": 2},
    {"ask": "verdict", "case": TELLING, "named": ["zinc"], "asked": ["fever"]},
)
"""One request of each kind."""


def raw(asked: object) -> bytes:
    """A request as it is sent."""
    return json.dumps(asked).encode()


def answered(service: Service, **asked: Any) -> dict[str, Any]:
    """The answer as plain values."""
    found: dict[str, Any] = msgspec.json.decode(service.answer(raw(asked)))
    return found


def sent(subject: Subject) -> dict[str, Any]:
    """A subject as it stands in a request."""
    return subject_record(subject)

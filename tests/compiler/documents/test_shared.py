"""Pictures, warning signs and links as written."""

from __future__ import annotations

from typing import Any, Final

import pytest
from pydantic import ValidationError

from minsight.compiler.documents.shared import (
    LinkDocument,
    PictureDocument,
    RedFlagDocument,
    UrgencyDocument,
)

CLAIM: Final = {"sources": ["handbook"], "grade": "B"}
LINK: Final[dict[str, Any]] = {
    "id": "both",
    "when": {"alum": "few_findings", "ochre": "partial_pattern"},
    "note": "Made up.",
    **CLAIM,
}
FLAG: Final[dict[str, Any]] = {
    "id": "shaking",
    "when": "shaking_hands",
    "urgency": "soon",
    "message": "Made up.",
    **CLAIM,
}


def test_a_link_names_a_first_only_among_its_minerals() -> None:
    assert LinkDocument.model_validate(LINK).first is None
    assert LinkDocument.model_validate(LINK | {"first": "ochre"}).first == "ochre"
    with pytest.raises(ValidationError, match="must be one of the minerals of `when`"):
        LinkDocument.model_validate(LINK | {"first": "chalk"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"when": {}},
        {"when": {"alum": "high"}},
        {"risk": {"alum": "very_strong"}},
        {"sources": []},
    ],
)
def test_a_link_has_levels_weights_and_sources(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        LinkDocument.model_validate(LINK | wrong)


@pytest.mark.parametrize("urgency", ["soon", "same_day", "emergency"])
def test_a_warning_sign_is_urgent(urgency: str) -> None:
    assert RedFlagDocument.model_validate(FLAG | {"urgency": urgency}).note is None


@pytest.mark.parametrize("urgency", ["none", "routine", "now"])
def test_what_is_not_urgent_is_no_warning_sign(urgency: str) -> None:
    with pytest.raises(ValidationError):
        RedFlagDocument.model_validate(FLAG | {"urgency": urgency})


def test_every_urgency_may_have_a_sentence_and_nothing_else() -> None:
    sentences = {"none": "None.", "routine": "Later."}
    doubts = {
        "unread": "?",
        "no_age": "How old?",
        "unsure": "Is it?",
        "any": "Unclear.",
    }
    written = {"sentences": sentences, "not_judged": doubts, "red_flags": []}
    assert UrgencyDocument.model_validate(written).sentences == sentences
    with pytest.raises(ValidationError):
        UrgencyDocument.model_validate(written | {"sentences": {"now": "Now."}})


def test_a_picture_has_a_reason_and_a_source() -> None:
    picture = {"id": "weary", "label": "Weary", "when": "itch", "because": "Made up."}
    assert PictureDocument.model_validate(picture | CLAIM).when == "itch"
    with pytest.raises(ValidationError):
        PictureDocument.model_validate(picture)
    with pytest.raises(ValidationError):
        PictureDocument.model_validate(picture | CLAIM | {"because": ""})

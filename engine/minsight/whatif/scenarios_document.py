"""The scenarios file: one person, and changes to try on them, as written."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from minsight.files.document import Document, Text

_Words = Annotated[str, Field(min_length=1, max_length=10_000)]


def _number_as_text(value: object) -> object:
    """An age may be written as a bare number of years."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return f"{value:g}"


AgeWords = Annotated[Text, BeforeValidator(_number_as_text)]


class ChangeDocument(Document):
    """One change: exactly one of its keys."""

    add: _Words | None = None
    remove: _Words | None = None
    deny: _Words | None = None
    group: _Words | None = None
    age: AgeWords | None = None
    sex: Text | None = None
    measure: Text | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> ChangeDocument:
        given = [
            name for name in type(self).model_fields if getattr(self, name) is not None
        ]
        if len(given) != 1:
            raise ValueError(
                f"a change holds {len(given)} keys; write one key a change, each"
                " behind a dash of its own"
            )
        return self


class ScenarioDocument(Document):
    name: Text
    changes: Annotated[list[ChangeDocument], Field(min_length=1)]


class ScenariosDocument(Document):
    """A start, unless one is given elsewhere, and the scenarios by name.

    The start is a subject record, which has a reader and messages of its own.
    """

    start: dict[str, Any] | None = None
    scenarios: Annotated[list[ScenarioDocument], Field(min_length=1)]

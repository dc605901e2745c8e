"""Conditions: when a rule applies, as written."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from minsight.files.document import Document, Id


class AllOf(Document):
    """Holds when every part holds."""

    all: Annotated[list[ConditionDocument], Field(min_length=1)]


class AnyOf(Document):
    """Holds when at least one part holds."""

    any: Annotated[list[ConditionDocument], Field(min_length=1)]


class AtLeast(Document):
    """Holds when at least `at_least` of the parts in `of` hold."""

    at_least: Annotated[int, Field(ge=1)]
    of: Annotated[list[ConditionDocument], Field(min_length=1)]

    @model_validator(mode="after")
    def _reachable(self) -> AtLeast:
        if self.at_least > len(self.of):
            raise ValueError(
                f"asks for {self.at_least} of {len(self.of)}; lower `at_least`"
            )
        return self


class Absent(Document):
    """Holds when the finding or group was said to be absent (not when unknown)."""

    absent: Id


_KINDS = ("all", "any", "at_least", "absent")


def _condition_kind(value: object) -> str | None:
    """The tag of a condition; no tag is a key, so that error places stay clear."""
    if isinstance(value, str):
        return "<id>"
    if isinstance(value, dict):
        return next((f"<{kind}>" for kind in _KINDS if kind in value), None)
    return next((f"<{kind}>" for kind in _KINDS if hasattr(value, kind)), None)


ConditionDocument: TypeAlias = Annotated[
    Annotated[str, Tag("<id>")]
    | Annotated[AllOf, Tag("<all>")]
    | Annotated[AnyOf, Tag("<any>")]
    | Annotated[AtLeast, Tag("<at_least>")]
    | Annotated[Absent, Tag("<absent>")],
    Discriminator(
        _condition_kind,
        custom_error_type="condition",
        custom_error_message="is not a condition; write an id, or one of"
        " `all: [...]`, `any: [...]`, `at_least: n` with `of: [...]`, `absent: id`",
    ),
]


AllOf.model_rebuild()
AnyOf.model_rebuild()
AtLeast.model_rebuild()

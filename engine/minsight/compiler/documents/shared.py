"""Pictures, urgency and links between minerals."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from minsight.compiler.documents.conditions import ConditionDocument
from minsight.files.document import (
    Document,
    Id,
    Sourced,
    Text,
)
from minsight.scales import LevelName, UrgencyName, Weight


class PictureDocument(Sourced):
    """A derived finding: a named combination that several minerals read."""

    id: Id
    label: Text
    when: ConditionDocument
    because: Text


class PicturesDocument(Document):
    pictures: list[PictureDocument]


class LookAlikeDocument(Sourced):
    """A state that a lack can be taken for, or too much of a mineral.

    It is named to whom its condition fits, `beside` the minerals whose picture it
    shares; `tell` is what parts it from them.
    """

    id: Id
    name: Text
    beside: Annotated[list[Id], Field(min_length=1)]
    when: ConditionDocument
    text: Text
    tell: Text | None = None
    note: Text | None = None


class LookAlikesDocument(Document):
    look_alikes: list[LookAlikeDocument]


class RedFlagDocument(Sourced):
    id: Id
    when: ConditionDocument
    urgency: Literal["soon", "same_day", "emergency"]
    message: Text
    told_only: bool = False
    note: Text | None = None


class DoubtsDocument(Document):
    """What is said in place of a calm urgency, by why it is not judged."""

    unread: Text
    no_age: Text
    unsure: Text
    any: Text


class UrgencyDocument(Document):
    sentences: dict[UrgencyName, Text]
    not_judged: DoubtsDocument
    red_flags: list[RedFlagDocument]


class LinkDocument(Sourced):
    """A sentence shown when the minerals stand at these levels together.

    `risk` asks besides for a risk factor of a mineral, of this weight or above. The
    mineral named `first`, if any, then stands before the others of its level.
    """

    id: Id
    when: Annotated[dict[Id, LevelName], Field(min_length=1)]
    risk: dict[Id, Weight] = Field(default_factory=dict)
    first: Id | None = None
    note: Text

    @model_validator(mode="after")
    def _first_is_linked(self) -> LinkDocument:
        if self.first is not None and self.first not in self.when:
            raise ValueError("`first` must be one of the minerals of `when`")
        return self


class NetworkDocument(Document):
    links: list[LinkDocument]

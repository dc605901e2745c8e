"""Published cases: the facts of each in short words, and those words in ids."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, RootModel

from minsight.files.document import PUBLISHED_ID, Document, Id, Sex, Text

PublishedId = Annotated[str, Field(pattern=PUBLISHED_ID)]


class ReportedValue(Document):
    """A laboratory value as the source gives it; a ratio has an empty unit."""

    name: Text
    value: float | Text
    unit: Annotated[str, Field(max_length=40)]


class PublishedCase(Document):
    """A case with a confirmed deficiency, or a control without one.

    `expected` are the confirmed minerals, the main one first.
    """

    id: PublishedId
    source: Text
    kind: Text
    age_years: float | None = None
    sex: Sex | None = None
    groups: list[Text] = []
    present: list[Text] = []
    absent: list[Text] = []
    labs: list[ReportedValue] = []
    expected: list[Id]
    note: Text | None = None


class PublishedDocument(RootModel[list[PublishedCase]]):
    """The cases, in file order."""


PhrasesInIds: TypeAlias = dict[Text, list[Id]]


class ByHandDocument(RootModel[dict[PublishedId, PhrasesInIds]]):
    """For each case each of its phrases, as a person read it."""

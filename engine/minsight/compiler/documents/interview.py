"""How people are asked: the structure of a history, words, warnings, frequencies."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from minsight.files.document import (
    AgeText,
    Document,
    Id,
    QuestionId,
    Sex,
    SourceKey,
    Text,
)
from minsight.knowledge.guide import Frequency, HistoryKind


class AgesAndSexDocument(Document):
    """Some ages and one sex; without any of them, everybody."""

    from_: AgeText | None = Field(default=None, alias="from")
    below: AgeText | None = None
    sex: Sex | None = None


class HistoryPartDocument(Document):
    id: Id
    ask: Text
    parent: Text | None = None
    items: Annotated[list[Id], Field(min_length=1, max_length=6)]


class HistoryQuestionDocument(Document):
    """A question that opens a family of entries, or closes it."""

    id: QuestionId
    title: Text
    kind: HistoryKind
    ask: Text
    parent: Text | None = None
    teenager: Text | None = None
    asked_of: AgesAndSexDocument | None = None
    no_means: Text
    left_open: list[Id] = []
    affirms: list[Id] = []
    example: Text | None = None
    parts: Annotated[list[HistoryPartDocument], Field(min_length=1, max_length=12)]


class HistoryDocument(Document):
    questions: list[HistoryQuestionDocument]


class WordingDocument(Document):
    """How an entry is asked; `short` is how it stands in a list to tick."""

    id: Id
    ask: Text
    short: Text
    parent: Text | None = None


class WordingsDocument(Document):
    wordings: list[WordingDocument]


class WarningSignsDocument(AgesAndSexDocument):
    id: Id
    title: Text
    group: Id | None = None
    beside: Annotated[list[Id], Field(min_length=1)]
    items: Annotated[list[Id], Field(min_length=1, max_length=8)]


class WarningFamiliesDocument(Document):
    families: list[WarningSignsDocument]


class FrequencyBandDocument(AgesAndSexDocument):
    id: Id
    group: Id | None = None


class HowOftenDocument(Document):
    """How often an entry is so, by band; without sources it is an assumption."""

    id: Id
    how_often: Annotated[list[Frequency], Field(min_length=1)]
    sources: list[SourceKey] = []
    note: Text | None = None


class MoreOftenDocument(Document):
    given_any: Annotated[list[Id], Field(min_length=1)]
    entries: Annotated[list[Id], Field(min_length=1)]
    how_much: Literal["more", "much"]
    sources: list[SourceKey] = []
    note: Text | None = None


class FrequenciesDocument(Document):
    bands: Annotated[list[FrequencyBandDocument], Field(min_length=1)]
    classes: dict[Frequency, Annotated[float, Field(ge=0, lt=1)]]
    entries: list[HowOftenDocument]
    more_often: list[MoreOftenDocument] = []

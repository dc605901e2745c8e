"""What all documents share: closed frozen models, ids, scales, sourced facts."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from minsight.ages import parse_age

Text = Annotated[str, Field(min_length=1, max_length=1_000)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
StageId = Annotated[str, Field(pattern=r"^[0-9][0-9]*(-[0-9]+)?(mo|y)\+?$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z0-9_]{2,59}$")]
SourceKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Grade: TypeAlias = Literal["A", "B", "C"]
Strength: TypeAlias = Literal[
    "pathognomonic_like", "characteristic", "supportive", "nonspecific"
]
Weight: TypeAlias = Literal["strong", "moderate", "weak"]
Effect: TypeAlias = Literal["very_strong", "strong", "moderate", "weak"]
Urgency: TypeAlias = Literal["none", "routine", "soon", "same_day", "emergency"]
Level: TypeAlias = Literal[
    "no_pattern",
    "few_findings",
    "partial_pattern",
    "typical_pattern",
    "measured_low",
]
Sex: TypeAlias = Literal["female", "male"]


def _age_text(value: object) -> object:
    if isinstance(value, str):
        parse_age(value)
    return value


AgeText = Annotated[str, BeforeValidator(_age_text)]


class Document(BaseModel):
    """Base of every document: frozen, and closed to keys it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Sourced(Document):
    """Anything that claims a fact: it names its sources and their grade."""

    sources: Annotated[list[SourceKey], Field(min_length=1)]
    grade: Grade


class Fact(Sourced):
    text: Text
    note: Text | None = None

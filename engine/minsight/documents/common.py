"""What all documents share: closed frozen models, ids, scales, sourced facts."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from minsight.ages import parse_age

FORMS: dict[str, str] = {}
"""By pattern: how a text must be written, in words."""


def written(pattern: str, form: str) -> object:
    """A field whose text matches `pattern`, which `form` explains to an author."""
    FORMS[pattern] = form
    return Field(pattern=pattern)


Text = Annotated[str, Field(min_length=1, max_length=1_000)]
Id = Annotated[
    str, written(r"^[a-z][a-z0-9_]{1,59}$", "lower case and `_`, like `spoon_nails`")
]
StageId = Annotated[
    str, written(r"^[0-9]+(-[0-9]+)?(mo|y)\+?$", "a span like `6-11mo`, `4-8y`, `65y+`")
]
LifeStage = Annotated[
    str,
    written(
        r"^(pregnant|lactating|[0-9]+(-[0-9]+)?(mo|y)\+?)$",
        "a life stage like `4-8y` or `65y+`, `pregnant` or `lactating`",
    ),
]
RuleId = Annotated[
    str,
    written(
        r"^[a-z][a-z0-9_]*\.[a-z0-9_]{2,59}$", "mineral and name, like `iron.fatigue`"
    ),
]
SourceKey = Annotated[
    str,
    written(r"^[a-z][a-z0-9_]{1,39}$", "lower case and `_`, like `who_ferritin`"),
]
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

"""What all documents share: closed frozen models, ids, scales, sourced facts."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from minsight.ages import parse_age

ID: Final = r"^[a-z][a-z0-9_]{1,59}$"
QUESTION_ID: Final = r"^q_[a-z0-9_]{1,57}$"
STAGE_ID: Final = r"^[0-9]+(-[0-9]+)?(mo|y)\+?$"
LIFE_STAGE: Final = r"^(pregnant|lactating|[0-9]+(-[0-9]+)?(mo|y)\+?)$"
RULE_ID: Final = r"^[a-z][a-z0-9_]*\.[a-z0-9_]{2,59}$"
SOURCE_KEY: Final = r"^[a-z][a-z0-9_]{1,39}$"
LOINC: Final = r"^\d+-\d$"
SYMBOL: Final = r"^[A-Z][a-z]?$"
PUBLISHED_ID: Final = r"^[a-z]+-\d{3}$"
HPO_PATTERN: Final = r"^HP:\d{7}$"
NAME_ENDING: Final = r"^[a-z]{3,}$"
HPO_NUMBERS: Final = r"^\d{7}( \d{7})*$"
FORMS: Final = {
    ID: "lower case and `_`, like `spoon_nails`",
    QUESTION_ID: "lower case and `_` after `q_`, like `q_medicines`",
    STAGE_ID: "a span like `6-11mo`, `4-8y`, `65y+`",
    LIFE_STAGE: "a life stage like `4-8y` or `65y+`, `pregnant` or `lactating`",
    RULE_ID: "mineral and name, like `iron.fatigue`",
    SOURCE_KEY: "lower case and `_`, like `who_ferritin`",
    LOINC: "a LOINC code like `2276-4`",
    SYMBOL: "a symbol like `Fe`",
    PUBLISHED_ID: "letters and three digits, like `dev-001`",
    HPO_PATTERN: "an id like `HP:0001598`",
    NAME_ENDING: "three lower-case letters or more, like `olol`",
    HPO_NUMBERS: "numbers of seven digits with spaces between them",
}
"""By pattern: how a text must be written, in words for an author."""

Text = Annotated[str, Field(min_length=1, max_length=1_000)]
Id = Annotated[str, Field(pattern=ID)]
QuestionId = Annotated[str, Field(pattern=QUESTION_ID)]
StageId = Annotated[str, Field(pattern=STAGE_ID)]
LifeStage = Annotated[str, Field(pattern=LIFE_STAGE)]
RuleId = Annotated[str, Field(pattern=RULE_ID)]
SourceKey = Annotated[str, Field(pattern=SOURCE_KEY)]
LoincCode = Annotated[str, Field(pattern=LOINC)]
Grade: TypeAlias = Literal["A", "B", "C"]
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


class SourcedText(Sourced):
    text: Text
    note: Text | None = None

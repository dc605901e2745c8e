r"""Requests: what can be asked of the rules in JSON, and how each looks.

Every request is one object with the key `ask`. A `subject` is a subject record, as a
line of a JSONL file of persons: `{"present": ["always tired"], "age_years": 28}`.
Minerals go by id, name or symbol, levels by id.

    {"ask": "about"}
    {"ask": "read", "subject": {"present": ["28-year-old woman, always tired"]}}
    {"ask": "assess", "subject": {...}}
    {"ask": "explain", "subject": {...}, "minerals": ["iron"]}
    {"ask": "handout", "subject": {...}}
    {"ask": "whatif", "subject": {...}, "changes": [{"kind": "add", "text": "fever"}]}
    {"ask": "flip", "subject": {...}, "mineral": "iron"}
    {"ask": "reach", "subject": {...}, "mineral": "zinc", "level": "typical_pattern"}
    {"ask": "duel", "subject": {...}, "one": "iron", "other": "zinc"}
    {"ask": "bounds", "subject": {...}}
    {"ask": "sensitivity", "subject": {...}}
    {"ask": "next", "subject": {...}, "replies": {"fever": "no"}}
    {"ask": "vocabulary", "words": "nails"}
    {"ask": "minerals"}
    {"ask": "mineral", "mineral": "iron"}
    {"ask": "sources"}


    {"ask": "table", "text": "id,fatigue\n7,yes\n"}
    {"ask": "lessons", "seed": 7, "count": 5}
    {"ask": "verdict", "case": "...", "seed": 7, "asked": [], "named": ["iron"]}
"""

from __future__ import annotations

from itertools import combinations
from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta

from minsight.intake.subject import AGES, LISTS, SEXES
from minsight.questions.outline import ReplyWord
from minsight.questions.session import ReplyValue
from minsight.whatif.changes import Change

_MOST_CHANGES: Final = 6
MOST_LESSONS: Final = 50
LARGEST_SEED: Final = 2**53 - 1
"""The largest whole number that every reader of JSON keeps."""
_TEXTS: Final = {
    "type": ["array", "null"],
    "items": {"type": "string", "maxLength": 10_000},
}
_MEASUREMENT: Final = {
    "type": "object",
    "description": "A value in words or without a unit is read as typed: ferritin low.",
    "required": ["name", "value"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "value": {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": r"\S", "maxLength": 1_000},
            ]
        },
        "unit": {"type": ["string", "null"]},
        "comparator": {"enum": ["", "<", "<=", ">", ">=", None]},
    },
}
_SUBJECT: Final = {
    "description": "What was said about one person. Not said is unknown, never no.",
    "additionalProperties": False,
    "not": {
        "anyOf": [
            {"required": two, "properties": {key: {"type": "number"} for key in two}}
            for two in combinations(AGES, 2)
        ]
    },
    "properties": {
        "subject_id": {"type": ["string", "integer", "null"]},
        **{key: {"type": ["number", "null"], "minimum": 0} for key in AGES},
        "sex": {"enum": [*sorted(SEXES), None]},
        **dict.fromkeys(LISTS, _TEXTS),
        "measurements": {"type": ["array", "null"], "items": _MEASUREMENT},
    },
}
SubjectRecord: TypeAlias = Annotated[
    dict[str, Any], Meta(extra_json_schema=_SUBJECT, title="SubjectRecord")
]
"""A subject record before it is read."""
MostChanges: TypeAlias = Annotated[int, Meta(ge=1, le=_MOST_CHANGES)]
ReachedLevel: TypeAlias = Literal[
    "few_findings", "partial_pattern", "typical_pattern", "measured_low"
]
AskedReplies: TypeAlias = dict[str, ReplyWord | ReplyValue]
"""Replies by name, in the order they were given."""


class _Asked(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="ask",
    forbid_unknown_fields=True,
):
    """What all requests share: the key that says which one it is."""


class AboutRequest(_Asked, frozen=True, kw_only=True, tag="about"):
    """Which rules answer, their levels and urgencies in words, and the limits."""


class ReadRequest(_Asked, frozen=True, kw_only=True, tag="read"):
    """What the words of a subject were read as, and what was not understood."""

    subject: SubjectRecord


class AssessRequest(_Asked, frozen=True, kw_only=True, tag="assess"):
    """What a subject's answers point to.

    With `keep_going`, answers that contradict each other are taken as unknown and told
    in a note; without it they are an error.
    """

    subject: SubjectRecord
    keep_going: bool = False


class ExplainRequest(_Asked, frozen=True, kw_only=True, tag="explain"):
    """Why minerals stand where they do and why not higher; without any, all candidates.

    Without `why_not` the proofs do not say what is missing, and are made faster.
    """

    subject: SubjectRecord
    minerals: tuple[str, ...] = ()
    why_not: bool = True
    keep_going: bool = False


class HandoutRequest(_Asked, frozen=True, kw_only=True, tag="handout"):
    """One page for a visit: what was reported, what was found, what to ask."""

    subject: SubjectRecord
    keep_going: bool = False


class WhatIfRequest(_Asked, frozen=True, kw_only=True, tag="whatif"):
    """A subject before and after changes that are made at once.

    Kinds of change: `add` and `group` say yes, `deny` says no, `remove` takes an answer
    back, `age`, `sex` and `measure` set one: `{"kind": "age", "text": "9mo"}`.
    """

    subject: SubjectRecord
    changes: tuple[Change, ...]


class FlipRequest(_Asked, frozen=True, kw_only=True, tag="flip"):
    """The fewest changed answers that move a mineral's level or place."""

    subject: SubjectRecord
    mineral: str
    most: MostChanges = 4


class ReachRequest(_Asked, frozen=True, kw_only=True, tag="reach"):
    """The least open answers that bring a mineral to a level."""

    subject: SubjectRecord = {}
    mineral: str
    level: ReachedLevel
    most: MostChanges = 4


class DuelRequest(_Asked, frozen=True, kw_only=True, tag="duel"):
    """The open questions that separate two minerals best."""

    subject: SubjectRecord
    one: str
    other: str


class BoundsRequest(_Asked, frozen=True, kw_only=True, tag="bounds"):
    """How far each mineral can still rise and fall, whatever is still answered."""

    subject: SubjectRecord


class SensitivityRequest(_Asked, frozen=True, kw_only=True, tag="sensitivity"):
    """What each single change of an answer moves, the greatest effects first."""

    subject: SubjectRecord


class TickedList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list that was answered at once: what it `asked`, and the lines `chosen`.

    The other lines are denied, but for those that follow from a chosen one.
    """

    asked: tuple[str, ...]
    chosen: dict[str, ReplyWord]


class NextRequest(_Asked, frozen=True, kw_only=True, tag="next"):
    """What an interview asks next, after the replies so far.

    Replies go by the names that were asked: `yes`, `no`, `unsure`, `skip`, or to a
    question for a value `{"value": 8, "unit": "ug/L"}`. A `ticked` list is added to
    them. A lay person can answer; `clinician` adds signs, tests and values.
    """

    subject: SubjectRecord = {}
    replies: AskedReplies = {}
    ticked: TickedList | None = None
    clinician: bool = False


class VocabularyRequest(_Asked, frozen=True, kw_only=True, tag="vocabulary"):
    """The findings, groups and measurements that these words fit; without any, all."""

    words: Annotated[str, Meta(max_length=200)] = ""
    kind: Literal["finding", "group", "measurement"] | None = None


class MineralsRequest(_Asked, frozen=True, kw_only=True, tag="minerals"):
    """The minerals that these rules tell of, with a sentence about each."""


class MineralRequest(_Asked, frozen=True, kw_only=True, tag="mineral"):
    """The page of one mineral: its profile, its rules and all that these cite."""

    mineral: str


class SourcesRequest(_Asked, frozen=True, kw_only=True, tag="sources"):
    """All that the rules cite, so that keys of sources can be shown as works."""


class TableRequest(_Asked, frozen=True, kw_only=True, tag="table"):
    """The people of a small table, as CSV or as records a line each, to be assessed."""

    text: str


class LessonsRequest(_Asked, frozen=True, kw_only=True, tag="lessons"):
    """Cases to learn from, without what fits them; the same for the same seed."""

    mineral: str | None = None
    count: Annotated[int, Meta(ge=1, le=MOST_LESSONS)] = 5
    seed: Annotated[int, Meta(ge=0, le=LARGEST_SEED)] = 0


class VerdictRequest(_Asked, frozen=True, kw_only=True, tag="verdict"):
    """What fits a case, against the minerals that were named; null is giving up.

    `mineral` and `seed` are those that the case was asked for with.
    """

    case: str
    seed: Annotated[int, Meta(ge=0, le=LARGEST_SEED)] = 0
    mineral: str | None = None
    asked: tuple[str, ...] = ()
    named: tuple[str, ...] | None = None


Request: TypeAlias = (
    AboutRequest
    | ReadRequest
    | AssessRequest
    | ExplainRequest
    | HandoutRequest
    | WhatIfRequest
    | FlipRequest
    | ReachRequest
    | DuelRequest
    | BoundsRequest
    | SensitivityRequest
    | NextRequest
    | VocabularyRequest
    | MineralsRequest
    | MineralRequest
    | SourcesRequest
    | TableRequest
    | LessonsRequest
    | VerdictRequest
)

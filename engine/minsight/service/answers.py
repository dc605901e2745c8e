"""Answers: what the service says, one type for each request, and one for problems.

Each carries the version and the fingerprint of the rules. Where the command line writes
a record, `record` is that record, byte for byte.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from minsight.assessment.model import Assessment
from minsight.explanation.model import Explanation
from minsight.knowledge.catalogue import Profile, Rule, Source
from minsight.questions.outline import ReplyWord, ScreenKind
from minsight.questions.session import ReplyValue
from minsight.whatif.bounds import Ranges
from minsight.whatif.comparison import Comparison
from minsight.whatif.duel import Duel
from minsight.whatif.flip import Flips
from minsight.whatif.reach import Reach
from minsight.whatif.sensitivity import Sensitivity
from minsight.whatif.settings import Setting


class _Answered(msgspec.Struct, frozen=True, kw_only=True, tag_field="ask"):
    """What all answers carry: which rules gave them."""

    version: str
    fingerprint: str


class SayableLevel(msgspec.Struct, frozen=True):
    """A level or an urgency, with the sentence that it is told in."""

    id: str
    sentence: str


class AboutAnswer(_Answered, frozen=True, kw_only=True, tag="about"):
    """What these rules can say, weakest first, and what must always be told."""

    footer: str
    levels: tuple[SayableLevel, ...]
    urgencies: tuple[SayableLevel, ...]
    scored: tuple[str, ...]
    lessons: int
    most_bytes: int


class NamedEntry(msgspec.Struct, frozen=True):
    """The id of a finding, group or measurement, and how it is called."""

    id: str
    label: str


class ReadPart(msgspec.Struct, frozen=True):
    """Words of the subject and the entry that they were read as.

    `answer` is present, absent, unsure or measured; `kind` finding, group, measurement
    or person; `sure` is false where spelling was repaired, or only a part was read.
    """

    text: str
    id: str
    label: str
    answer: str
    kind: str
    by: str
    sure: bool


class UnreadPart(msgspec.Struct, frozen=True):
    """Words that give no answer, why, and entries that may be meant."""

    text: str
    because: str
    suggestions: tuple[NamedEntry, ...]


class ReadAnswer(_Answered, frozen=True, kw_only=True, tag="read"):
    """What was read, in ids.

    `subject` is the same person as a record of ids, in which unread words stay as they
    are; `at_odds` says which answers contradict each other, empty where none do.
    """

    subject: dict[str, Any]
    read: tuple[ReadPart, ...]
    unread: tuple[UnreadPart, ...]
    at_odds: str
    notes: tuple[str, ...]


class AssessAnswer(_Answered, frozen=True, kw_only=True, tag="assess"):
    """The assessment record."""

    record: Assessment


class ExplainAnswer(_Answered, frozen=True, kw_only=True, tag="explain"):
    """The explanation record, with the assessment in it."""

    record: Explanation


class HandoutAnswer(_Answered, frozen=True, kw_only=True, tag="handout"):
    """The page as HTML, without script and without other hosts."""

    html: str


class WhatIfAnswer(_Answered, frozen=True, kw_only=True, tag="whatif"):
    """The comparison record, both assessments, and the subject after the changes.

    `unmoved` says why no level moved, where none did.
    """

    record: Comparison
    subject: dict[str, Any]
    settings: tuple[Setting, ...]
    notes: tuple[str, ...]
    unmoved: tuple[str, ...]
    before: Assessment
    after: Assessment


class FlipAnswer(_Answered, frozen=True, kw_only=True, tag="flip"):
    """The fewest changes for each way that a mineral can move."""

    record: Flips


class ReachAnswer(_Answered, frozen=True, kw_only=True, tag="reach"):
    """The least sets of answers that lead to the level."""

    record: Reach


class DuelAnswer(_Answered, frozen=True, kw_only=True, tag="duel"):
    """The questions that separate the two minerals."""

    record: Duel


class BoundsAnswer(_Answered, frozen=True, kw_only=True, tag="bounds"):
    """The highest and lowest level and rank of each mineral that are still open."""

    record: Ranges


class SensitivityAnswer(_Answered, frozen=True, kw_only=True, tag="sensitivity"):
    """The effect of each single change."""

    record: Sensitivity


class AskedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One question: its `name` for replies, and its words.

    `ask` is the whole question, `short` how it stands in a list, `more` what helps to
    understand it; `units` are those of a value.
    """

    name: str
    ask: str
    short: str
    more: str
    units: tuple[str, ...] = ()


class StandingMineral(msgspec.Struct, frozen=True):
    """A mineral and its level so far."""

    mineral: str
    level: str


class NextAnswer(_Answered, frozen=True, kw_only=True, tag="next"):
    """The next screen of an interview, and how things stand.

    `kind` is warning, question, list or value; `asked` is empty at the end. At `enough`
    nothing likely can change the first candidates any more; before it `to_enough` is
    about how many screens are left, and `could_change` are the entries of which one yes
    alone still could. `replies` are all so far, to be sent again with the next one;
    `subject` is the person with them, `record` the assessment of that person.
    """

    kind: ScreenKind
    title: str
    asked: tuple[AskedItem, ...]
    enough: bool
    to_enough: int
    remaining: int
    could_change: tuple[NamedEntry, ...]
    bears_on: tuple[str, ...]
    first: tuple[StandingMineral, ...]
    replies: dict[str, ReplyWord | ReplyValue]
    subject: dict[str, Any]
    record: Assessment


class ListedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the vocabulary; `lay` when a lay person can answer it."""

    id: str
    label: str
    kind: str
    category: str
    synonyms: tuple[str, ...]
    definition: str = ""
    lay: bool = True
    units: tuple[str, ...] = ()


class VocabularyAnswer(_Answered, frozen=True, kw_only=True, tag="vocabulary"):
    """The entries that fit, best first; all of them in the order of the rules."""

    entries: tuple[ListedEntry, ...]


class ListedMineral(msgspec.Struct, frozen=True, kw_only=True):
    """One mineral in short; `scored` when rules point to a lack of it."""

    id: str
    name: str
    symbol: str
    kind: str
    lack: str
    scored: bool
    summary: str


class MineralsAnswer(_Answered, frozen=True, kw_only=True, tag="minerals"):
    """All minerals, in the order of the rules."""

    minerals: tuple[ListedMineral, ...]


class MineralAnswer(_Answered, frozen=True, kw_only=True, tag="mineral"):
    """One mineral: `sources` are all that its profile and its rules cite."""

    profile: Profile
    rules: tuple[Rule, ...]
    sources: tuple[Source, ...]
    footer: str


class SourcesAnswer(_Answered, frozen=True, kw_only=True, tag="sources"):
    """Every cited work, once, by its key."""

    sources: tuple[Source, ...]


class PlacedColumn(msgspec.Struct, frozen=True):
    """A column and what it says.

    `role` is answer, crossed (an `x` in it may be a yes or a no), measurement, text,
    id, age, sex or left_out; `target` is the id of
    the question, of a text what is said of all in it; `unit` that of numbers.
    """

    name: str
    role: str
    target: str = ""
    unit: str = ""


class TablePerson(msgspec.Struct, frozen=True):
    """A row and the person that it is, as a subject record to be assessed."""

    row: int
    subject: dict[str, Any]


class TableReject(msgspec.Struct, frozen=True):
    """A row that is nobody: which, where in it, and why."""

    row: int
    column: str
    value: str
    reason: str


class TableAnswer(_Answered, frozen=True, kw_only=True, tag="table"):
    """Every row of a table, as a person or as a reject; rows count from 1.

    `notes` tell what was taken as unknown.
    """

    columns: tuple[PlacedColumn, ...]
    people: tuple[TablePerson, ...]
    rejects: tuple[TableReject, ...]
    notes: tuple[str, ...]


class ShownQuestion(msgspec.Struct, frozen=True):
    """What can be asked of a case, and its answer: yes, no, a value or not known."""

    id: str
    text: str
    answer: str


class ShownLesson(msgspec.Struct, frozen=True, kw_only=True):
    """A case without what fits it; the age in days where it is known."""

    case: str
    kind: str
    complaint: str
    age_days: float | None
    sex: str | None
    questions: tuple[ShownQuestion, ...]


class LessonsAnswer(_Answered, frozen=True, kw_only=True, tag="lessons"):
    """The chosen cases, fewer where there are no more."""

    lessons: tuple[ShownLesson, ...]


class VerdictAnswer(_Answered, frozen=True, kw_only=True, tag="verdict"):
    """What was right, missed and wrong; questions worth asking that were not asked.

    `source` is where the case is from, `record` its whole assessment.
    """

    is_right: bool
    fits: tuple[str, ...]
    right: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    unasked: tuple[NamedEntry, ...]
    source: str
    record: Assessment


class ProblemAnswer(_Answered, frozen=True, kw_only=True, tag="problem"):
    """A request that could not be answered: what is wrong, where, and what to do.

    `kind` is request (its form), subject (what was said of a person, or what is asked
    about one), rules (they cannot do it) or fault (ours).
    """

    kind: str
    what: str
    where: str
    what_to_do: str


Answer: TypeAlias = (
    AboutAnswer
    | ReadAnswer
    | AssessAnswer
    | ExplainAnswer
    | HandoutAnswer
    | WhatIfAnswer
    | FlipAnswer
    | ReachAnswer
    | DuelAnswer
    | BoundsAnswer
    | SensitivityAnswer
    | NextAnswer
    | VocabularyAnswer
    | MineralsAnswer
    | MineralAnswer
    | SourcesAnswer
    | TableAnswer
    | LessonsAnswer
    | VerdictAnswer
    | ProblemAnswer
)

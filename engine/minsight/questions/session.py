"""Sessions: an interview so far, as it is kept in a file and taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from minsight.errors import SubjectError
from minsight.intake.subject import Comparator, Measurement, Subject
from minsight.questions.outline import ReplyWord
from minsight.questions.replies import Reply

SESSION_FORMAT: Final = "minsight.interview/1"


class ReplyValue(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A value that was given for a measurement."""

    value: float
    unit: str
    comparator: Comparator = ""


class Session(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who the person is, what was told in free words, and each reply in order.

    A step holds the replies to one question, by id. `fingerprint` is that of the rules
    the questions came from.
    """

    format: Literal["minsight.interview/1"] = SESSION_FORMAT
    fingerprint: str
    clinician: bool = False
    age_days: float | None = None
    sex: str | None = None
    told: tuple[str, ...] = ()
    steps: tuple[dict[str, ReplyWord | ReplyValue], ...] = ()

    @property
    def subject(self) -> Subject:
        """The person as they were before the first question."""
        return Subject(present=self.told, sex=self.sex, age_days=self.age_days)

    @property
    def replies(self) -> Mapping[str, Reply]:
        """All replies, by question."""
        return {
            id_: Measurement(id_, given.value, given.unit, given.comparator)
            if isinstance(given, ReplyValue)
            else given
            for step in self.steps
            for id_, given in step.items()
        }


def session_json(session: Session) -> str:
    """The session as the text of a file."""
    return msgspec.json.format(msgspec.json.encode(session), indent=2).decode() + "\n"


def session_from_json(raw: bytes) -> Session:
    """The session of a file.

    Raises:
        SubjectError: when it is none.
    """
    try:
        return msgspec.json.decode(raw, type=Session)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        reason = str(error)[:200].lower()
        raise SubjectError(f"not a saved interview: {reason}") from None

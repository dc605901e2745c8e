"""Intake: what was said about a person, in ids of the vocabulary."""

# ruff: noqa: I001  # a name beside itself is exported; sorting would part them
from typing import TYPE_CHECKING

from minsight._face import lazy

if TYPE_CHECKING:
    from minsight.intake.answers import (
        Answers as Answers,
    )
    from minsight.intake.measurements import (
        Value as Value,
    )
    from minsight.intake.recognition import (
        Recognised as Recognised,
        Unrecognised as Unrecognised,
    )
    from minsight.intake.records import (
        read_subject as read_subject,
        subject_from_json as subject_from_json,
        subject_json as subject_json,
    )
    from minsight.intake.subject import (
        Measurement as Measurement,
        Subject as Subject,
        SubjectLike as SubjectLike,
        as_subject as as_subject,
        subject_from_record as subject_from_record,
    )

__all__, __getattr__, __dir__ = lazy(
    __name__,
    {
        "answers": "Answers",
        "measurements": "Value",
        "recognition": "Recognised Unrecognised",
        "records": "read_subject subject_from_json subject_json",
        "subject": "Measurement Subject SubjectLike as_subject subject_from_record",
    },
)

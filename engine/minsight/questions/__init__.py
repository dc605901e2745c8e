"""Questions: which of them are worth asking, one by one or as a form."""

# ruff: noqa: I001  # a name beside itself is exported; sorting would part them
from typing import TYPE_CHECKING

from minsight._face import lazy

if TYPE_CHECKING:
    from minsight.questions.forms import (
        csv_codebook as csv_codebook,
        csv_template as csv_template,
        fhir_questionnaire as fhir_questionnaire,
    )
    from minsight.questions.interview import (
        Interview as Interview,
        InterviewStep as InterviewStep,
        Picture as Picture,
        Reply as Reply,
    )
    from minsight.questions.questionnaire import (
        NotFed as NotFed,
        Question as Question,
        Questionnaire as Questionnaire,
    )
    from minsight.questions.session import (
        ReplyValue as ReplyValue,
        Session as Session,
        session_from_json as session_from_json,
        session_json as session_json,
    )

__all__, __getattr__, __dir__ = lazy(
    __name__,
    {
        "forms": "csv_codebook csv_template fhir_questionnaire",
        "interview": "Interview InterviewStep Picture Reply",
        "questionnaire": "NotFed Question Questionnaire",
        "session": "ReplyValue Session session_from_json session_json",
    },
)

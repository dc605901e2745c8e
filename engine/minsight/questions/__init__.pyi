from minsight.questions.forms import (
    csv_codebook as csv_codebook,
)
from minsight.questions.forms import (
    csv_template as csv_template,
)
from minsight.questions.forms import (
    fhir_questionnaire as fhir_questionnaire,
)
from minsight.questions.interview import (
    Interview as Interview,
)
from minsight.questions.interview import (
    InterviewStep as InterviewStep,
)
from minsight.questions.questionnaire import (
    FoundShare as FoundShare,
)
from minsight.questions.questionnaire import (
    LeftOut as LeftOut,
)
from minsight.questions.questionnaire import (
    NotFed as NotFed,
)
from minsight.questions.questionnaire import (
    OutOfReach as OutOfReach,
)
from minsight.questions.questionnaire import (
    Question as Question,
)
from minsight.questions.questionnaire import (
    Questionnaire as Questionnaire,
)
from minsight.questions.replies import (
    Reply as Reply,
)
from minsight.questions.session import (
    ReplyValue as ReplyValue,
)
from minsight.questions.session import (
    Session as Session,
)
from minsight.questions.session import (
    session_from_json as session_from_json,
)
from minsight.questions.session import (
    session_json as session_json,
)
from minsight.questions.settling import (
    Picture as Picture,
)

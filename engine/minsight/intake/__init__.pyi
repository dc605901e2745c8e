from minsight.intake.answers import Answers as Answers
from minsight.intake.measurements import Value as Value
from minsight.intake.recognition import (
    Recognised as Recognised,
)
from minsight.intake.recognition import (
    Unrecognised as Unrecognised,
)
from minsight.intake.records import (
    read_subject as read_subject,
)
from minsight.intake.records import (
    subject_from_json as subject_from_json,
)
from minsight.intake.records import (
    subject_json as subject_json,
)
from minsight.intake.subject import (
    Measurement as Measurement,
)
from minsight.intake.subject import (
    Subject as Subject,
)
from minsight.intake.subject import (
    SubjectLike as SubjectLike,
)
from minsight.intake.subject import (
    as_subject as as_subject,
)
from minsight.intake.subject import (
    subject_from_record as subject_from_record,
)

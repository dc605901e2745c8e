"""minsight: which mineral deficiencies fit what was said, with reasons and sources.

Education and decision support, never a diagnosis.

    >>> import minsight
    >>> rules = minsight.load()
    >>> assessment = rules.assess(minsight.Subject(present=["always tired"], age="40"))
    >>> assessment.urgency.level, max(c.level for c in assessment.candidates)
    ('none', 'few_findings')
"""

from minsight.__about__ import __version__
from minsight.ages import parse_age
from minsight.api import Rules, load
from minsight.assessment.model import Assessment, Candidate, Reason, Urgency
from minsight.errors import (
    BackendError,
    FileError,
    Issue,
    MinsightError,
    Place,
    RulesError,
    SubjectError,
)
from minsight.intake.subject import (
    Measurement,
    Subject,
    SubjectLike,
    subject_from_record,
)

__all__ = [
    "Assessment",
    "BackendError",
    "Candidate",
    "FileError",
    "Issue",
    "Measurement",
    "MinsightError",
    "Place",
    "Reason",
    "Rules",
    "RulesError",
    "Subject",
    "SubjectError",
    "SubjectLike",
    "Urgency",
    "__version__",
    "load",
    "parse_age",
    "subject_from_record",
]

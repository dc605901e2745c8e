"""Problems: errors as answers that say what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from minsight.assessment.engine import Engine
from minsight.errors import MinsightError, RequestError, SubjectError
from minsight.service.answers import ProblemAnswer

_OURS = "send the request again; when it fails again, report it with the rules used"


def as_problem(error: Exception, rules: Engine) -> ProblemAnswer:
    """The answer to a request that raised this."""
    kind, where = "rules", "request"
    if isinstance(error, RequestError):
        kind, where = "request", error.where
    elif isinstance(error, SubjectError):
        kind, where = "subject", "subject"
    elif not isinstance(error, MinsightError):
        kind = "fault"
    what, advice = _parted(str(error))
    if kind == "fault":
        what, advice = "the rules could not answer this request", _OURS
    return ProblemAnswer(
        version=rules.version,
        fingerprint=rules.fingerprint,
        kind=kind,
        what=what,
        where=where,
        what_to_do=advice or "correct the request",
    )


def _parted(message: str) -> tuple[str, str]:
    """What is wrong, and what to do about it, which messages tell last."""
    what, _, advice = message.rpartition("; ")
    return (what, advice) if what else (advice, "")


@contextmanager
def told_of(where: str) -> Iterator[None]:
    """Within it, what is refused is told to be refused at this part of the request."""
    try:
        yield
    except RequestError:
        raise
    except MinsightError as error:
        raise RequestError(str(error), where) from None

"""The service: one function from the bytes of a request to the bytes of an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec

from minsight.api import Rules
from minsight.errors import MinsightError
from minsight.knowledge.base import KnowledgeBase
from minsight.service import requests as kinds
from minsight.service.answers import Answer
from minsight.service.latest import LatestInterviews
from minsight.service.problems import as_problem
from minsight.service.taking import taken_request

if TYPE_CHECKING:
    from minsight.cases.lesson_case import LessonCase

_Handler: TypeAlias = Callable[["Service", Any], Answer]


class Service:
    """Answers requests by one set of rules.

    Nothing is kept of what is asked, but for the interviews with the last few persons,
    whose next screen would else take ten times as long.

    `cases` are those that lessons are made from. The same request has the same answer,
    byte for byte, wherever it is asked; nothing that is asked raises.

    >>> import minsight
    >>> service = Service(minsight.load())
    >>> service.answer(b'{"ask": "assess", "subject": {}}')[:16]
    b'{"ask":"assess",'
    >>> service.answer(b'{"ask": "guess"}')[:17]
    b'{"ask":"problem",'
    """

    def __init__(self, rules: Rules, cases: Sequence[LessonCase] = ()) -> None:
        self.rules = rules
        self.cases = tuple(cases)
        self.interviews = LatestInterviews(rules)

    def answer(self, request: bytes, *, ask: str | None = None) -> bytes:
        """The answer to a request, both as JSON; `minsight.service.requests` has them.

        With `ask`, the request need not have that key. A request that cannot be
        answered has a `problem` as its answer.
        """
        try:
            asked = taken_request(request, ask)
        except MinsightError as error:
            return msgspec.json.encode(as_problem(error, self.rules))
        return msgspec.json.encode(self.reply(asked))

    def reply(self, asked: kinds.Request) -> Answer:
        """The answer to a request that was taken apart already."""
        try:
            return _HANDLERS[type(asked)](self, asked)
        except MinsightError as error:
            return as_problem(error, self.rules)
        except Exception as error:  # noqa: BLE001 - whatever it is, the asker is told
            return as_problem(error, self.rules)


def service_from(rules: bytes, cases: bytes = b"[]") -> Service:
    """The service of packed rules and cases, where there is no folder of rules.

    `rules` is what `Rules.packed` gives, `cases` what `packed_cases` does.
    """
    from minsight.service.lessons import unpacked_cases

    knowledge = msgspec.json.decode(rules, type=KnowledgeBase)
    return Service(Rules(knowledge), unpacked_cases(cases))


# --- who answers what -----------------------------------------------------------------


def _read(service: Service, asked: kinds.ReadRequest) -> Answer:
    from minsight.service.reading import read

    return read(service.rules, asked)


def _people(service: Service, asked: Any) -> Answer:
    from minsight.service.people import about_a_person

    return about_a_person(service.rules, asked)


def _next(service: Service, asked: kinds.NextRequest) -> Answer:
    from minsight.service.interviewing import next_screen

    return next_screen(service.rules, asked, service.interviews.with_subject)


def _knowledge(service: Service, asked: Any) -> Answer:
    from minsight.service.pages import about_the_rules

    return about_the_rules(service.rules, asked, lessons=len(service.cases))


def _table(service: Service, asked: kinds.TableRequest) -> Answer:
    from minsight.service.tables import table

    return table(service.rules, asked)


def _lessons(service: Service, asked: kinds.LessonsRequest) -> Answer:
    from minsight.service.lessons import lessons

    return lessons(service.rules, service.cases, asked)


def _verdict(service: Service, asked: kinds.VerdictRequest) -> Answer:
    from minsight.service.lessons import judged

    return judged(service.rules, service.cases, asked)


_HANDLERS: Final[dict[type, _Handler]] = {
    kinds.ReadRequest: _read,
    **dict.fromkeys(
        (
            kinds.AssessRequest,
            kinds.ExplainRequest,
            kinds.HandoutRequest,
            kinds.WhatIfRequest,
            kinds.FlipRequest,
            kinds.ReachRequest,
            kinds.DuelRequest,
            kinds.BoundsRequest,
            kinds.SensitivityRequest,
        ),
        _people,
    ),
    kinds.NextRequest: _next,
    **dict.fromkeys(
        (
            kinds.AboutRequest,
            kinds.VocabularyRequest,
            kinds.MineralsRequest,
            kinds.MineralRequest,
            kinds.SourcesRequest,
        ),
        _knowledge,
    ),
    kinds.TableRequest: _table,
    kinds.LessonsRequest: _lessons,
    kinds.VerdictRequest: _verdict,
}
"""Each module is imported when it is first asked: start-up pays for none of them."""

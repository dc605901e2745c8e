"""Adaptive forms of FHIR SDC: the interview as `$next-question`, to its exact end.

The form stands in the response, as the standard wants it: each call adds the items of
the next screen, until no answer that could still be given would change the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from minsight.errors import SubjectError, quoted
from minsight.intake.subject import Subject, subject_from_record
from minsight.questions.forms import (
    ANSWER_CODES,
    answer_options,
    person_group,
    ucum_of,
    unit_option,
)
from minsight.questions.session import ReplyValue
from minsight.service.answers import AskedItem, NextAnswer, ProblemAnswer
from minsight.service.requests import AskedReplies, NextRequest
from minsight.service.service import Service

_RESPONSE: Final = "QuestionnaireResponse"
COMPLAINT: Final = "complaint"
_FORM: Final = "form"
_SCREEN: Final = "screen-"
_REPLY_OF: Final = {"Y": "yes", "N": "no", "asked-unknown": "unsure"}
_ADAPTIVE: Final = (
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
    "sdc-questionnaire-questionnaireAdaptive"
)
_OURS: Final = "urn:minsight:interview"
_DEEPEST: Final = 20


def next_question(service: Service, value: Any) -> dict[str, Any]:
    """The response with the next items in its contained form.

    Raises:
        SubjectError: when it is no response, or an answer cannot be understood.
    """
    if not isinstance(value, dict) or value.get("resourceType") != _RESPONSE:
        raise SubjectError(f"this is no `{_RESPONSE}`; send one, empty at first")
    form = _form_in(value)
    if form is None:
        first = [_complaint(), person_group()]
        return _with_form(value, first, service, status="in-progress")
    reply, items = _reply_to(service, value, form), form["item"]
    if not reply.asked:
        return _with_form(value, items, service, status="completed")
    number = sum(str(one.get("linkId", "")).startswith(_SCREEN) for one in items)
    screen = _screen(reply, number + 1)
    return _with_form(value, [*items, screen], service, status="in-progress")


def adaptive_subject(service: Service, value: Any) -> Subject | None:
    """The person whose answers stand in an adaptive form; None for other resources.

    Raises:
        SubjectError: when an answer cannot be understood.
    """
    form = _form_in(value) if isinstance(value, dict) else None
    extensions = form.get("extension") if form else None
    ours = {"url": _ADAPTIVE, "valueUrl": _OURS}
    if form is None or not isinstance(extensions, list) or ours not in extensions:
        return None
    return subject_from_record(_reply_to(service, value, form).subject)


def _reply_to(
    service: Service, response: Mapping[str, Any], form: Mapping[str, Any]
) -> NextAnswer:
    answers = dict(_answers(response.get("item"), 0))
    reply = service.reply(_asked(answers, form["item"]))
    if isinstance(reply, ProblemAnswer):
        raise SubjectError(f"{reply.what}; {reply.what_to_do}")
    assert isinstance(reply, NextAnswer)
    return reply


def _form_in(response: Mapping[str, Any]) -> dict[str, Any] | None:
    """The form that an earlier call has put in."""
    inside = response.get("contained")
    for one in inside if isinstance(inside, list) else []:
        if isinstance(one, dict) and one.get("resourceType") == "Questionnaire":
            items = one.get("item")
            if isinstance(items, list) and all(isinstance(i, dict) for i in items):
                return one
    return None


def _with_form(
    response: Mapping[str, Any], items: list[Any], service: Service, *, status: str
) -> dict[str, Any]:
    rules = service.rules
    form = {
        "resourceType": "Questionnaire",
        "id": _FORM,
        "extension": [{"url": _ADAPTIVE, "valueUrl": _OURS}],
        "version": f"{rules.version}+{rules.fingerprint}",
        "title": "Interview on mineral deficiencies",
        "status": "draft",
        "experimental": True,
        "subjectType": ["Patient"],
        "item": items,
    }
    kept = {k: v for k, v in response.items() if k not in ("contained", "status")}
    return {**kept, "contained": [form], "questionnaire": f"#{_FORM}", "status": status}


# --- what was answered ----------------------------------------------------------------


def _asked(answers: Mapping[str, Any], items: Iterable[Any]) -> NextRequest:
    """The request of the interview that the answers come to.

    What was asked on a screen and has no answer was left out on purpose.
    """
    told = answers.get(COMPLAINT)
    subject: dict[str, Any] = {"present": [told] if isinstance(told, str) else []}
    if "age" in answers:
        subject |= _age(answers["age"])
    sex = answers.get("sex")
    if isinstance(sex, dict) and sex.get("code"):
        subject["sex"] = sex["code"]
    about = (COMPLAINT, "age", "sex")
    replies: AskedReplies = dict.fromkeys(_put(items), "skip")
    replies |= {n: _reply(n, v) for n, v in answers.items() if n not in about}
    return NextRequest(subject=subject, replies=replies)


def _put(items: Iterable[Any]) -> Iterator[str]:
    """The names that the screens so far have asked."""
    for screen in items:
        if str(screen.get("linkId", "")).startswith(_SCREEN):
            inside = screen.get("item")
            for one in inside if isinstance(inside, list) else []:
                if isinstance(one, dict):
                    yield str(one.get("linkId"))


def _age(value: Any) -> dict[str, Any]:
    unit = value.get("code") or value.get("unit") if isinstance(value, dict) else None
    key = {"a": "age_years", "mo": "age_months", "d": "age_days"}.get(str(unit))
    if key is None:
        raise SubjectError("the age has no unit that is known; use `a`, `mo` or `d`")
    return {key: value.get("value")}


def _reply(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and "value" in value:
        unit = value.get("unit") or value.get("code") or ""
        sign = value.get("comparator", "")
        given = {"value": value["value"], "unit": unit, "comparator": sign}
        try:
            return msgspec.convert(given, type=ReplyValue)
        except msgspec.ValidationError:
            message = f"the quantity given to {quoted(name)} cannot be understood"
            raise SubjectError(message) from None
    reply = _REPLY_OF.get(value.get("code", "")) if isinstance(value, dict) else None
    if reply is None:
        raise SubjectError(f"the answer to {quoted(name)} is none of those offered")
    return reply


def _answers(items: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """The first answer to each item, at any depth; what was left out is skipped."""
    if depth > _DEEPEST:
        raise SubjectError(f"items are nested more than {_DEEPEST} deep")
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict):
            raise SubjectError("an item is no object")
        given = item.get("answer")
        for answer in given[:1] if isinstance(given, list) else []:
            if isinstance(answer, dict):
                found = [v for k, v in answer.items() if k.startswith("value")]
                yield from ((str(item.get("linkId")), value) for value in found[:1])
        yield from _answers(item.get("item"), depth + 1)


# --- what is asked --------------------------------------------------------------------


def _complaint() -> dict[str, Any]:
    return {
        "linkId": COMPLAINT,
        "text": "What is wrong? In your own words, several at once if you like",
        "type": "text",
    }


def _screen(reply: NextAnswer, number: int) -> dict[str, Any]:
    group: dict[str, Any] = {
        "linkId": f"{_SCREEN}{number}",
        "type": "group",
        "item": [_item(one, reply) for one in reply.asked],
    }
    return {**group, "text": reply.title} if reply.title else group


def _item(one: AskedItem, reply: NextAnswer) -> dict[str, Any]:
    item: dict[str, Any] = {"linkId": one.name, "text": one.ask}
    if reply.kind == "value":
        units = [unit_option(*ucum_of(unit), unit) for unit in one.units]
        return {**item, "type": "quantity", "extension": units}
    return {**item, "type": "choice", "answerOption": answer_options(ANSWER_CODES)}

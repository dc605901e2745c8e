"""Taking requests: bytes to a request, or to what is wrong with them."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, get_args

import msgspec

from minsight.assessment.engine import Engine
from minsight.errors import RequestError, SubjectError, did_you_mean, quoted
from minsight.intake.records import MOST_BYTES, json_value
from minsight.intake.subject import Subject, subject_from_record
from minsight.knowledge.mineral_names import mineral_names
from minsight.service.requests import Request

MOST_REQUEST_BYTES: Final = MOST_BYTES
_DECODED: Final[Any] = Request


@cache
def requests_known() -> tuple[str, ...]:
    """What can be asked, by the value of `ask`."""
    return tuple(str(one.__struct_config__.tag) for one in get_args(Request))


def taken_request(raw: bytes, ask: str | None = None) -> Request:
    """The request that these bytes are; with `ask`, it need not say what it asks.

    Raises:
        RequestError: when they are none, at the part that is wrong.
    """
    if len(raw) > MOST_REQUEST_BYTES:
        most = MOST_REQUEST_BYTES // 1024
        raise RequestError(f"the request has more than {most} KiB; send less at once")
    try:
        value = json_value(raw)
    except SubjectError as error:
        message = str(error).replace("a subject record", "a request")
        raise RequestError(message) from None
    if ask is not None and isinstance(value, dict):
        value = {"ask": ask, **value}
    _refuse_no_request(value)
    if ask is not None and value["ask"] != ask:
        message = f"{quoted(value['ask'])} is asked elsewhere; leave `ask` out here"
        raise RequestError(message, "ask")
    try:
        request: Request = msgspec.convert(value, type=_DECODED)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `")
        where = place.rstrip("`").removeprefix("$.") or "request"
        what = what[:1].lower() + what[1:].replace("'", "`")
        raise RequestError(f"{what}; send what the service describes", where) from None
    return request


def _refuse_no_request(value: object) -> None:
    known = requests_known()
    if not isinstance(value, dict):
        raise RequestError(f"{quoted(value)} is not a request; send an object")
    asked = value.get("ask")
    if asked not in known:
        hint = did_you_mean(str(asked), known) or f"ask {', '.join(known)}"
        raise RequestError(f"nobody knows the request {quoted(asked)}; {hint}", "ask")


def subject_in(record: dict[str, Any]) -> Subject:
    """The subject of a record.

    Raises:
        SubjectError: naming the key that cannot be understood.
    """
    return subject_from_record(record)


def mineral_in(text: str, rules: Engine, where: str = "mineral") -> str:
    """The id of the mineral with this id, name or symbol.

    Raises:
        RequestError: when there is none, at this part of the request.
    """
    asked = text.strip().lower()
    found = mineral_names(rules.catalogue.profiles).get(asked)
    if found is None:
        hint = did_you_mean(asked, rules.profiles) or "name one of the minerals"
        raise RequestError(f"unknown mineral {quoted(text)}; {hint}", where)
    return found

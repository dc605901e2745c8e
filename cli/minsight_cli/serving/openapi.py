"""The description of the API, made from the types of requests and answers."""

from __future__ import annotations

import copy
import inspect
from typing import Any, Final, get_args

import msgspec

from minsight.__about__ import __version__
from minsight.service.answers import Answer, ProblemAnswer
from minsight.service.requests import Request
from minsight_cli.serving.api import ADDRESS_OF, ANSWER, BY_QUERY
from minsight_cli.serving.fhir import ASSESS, MEDIA, NEXT
from minsight_cli.serving.tables import (
    ENDING_OF,
    NDJSON,
    SCREEN,
    ScreenEnd,
    ScreenReject,
)

_REF: Final = "#/components/schemas/{name}"
_FHIR: Final = {
    ASSESS: (
        "fhir_assess",
        "RiskAssessments of a QuestionnaireResponse, or of the people of a Bundle.",
        "A Bundle",
    ),
    NEXT: (
        "fhir_next_question",
        "The next items of an adaptive form.",
        "The QuestionnaireResponse",
    ),
}
"""The operations of FHIR: name, summary and answer of each."""
_REFUSALS: Final = {
    "400": "The request cannot be understood",
    "401": "The token is missing or another one",
    "408": "The body came too slowly",
    "413": "The body is too large",
    "415": "The body is of another kind",
    "421": "The server is asked by another name",
    "422": "What was said of the person cannot be assessed",
    "429": "Too many requests from this address",
    "500": "The fault is ours",
    "503": "Too much to do, or it took too long",
}


def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    asked = {tag_of(one): one for one in get_args(Request)}
    answered = {tag_of(one): one for one in get_args(Answer)}
    types = [*asked.values(), *answered.values(), ScreenReject, ScreenEnd]
    _, components = msgspec.json.schema_components(types, ref_template=_REF)
    schemas = {name: _described(one) for name, one in components.items()}
    paths: dict[str, Any] = {ANSWER: {"post": _any_request(asked, answered)}}
    for ask, address in ADDRESS_OF.items():
        request, answer = asked[ask].__name__, answered[ask].__name__
        body = f"{request}Body"
        schemas[body] = _without_ask(schemas[request])
        summary = _first_line(asked[ask])
        posted = _operation(ask, summary, _ref(body), _ref(answer))
        paths[address] = {"post": posted}
        if ask in BY_QUERY:
            paths[address]["get"] = _by_query(ask, summary, schemas[body], answer)
    paths[SCREEN] = {"post": _screen()}
    paths |= {address: {"post": _fhir(*told)} for address, told in _FHIR.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "minsight",
            "version": __version__,
            "description": "Which mineral deficiencies fit what was said, with reasons"
            " and sources. Education and decision support, never a diagnosis.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def tag_of(kind: Any) -> str:
    """The value of `ask` of a type of request or answer."""
    return str(kind.__struct_config__.tag)


def _described(schema: dict[str, Any]) -> dict[str, Any]:
    if "description" in schema:
        return {**schema, "description": inspect.cleandoc(schema["description"])}
    return schema


def _first_line(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "").splitlines()[0]


def _ref(name: str) -> dict[str, str]:
    return {"$ref": _REF.format(name=name)}


def _without_ask(schema: dict[str, Any]) -> dict[str, Any]:
    body = copy.deepcopy(schema)
    body["properties"].pop("ask", None)
    body["required"] = [name for name in body.get("required", []) if name != "ask"]
    return body


def _content(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _responses(answer: Any) -> dict[str, Any]:
    problem = _content(_ref(ProblemAnswer.__name__))
    return {
        "200": {"description": "The answer", "content": _content(answer)},
        **{
            status: {"description": text, "content": problem}
            for status, text in _REFUSALS.items()
        },
    }


def _operation(ask: str, summary: str, body: Any, answer: Any) -> dict[str, Any]:
    return {
        "operationId": ask,
        "summary": summary,
        "requestBody": {"required": True, "content": _content(body)},
        "responses": _responses(answer),
    }


def _any_request(asked: dict[str, type], answered: dict[str, type]) -> dict[str, Any]:
    bodies = {"anyOf": [_ref(one.__name__) for one in asked.values()]}
    answers = {"anyOf": [_ref(one.__name__) for one in answered.values()]}
    return _operation("answer", "Any request, by its `ask`.", bodies, answers)


def _screen() -> dict[str, Any]:
    """A table in, lines out."""
    text = {"schema": {"type": "string"}}
    whole = ("application/json", MEDIA)  # any value; the others are lines of text
    bodies: dict[str, Any] = {
        kind: {"schema": {}} if kind in whole else text for kind in ENDING_OF
    }
    lines = "Assessment records, then rejects, then the end, a line each"
    keep_going = {
        "name": "keep_going",
        "in": "query",
        "description": "Take answers that contradict each other as unknown.",
        "schema": {"type": "boolean"},
    }
    return {
        "operationId": "screen",
        "summary": "Many people at once, of a table or of records.",
        "parameters": [keep_going],
        "requestBody": {"required": True, "content": bodies},
        "responses": {
            **_responses({}),
            "200": {"description": lines, "content": {NDJSON: text}},
        },
    }


def _fhir(name: str, summary: str, answer: str) -> dict[str, Any]:
    """A resource of FHIR in, and one out."""
    kind = {"type": "string", "minLength": 1}
    schema = {
        "type": "object",
        "title": "Resource",
        "required": ["resourceType"],
        "properties": {"resourceType": kind},
    }
    resource = {MEDIA: {"schema": schema}}
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": {**resource, **_content(schema)}},
        "responses": {
            **_responses({}),
            "200": {"description": answer, "content": resource},
            "422": {"description": "An OperationOutcome", "content": resource},
        },
    }


def _by_query(
    ask: str, summary: str, body: dict[str, Any], answer: str
) -> dict[str, Any]:
    parameters = [
        {
            "name": name,
            "in": "query",
            "required": name in body["required"],
            "schema": schema,
        }
        for name, schema in body["properties"].items()
    ]
    return {
        "operationId": f"get_{ask}",
        "summary": summary,
        "parameters": parameters,
        "responses": _responses(_ref(answer)),
    }

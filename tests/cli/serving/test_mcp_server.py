"""Tools for assistants: asked in memory and as a process, and never a dose."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final

import anyio
import jsonschema
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

import minsight
from asked import TIRED
from banned import banned_in
from minsight.assessment.record import assessment_line
from minsight.service.service import Service
from minsight_cli.serving import assistants
from minsight_cli.serving.mcp_server import TITLES, mcp_server

PERSON: Final = {**TIRED, "sex": "female"}
DOSE: Final = re.compile(r"\d\s*(?:mg|ug|µg|mcg|g|IU)\b[^.]{0,20}\b(?:a day|daily)")
CALLS: Final[dict[str, dict[str, Any]]] = {
    "understand": {"text": "28-year-old woman, always tired, gribbly toes, no fever"},
    "assess": {"person": PERSON},
    "explain": {"person": PERSON, "mineral": "iron"},
    "what_if": {"person": PERSON, "changes": [{"kind": "add", "text": "pale"}]},
    "next_question": {"person": PERSON, "replies": {"fever": "no"}},
    "learn": {"mineral": "iron"},
}


def asked(service: Service, use: Callable[[Client], Awaitable[Any]]) -> Any:
    """What is made of a client that speaks with the server in memory."""

    async def begun() -> Any:
        async with Client(mcp_server(service)) as client:
            return await use(client)

    return anyio.run(begun)


def called(service: Service, name: str, **arguments: Any) -> Any:
    """What a tool tells, or the text of its error."""

    async def call(client: Client) -> Any:
        found = await client.call_tool(name, arguments)
        if found.is_error:
            return getattr(found.content[0], "text", "")
        return found.structured_content

    return asked(service, call)


def test_there_are_six_tools_that_only_tell(service: Service) -> None:
    async def tools(client: Client) -> Any:
        return (await client.list_tools()).tools

    found = asked(service, tools)
    assert tuple(tool.name for tool in found) == tuple(TITLES)
    for tool in found:
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert tool.description
        assert tool.output_schema


@pytest.mark.parametrize("name", CALLS)
def test_a_tool_tells_what_its_type_says_with_limits_and_fingerprint(
    name: str, service: Service
) -> None:
    async def tools(client: Client) -> Any:
        return {tool.name: tool for tool in (await client.list_tools()).tools}

    found = called(service, name, **CALLS[name])
    jsonschema.validate(found, asked(service, tools)[name].output_schema)
    ends = found["from_rules"]
    assert ends["fingerprint"] == service.rules.fingerprint
    assert ends["limits"] == service.rules.catalogue.footer
    keys = {source["id"] for source in ends["sources"]}
    assert set(re.findall(r'"sources": \["(\w+)', json.dumps(found))) <= keys


def test_words_become_a_person_that_is_assessed(service: Service) -> None:
    found = called(service, "understand", **CALLS["understand"])
    assert found["person"]["absent"] == ["fever"]
    (unread,) = found["not_understood"]
    assert (unread["text"], len(unread["may_mean"])) == ("gribbly toes", 3)
    assessed = called(service, "assess", person=found["person"])
    assert assessed["not_understood"] == ["gribbly toes"]
    assert assessed["urgency"]["level"] == "not_judged"


def test_the_record_is_that_of_the_command_line(
    service: Service, rules: minsight.Rules
) -> None:
    found = called(service, "assess", person=PERSON, with_record=True)
    assert found["record"].encode() + b"\n" == assessment_line(rules.assess(PERSON))


def test_in_an_emergency_nothing_is_ranked(service: Service) -> None:
    found = called(service, "assess", person={"present": ["chest pain", "fatigue"]})
    assert found["urgency"]["level"] == "emergency"
    assert found["candidates"] == []


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("assess", {"person": {"presnt": []}}, "did you mean `present`?"),
        ("assess", {"person": {"present": ["fever"], "absent": ["fever"]}}, "keep one"),
        ("explain", {"person": PERSON, "mineral": "irn"}, "did you mean `iron`?"),
        (
            "what_if",
            {"person": PERSON, "changes": [{"kind": "add", "text": "xyzzy"}]},
            "use words of the vocabulary",
        ),
    ],
)
def test_what_cannot_be_answered_is_an_error_that_says_what_to_do(
    name: str, arguments: dict[str, Any], said: str, service: Service
) -> None:
    found = called(service, name, **arguments)
    assert isinstance(found, str)
    assert said in found


def test_nothing_an_assistant_is_told_is_a_probability_or_a_dose(
    service: Service, rules: minsight.Rules
) -> None:
    assert assistants.LearnedMineral.__doc__
    for mineral in rules.profiles:
        text = json.dumps(called(service, "learn", mineral=mineral))
        assert (mineral, DOSE.findall(text)) == (mineral, [])
    text = json.dumps(called(service, "assess", person=PERSON)["candidates"])
    assert banned_in(text) == []


def test_the_command_speaks_with_a_client_over_its_input_and_output(
    rules: minsight.Rules,
) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "minsight_cli", "mcp"],
        env=dict(os.environ),
    )

    async def spoken() -> Any:
        async with Client(stdio_client(command)) as client:
            found = await client.call_tool("assess", {"person": PERSON})
            return found.structured_content

    found = anyio.run(spoken)
    assert found["candidates"][0]["mineral"] == "iron"
    assert found["from_rules"]["fingerprint"] == rules.fingerprint

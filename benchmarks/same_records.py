"""The same person has the same record, whoever is asked: byte for byte, many people.

Random people go to the library, to its service, over HTTP, to the tools for assistants
(in memory) and to `minsight screen` as a process of its own.

Exits with 1 when a record differs, and shows the first person whose does.
"""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
from mcp.client import Client

import minsight
from arguments import parser_of, positive
from minsight.assessment.record import assessment_line
from minsight.service.people import record_bytes
from minsight.service.service import Service
from minsight_cli.serving.mcp_server import mcp_server
from serve import JSON, served


def random_people(rules: minsight.Rules, count: int, seed: int) -> list[dict[str, Any]]:
    """People whose answers do not contradict each other, in a few words or ids."""
    chance, known = random.Random(seed), rules.vocabulary
    phrases = [p.words for p in known.phrases if p.kind in ("finding", "group")]
    people: list[dict[str, Any]] = []
    while len(people) < count:
        said = chance.sample(phrases, chance.randint(1, 8))
        cut = chance.randint(0, len(said))
        person: dict[str, Any] = {
            "subject_id": str(len(people)),
            "present": said[:cut],
            "absent": said[cut:],
            "age_years": chance.randint(1, 80),
            "sex": chance.choice(["female", "male"]),
        }
        if chance.random() < 0.3:
            kind = chance.choice(known.measurements)
            value = round(chance.uniform(kind.plausible_from, kind.plausible_to), 2)
            measured = {"name": kind.id, "value": value, "unit": kind.unit}
            person["measurements"] = [measured]
        try:
            rules.assess(person)
        except minsight.SubjectError:
            continue
        people.append(person)
    return people


def by_service(rules: minsight.Rules, people: list[Any]) -> Iterator[bytes]:
    """The records in the answers of the service."""
    service = Service(rules)
    for one in people:
        asked = json.dumps({"ask": "assess", "subject": one}).encode()
        yield record_bytes(service.answer(asked))


def by_http(people: list[Any]) -> Iterator[bytes]:
    """The records in the answers of a server."""
    with served(None) as (port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for one in people:
            body = json.dumps({"subject": one}).encode()
            connection.request("POST", "/api/assess", body, JSON)
            yield record_bytes(connection.getresponse().read())
        connection.close()


def by_assistant(rules: minsight.Rules, people: list[Any]) -> list[bytes]:
    """The records that the tool `assess` tells."""

    async def told() -> list[bytes]:
        async with Client(mcp_server(Service(rules))) as client:
            found = []
            for one in people:
                asked = {"person": one, "with_record": True}
                heard = await client.call_tool("assess", asked)
                assert heard.structured_content is not None, heard.content
                found.append(heard.structured_content["record"].encode())
            return found

    return anyio.run(told)


def by_command(people: list[Any]) -> list[bytes]:
    """The lines that `minsight screen` writes."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "people.jsonl"), Path(folder, "records.jsonl")
        given.write_text("\n".join(map(json.dumps, people)), encoding="utf-8")
        command = ("screen", str(given), "--output", str(made))
        subprocess.run(
            [sys.executable, "-m", "minsight_cli", *command],
            check=False,
            stdout=subprocess.DEVNULL,
        )
        return made.read_bytes().splitlines()


def main() -> int:
    """Compare all; 1 when anybody's record differs."""
    parser = parser_of(__doc__)
    parser.add_argument("--people", type=positive, default=200)
    parser.add_argument("--seed", type=positive, default=1)
    given = parser.parse_args()
    rules = minsight.load()
    people = random_people(rules, given.people, given.seed)
    expected = [assessment_line(rules.assess(one)).rstrip() for one in people]
    found: dict[str, int] = {"people": len(people)}
    for name, records in (
        ("service", list(by_service(rules, people))),
        ("http", list(by_http(people))),
        ("assistant", by_assistant(rules, people)),
        ("command", by_command(people)),
    ):
        pairs = zip(people, expected, records, strict=True)
        other = [one for one, wanted, record in pairs if wanted != record]
        found[f"{name}_differ"] = len(other)
        if other:
            print(f"{name}: {json.dumps(other[0])}")
    for name, value in found.items():
        print(f"{name:<20} {value}")
    print(json.dumps(found))
    return int(any(value for name, value in found.items() if name != "people"))


if __name__ == "__main__":
    sys.exit(main())

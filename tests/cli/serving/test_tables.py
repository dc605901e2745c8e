"""Tables over HTTP: the records of `screen`, every row told, and an end to see."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

import minsight
from minsight.assessment.record import assessment_line
from minsight_cli.serving.tables import ENDING_OF, NDJSON
from serving import Running

TABLE = b"id,spoon-shaped nails,fatigue,age_years\n1,yes,no,30\n2,often,,4\n3,,yes,40\n"
CSV = {"Content-Type": "text/csv"}


def test_each_row_is_a_record_or_a_reject_and_the_end_counts_them(
    server: Running, rules: minsight.Rules
) -> None:
    heard = server.send("POST", "/api/screen", TABLE, headers=CSV)
    assert heard.status == 200
    assert heard.headers["content-type"] == NDJSON
    *records, reject, end = heard.body.splitlines(keepends=True)
    person = {"subject_id": "3", "present": ["fatigue"], "age_years": 40}
    assert [msgspec.json.decode(one)["subject_id"] for one in records] == ["1", "3"]
    assert rules.assess(person).candidates[0].mineral in records[1].decode()
    told = msgspec.json.decode(reject)["reject"]
    assert (told["row"], told["value"]) == (2, "often")
    counts = msgspec.json.decode(end)["end"]
    assert (counts["rows"], counts["assessed"], counts["rejected"]) == (3, 2, 1)
    assert counts["fingerprint"] == rules.fingerprint


def test_records_of_people_are_assessed_as_one_by_one(
    server: Running, rules: minsight.Rules
) -> None:
    people = [{"subject_id": str(n), "present": ["fatigue"]} for n in range(3)]
    body = b"\n".join(map(msgspec.json.encode, people))
    kind = {"Content-Type": "application/x-ndjson"}
    heard = server.send("POST", "/api/screen", body, headers=kind)
    *records, _ = heard.body.splitlines(keepends=True)
    assert records == [assessment_line(rules.assess(one)) for one in people]
    assert ENDING_OF["application/x-ndjson"] == ".jsonl"


def test_a_table_without_a_question_is_refused_and_leaves_nothing(
    server: Running,
) -> None:
    before = set(Path(tempfile.gettempdir()).glob("minsight-*"))
    heard = server.send("POST", "/api/screen", b"a,b\n1,2\n", headers=CSV)
    assert heard.status == 422
    assert "no column is a question" in heard.value["what"]
    assert tempfile.gettempdir() not in heard.body.decode()
    assert set(Path(tempfile.gettempdir()).glob("minsight-*")) <= before

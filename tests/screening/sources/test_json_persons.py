"""Of a JSON file each value is a person, of the kind that the first one is."""

from __future__ import annotations

from pathlib import Path

import pytest

import minsight
from minsight.errors import SubjectError
from minsight.intake.subject import Subject
from minsight.screening.mapping.fields import Fields
from minsight.screening.sources.json_persons import persons_of
from minsight.screening.sources.source import source_of

RECORD = '{"subject_id": "a", "present": ["fever"]}'
RESPONSE = (
    '{"resourceType": "QuestionnaireResponse", "id": "a", "item": [{"linkId": "fever",'
    ' "answer": [{"valueBoolean": true}]}]}'
)
PACKET = (
    '{"id": "a", "subject": {"id": "a"}, "phenotypicFeatures":'
    ' [{"type": {"id": "HP:0001945", "label": "Fever"}}], "metaData": {}}'
)


@pytest.mark.parametrize("line", [RECORD, RESPONSE, PACKET])
def test_a_value_of_each_kind_is_a_person_and_another_is_told(
    line: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text(f"{line}\n7\n{{broken\n{line}\n", encoding="utf-8")
    left: list[str] = []
    fields = Fields(rules.vocabulary, None, left_out=left.append)
    found = list(persons_of(source_of(path), fields))
    assert [row for row, _, _ in found] == [1, 2, 3, 4]
    kinds = [type(person) for _, person, _ in found]
    assert kinds == [Subject, SubjectError, SubjectError, Subject]
    first = found[0][1]
    assert isinstance(first, Subject)
    assert (first.subject_id, first.present) == ("a", ("fever",))

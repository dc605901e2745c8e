"""Records in the shapes that others write are persons, or refused in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from random_laws import examples
from reading_tables import Outcome, read
from record_shapes import bundles, phenopackets, responses


def outcome_of(value: Any, rules: minsight.Rules, folder: Path) -> Outcome:
    path = folder / "record.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return read(path, rules)


@examples(100)
@given(data=st.data())
def test_what_can_be_true_of_a_person_in_a_packet_is_no_contradiction(
    rules: minsight.Rules, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    packet = data.draw(phenopackets(rules.vocabulary))
    outcome = outcome_of(packet, rules, tmp_path_factory.mktemp("packets"))
    assert [reject.reason for reject in outcome.rejects] == []
    assert outcome.rows == 1


@examples(60)
@given(value=responses() | bundles())
def test_any_response_or_bundle_is_read_or_refused_in_words(
    rules: minsight.Rules,
    tmp_path_factory: pytest.TempPathFactory,
    value: dict[str, Any],
) -> None:
    outcome = outcome_of(value, rules, tmp_path_factory.mktemp("responses"))
    persons = outcome.answers.height
    assert outcome.rows == persons + len({one.row for one in outcome.rejects})
    assert all(one.reason and "Error" not in one.reason for one in outcome.rejects)

"""A status has one word in a record and one in an answer, and a way back from each."""

from __future__ import annotations

from typing import Final, get_args

import pytest

from minsight.compiler.compile import compile_folder
from minsight.intake.answers import enter
from minsight.intake.recognition import recognise
from minsight.intake.status import (
    AS_ANSWERED,
    AS_RECORDED,
    OF_ANSWER,
    OF_LIST,
    OF_RECORD,
    in_lists,
)
from minsight.intake.subject import LISTS, Subject
from minsight.scales import Status
from places import SMALL_RULES

SMALL: Final = compile_folder(SMALL_RULES).vocabulary
STATUSES: Final[tuple[Status, ...]] = get_args(Status)


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_found_again_by_its_words(status: Status) -> None:
    assert OF_ANSWER[AS_ANSWERED[status]] == status
    written = OF_RECORD[AS_RECORDED[status]]
    assert written == ("unsure" if status == "unknown" else status)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_a_subject_says_its_status_of_all_that_is_in_it(name: str) -> None:
    answers = enter(Subject(**{name: ["fever"]}), SMALL)  # type: ignore[arg-type]  # a list
    assert list(answers.statuses) == [("fever", OF_LIST[name])]


def test_ids_in_lists_are_read_as_they_were_said() -> None:
    said: list[tuple[str, Status]] = [
        ("deep_well", "excluded"),
        ("fever", "observed"),
        ("itch", "unsure"),
        ("mill_worker", "observed"),
        ("tiredness", "unsure"),
    ]
    subject = Subject(**in_lists(said, SMALL.group))
    assert (subject.groups, subject.not_groups) == (("mill_worker",), ("deep_well",))
    assert sorted(enter(subject, SMALL).statuses) == said


@pytest.mark.parametrize("status", ["observed", "excluded", "unsure"])
def test_a_text_means_what_is_said_of_it(status: Status) -> None:
    (match,) = recognise("itchy skin", SMALL, status=status).recognised
    assert (match.id, match.answer) == ("itch", AS_RECORDED[status])
    assert match.status == status

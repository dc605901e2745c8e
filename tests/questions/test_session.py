"""Sessions: an interview so far, as it is kept in a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.errors import SubjectError
from minsight.intake.subject import Measurement
from minsight.questions.session import (
    ReplyValue,
    Session,
    session_from_json,
    session_json,
)

ANSWERS = st.sampled_from(["yes", "no", "unsure", "skip"]) | st.builds(
    ReplyValue, st.floats(0.1, 1e6), st.sampled_from(["ug/L", "mmol/L"])
)


@given(
    session=st.builds(
        Session,
        fingerprint=st.text(),
        clinician=st.booleans(),
        age_days=st.none() | st.floats(0, 40_000),
        sex=st.sampled_from([None, "female", "male"]),
        told=st.lists(st.text(), max_size=3).map(tuple),
        steps=st.lists(
            st.dictionaries(st.text(min_size=1), ANSWERS, max_size=3), max_size=3
        ).map(tuple),
    )
)
def test_a_session_is_read_as_it_was_written(session: Session) -> None:
    try:
        raw = session_json(session).encode()
    except UnicodeEncodeError:  # half of a character pair is no text
        return
    assert session_from_json(raw) == session


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": "minsight.interview/2", "fingerprint": ""}',
        b'{"format": "minsight.interview/1", "fingerprint": "", "more": 1}',
        b'{"fingerprint": "", "steps": [{"fever": "perhaps"}]}',
        b'{"fingerprint": "", "steps": [{"fever": {"value": "x", "unit": ""}}]}',
    ],
)
def test_what_is_no_session_is_refused(raw: bytes) -> None:
    with pytest.raises(SubjectError, match="not a saved interview"):
        session_from_json(raw)


def test_a_later_reply_to_the_same_question_stands() -> None:
    session = Session(
        fingerprint="",
        steps=({"itch": "yes", "alum": ReplyValue(5.0, "ug/L")}, {"itch": "no"}),
    )
    assert session.replies == {
        "itch": "no",
        "alum": Measurement("alum", 5.0, "ug/L"),
    }

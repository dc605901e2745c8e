"""Options and a record describe one person together, and say each thing once."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
import typer

from minsight.errors import SubjectError
from minsight.intake.subject import MOST_TEXT, Measurement, Subject
from minsight_cli.options.person import person_from, piped_text

RECORD = {"subject_id": "ann", "present": ["fever"], "age_years": 28, "sex": "female"}


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = tmp_path / "ann.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    return str(path)


def piped(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_a_result_in_words_is_a_phrase() -> None:
    person = person_from(present=["tired"], measurements=["ferritin=low", "hb=9 g/dL"])
    assert person.present == ("ferritin low", "tired")
    assert person.measurements == (Measurement("hb", 9.0, "g/dL"),)


def test_options_alone_describe_a_person() -> None:
    person = person_from(
        present=["always tired"],
        absent=["fever"],
        unsure=["cramps"],
        groups=["vegetarian"],
        not_groups=["pregnant"],
        age="9mo",
        sex="f",
        measurements=["ferritin=8 ug/L"],
    )
    assert person == Subject(
        present=["always tired"],
        absent=["fever"],
        unsure=["cramps"],
        groups=["vegetarian"],
        not_groups=["pregnant"],
        measurements=[Measurement("ferritin", 8.0, "ug/L")],
        sex="female",
        age_days=9 * 30.4375,
    )
    assert person_from() == Subject()


def test_options_are_added_behind_what_the_record_says(record: str) -> None:
    person = person_from(record=record, present=["dizzy"], absent=["cramps"])
    assert person == Subject(
        subject_id="ann",
        present=["fever", "dizzy"],
        absent=["cramps"],
        age="28",
        sex="female",
    )


@pytest.mark.parametrize(
    ("given", "option"), [({"age": "28"}, "age"), ({"sex": "f"}, "sex")]
)
@pytest.mark.parametrize("prefix", ["--", "--start-"])
def test_age_and_sex_are_said_once(
    given: dict[str, str], option: str, prefix: str, record: str
) -> None:
    with pytest.raises(typer.BadParameter) as caught:
        person_from(record=record, prefix=prefix, **given)
    told = f"the record and {prefix}{option} both say it; keep one"
    assert str(caught.value) == told


def test_a_record_may_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    piped(json.dumps(RECORD).encode(), monkeypatch)
    assert person_from(record="-").subject_id == "ann"


def test_a_record_that_is_none_is_named(
    record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(record).write_text('{"presnt": []}', encoding="utf-8")
    with pytest.raises(SubjectError, match=r"ann\.json"):
        person_from(record=record)
    piped(b"[]", monkeypatch)
    with pytest.raises(SubjectError, match="standard input"):
        person_from(record="-")


def test_words_that_were_typed_are_read_as_utf_8() -> None:
    person = person_from(present=["m\udcc3\udcbcde"])
    assert person.present == ("m\u00fcde",)


def test_piped_text_is_read_as_utf_8_without_the_space_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    piped("\n  m\u00fcde \n".encode(), monkeypatch)
    assert piped_text("minsight check fever") == "m\u00fcde"
    piped(b"a\xffb", monkeypatch)
    assert piped_text("minsight check fever") == "a\ufffdb"


@pytest.mark.parametrize("raw", [b"", b" \n\t"])
def test_where_nothing_is_piped_an_example_is_told(
    raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(raw, monkeypatch)
    with pytest.raises(typer.BadParameter, match="for example: minsight check fever"):
        piped_text("minsight check fever")
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(typer.BadParameter, match="nothing was said about the person"):
        piped_text("minsight check fever")


def test_a_piped_text_is_no_longer_than_a_text_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    piped("\u00fc".encode() * MOST_TEXT, monkeypatch)
    assert len(piped_text("minsight check fever")) == MOST_TEXT
    piped(b"x" * (MOST_TEXT + 1), monkeypatch)
    with pytest.raises(typer.BadParameter, match="longer than 10000 characters"):
        piped_text("minsight check fever")

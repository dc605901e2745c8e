"""`minsight check`: records, ages, measurements, and what is refused."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl
import pytest

import minsight
from check_command import (
    BINARY,
    NONSENSE,
    WOMAN,
    check,
    levels,
    record,
)
from command_line import (
    CommandLine,
    Outcome,
    control_characters,
    is_one_paragraph,
    said,
    stopped,
)

# --- subject records ------------------------------------------------------------------

JSON_RECORD: Final = b"""
{"subject_id": "a1", "age_years": 28, "sex": "female",
 "present": ["tiredness", "ice craving"], "absent": ["itch"],
 "unsure": ["hair loss"], "groups": ["vegetarian"], "not_groups": ["pregnant"],
 "measurements": [{"name": "ferritin", "value": 8, "unit": "ug/L"}]}
"""
YAML_RECORD: Final = b"""
# the same person
subject_id: a1
age_years: 28
sex: female
present: [tiredness, ice craving]
absent:
  - itch
unsure: [hair loss]
groups: [vegetarian]
not_groups: [pregnant]
measurements:
  - {name: ferritin, value: 8, unit: ug/L}
"""
AS_OPTIONS: Final = (
    *("tiredness", "ice craving", "--absent", "itch", "--unsure", "hair loss"),
    *("--group", "vegetarian", "--not-group", "pregnant", "--age", "28"),
    *("--sex", "female", "--measure", "ferritin=8 ug/L"),
)


@pytest.mark.parametrize("content", [JSON_RECORD, YAML_RECORD])
def test_a_subject_file_means_the_same_as_the_options(
    command: CommandLine, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "person"
    file.write_bytes(content)
    by_options = record(check(command, *AS_OPTIONS, "--json"))
    by_file = record(check(command, "--subject", str(file), "--json"))
    assert by_file == {**by_options, "subject_id": "a1"}


@pytest.mark.parametrize("content", [JSON_RECORD, YAML_RECORD])
def test_a_minus_reads_the_subject_from_standard_input(
    command: CommandLine, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "person"
    file.write_bytes(content)
    from_file = check(command, "--subject", str(file))
    from_input = check(command, "--subject", "-", stdin=content)
    assert from_input == from_file
    assert from_input.code == 0


def test_options_add_to_the_record(command: CommandLine) -> None:
    added = ("spoon-shaped nails", "--absent", "goitre", "--subject", "-", "--json")
    assessment = record(check(command, *added, stdin=JSON_RECORD))
    texts = [entry["text"] for entry in assessment["recognised"]]
    assert {"ice craving", "spoon-shaped nails", "itch", "goitre"} <= set(texts)


@pytest.mark.parametrize("option", [("--age", "28"), ("--sex", "female")])
def test_what_the_record_says_once_cannot_be_said_again(
    command: CommandLine, option: tuple[str, str]
) -> None:
    outcome = check(command, "--subject", "-", *option, stdin=JSON_RECORD)
    assert refused(outcome, option[0])


def test_a_record_that_says_nothing_is_assessed(command: CommandLine) -> None:
    assert levels(check(command, "--subject", "-", "--json", stdin=b"{}")) == {}


# --- ages, sex and measurements -------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "age"),
    [
        ("28", '"age_years": 28'),
        ("28y", '"age_years": 28'),
        ("28 years", '"age_years": 28'),
        ("9mo", '"age_months": 9'),
        ("9 months", '"age_months": 9'),
        ("9 MONTHS old", '"age_months": 9'),
        ("0.75", '"age_months": 9'),
        ("3y", '"age_years": 3'),
        ("36 mo", '"age_years": 3'),
        ("12d", '"age_days": 12'),
        ("12 days", '"age_days": 12'),
    ],
)
def test_an_age_is_read_in_all_its_spellings(
    command: CommandLine, spelling: str, age: str
) -> None:
    by_option = check(command, *AGE_MATTERS, "--age", spelling, "--json")
    file = f'{{"present": ["{AGE_MATTERS[0]}", "{AGE_MATTERS[1]}"], {age}}}'
    by_record = check(command, "--subject", "-", "--json", stdin=file.encode())
    assert record(by_option) == record(by_record)


AGE_MATTERS: Final = ("constipation", "goitre")


def test_the_age_matters_to_the_answer(command: CommandLine) -> None:
    """Otherwise the spellings of ages would be compared in vain.

    The shipped rules count constipation for iodine under 6 months and from 19 years,
    and a goitre from 4 years on; under 12 months the advice moves to a professional.
    """
    ages = ("12d", "9mo", "3y", "28")
    outputs = [check(command, *AGE_MATTERS, "--age", age, "--json").out for age in ages]
    assert len(set(outputs)) == len(ages)


@pytest.mark.parametrize(
    "age", ["", " ", "old", "-3", "NaN", "inf", "1e3", "200", "9 minutes", "3y 2"]
)
def test_what_is_no_age_is_refused(command: CommandLine, age: str) -> None:
    outcome = check(command, "fatigue", f"--age={age}")
    assert refused(outcome, "`9mo`")


def test_an_unknown_sex_is_refused_with_the_known_ones(command: CommandLine) -> None:
    assert refused(check(command, "fatigue", "--sex", "blue"), "`female`")


@pytest.mark.parametrize(
    "text",
    [
        "ferritin=8 ug/L",
        "ferritin=8ug/L",
        " ferritin = 8 ug/L ",
        "Serum ferritin=8 ng/mL",
        "ferritin=8 \N{MICRO SIGN}g/L",
        "ferritin=8.5 ug/L",
    ],
)
def test_a_low_ferritin_is_a_measured_low(command: CommandLine, text: str) -> None:
    outcome = check(command, "--age", "27", "--measure", text, "--json")
    assert levels(outcome)["iron"] == "measured_low"


def test_the_decimals_of_a_measurement_count(command: CommandLine) -> None:
    """The limit for an adult is 15 ug/L: 14.9 is below it, 15.0 and 15.1 are not."""
    shown = {
        value: levels(
            check(
                command,
                *("--age", "27", "--measure", f"ferritin={value} ug/L", "--json"),
            )
        ).get("iron")
        for value in ("14.9", "15.0", "15.1")
    }
    assert shown["14.9"] == "measured_low"
    assert "measured_low" not in (shown["15.0"], shown["15.1"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "for example `ferritin=8"),
        ("ferritin", "for example `ferritin=8"),
        ("ferritin=8", "for example `ferritin=8"),
        ("=8 ug/L", "for example `ferritin=8"),
        ("ferritin=eight ug/L", "`ferritin=eight ug/L`"),
        ("ferritin=nan ug/L", "`ferritin=nan ug/L`"),
        ("ferritin=inf ug/L", "`ferritin=inf ug/L`"),
        ("ferritin=-8 ug/L", "`-8`"),
        ("ferritin=8 stones", "`ug/L`"),
        ("ferritin=0 ug/L", "0.1 to 100000 ug/L"),
        ("calcium=250 mmol/L", "0.4 to 6 mmol/L"),
        ("potassium=40 mmol/L", "0.8 to 12 mmol/L"),
        ("phosphate=2 mEq/L", "use `mmol/L`, `mg/dL`"),
        ("haemoglobin=7 mmol/L", "use `g/L`, `g/dL`"),
        ("ferritin=1000000000 ug/L", "beyond anything measured"),
    ],
)
def test_what_is_no_measurement_is_refused(
    command: CommandLine, text: str, named: str
) -> None:
    outcome = check(command, "fatigue", f"--measure={text}")
    assert refused(outcome, named)


def test_an_unknown_measurement_is_listed_as_not_understood(
    command: CommandLine,
) -> None:
    outcome = check(command, "fatigue", "--measure", "unobtainium=8 ug/L")
    assert outcome.code == 0
    assert "Not understood: unobtainium 8 ug/L" in outcome.out


# --- what was not understood ----------------------------------------------------------


def test_a_misspelling_that_is_near_is_taken_and_said(command: CommandLine) -> None:
    outcome = check(command, "spoon shapd nails", "--json")
    assert [e["id"] for e in record(outcome)["recognised"]] == ["spoon_nails"]
    shown = check(command, "spoon shapd nails").out
    assert "Spoon-shaped nails (spoon shapd nails, read as meant)" in shown


def test_what_is_not_understood_is_shown_with_suggestions(command: CommandLine) -> None:
    outcome = check(command, "odd nails")
    assert outcome.code == 0
    line = next(s for s in outcome.out.splitlines() if s.startswith("Not understood"))
    assert line.startswith("Not understood: odd nails; did you mean ")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_strict_exits_with_1_when_something_was_not_understood(
    command: CommandLine, form: tuple[str, ...]
) -> None:
    strict = check(command, "fatigue", "qqqq wwww", "--strict", *form)
    lenient = check(command, "fatigue", "qqqq wwww", *form)
    assert (strict.code, lenient.code) == (1, 0)
    assert strict.out == lenient.out


def test_strict_exits_with_0_when_everything_was_understood(
    command: CommandLine,
) -> None:
    assert check(command, "fatigue", "--strict").code == 0


@pytest.mark.parametrize("where", ["--absent", "--unsure", "--group", "--not-group"])
def test_nonsense_is_never_an_error_and_never_lost(
    command: CommandLine, where: str
) -> None:
    options = [f"{where}={text}" for text in NONSENSE]
    assessment = record(check(command, "fatigue", *options, "--json"))
    assert [e["text"] for e in assessment["unrecognised"]] == list(NONSENSE)


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_text_that_is_not_utf8_is_refused_in_words(
    command: CommandLine, form: tuple[str, ...]
) -> None:
    env = {"PYTHONIOENCODING": "utf-8:strict"}
    outcome = command.process("check", "fatigue", b"\xff\xfe sore", *form, env=env)
    assert refused(outcome, "UTF-8")


def test_a_terminal_that_knows_only_ascii_is_no_error(command: CommandLine) -> None:
    env = {"PYTHONIOENCODING": "ascii"}
    outcome = command.process("check", *WOMAN, "\N{SNOWMAN}", "--all", env=env)
    assert (outcome.code, outcome.err) == (0, "")
    assert "\n1. Iron" in outcome.out


# --- errors ---------------------------------------------------------------------------


def refused(outcome: Outcome, named: str, *, code: int = 2) -> bool:
    """Whether the command stopped with one paragraph that names this."""
    assert (outcome.code, outcome.out) == (code, "")
    assert is_one_paragraph(outcome.err), outcome.err
    assert control_characters(outcome.err) == []
    assert named in said(outcome.err)
    return True


def test_saying_nothing_is_refused_with_an_example_that_works(
    command: CommandLine,
) -> None:
    outcome = check(command)
    assert refused(outcome, 'minsight check "always tired"')
    assert refused(check(command, "--json"), 'minsight check "always tired"')


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("check", "--bogus"), "--bogus"),
        (("bogus",), "bogus"),
        (("check", "fatigue", "--age"), "--age"),
        (("check", "fatigue", "--engine", "steam"), "steam"),
        (("check", "fatigue", "--absent", "fatigue"), "`fatigue`"),
        (("check", "always tired", "--absent", "tired"), "`always tired`"),
        (("check", "--subject", "no/such/file"), "`no/such/file`"),
        (("check", "fatigue", "--rules", "no/such/folder"), "`no/such/folder`"),
    ],
)
def test_wrong_usage_is_one_paragraph_and_exit_2(
    command: CommandLine, args: tuple[str, ...], named: str
) -> None:
    assert refused(command.run(*args), named)


def test_a_folder_as_subject_is_refused(command: CommandLine, tmp_path: Path) -> None:
    assert refused(check(command, "--subject", str(tmp_path)), "is a directory")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "subject record"),
        (BINARY, "UTF-8"),
        (b"\x00\x00\x00", "not valid YAML"),
        (b"null", "subject record"),
        (b"[]", "subject record"),
        (b"just words", "subject record"),
        (b"{", "not JSON"),
        (b'{"present": ["fatigue"]} {"present": []}', "not JSON"),
        (b'{"present": "fatigue"}', "`present`"),
        (b'{"present": [3]}', "`present`"),
        (b'{"presnet": []}', "did you mean `present`?"),
        (b'{"age_years": NaN}', "NaN"),
        (b"age_years: .nan", "nan"),
        (b"age_years: -.inf", "inf"),
        (b'{"age_years": "old"}', "`age_years`"),
        (b'{"age_years": true}', "`age_years`"),
        (b'{"age_years": 1e999}', "number"),
        (b'{"age_years": 1, "age_months": 12}', "age_years, age_months"),
        (b'{"sex": 1}', "`sex`"),
        (b'{"subject_id": []}', "`subject_id`"),
        (b'{"measurements": [{"name": "ferritin"}]}', "`unit`"),
        (b"measurements: [{name: ferritin, value: .nan, unit: ug/L}]", "nan"),
        (b'{"measurements": [{"name": "f", "value": true, "unit": "g"}]}', "number"),
        (b"present: [fatigue]\npresent: [pallor]", "`present`"),
        (b"present: &a [fatigue]\nabsent: *a", "`&a`"),
        (b"present: !!python/object:os.system [ls]", "tag"),
        (b"present: [fatigue]\n---\npresent: []", "more than one document"),
        (b"[" * 100_000, "nested"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b" " * (3 * 1024 * 1024), "KiB"),
        (b'{"\\u001b[31m": 1}', "unknown key"),
        (b'{"sex": "\\u001b[31m"}', "not a sex"),
        (b'{"present": ["' + b"x" * 10_001 + b'"]}', "longer than"),
    ],
)
def test_an_unreadable_subject_is_refused(
    command: CommandLine, content: bytes, named: str
) -> None:
    outcome = check(command, "--subject", "-", stdin=content)
    assert refused(outcome, named)
    assert "standard input" in outcome.err


def test_invalid_rules_exit_with_3_and_every_place(
    command: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "levels.yaml").write_text("levels: [\n", encoding="utf-8")
    outcome = check(command, "fatigue", "--rules", str(tmp_path))
    assert (outcome.code, outcome.out) == (3, "")
    assert "levels.yaml:2:1: is not valid YAML" in outcome.err
    assert "urgency.yaml:1:1: is missing" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_fault_of_the_program_exits_with_4_and_no_traceback(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minsight.Rules, "assess", _fail(ZeroDivisionError("boom")))
    outcome = check(command, "fatigue")
    assert refused(outcome, "internal error: ZeroDivisionError: boom", code=4)


def test_the_panic_of_a_native_library_exits_with_4_and_no_traceback(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    panic = pl.exceptions.PanicException("index out of bounds")
    assert not isinstance(panic, Exception)
    monkeypatch.setattr(minsight.Rules, "assess", _fail(panic))
    outcome = check(command, "fatigue")
    assert refused(outcome, "internal error: PanicException: index out of", code=4)


def test_a_failing_backend_is_an_error_in_words(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        minsight.Rules, "assess", _fail(minsight.BackendError("engine stuck"))
    )
    outcome = check(command, "fatigue")
    assert refused(outcome, "engine stuck", code=outcome.code)
    assert outcome.code in (2, 4)


def _fail(error: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_an_interruption_exits_with_130_and_no_traceback(
    command: CommandLine, tmp_path: Path
) -> None:
    """An interrupted shell command ends with 128 and the number of its signal."""
    fifo = tmp_path / "person"
    os.mkfifo(fifo)
    process = command.spawn("check", "--subject", str(fifo))
    with fifo.open("wb"):  # opens when the process has opened it too
        outcome = stopped(process, signal.SIGINT)
    assert (outcome.code, outcome.out) == (130, "")
    assert "Traceback" not in outcome.err

"""A map means what it says, and every problem of one is told with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import minsight
from minsight.errors import FileError, MapError
from minsight.screening import place, source_of
from minsight.screening.mapping.columns import columns_of
from minsight.screening.mapping.headings import TableLayout
from minsight.screening.mapping.maps import (
    Answering,
    Long,
    Map,
    Measuring,
    Sexing,
    load_map,
)
from minsight.screening.mapping.value_sets import MISSING, USUAL, NumberSpan, Spellings
from places import ROOT
from reading_tables import mapped, read

WHOLE = """\
id: SEQN
age: {column: AGE, unit: months}
sex: {column: SEX, male: 1, female: [2.0, F], unknown: [9]}
value_sets:
  likert: {observed: [3, ">=4"], excluded: 0, unknown: [7, "<0"]}
answers:
  - {column: A, answers: always tired, values: likert}
  - {column: B, answers: fever}
measurements:
  - {column: FER, measures: serum ferritin, unit: NG / ml}
texts:
  - {column: T}
  - {column: U, given: absent}
ignored: [X]
others: by_name
decimal: ","
separator: ";"
long: {subject: S, item: I, answer: A}
"""


def problems(text: str, folder: Path, rules: minsight.Rules) -> list[str]:
    """Line, message and advice of each problem of a map."""
    with pytest.raises(MapError) as caught:
        mapped(text, folder, rules)
    return [f"{i.place.line}: {i.message} ({i.fix})" for i in caught.value.issues]


def test_a_map_is_read_into_ids_units_and_spellings(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    likert = Spellings(
        frozenset({"3"}),
        frozenset({"0"}),
        frozenset({"7"}) | MISSING,
        (NumberSpan("unknown", "<", 0.0), NumberSpan("observed", ">=", 4.0)),
    )
    assert mapped(WHOLE, tmp_path, rules) == Map(
        file=str(tmp_path / "map.yaml"),
        id="SEQN",
        ages=(("AGE", "mo"),),
        sex=Sexing("SEX", (("2", "female"), ("f", "female"), ("1", "male"), ("9", ""))),
        answers=(Answering("A", "fatigue", likert), Answering("B", "fever", USUAL)),
        measurements=(Measuring("FER", "ferritin", "NG / ml"),),
        texts=(("T", "observed"), ("U", "excluded")),
        ignored=("X",),
        others="by_name",
        decimal=",",
        layout=TableLayout(";"),
        long=Long("S", "I", "A"),
    )


def test_values_that_are_only_unknown_go_with_the_usual_yes_and_no(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "answers:\n  - {column: A, answers: fever, unknown: [0, X, 7]}\n"
    (answering,) = mapped(text, tmp_path, rules).answers
    said = {v: answering.spellings.meaning(v) for v in ("x", 0, 7, "yes", "no", 5)}
    assert said == {
        "x": "unknown", 0: "unknown", 7: "unknown",
        "yes": "observed", "no": "excluded", 5: None,
    }  # fmt: skip


def test_values_of_its_own_replace_the_usual_ones_but_missing_stays_missing(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = "answers:\n  - {column: A, answers: fever, observed: [U], excluded: [N]}\n"
    (answering,) = mapped(text, tmp_path, rules).answers
    said = {v: answering.spellings.meaning(v) for v in ("u", "n", "na", "", "yes")}
    assert said == {"u": "observed", "n": "excluded", "na": "unknown", "": "unknown",
                    "yes": None}  # fmt: skip


def test_what_is_not_named_is_unknown_where_the_map_says_so(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = (
        "answers:\n  - {column: A, answers: fever, observed: [5], otherwise: unknown}\n"
    )
    (answering,) = mapped(text, tmp_path, rules).answers
    assert answering.spellings.meaning(5) == "observed"
    assert answering.spellings.meaning(4) == "unknown"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "answers: [{column: A, answers: fatige}]",
            "unknown answers `fatige` (did you mean `fatigue`?)",
        ),
        (
            "answers: [{column: A, answers: qqqqq}]",
            "unknown answers `qqqqq` (use words of the vocabulary)",
        ),
        (
            "measurements: [{column: A, measures: feritin, unit: g/L}]",
            "unknown measures `feritin` (did you mean `ferritin`?)",
        ),
        (
            "measurements: [{column: A, measures: sodium, unit: mg}]",
            (
                "`mg` is not a unit of Sodium in blood"
                " (use one of `mmol/L`, `mEq/L`, `mg/dL`)"
            ),
        ),
        (
            "answers: [{column: A, answers: fever, values: yn}]",
            "unknown set of values `yn` (add it to `value_sets`)",
        ),
        (
            "answers: [{column: A, answers: fever, observed: [1, ' 1.0']}]",
            "the value `1` is named 2 times (keep it in one list)",
        ),
        (
            "answers: [{column: A, answers: fever, observed: ['>two']}]",
            "`>two` is no span of numbers (write it like `>=2`)",
        ),
        (
            "answers: [{column: A, answers: fever}, {column: A, answers: fever}]",
            "`A` answers `fever` 2 times (keep one of them)",
        ),
        (
            "texts: [{column: B}, {column: B, given: absent}]",
            "the text of `B` is read 2 times (keep one of them)",
        ),
        (
            "{id: A, texts: [{column: B}], ignored: [C, A]}",
            "the column `A` is read and ignored (keep one of them)",
        ),
        (
            "{sex: {column: S, male: [1, x], female: [2, X]}, texts: [{column: T}]}",
            "the value `x` is named 2 times (keep it in one list)",
        ),
        (
            "{sex: {column: S, male: [1], female: ['>=2']}, texts: [{column: T}]}",
            (
                "`>=2` is a span of numbers, and no sex is one"
                " (list the values themselves)"
            ),
        ),
        (
            "{separator: '\"', texts: [{column: T}]}",
            '`"` cannot separate fields (use `,`, `;`, `|` or `"\\t"`)',
        ),
        (
            "{separator: \u00a7, texts: [{column: T}]}",
            '`\u00a7` cannot separate fields (use `,`, `;`, `|` or `"\\t"`)',
        ),
        (
            "{long: {subject: S, item: I, answer: I}, others: by_name}",
            "the column `I` is named 2 times (name each part once)",
        ),
        (
            "id: A",
            (
                "no column answers or measures anything (add `answers`, `measurements`"
                " or `texts`, or `others: by_name`)"
            ),
        ),
    ],
)
def test_a_problem_of_a_map_is_told_with_what_to_do(
    line: str, told: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    assert problems(line + "\n", tmp_path, rules) == [f"1: {told}"]


@pytest.mark.parametrize(
    "own", ["observed: [1]", "excluded: [1]", "unknown: [1]", "otherwise: unknown"]
)
def test_no_value_stands_beside_a_set_of_values(
    own: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    text = (
        "value_sets: {likert: {observed: [3], excluded: [0]}}\n"
        f"answers: [{{column: A, answers: fever, values: likert, {own}}}]\n"
    )
    assert problems(text, tmp_path, rules) == [
        "2: has a set of values and values of its own (keep one of them)"
    ]


@pytest.mark.parametrize(
    ("own", "meant"),
    [
        ("unknown: ['>=7', '<0']", ["observed", None, "unknown", "unknown"]),
        (
            "observed: ['>=1'], unknown: ['>=7', '<0']",
            ["observed", "observed", "unknown", "unknown"],
        ),
    ],
)
def test_spans_of_what_is_unknown_are_read_and_go_before_others(
    own: str, meant: list[str | None], rules: minsight.Rules, tmp_path: Path
) -> None:
    text = f"answers: [{{column: A, answers: fever, {own}}}]\n"
    (answering,) = mapped(text, tmp_path, rules).answers
    assert [answering.spellings.meaning(value) for value in (1, 5, 7, -1)] == meant


def test_a_set_of_values_stands_instead_of_values_of_its_own(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = (
        "value_sets:\n  likert: {observed: [3], excluded: [0]}\n"
        "answers:\n  - {column: A, answers: fever, values: likert, observed: [1]}\n"
        "  - {column: B, answers: fatigue, values: likart}\n"
    )
    assert problems(text, tmp_path, rules) == [
        "4: has a set of values and values of its own (keep one of them)",
        "5: unknown set of values `likart` (did you mean `likert`?)",
    ]


def test_every_problem_of_a_map_is_told_at_once_with_its_line(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    text = (
        WHOLE.replace("fever", "fevr").replace("NG / ml", "st").replace('"<0"', '"<"')
    )
    found = problems(text, tmp_path, rules)
    assert [line.partition(":")[0] for line in found] == ["5", "8", "10"]


def test_a_map_of_other_keys_or_no_yaml_is_refused_where_it_is_wrong(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    (unknown_key,) = problems("ignore: []\nothers: by_name\n", tmp_path, rules)
    assert unknown_key.startswith("1: ")
    assert "did you mean `ignored`?" in unknown_key
    (no_yaml,) = problems("others: by_name\ntexts: [\n", tmp_path, rules)
    assert "is not valid YAML" in no_yaml


def test_an_empty_map_reads_by_name_only_where_it_says_so(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    assert mapped("others: by_name\n", tmp_path, rules).answers == ()
    (empty,) = problems("", tmp_path, rules)
    assert "no column answers" in empty


def test_a_map_that_is_not_there_is_named(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(FileError, match="there is no map") as caught:
            load_map(path, rules.vocabulary)
        assert f"`{path}`" in str(caught.value)


# --- a file read by a map -------------------------------------------------------------

PERSON = {"age_days": 28 * 365.25, "sex": "female", "fatigue": True, "fever": False}
MAP = """\
id: SEQN
age: {column: AGE, unit: months}
sex: {column: SEX, male: [1], female: [2]}
answers:
  - {column: DPQ, answers: fatigue, observed: [2, 3], excluded: [0], unknown: [1, 7, 9]}
  - {column: T, answers: fever, observed: [">=38"], excluded: ["<38"]}
measurements:
  - {column: FER, measures: ferritin, unit: ng/mL}
ignored: [X]
"""


def test_a_map_says_what_the_columns_of_a_foreign_file_mean(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    mapping, path = tmp_path / "m.yaml", tmp_path / "d.csv"
    mapping.write_text(MAP, encoding="utf-8")
    path.write_text(
        "SEQN,AGE,SEX,DPQ,T,FER,X,WHAT\n"
        "1,336,2,3,37.5,8,q,1\n2,,,7,,,q,1\n3,12,1,5,39,,q,1\n",
        encoding="utf-8",
    )
    loaded = load_map(mapping, rules.vocabulary)
    outcome = read(path, rules, mapping=loaded)
    assert outcome.person("1") == {**PERSON, "ferritin": 8.0}
    assert outcome.person("2") == {}
    (reject,) = outcome.rejects
    assert (reject.row, reject.column, reject.value) == (3, "DPQ", "5")
    assert any("WHAT" in told for told in outcome.told)


def test_the_map_of_nhanes_fits_a_file_of_that_shape(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    example = ROOT / "examples" / "nhanes.map.yaml"
    mapping = load_map(example, rules.vocabulary)
    path = tmp_path / "nhanes.csv"
    names = [column.name for column in place_of(mapping, path, rules)]
    cells = {"SEQN": "1", "RIDAGEYR": "28", "RIAGENDR": "2", "DPQ040": "3"}
    refused = {"SEQN": "2", "RIDAGEYR": "30", "RIAGENDR": "2", "DPQ040": "7"}
    rows = [",".join(row.get(name, "") for name in names) for row in (cells, refused)]
    path.write_text("\n".join([",".join(names), *rows]), encoding="utf-8")
    outcome = read(path, rules, mapping=mapping)
    assert outcome.rejects == ()
    assert outcome.person("1")["fatigue"] is True
    assert "fatigue" not in outcome.person("2")


def place_of(mapping: Any, path: Path, rules: minsight.Rules) -> Any:
    """The columns that a map reads, of a file that has them all."""
    names = list(dict.fromkeys(column.name for column in columns_of(mapping)))
    path.write_text(",".join(names) + "\n", encoding="utf-8")
    return place(source_of(path), rules.vocabulary, mapping).columns

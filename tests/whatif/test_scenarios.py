"""Scenario files: what they try, and what is told when one is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import minsight
from minsight.errors import FileError, ScenariosError
from minsight.intake.subject import Subject
from minsight.whatif.changes import Change
from minsight.whatif.scenarios import load_scenarios, outcomes
from places import ROOT

EXAMPLE = ROOT / "examples"
TWO = """\
start: {present: [always tired], age_years: 28}
scenarios:
  - name: ice
    changes:
      - add: craving ice
      - age: 15
  - name: nothing left
    changes: [{remove: fatigue}]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "some.scenarios.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_scenarios_are_read_with_their_start(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    found = load_scenarios(written(tmp_path, TWO), rules.vocabulary)
    assert found.start == Subject(present=["always tired"], age="28")
    assert [(one.name, one.changes) for one in found.scenarios] == [
        ("ice", (Change("add", "craving ice"), Change("age", "15"))),
        ("nothing left", (Change("remove", "fatigue"),)),
    ]


def test_an_outcome_is_that_of_the_changes_made_alone(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    found = load_scenarios(written(tmp_path, TWO), rules.vocabulary)
    assert found.start is not None
    before, tried = outcomes(found.start, found.scenarios, rules)
    assert before == rules.assess(found.start)
    for scenario, outcome in zip(found.scenarios, tried, strict=True):
        after = rules.change(found.start, *scenario.changes).subject
        assert outcome.name == scenario.name
        assert outcome.assessment == rules.assess(after)
        assert outcome.comparison == rules.compare(found.start, after)


def test_a_start_from_elsewhere_serves_a_file_without_one(
    tmp_path: Path, rules: minsight.Rules
) -> None:
    path = written(tmp_path, TWO.partition("\n")[2])
    tired = Subject(present=["tired"])
    assert load_scenarios(path, rules.vocabulary, start=tired).start is None
    with pytest.raises(ScenariosError, match="Fatigue was not said before"):
        load_scenarios(path, rules.vocabulary)


@pytest.mark.parametrize("path", sorted(EXAMPLE.glob("*.scenarios.yaml")), ids=str)
def test_every_example_can_be_tried(path: Path, rules: minsight.Rules) -> None:
    found = load_scenarios(path, rules.vocabulary)
    _, tried = outcomes(found.start or Subject(), found.scenarios, rules)
    assert len(tried) == len(found.scenarios) > 1


@pytest.mark.parametrize(
    ("old", "new", "place", "message", "fix"),
    [
        ("craving ice", "xyzzy", ":5:9", "`xyzzy` was not understood", ""),
        ("age: 15", "age: old", ":6:9", "`old` is not an age", "write `28`"),
        ("age: 15", "age: true", ":6:9", "`age` is `true`", "write text"),
        ("age: 15", "measure: iron", ":6:9", "is not a measurement", "ferritin=8.5"),
        ("age: 15", "deny: craving ice", ":4:5", "in two ways", "keep one of them"),
        ("remove: fatigue", "remove: pica", ":8:5", "was not said", "`Fatigue`"),
        ("add:", "ad:", ":5:9", "unknown key `ad`", "did you mean `add`?"),
        ("nothing left", "ice", ":3:5", "stands 2 times", "a name of its own"),
        ("present:", "presnt:", ":1:1", "unknown key `presnt`", "`present`"),
        ("  - name: ice\n", "  - nme: ice\n", ":3:5", "`nme`", "`name`"),
        ("[{remove: fatigue}]", "[]", ":8:5", "`changes` is empty", "at least one"),
        (
            "[{remove: fatigue}]",
            "[{remove: fatigue, add: itch}]",
            ":8:",
            "holds 2 keys",
            "one key a change",
        ),
        ("[{remove: fatigue}]", "[{}]", ":8:", "holds 0 keys", "one key a change"),
        ("[{remove: fatigue}]", "[{remove: fatigue", ":9:1", "not valid YAML", ""),
    ],
)
def test_a_wrong_file_is_told_with_its_line_and_a_fix(
    tmp_path: Path,
    rules: minsight.Rules,
    old: str,
    new: str,
    place: str,
    message: str,
    fix: str,
) -> None:
    assert old in TWO
    path = written(tmp_path, TWO.replace(old, new))
    with pytest.raises(ScenariosError) as refused:
        load_scenarios(path, rules.vocabulary)
    told = [str(issue) for issue in refused.value.issues]
    assert [
        one for one in told if f"{path}{place}" in one and message in one and fix in one
    ], told


def test_all_problems_are_told_at_once(tmp_path: Path, rules: minsight.Rules) -> None:
    text = TWO.replace("craving ice", "xyzzy").replace("fatigue", "xyzzy")
    with pytest.raises(ScenariosError) as refused:
        load_scenarios(written(tmp_path, text), rules.vocabulary)
    assert [issue.place.line for issue in refused.value.issues] == [5, 8]


def test_two_starts_are_one_too_many(tmp_path: Path, rules: minsight.Rules) -> None:
    path = written(tmp_path, TWO)
    with pytest.raises(ScenariosError, match="keep one of them"):
        load_scenarios(path, rules.vocabulary, start=Subject(age="5"))


def test_a_missing_file_is_named(tmp_path: Path, rules: minsight.Rules) -> None:
    with pytest.raises(FileError, match=r"no\.yaml"):
        load_scenarios(tmp_path / "no.yaml", rules.vocabulary)

"""The rules as a library uses them: loading, and the doors to what they can do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
import polars as pl
import pytest

from minsight import FileError, MinsightError, RulesError, Subject, SubjectError
from minsight.api import Rules, load
from minsight.screening.mapping.maps import load_map
from minsight.whatif.changes import Change
from places import SMALL_RULES

GREY: Final = Subject(present=["grey nails"], groups=["well water"], age="30")
"""The first whole person of `alum/cases.yaml`."""


def test_a_folder_is_named_by_a_path_or_a_text(small: Rules) -> None:
    for folder in (SMALL_RULES, str(SMALL_RULES)):
        assert load(folder, cache=False).fingerprint == small.fingerprint


def test_without_a_folder_the_rules_of_the_package_are_loaded(
    small: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minsight.api.rules_folder", lambda: SMALL_RULES)
    assert load(cache=False).fingerprint == small.fingerprint


@pytest.mark.parametrize("name", ["missing", "empty", "a_file"])
def test_what_holds_no_rules_is_no_folder_of_rules(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a_file").write_text("levels: []\n", encoding="utf-8")
    with pytest.raises(FileError, match=f"{name}` is not a folder of rules"):
        load(tmp_path / name)


def test_every_problem_of_the_rules_is_told_at_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL_RULES, tmp_path / "rules"))
    for mineral in ("alum", "ochre"):
        with (folder / mineral / "rules.yaml").open("a", encoding="utf-8") as file:
            file.write("unheard_of: true\n")
    with pytest.raises(RulesError) as caught:
        load(folder, cache=False)
    assert [Path(issue.place.file).parent.name for issue in caught.value.issues] == [
        "alum",
        "ochre",
    ]


def test_subjects_and_assessments_are_compared_alike(small: Rules) -> None:
    nobody = Subject(age="30")
    one, other = small.assess(nobody), small.assess(GREY)
    expected = small.compare(one, other)
    assert small.compare(nobody, GREY) == expected
    assert small.compare(one, GREY) == expected
    alum = next(m for m in expected.minerals if m.mineral == "alum")
    assert (alum.before, alum.direction) == (None, "new")
    assert alum.after is not None
    assert alum.after.level == "typical_pattern"


def test_changes_are_made_together(small: Rules) -> None:
    changed = small.change(GREY, Change("remove", "grey_nails"), Change("add", "itch"))
    assert changed.subject.present == ("itch",)
    assert changed.subject.groups == GREY.groups


def test_without_a_mineral_every_candidate_is_explained_in_order(small: Rules) -> None:
    explained = [proof.mineral for proof in small.explain(GREY).proofs]
    assert explained == [c.mineral for c in small.assess(GREY).candidates]
    assert explained == ["alum", "ochre"]


def test_a_mineral_that_is_no_candidate_is_explained_when_it_is_named(
    small: Rules,
) -> None:
    (proof,) = small.explain(Subject(), "ochre").proofs
    assert (proof.mineral, proof.level) == ("ochre", "no_pattern")


ASKED: Final[dict[str, Callable[[Rules, str], object]]] = {
    "explain": lambda rules, mineral: rules.explain(GREY, mineral),
    "flip": lambda rules, mineral: rules.flip(GREY, mineral),
    "reach": lambda rules, mineral: rules.reach(mineral, "few_findings"),
    "duel": lambda rules, mineral: rules.duel(GREY, "alum", mineral),
}


@pytest.mark.parametrize("method", ASKED)
def test_a_mineral_that_the_rules_lack_is_refused_with_the_nearest(
    small: Rules, method: str
) -> None:
    with pytest.raises(MinsightError, match="did you mean `ochre`"):
        ASKED[method](small, "ocher")


CONTRADICTING: Final = Subject(present=["itch"], absent=["itch"])
OF_A_PERSON: Final[dict[str, Callable[[Rules, Subject], object]]] = {
    "assess": Rules.assess,
    "explain": Rules.explain,
    "compare": lambda rules, person: rules.compare(GREY, person),
    "flip": lambda rules, person: rules.flip(person, "alum"),
    "reach": lambda rules, person: rules.reach("alum", "few_findings", subject=person),
    "bounds": Rules.bounds,
    "duel": lambda rules, person: rules.duel(person, "alum", "ochre"),
    "sensitivity": Rules.sensitivity,
}


@pytest.mark.parametrize("method", OF_A_PERSON)
def test_answers_that_contradict_each_other_are_refused_everywhere(
    small: Rules, method: str
) -> None:
    with pytest.raises(SubjectError, match="`itch` is said to be present and"):
        OF_A_PERSON[method](small, CONTRADICTING)


def test_every_answer_of_a_question_is_a_record(small: Rules) -> None:
    answers = (
        small.explain(GREY),
        small.compare(GREY, Subject()),
        small.flip(GREY, "alum", most=1),
        small.reach("ochre", "few_findings", most=1),
        small.bounds(GREY),
        small.duel(GREY, "alum", "ochre"),
        small.sensitivity(GREY),
    )
    for answer in answers:
        record = msgspec.json.encode(answer)
        assert msgspec.json.decode(record, type=type(answer)) == answer


def test_who_keeps_going_is_told_what_was_taken_as_unknown(small: Rules) -> None:
    assessment = small.assess(CONTRADICTING, keep_going=True)
    assert assessment.candidates == ()
    assert assessment.notes[0].startswith("Taken as unknown: `itch` is said to be")
    explained = small.explain(CONTRADICTING, "alum", keep_going=True)
    assert explained.proofs[0].level == "no_pattern"


def test_a_map_is_given_as_itself_as_a_path_or_as_a_text(
    small: Rules, tmp_path: Path
) -> None:
    file = tmp_path / "map.yaml"
    file.write_text("answers: [{column: q1, answers: grey_nails}]\n", encoding="utf-8")
    people = pl.DataFrame({"q1": ["yes"]})
    results = [
        small.assess_table(people, map=given).results
        for given in (file, str(file), load_map(file, small.vocabulary))
    ]
    found = results[0].select("row", "mineral", "level").rows()
    assert found == [
        (1, "alum", "partial_pattern"),
        (1, "ochre", "few_findings"),
    ]
    assert results[0].equals(results[1])
    assert results[0].equals(results[2])


def test_a_frame_without_a_question_is_refused(small: Rules) -> None:
    with pytest.raises(FileError):
        small.assess_table(pl.DataFrame({"colour": ["red"]}))

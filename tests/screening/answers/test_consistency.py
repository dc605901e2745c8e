"""A row of a table has the outcome that its person would have alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.intake.answers import enter
from minsight.intake.contradictions import holds_for
from minsight.knowledge.vocabulary import ANYBODY, Vocabulary
from minsight.screening.answers.consistency import Agreement
from minsight.screening.rejects import Notebook
from random_laws import examples
from reading_tables import Outcome, csv_text, read

ANSWERS = {"present": "yes", "absent": "no", "unsure": "unsure"}
VOCABULARY = minsight.load().vocabulary


def related(vocabulary: Vocabulary) -> list[str]:
    """Ids that can be at odds: with parents, or of some ages or one sex only."""
    found = {
        id_
        for id_ in (*vocabulary.finding, *vocabulary.group)
        if len(vocabulary.with_ancestors(id_)) > 1
        or holds_for(vocabulary, id_) != ANYBODY
    }
    found |= {above for id_ in found for above in vocabulary.with_ancestors(id_)}
    stages = {g.id for g in vocabulary.groups if g.category == "life_stage"}
    return sorted(found - stages)  # life stages have no words


@st.composite
def people(draw: st.DrawFn) -> minsight.Subject:
    """People whose answers are often at odds; ages near the bounds of words."""
    ids = draw(st.lists(st.sampled_from(related(VOCABULARY)), unique=True, max_size=6))
    how = [draw(st.sampled_from(["present", "absent", "unsure"])) for _ in ids]
    years = st.sampled_from([0.01, 0.1, 0.4, 0.6, 1, 2, 5, 9, 11, 20, 49, 61, 66, 80])
    measured = []
    for name, low, high in (
        ("ferritin", 0.0, 300.0),
        ("serum_calcium", 0.3, 4.0),
        ("albumin", 4.0, 70.0),
    ):
        value = draw(st.none() | st.floats(low, high).map(lambda x: round(x, 2)))
        if value is not None:
            unit = VOCABULARY.measurement[name].unit
            measured.append(minsight.Measurement(name, value, unit))
    return minsight.Subject(
        present=[i for i, h in zip(ids, how, strict=True) if h == "present"],
        absent=[i for i, h in zip(ids, how, strict=True) if h == "absent"],
        unsure=[i for i, h in zip(ids, how, strict=True) if h == "unsure"],
        age=draw(st.none() | years),
        sex=draw(st.sampled_from([None, "female", "male"])),
        measurements=measured,
    )


def written(subjects: list[minsight.Subject], path: Path) -> None:
    ids = sorted(
        {i for s in subjects for how in ANSWERS for i in getattr(s, how)} | {"fatigue"}
    )
    names = ["ferritin", "serum_calcium", "albumin"]
    rows = []
    for number, subject in enumerate(subjects):
        said = {i: w for how, w in ANSWERS.items() for i in getattr(subject, how)}
        values = {m.name: f"{m.value!r}" for m in subject.measurements}
        age = "" if subject.age_days is None else repr(subject.age_days)
        row = [f"p{number}", age, subject.sex or ""]
        row += [said.get(i, "") for i in ids] + [values.get(n, "") for n in names]
        rows.append(row)
    header = ["subject_id", "age_days", "sex", *ids, *names]
    path.write_text(csv_text(header, rows), encoding="utf-8")


def expected(
    subject: minsight.Subject, *, keep_going: bool
) -> tuple[dict[str, object], str]:
    try:
        answers = enter(subject, VOCABULARY, keep_going=keep_going)
    except minsight.SubjectError as error:
        return {}, str(error)
    said: dict[str, object] = dict.fromkeys(answers.absent, False)
    said |= dict.fromkeys(answers.present, True)
    said |= {value.measurement: value.value for value in answers.values}
    if answers.subject.age_days is not None:
        said["age_days"] = answers.subject.age_days
    if answers.subject.sex is not None:
        said["sex"] = answers.subject.sex
    return said, ""


def assert_same_outcome(
    outcome: Outcome, number: int, *, said: dict[str, object], refused: str
) -> None:
    """A row that is refused twice over may name its cell first, as files are read."""
    reasons = [r.reason for r in outcome.rejects if r.row == number + 1]
    if not refused:
        assert reasons == []
        assert outcome.person(f"p{number}") == said
    elif not any("beyond anything measured" in reason for reason in reasons):
        assert words(reasons[0]) == words(refused)


def words(message: str) -> list[str]:
    """What a message says, whichever of the two entries it names first."""
    return sorted(message.replace(";", "").split())


@pytest.mark.parametrize("keep_going", [False, True])
@examples(60)
@given(subjects=st.lists(people(), min_size=1, max_size=8))
def test_a_row_has_the_outcome_of_its_person(
    subjects: list[minsight.Subject],
    keep_going: bool,
    rules: minsight.Rules,
    tmp_path: Path,
) -> None:
    path = tmp_path / "people.csv"
    written(subjects, path)
    outcome = read(path, rules, keep_going=keep_going)
    assert outcome.rows == len(subjects)
    for number, subject in enumerate(subjects):
        said, refused = expected(subject, keep_going=keep_going)
        assert_same_outcome(outcome, number, said=said, refused=refused)


def test_what_contradicts_itself_is_rejected_with_the_words_of_check(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,sex,pregnant\na,male,yes\nb,female,yes\n", encoding="utf-8")
    outcome = read(path, rules)
    (reject,) = outcome.rejects
    assert (reject.row, reject.column, reject.value) == (1, "pregnant", "yes")
    assert "is not said of a male person" in reject.reason
    assert outcome.answers["subject_id"].to_list() == ["b"]


def test_going_on_takes_both_as_unknown_and_says_so(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,sex,pregnant,fatigue\na,male,yes,yes\n", encoding="utf-8")
    outcome = read(path, rules, keep_going=True)
    assert outcome.person("a") == {"fatigue": True}
    assert any(text.startswith("Taken as unknown: ") for text in outcome.told)


def test_a_group_just_outside_its_age_is_left_out_and_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,age,toddler\na,6.5,yes\nb,3,yes\n", encoding="utf-8")
    outcome = read(path, rules)
    assert "young_child" not in outcome.person("a")
    assert outcome.person("b")["young_child"] is True
    assert [(n.message, n.rows) for n in outcome.notices] == [
        ("`young_child` was left out where the age rules it out by a little", 1)
    ]


# --- columns held against each other --------------------------------------------------

NUMBERS = ("age_days", "serum_calcium", "albumin")


def table_of(rows: list[dict[str, object]]) -> pl.DataFrame:
    """An answer table; age and sex are unknown unless given."""
    names = dict.fromkeys(["age_days", "sex", *(name for row in rows for name in row)])
    types: dict[str, Any] = dict.fromkeys(names, pl.Boolean) | {"sex": pl.String}
    types |= {name: pl.Float64 for name in NUMBERS if name in names}
    return pl.DataFrame(rows, schema=types).with_row_index("row", 1)


def at_odds(row: dict[str, object], rules: minsight.Rules) -> bool:
    table = table_of([row])
    (found,) = Agreement(table.columns, rules.vocabulary).at_odds(table)
    return bool(found)


@pytest.mark.parametrize(
    ("row", "odd"),
    [
        ({"sex": "male", "pregnant": True}, True),
        ({"sex": "male", "pregnant": False}, False),
        ({"sex": "female", "pregnant": True}, False),
        ({"sex": None, "pregnant": True}, False),
        ({"age_days": 3 * 365.25, "pregnant": True}, True),
        ({"age_days": None, "pregnant": True}, False),
        # Words for ages are taken loosely: from 10 years means from 8 for this.
        ({"age_days": 9 * 365.25, "pregnant": True}, False),
        # Albumin of 30 g/L lifts calcium by 0.2 mmol/L, and one of 50 lowers it so;
        # nobody has more than 6 or less than 0.4.
        ({"serum_calcium": 5.9, "albumin": 30.0}, True),
        ({"serum_calcium": 5.9, "albumin": 40.0}, False),
        ({"serum_calcium": 0.5, "albumin": 50.0}, True),
        ({"serum_calcium": 0.5, "albumin": 50.0, "age_days": 27.0}, False),
    ],
)
def test_answers_that_no_person_gives_are_at_odds(
    row: dict[str, object], odd: bool, rules: minsight.Rules
) -> None:
    assert at_odds(row, rules) is odd


def test_a_kind_of_what_is_denied_is_at_odds_with_it(rules: minsight.Rules) -> None:
    vocabulary = rules.vocabulary
    kind, above = next(
        (finding.id, finding.parents[0]) for finding in vocabulary.findings
        if finding.parents and holds_for(vocabulary, finding.id) == ANYBODY
    )  # fmt: skip
    assert at_odds({kind: True, above: False}, rules)
    for row in ({kind: True, above: None}, {kind: None, above: False}):
        assert not at_odds(dict(row), rules)
    assert not at_odds({kind: False, above: True}, rules)


def test_calcium_is_read_beside_albumin_from_four_weeks_on(
    rules: minsight.Rules,
) -> None:
    table = table_of(
        [
            {"serum_calcium": 2.0, "albumin": 30.0, "age_days": 28.0},
            {"serum_calcium": 2.0, "albumin": 30.0, "age_days": 27.0},
            {"serum_calcium": 2.0, "albumin": 30.0},
            {"serum_calcium": 2.0, "albumin": None},
            {"serum_calcium": None, "albumin": 30.0},
        ]
    )
    agreement = Agreement(table.columns, rules.vocabulary)
    settled = agreement.settled(table, Notebook("f.csv"))
    expected = [2.2, 2.0, 2.2, 2.0, None]  # 2.0 + 0.02 * (40 - 30) where it is adjusted
    assert settled["serum_calcium"].to_list() == [
        None if value is None else pytest.approx(value) for value in expected
    ]
    assert settled["albumin"].to_list() == table["albumin"].to_list()


def test_without_what_it_is_read_beside_a_value_stays(rules: minsight.Rules) -> None:
    table = table_of([{"serum_calcium": 2.0}])
    agreement = Agreement(table.columns, rules.vocabulary)
    assert agreement.settled(table, Notebook("f.csv")).equals(table)


def test_groups_of_other_ages_are_left_out_and_counted(rules: minsight.Rules) -> None:
    years = [6.5, 3.0, None, 6.0]
    table = table_of(
        [
            {"age_days": y and y * 365.25, "young_child": said, "fever": True}
            for y, said in zip(years, [True, True, True, False], strict=True)
        ]
    )
    notebook = Notebook("f.csv")
    settled = Agreement(table.columns, rules.vocabulary).settled(table, notebook)
    assert settled["young_child"].to_list() == [None, True, True, False]
    assert settled["fever"].to_list() == [True] * 4
    (notice,) = notebook.told()
    assert notice.message.startswith("`young_child` was left out where the age rules")
    assert notice.rows == 1

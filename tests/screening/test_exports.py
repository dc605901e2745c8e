"""Exports of survey programs, drafted and read by their draft, say what was answered.

What each person said stands beside the file, written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
import xlsxwriter

import minsight
from minsight.screening import Codebook, codebook_of, draft_map, source_of
from reading_tables import Outcome, mapped, read

YEAR = 365.25
Truth = Mapping[str, Mapping[str, object]]
"""What is known of each person by id; all else is unknown."""


def by_its_draft(
    path: Path, rules: minsight.Rules, codebook: Path | None = None
) -> Outcome:
    book = codebook_of(codebook) if codebook else Codebook()
    draft = draft_map(source_of(path), rules.vocabulary, book)
    return read(path, rules, mapping=mapped(draft.text, path.parent, rules))


def assert_true(outcome: Outcome, truth: Truth, *, rejected: int = 0) -> None:
    """Everybody is as the truth says, and every row is a person or told of."""
    found = {one: outcome.person(one) for one in outcome.answers["subject_id"]}
    assert found == truth
    told = {reject.row for reject in outcome.rejects}
    assert len(told) == rejected
    assert outcome.rows == len(found) + rejected


def text_of(folder: Path, text: str) -> Path:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return path


def book_of(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_redcap_raw_with_its_dictionary(rules: minsight.Rules, tmp_path: Path) -> None:
    dictionary = tmp_path / "dictionary.csv"
    dictionary.write_text(
        "Variable / Field Name,Form Name,Field Type,Field Label,"
        '"Choices, Calculations, OR Slider Labels"\n'
        "record_id,intake,text,Record ID,\n"
        "age,intake,text,Age in years,\n"
        'sex,intake,radio,Sex,"1, Male | 2, Female"\n'
        'q_tired,intake,radio,Fatigue,"1, Yes | 2, No | 9, Unknown"\n'
        'sy,intake,checkbox,Which do you have?,"1, Hair loss | 2, Pica | 3, None"\n',
        encoding="utf-8",
    )
    path = text_of(
        tmp_path,
        "record_id,age,sex,q_tired,sy___1,sy___2,sy___3,intake_complete\n"
        "1,30,2,1,1,0,0,2\n"
        "2,41,1,2,0,1,0,2\n"
        "3,28,2,9,0,0,1,2\n"
        "4,,,,0,0,0,0\n"
        "5,200,1,1,0,0,1,2\n",
    )
    truth: Truth = {
        "1": {
            "age_days": 30 * YEAR,
            "sex": "female",
            "fatigue": True,
            "hair_loss": True,
            "pica": False,
        },
        "2": {
            "age_days": 41 * YEAR,
            "sex": "male",
            "fatigue": False,
            "hair_loss": False,
            "pica": True,
        },
        "3": {
            "age_days": 28 * YEAR,
            "sex": "female",
            "hair_loss": False,
            "pica": False,
        },
        "4": {},
    }
    assert_true(by_its_draft(path, rules, dictionary), truth, rejected=1)


def test_redcap_with_labels(rules: minsight.Rules, tmp_path: Path) -> None:
    which = "Which do you have? (choice="
    path = text_of(
        tmp_path,
        f"Record ID,Date of birth,Date of visit,Sex at birth,{which}Hair loss),"
        f"{which}Pica),Complete?\n"
        "1,2000-01-01,2020-01-01,Female,Checked,Unchecked,Complete\n"
        "2,1990-05-01,2020-05-01,Male,Unchecked,Checked,Complete\n"
        "3,1999-12-31,,Female,Unchecked,Unchecked,Incomplete\n"
        "4,2021-01-01,2020-01-01,Male,Checked,Checked,Complete\n"
        "5,2019-12-02,2020-01-01,Male,Checked,Checked,Complete\n",
    )
    truth: Truth = {
        "1": {"age_days": 7305.0, "sex": "female", "hair_loss": True, "pica": False},
        "2": {"age_days": 10958.0, "sex": "male", "hair_loss": False, "pica": True},
        "3": {"sex": "female"},
        "5": {"age_days": 30.0, "sex": "male", "hair_loss": True, "pica": True},
    }
    assert_true(by_its_draft(path, rules), truth, rejected=1)


def test_kobo_with_groups_and_split_choices(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = text_of(
        tmp_path,
        "start;end;child/age_months;child/sex;ill/signs;ill/signs/pallor;"
        "ill/signs/hair_loss;ill/signs/none;_id;_submission_time\n"
        "2024-01-01T09:00;x;9;female;pallor;1;0;0;501;2024-01-01\n"
        "2024-01-01T09:10;x;24;male;pallor hair_loss;1;1;0;502;2024-01-01\n"
        "2024-01-01T09:20;x;13;female;none;0;0;1;503;2024-01-01\n"
        "2024-01-01T09:30;x;7;male;;;;;504;2024-01-01\n"
        "2024-01-01T09:40;x;;;hair_loss;0;1;0;505;2024-01-01\n",
    )
    month = YEAR / 12
    truth: Truth = {
        "501": {
            "age_days": 9 * month,
            "sex": "female",
            "pallor": True,
            "hair_loss": False,
        },
        "502": {
            "age_days": 24 * month,
            "sex": "male",
            "pallor": True,
            "hair_loss": True,
        },
        "503": {
            "age_days": 13 * month,
            "sex": "female",
            "pallor": False,
            "hair_loss": False,
        },
        "504": {"age_days": 7 * month, "sex": "male"},
        "505": {"pallor": False, "hair_loss": True},
    }
    assert_true(by_its_draft(path, rules), truth)


def test_qualtrics_with_three_rows_of_names(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    def ids(*names: str) -> str:
        return ",".join(f'"{{""ImportId"":""{name}""}}"' for name in names)

    path = text_of(
        tmp_path,
        "StartDate,Progress,ResponseId,Q1,Q2,Q3,Q4_1,Q4_2\n"
        "Start Date,Progress,Response ID,How old are you?,What is your gender?,"
        "Fatigue,Which? - Selected Choice - Pica,Which? - Selected Choice - Hair loss\n"
        + ids("startDate", "progress", "_recordId", "QID1", "QID2", "QID3", "a", "b")
        + "\n2024-01-02 10:00:00,100,R_1,30,Female,Yes,Pica,\n"
        "2024-01-02 10:00:00,100,R_2,41,Male,No,,Hair loss\n"
        "2024-01-02 10:00:00,100,R_3,28,Prefer not to say,Not sure,Pica,Hair loss\n"
        "2024-01-02 10:00:00,40,R_4,,,,,\n"
        "2024-01-02 10:00:00,100,R_5,thirty,Female,Yes,,\n",
    )
    truth: Truth = {
        "R_1": {"age_days": 30 * YEAR, "sex": "female", "fatigue": True, "pica": True},
        "R_2": {
            "age_days": 41 * YEAR,
            "sex": "male",
            "fatigue": False,
            "hair_loss": True,
        },
        "R_3": {"age_days": 28 * YEAR, "pica": True, "hair_loss": True},
        "R_4": {},
        "R_5": {"age_days": 30 * YEAR, "sex": "female", "fatigue": True},
    }
    found = by_its_draft(path, rules)
    assert found.rows == 5
    for one, said in truth.items():
        person = found.person(one)
        assert said.items() <= person.items()
        assert True not in [person[key] for key in person.keys() - said.keys()]


def test_surveymonkey_with_two_rows_of_names(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    path = text_of(
        tmp_path,
        "Respondent ID,Collector ID,How old are you?,What is your gender?,"
        "Which of these do you have?,,,Are you tired?\n"
        ",,Open-Ended Response,Response,Hair loss,Pica,None of the above,Response\n"
        "11,7,30,Female,Hair loss,,,Yes\n"
        "12,7,41,Male,,Pica,,No\n"
        "13,7,28,Female,,,None of the above,Not sure\n"
        "14,7,,,,,,\n"
        "15,7,35,Male,Hair loss,Pica,,Yes\n",
    )
    truth: Truth = {
        "11": {
            "age_days": 30 * YEAR,
            "sex": "female",
            "fatigue": True,
            "hair_loss": True,
        },
        "12": {"age_days": 41 * YEAR, "sex": "male", "fatigue": False, "pica": True},
        "13": {"age_days": 28 * YEAR, "sex": "female"},
        "14": {},
        "15": {
            "age_days": 35 * YEAR,
            "sex": "male",
            "fatigue": True,
            "hair_loss": True,
            "pica": True,
        },
    }
    assert_true(by_its_draft(path, rules), truth)


def test_google_forms(rules: minsight.Rules, tmp_path: Path) -> None:
    path = text_of(
        tmp_path,
        "Timestamp,How old are you?,Gender,Are you tired?,Do you have hair loss?\n"
        "2024/01/02 9:00:00 am GMT+1,30,Female,Yes,No\n"
        "2024/01/02 9:05:00 am GMT+1,41,Male,No,Maybe\n"
        "2024/01/02 9:10:00 am GMT+1,28,Prefer not to say,Yes,Yes\n"
        "2024/01/02 9:15:00 am GMT+1,28,,,\n"
        "2024/01/02 9:20:00 am GMT+1,old,Female,Yes,Yes\n",
    )
    truth: Truth = {
        "1": {
            "age_days": 30 * YEAR,
            "sex": "female",
            "fatigue": True,
            "hair_loss": False,
        },
        "2": {"age_days": 41 * YEAR, "sex": "male", "fatigue": False},
        "3": {"age_days": 28 * YEAR, "fatigue": True, "hair_loss": True},
        "4": {"age_days": 28 * YEAR},
    }
    assert_true(by_its_draft(path, rules), truth, rejected=1)


def test_epi_info_with_a_column_of_units(rules: minsight.Rules, tmp_path: Path) -> None:
    path = text_of(
        tmp_path,
        "UniqueKey,CaseID,AGE,AGEUNIT,SEX,FATIGUE,PALLOR\n"
        "1,c1,30,Years,F,Yes,No\n"
        "2,c2,9,Months,M,No,Yes\n"
        "3,c3,12,Days,F,,Missing\n"
        "4,c4,,,M,Yes,Yes\n"
        "5,c5,3,Moons,M,Yes,Yes\n",
    )
    truth: Truth = {
        "c1": {
            "age_days": 30 * YEAR,
            "sex": "female",
            "fatigue": True,
            "pallor": False,
        },
        "c2": {
            "age_days": 9 * YEAR / 12,
            "sex": "male",
            "fatigue": False,
            "pallor": True,
        },
        "c3": {"age_days": 12.0, "sex": "female"},
        "c4": {"sex": "male", "fatigue": True, "pallor": True},
    }
    assert_true(by_its_draft(path, rules), truth, rejected=1)


def test_limesurvey(rules: minsight.Rules, tmp_path: Path) -> None:
    which = "Which of these do you have? "
    path = text_of(
        tmp_path,
        '"Response ID","Date submitted","Last page","Start language","Seed",'
        f'"How old are you?","What is your gender?","{which}[Hair loss]",'
        f'"{which}[Pica]","Are you tired?"\n'
        '"1","2024-01-02","3","en","9","30","Female","Yes","No","Yes"\n'
        '"2","2024-01-02","3","en","9","41","Male","No","Yes","No"\n'
        '"3","2024-01-02","3","en","9","28","Female","Yes","Yes","N/A"\n'
        '"4","","1","en","9","","","N/A","N/A",""\n'
        '"5","2024-01-02","3","en","9","35","Male","No","No","Yes"\n',
    )
    truth: Truth = {
        "1": {
            "age_days": 30 * YEAR,
            "sex": "female",
            "fatigue": True,
            "hair_loss": True,
            "pica": False,
        },
        "2": {
            "age_days": 41 * YEAR,
            "sex": "male",
            "fatigue": False,
            "hair_loss": False,
            "pica": True,
        },
        "3": {"age_days": 28 * YEAR, "sex": "female", "hair_loss": True, "pica": True},
        "4": {},
    }
    found = by_its_draft(path, rules)
    for one, said in truth.items():
        assert found.person(one) == said
    last = found.person("5")
    assert last["fatigue"] is True
    assert True not in (last.get("hair_loss"), last.get("pica"))
    assert not found.rejects


def test_a_workbook_that_people_made(rules: minsight.Rules, tmp_path: Path) -> None:
    path = book_of(
        tmp_path / "clinic.xlsx",
        {
            "Cover": [["A clinic"], ["", "Made in spring"]],
            "Data": [
                ["A clinic, all patients"],
                ["Nobody is named"],
                ["Study id", "Age", "Sex", "Signs", "", "Laboratory"],
                ["", "years", "", "Fatigue", "Pica", "Ferritin (ng/mL)"],
                ["p1", 30, "F", "yes", "no", 8],
                ["p2", 41, "M", "no", "no", 80.5],
                ["p3", 28, "F", "", "yes", ""],
                ["p4", "", "", "", "", ""],
                ["p5", 35, "M", "yes", "yes", "low 8?"],
                ["Total", 5, "", 2, 2, ""],
            ],
        },
    )
    truth: Truth = {
        "p1": {"age_days": 30 * YEAR, "sex": "female", "fatigue": True, "pica": False},
        "p2": {"age_days": 41 * YEAR, "sex": "male", "fatigue": False, "pica": False},
        "p3": {"age_days": 28 * YEAR, "sex": "female", "pica": True},
        "p4": {},
    }
    found = by_its_draft(path, rules)
    plain = found.answers.select(
        "row", "subject_id", "age_days", "sex", "fatigue", "pica"
    )
    assert_true(
        Outcome(plain, found.rejects, found.rows, found.notices), truth, rejected=2
    )
    assert any("it counts persons" in one.reason for one in found.rejects)
    low = [one for one in found.answers.columns if one.startswith("low_ferritin")]
    assert found.person("p1").keys() & {*low, "ferritin"}


def test_spss_with_its_labels(rules: minsight.Rules, tmp_path: Path) -> None:
    path = tmp_path / "people.sav"
    people = pl.DataFrame(
        {
            "SUBJID": ["a", "b", "c", "d", "e"],
            "Q1": [30.0, 41.0, 28.0, None, 300.0],
            "Q2": [2.0, 1.0, 2.0, None, 1.0],
            "Q3": [1.0, 2.0, 9.0, None, 1.0],
        }
    )
    pyreadstat.write_sav(
        people,
        path,
        column_labels=["Subject ID", "Age in years", "Gender", "Are you tired?"],
        variable_value_labels={
            "Q2": {1: "Male", 2: "Female"},
            "Q3": {1: "Yes", 2: "No", 9: "Refused"},
        },
        missing_ranges={"Q3": [9]},
    )
    truth: Truth = {
        "a": {"age_days": 30 * YEAR, "sex": "female", "fatigue": True},
        "b": {"age_days": 41 * YEAR, "sex": "male", "fatigue": False},
        "c": {"age_days": 28 * YEAR, "sex": "female"},
        "d": {},
    }
    assert_true(by_its_draft(path, rules), truth, rejected=1)


@pytest.mark.parametrize("codes", ["1,2", "2,1"])
def test_codes_without_a_codebook_are_never_guessed(
    codes: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    first, second = codes.split(",")
    path = text_of(
        tmp_path,
        f"record_id,sex,fatigue,pica\n1,{first},{first},yes\n2,{second},{second},no\n",
    )
    truth: Truth = {"1": {"pica": True}, "2": {"pica": False}}
    assert_true(by_its_draft(path, rules), truth)

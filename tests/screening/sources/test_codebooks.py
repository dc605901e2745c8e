"""A codebook says what columns ask and what their codes mean."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from minsight.errors import FileError
from minsight.screening.sources.codebooks import Codebook, Coded, codebook_of

REDCAP = """\
"Variable / Field Name","Form Name","Field Type","Field Label",\
"Choices, Calculations, OR Slider Labels"
record_id,intake,text,"Record ID",
sex,intake,radio,"Sex at birth","1, Male | 2, Female"
Tired,intake,yesno,"Are you <b>often</b>  tired?",
symptoms,intake,checkbox,"Which do you have?","1, Hair loss | 2, Pica | x,"
hb,intake,text,"Haemoglobin, g/dL",
"""


def xlsform(path: Path, **sheets: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def redcap(tmp_path: Path) -> Codebook:
    path = tmp_path / "dictionary.csv"
    path.write_text(REDCAP, encoding="utf-8-sig")
    return codebook_of(path)


@pytest.fixture
def form(tmp_path: Path) -> Codebook:
    survey = [
        ["type", "name", "label::English (en)"],
        ["begin_group", "child", "The child"],
        ["select_one yn", "pica", "Does the child eat earth?"],
        ["select_multiple ills", "ills", "What is wrong?"],
        ["integer", "age", "Age"],
        ["end_group", "", ""],
    ]
    choices = [
        ["list_name", "name", "label::English (en)"],
        ["yn", "1", "Yes"],
        ["yn", "2", "No"],
        ["ills", "pale", "Pallor"],
        ["ills", "hair", "Hair loss"],
    ]
    return codebook_of(xlsform(tmp_path / "f.xlsx", survey=survey, choices=choices))


def test_a_data_dictionary_of_redcap_has_labels_and_codes(redcap: Codebook) -> None:
    sexes = (("1", "Male"), ("2", "Female"))
    assert redcap.of("sex") == Coded("Sex at birth", sexes)
    yes_no = (("1", "Yes"), ("0", "No"))
    assert redcap.of("TIRED") == Coded("Are you often tired?", yes_no)
    assert redcap.of("hb") == Coded("Haemoglobin, g/dL")


def test_a_box_of_redcap_asks_for_its_choice(redcap: Codebook) -> None:
    box = redcap.of("symptoms___2")
    assert box == Coded("Which do you have? (choice=Pica)")
    assert redcap.of("symptoms___7") == Coded()
    assert redcap.of("symptoms").codes == (("1", "Hair loss"), ("2", "Pica"))


def test_an_xlsform_has_its_lists_of_choices(form: Codebook) -> None:
    asked = Coded("Does the child eat earth?", (("1", "Yes"), ("2", "No")))
    assert form.of("pica") == asked
    assert form.of("child/pica") == asked
    assert form.of("child-pica") == asked
    assert form.of("age") == Coded("Age")


@pytest.mark.parametrize("name", ["ills/hair", "child/ills/hair", "ills.hair"])
def test_a_box_of_a_form_asks_for_its_choice(name: str, form: Codebook) -> None:
    assert form.of(name) == Coded("What is wrong? (choice=Hair loss)")


def test_what_no_codebook_knows_asks_nothing(form: Codebook) -> None:
    assert form.of("hats") == Codebook().of("hats") == form.of("") == Coded()


def test_what_is_no_codebook_says_so(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    for text in ("id,pica\n1,yes\n", "", "x"):
        table.write_text(text, encoding="utf-8")
        with pytest.raises(FileError, match="no data dictionary of REDCap and no XLSF"):
            codebook_of(table)
    book = xlsform(tmp_path / "book.xlsx", people=[["id"], ["1"]])
    with pytest.raises(FileError, match=r"book\.xlsx` has no sheets `survey` and"):
        codebook_of(book)
    with pytest.raises(FileError, match=r"cannot read the codebook `.*none\.csv`"):
        codebook_of(tmp_path / "none.csv")


def test_a_damaged_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(FileError, match=r"form\.xlsx"):
        codebook_of(path)

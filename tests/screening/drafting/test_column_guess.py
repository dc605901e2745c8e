"""What a column may be is seen in its words and values, and nobody else's is taken."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import minsight
from minsight.screening.drafting.column_guess import guesses
from minsight.screening.drafting.person_guess import person_by_values
from minsight.screening.drafting.seen import Guess, Seen
from minsight.screening.mapping.headings import Heading
from minsight.screening.sources.codebooks import Coded


def guessed(
    name: str,
    values: Sequence[str],
    rules: minsight.Rules,
    *,
    coded: Coded = Coded(),  # noqa: B008  # frozen
    language: str = "",
    differ: bool = False,
) -> Guess:
    seen = Seen(
        0, Heading((name,)), tuple(values), coded, differ=differ, language=language
    )
    (guess,) = guesses(seen, rules.vocabulary)
    return guess


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Are you:", ["a woman", "a man", "genderqueer"]),
        ("Is your child a ...", ["girl", "boy"]),
        ("Which best describes you?", ["female", "male", "prefer not to say"]),
        ("Q3. Sex", ["f", "m"]),
        ("M/F", ["f", "m"]),
    ],
)
def test_a_column_of_sexes_is_the_sex(
    name: str, values: list[str], rules: minsight.Rules
) -> None:
    guess = guessed(name, values, rules)
    assert (guess.role, guess.asked) == ("sex", "")


@pytest.mark.parametrize(
    "name", ["Sex of interviewer", "Mother's sex", "Research assistant (sex)"]
)
def test_the_sex_of_somebody_else_is_not_that_of_the_person(
    name: str, rules: minsight.Rules
) -> None:
    assert guessed(name, ["female", "male"], rules).role in ("", "ignored")
    assert person_by_values(Seen(0, Heading((name,)), ("female", "male"))) is None


def test_men_are_h_where_the_names_are_spanish(rules: minsight.Rules) -> None:
    spanish = guessed("Sexo", ["h", "m"], rules, language="es")
    assert spanish.meant == {"female": ("m",), "male": ("h",)}
    assert guessed("Sexo", ["h", "m"], rules).asked != ""


@pytest.mark.parametrize("name", ["Age is in", "Unit of age", "Units"])
def test_a_column_of_units_is_that_of_the_ages(
    name: str, rules: minsight.Rules
) -> None:
    assert guessed(name, ["years", "months"], rules).role == "age unit"


def test_the_age_of_a_baby_in_bare_numbers_is_asked_for(rules: minsight.Rules) -> None:
    assert "years or months" in guessed("Age of your baby", ["9", "14"], rules).asked
    assert guessed("Age of your baby (months)", ["9"], rules) == Guess("age", unit="mo")


@pytest.mark.parametrize(
    ("name", "role"), [("Coll. date", "seen"), ("Date of last period", "")]
)
def test_a_date_is_that_of_the_visit_unless_it_is_said_of_what_else(
    name: str, role: str, rules: minsight.Rules
) -> None:
    assert guessed(name, ["04/03/2024", "05/03/2024"], rules).role == role


def test_a_number_is_the_persons_where_none_comes_twice(rules: minsight.Rules) -> None:
    assert guessed("Clinic ref", ["k1", "k2"], rules, differ=True).role == "id"
    assert guessed("Clinic ref", ["k1", "k2"], rules).role == ""


@pytest.mark.parametrize(
    ("text", "language", "id_"),
    [
        ("Müdigkeit", "de", "fatigue"),
        ("¿Se le cae el pelo?", "es", "hair_loss"),
        ("Enceinte (O/N)", "fr", "pregnant"),
        ("Fuma?", "pt", "smoking"),
    ],
)
def test_questions_in_other_languages_ask_for_what_they_name(
    text: str, language: str, id_: str, rules: minsight.Rules
) -> None:
    guess = guessed(text, ["sí", "no", "oui", "ja"], rules, language=language)
    assert (guess.role, guess.target, guess.asked) == ("answer", id_, "")


def test_a_unit_is_known_by_the_note_of_a_codebook_or_by_all_values(
    rules: minsight.Rules,
) -> None:
    noted = Coded("Haemoglobin", note="g/dL; -99 = not done")
    assert guessed("hb", ["10.9", "12"], rules, coded=noted).unit == "g/dL"
    assert guessed("Hemoglobin, if known", ["10.9", "12"], rules).unit == "g/dL"
    assert guessed("Hemoglobin, if known", ["109", "120"], rules).unit == "g/L"
    unknown = guessed("Vitamin B12 level", ["289", "401"], rules)
    assert (unknown.role, unknown.unit) == ("measurement", "")
    assert "is the unit" in unknown.asked


def test_of_two_things_the_wider_is_asked_for(rules: minsight.Rules) -> None:
    guess = guessed("Cravings for ice or soil", ["yes", "no"], rules)
    assert (guess.target, guess.asked) == ("pica", "")
    both = guessed("Fatigue or headache", ["yes", "no"], rules)
    assert both.asked == "is it fatigue or headache"


def test_a_number_that_the_codes_leave_out_is_nobodys_yes(
    rules: minsight.Rules,
) -> None:
    name = "How often, from 0 = never to 3 = always? - Tired"
    guess = guessed(name, ["0", "1", "3"], rules)
    assert guess.meant == {"observed": ("3",), "excluded": ("0",), "unknown": ("1",)}


def test_the_unit_in_brackets_is_that_of_the_values(rules: minsight.Rules) -> None:
    for name in ("Vitamina B12 (pg/mL)", "Vit. B12, pg/ml"):
        assert guessed(name, ["188", "402"], rules).unit == "pg/mL"
    zinc = guessed("Results [Zinc, \u00b5mol/L]", ["8.9", "12.2"], rules)
    assert (zinc.target, zinc.unit) == ("serum_zinc", "umol/L")


def test_a_finding_in_grades_is_there_from_the_first_on(rules: minsight.Rules) -> None:
    for name in ("Goitre (0/1/2)", "Goitre grade"):
        guess = guessed(name, ["0", "1", "2"], rules)
        assert guess.target == "goitre"
        assert guess.meant == {"observed": (">0",), "excluded": ("0",)}
    assert guessed("Goitre grade", ["1", "7"], rules).target != "goitre"


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Often sick (colds, chest)", "frequent_infections"),
        ("Do you take a proton pump inhibitor (e.g. omeprazole) for heartburn?",
         "ppi_long_term"),
    ],
)  # fmt: skip
def test_asides_say_nothing_of_what_is_asked(
    name: str, id_: str, rules: minsight.Rules
) -> None:
    guess = guessed(name, ["yes", "no"], rules)
    assert (guess.target, guess.asked) == (id_, "")


def test_an_aside_that_takes_something_out_is_asked_for(rules: minsight.Rules) -> None:
    guess = guessed("Tired (but not after work, zwib)", ["yes", "no"], rules)
    assert guess.role != "answer"


def test_notes_of_people_are_read_and_those_of_a_program_are_not(
    rules: minsight.Rules,
) -> None:
    for name in ("Notes", "Nurse notes", "comments"):
        assert guessed(name, ["chest pain now"], rules).role == "text"
    assert guessed("_notes", ["chest pain now"], rules).role == "ignored"

"""What columns and answers in other languages name, and what is left alone."""

from __future__ import annotations

import pytest

import minsight
from minsight.intake.text.abroad import LANGUAGES, language_of, named_abroad
from minsight.intake.text.lists import lists_of


@pytest.mark.parametrize(
    ("names", "language"),
    [
        (["¿Tiene calambres?", "¿Se le cae el pelo?", "Edad"], "es"),
        (["Avez-vous perdu vos cheveux ?", "Êtes-vous fatigué(e) ?"], "fr"),
        (["Müdigkeit", "Haarausfall", "Brüchige Nägel"], "de"),
        (["Você sente cansaço?", "Toma omeprazol?"], "pt"),
        (["How old are you?", "Do you have cramps?", "Rash"], ""),
        (["id", "age", "sex", "fatigue", "hair_loss"], ""),
        ([], ""),
    ],
)
def test_the_language_is_that_of_most_words(names: list[str], language: str) -> None:
    assert language_of(names) == language


@pytest.mark.parametrize(
    ("text", "language", "id_"),
    [
        ("¿Se le cae el pelo con facilidad?", "es", "hair_loss"),
        ("¿Está embarazada actualmente?", "es", "pregnant"),
        ("Êtes-vous essoufflé(e) à l'effort ?", "fr", "exertional_dyspnea"),
        ("Wie oft hast du Kopfschmerzen?", "de", "headache"),
        ("Fuma?", "pt", "smoking"),
    ],
)
def test_a_question_names_what_its_only_term_does(
    text: str, language: str, id_: str
) -> None:
    assert named_abroad(text, language).only == id_


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kein Haarausfall", "de"),  # denied
        ("Sin fatiga", "es"),
        ("Medicinas para la anemia", "es"),  # a word that nobody listed
        ("Grávida ou a amamentar?", "pt"),  # two things
        ("Haarausfall", ""),
    ],
)
def test_what_says_more_or_less_than_one_term_names_nothing(
    text: str, language: str
) -> None:
    assert named_abroad(text, language).only is None


def test_of_two_terms_the_longer_is_meant() -> None:
    assert named_abroad("deficiencia de hierro en la familia", "es").ids != ()
    assert named_abroad("leche de vaca antes", "es").ids == ("cow_milk_before_12m",)


def test_every_term_means_one_thing_that_the_rules_know(rules: minsight.Rules) -> None:
    meant: dict[tuple[str, str], str] = {}
    for id_, lines in lists_of("abroad").items():
        assert rules.vocabulary.entry(id_) is not None, id_
        for line in lines:
            language, _, terms = line.partition(" | ")
            assert language in LANGUAGES, line
            for term in terms.split("; "):
                assert meant.setdefault((language, term), id_) == id_, term

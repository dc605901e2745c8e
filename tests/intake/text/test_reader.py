"""Reading texts: what is named, denied, doubted, past, or said of somebody else."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.intake.recognition import recognise
from minsight.intake.text.reader import reader_of
from minsight.knowledge.phrases import normalise
from minsight.scales import Status
from random_laws import examples
from texts import empty_texts, stretches, texts, untold


def said(rules: minsight.Rules, text: str, status: Status = "observed") -> set[str]:
    """What a text says, denied with a minus and doubted with a question mark."""
    found = recognise(text, rules.vocabulary, status=status).recognised
    mark = {"observed": "", "excluded": "-", "unsure": "?"}
    return {mark[m.status] + m.id for m in found if m.kind != "person"}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("severe chronic fatigue", "fatigue"),
        ("cramps in both calves for three weeks", "muscle_cramps"),
        ("fever and cough", "fever cough"),
        ("hair loss, brittle nails and dry skin", "hair_loss brittle_nails dry_skin"),
        ("an enormous goitre", "goitre"),
        ("takes hydrochlorothiazide 25 mg daily", "thiazide_diuretic"),
        ("history of gastric bypass", "bariatric_surgery"),
        ("diarrhoeas", "diarrhea"),
        ("feet swell up; toes are tingling", "edema tingling_hands_feet"),
        ("he couldn't sleep and fell over a lot", "poor_sleep frequent_falls"),
        ("dizziness when walking", "dizziness"),
        ("three-week history of fatigue", "fatigue"),
        ("mother says he has a rash", "dermatitis"),
        ("constipation that does not get better", "constipation"),
        ("weight gain for no reason", "unexplained_weight_gain"),
        ("rash started two weeks ago", "dermatitis"),
    ],
)
def test_what_is_named_is_found(rules: minsight.Rules, text: str, ids: str) -> None:
    assert said(rules, text) == set(ids.split())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        # one thing denied
        ("no fever", "-fever"),
        ("no longer tired", "-fatigue"),
        ("doesn't have diarrhoea any more", "-diarrhea"),
        ("she has never had a seizure", "-seizure"),
        ("swollen ankles without chest pain", "edema -chest_pain"),
        ("tired, no fever, losing hair", "fatigue -fever hair_loss"),
        ("no sign of a goitre at all", "-goitre"),
        ("no history of tetany", "-tetany"),
        # behind
        ("fever: no, rash: yes", "-fever dermatitis"),
        ("Fever? No. Rash? Yes.", "-fever dermatitis"),
        ("hair loss denied", "-hair_loss"),
        ("fever (-), cough (-)", "-fever -cough"),
        ("pallor and jaundice are absent", "-pallor -jaundice_mild"),
        # lists
        ("no fever, rash or cough", "-fever -dermatitis -cough"),
        ("denies fever, cough and headache", "-fever -cough -headache"),
        ("denies fever, has a cough", "-fever cough"),
        ("neither fever nor cough", "-fever -cough"),
        ("no fever but a cough", "-fever cough"),
        ("fever without cough", "fever -cough"),
        # words that deny are part of the finding
        ("no appetite", "poor_appetite"),
        ("cannot sleep", "poor_sleep"),
        ("not only tired but dizzy", "fatigue dizziness"),
    ],
)
def test_what_is_denied_is_absent_as_far_as_the_denial_goes(
    rules: minsight.Rules, text: str, ids: str
) -> None:
    assert said(rules, text) == set(ids.split())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("maybe a fever", "?fever"),
        ("fever?", "?fever"),
        ("?goitre", "?goitre"),
        ("not sure whether she has hair loss", "?hair_loss"),
        ("possible seizure, definite headache", "?seizure headache"),
        ("might be constipated", "?constipation"),
        ("I don't know if he has a fever", "?fever"),
    ],
)
def test_what_is_doubted_is_unsure(rules: minsight.Rules, text: str, ids: str) -> None:
    assert said(rules, text) == set(ids.split())


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("mother has migraine", "somebody else"),
        ("family history of tetany", "somebody else"),
        ("my father is vegan", "somebody else"),
        ("fear of weight loss", "not said to be there"),
        ("normal gait, normal appetite", ""),
        ("history of tetany", "the past"),
        ("used to be vegan", "the past"),
        ("had diarrhoea as a child", "the past"),
        ("pale walls", ""),
        ("low potassium diet", ""),
        ("does not deny a fever", "not clear whether this is denied"),
    ],
)
def test_what_is_not_said_of_the_person_now_is_left_over_with_the_reason(
    rules: minsight.Rules, text: str, because: str
) -> None:
    meaning = recognise(text, rules.vocabulary)
    assert meaning.recognised == ()
    (left,) = meaning.unrecognised
    assert left.text == text
    assert because in left.because


def test_a_list_that_can_be_read_both_ways_is_not_taken(rules: minsight.Rules) -> None:
    """A cough after "no fever," may be denied or not; it is for the person to say."""
    meaning = recognise("no fever, cough", rules.vocabulary)
    assert said(rules, "no fever, cough") == {"-fever"}
    (left,) = meaning.unrecognised
    assert (left.text, left.suggestions[0]) == ("cough", "Cough")


def test_operations_and_illnesses_last(rules: minsight.Rules) -> None:
    assert said(rules, "gastric bypass ten years ago") == {"bariatric_surgery"}
    assert said(rules, "past history of Crohn's disease") == {
        "inflammatory_bowel_disease"
    }


def test_an_absence_is_taken_only_as_it_was_said(rules: minsight.Rules) -> None:
    """No severe cough is not no cough."""
    assert said(rules, "headache or fever", "excluded") == {"-headache", "-fever"}
    assert said(rules, "severe cough", "excluded") == set()


def test_words_that_were_not_understood_are_told(rules: minsight.Rules) -> None:
    subject = minsight.Subject(present=["an enormous goitre"])
    (match,) = rules.assess(subject).recognised
    assert match.by == "part"
    assert any("Read only in part" in note for note in rules.assess(subject).notes)


def test_a_piece_that_says_nothing_here_is_listed_beside_the_others(
    rules: minsight.Rules,
) -> None:
    meaning = recognise("hair loss and purple elephants", rules.vocabulary)
    assert [m.id for m in meaning.recognised] == ["hair_loss"]
    assert [left.text for left in meaning.unrecognised] == ["purple elephants"]


def test_a_slip_inside_a_text_is_understood_and_said(rules: minsight.Rules) -> None:
    (match,) = recognise("bad constipaton for days", rules.vocabulary).recognised
    assert (match.id, match.by) == ("constipation", "spelling")


@cache
def plain_labels(rules: minsight.Rules) -> st.SearchStrategy[str]:
    """Findings by a label of one piece, which no cue is part of.

    Each is told as it is meant where it stands alone, so that sentences of a law can be
    at fault for nothing but each other.
    """
    labels = [
        f.label.lower()
        for f in rules.vocabulary.findings
        if said(rules, f"x. {f.label.lower()}.") == {f.id}
        and said(rules, f"no {f.label.lower()}") == {f"-{f.id}"}
        and said(rules, f"maybe {f.label.lower()}") == {f"?{f.id}"}
    ]
    assert len(labels) > 550
    return st.sampled_from(labels)


@examples(60)
@given(data=st.data())
def test_sentences_speak_for_themselves(
    rules: minsight.Rules, data: st.DataObject
) -> None:
    here, gone, open_ = (data.draw(plain_labels(rules)) for _ in range(3))
    phrase = rules.vocabulary.phrase
    ids = [phrase[normalise(label)].id for label in (here, gone, open_)]
    if len(set(ids)) == 3:
        text = f"{here}. No {gone}. Maybe {open_}."
        assert said(rules, text) == {ids[0], f"-{ids[1]}", f"?{ids[2]}"}


@cache
def written(rules: minsight.Rules) -> st.SearchStrategy[str]:
    return texts(rules.vocabulary) | st.text(max_size=200)


@examples(300)
@given(data=st.data(), status=st.sampled_from(["observed", "excluded", "unsure"]))
def test_any_text_is_read_without_harm_and_every_word_is_told(
    rules: minsight.Rules, data: st.DataObject, status: Status
) -> None:
    """The law of reading: each word is recognised, or told as unread; none is made up.

    Every text has a meaning: none raises an error. Every word of it stands in a stretch
    that was recognised or in one that was not, but for those that `untold` names. Every
    stretch is one of the text, letter by letter, whatever was read in its place.
    """
    text = data.draw(written(rules))
    meaning = recognise(text, rules.vocabulary, status=status)
    assert untold(text, meaning) == []
    composed = unicodedata.normalize("NFC", text)
    for stretch in stretches(meaning):
        assert stretch == text or (stretch in composed and stretch == stretch.strip())


def test_a_joining_word_before_a_small_word_that_tells_a_sex_is_not_lost(
    rules: minsight.Rules,
) -> None:
    text = "28F and she "
    assert untold(text, recognise(text, rules.vocabulary)) == []


@examples(200)
@given(text=empty_texts())
def test_a_text_that_names_nothing_gives_no_finding(
    rules: minsight.Rules, text: str
) -> None:
    assert said(rules, text) == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # joining words at the edge, and between
        ("thyroid and", ["thyroid and"]),
        ("but fever", ["but fever"]),
        ("fever and", ["fever and"]),
        ("and fever or cough but", ["and fever", "cough but"]),
        ("treated with gentamicin", ["treated with gentamicin"]),
        # words that describe, in a sentence of their own
        ("fever. For three weeks.", ["fever. For three weeks"]),
        ("severe, fever", ["severe, fever"]),
        ("fever better, cough", ["fever better", "cough"]),
        ("28F, severe", ["28F, severe", "28F, severe"]),  # an age and a sex
        ("no teeth yet at 15 months", ["no teeth yet at 15 months"]),
        ("72M, h/o gastrectomy", ["72M", "72M", "h/o gastrectomy"]),
        # cues that turn nothing
        ("fear of / stroke", ["stroke", "fear of"]),
        ("Denies; fever", ["fever", "Denies"]),
        # one entry in other words
        ("confused and disoriented", ["confused", "disoriented"]),
        ("fever, cough, fever", ["fever", "cough"]),
        # what stands for other words
        ("My 9-month-old eats paper", ["9-month-old", "My 9-month-old eats paper"]),
        ("0 days old, jaundice", ["0 days old", "jaundice"]),
    ],
)
def test_what_stands_beside_a_name_is_told_with_it(
    rules: minsight.Rules, text: str, told: list[str]
) -> None:
    assert stretches(recognise(text, rules.vocabulary)) == told


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        # "not going away" denies nothing, "not going" does
        ("cough that is not going away", "cough"),
        ("cough that does not clear up", "cough"),
        ("the bleeding gums do not stop", "gum_bleeding"),
        ("not going blind", "-visual_loss"),
        # who never stops breathing has no pauses, though of what does not stop in
        # other words it is not clear whether it is there
        ("never stops breathing", "-apnoea"),
        ("not clear whether she has a fever", "?fever"),
        # the second word of "not only" may be one of a name
        ("not only fever but cough", "fever cough"),
        ("not only breastfed", "-exclusively_breastfed"),
        # a denial that would make another name of fewer words
        ("not woke up paralysed", "-paralysis_episode"),
    ],
)
def test_a_denial_is_seen_beside_words_that_often_take_it_away(
    rules: minsight.Rules, text: str, ids: str
) -> None:
    assert said(rules, text) == set(ids.split())


def test_words_in_quotation_marks_are_words(rules: minsight.Rules) -> None:
    assert said(rules, "'fever'cough'") == {"fever", "cough"}
    assert said(rules, "which'its, however") == set()  # no "whippits" with a slip


def test_a_cue_beside_nothing_is_told_with_the_reason(rules: minsight.Rules) -> None:
    meaning = recognise("Denies; fever", rules.vocabulary)
    (left,) = meaning.unrecognised
    assert left.because == "it is not clear of what this is said"


@pytest.mark.parametrize(
    "text",
    [
        "no " * 3_000,
        "fever, " * 1_400,
        "(" * 10_000,
        "a" * 10_000,
        "fever\x00cough\x1b[31m",
        "\u202efever",
        "no fever? " * 900,
    ],
)
def test_long_and_odd_texts_are_read(rules: minsight.Rules, text: str) -> None:
    meaning = recognise(text, rules.vocabulary)
    assert len(meaning.recognised) + len(meaning.unrecognised) >= 1


# --- the reader itself, with the small vocabulary -------------------------------------


def read(
    small: minsight.Rules, text: str, *, strictly: bool = False
) -> tuple[list[str], list[tuple[str, str, list[str]]]]:
    """The entries that a text gives, and what gives none: why, and about what."""
    told = reader_of(small.vocabulary).read(text, strictly=strictly)
    left = [
        (one.at.of(text), one.because, [phrase.id for phrase in one.about])
        for one in told.left
    ]
    return [part.phrase.id for part in told.parts], left


@pytest.mark.parametrize(
    ("text", "ids", "left"),
    [
        ("grey nails and", ["grey_nails"], []),
        ("itch. fever?", ["itch", "fever"], []),
        ("qqqq", [], [("qqqq", "", [])]),
        (
            "itch, mother has fever",
            ["itch"],
            [("mother has fever", "said of somebody else", ["fever"])],
        ),
        ("history of itch", [], [("history of itch", "said of the past", ["itch"])]),
        (
            "fear of fever",
            [],
            [("fear of fever", "not said to be there", ["fever"])],
        ),
        (
            "no itch, always tired",
            ["itch"],
            [
                (
                    "always tired",
                    "it is not clear whether this is denied",
                    ["tiredness"],
                )
            ],
        ),
    ],
)
def test_what_gives_no_answer_is_told_with_why_and_about_what(
    small: minsight.Rules,
    text: str,
    ids: list[str],
    left: list[tuple[str, str, list[str]]],
) -> None:
    assert read(small, text) == (ids, left)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("itch", ["itch"]),
        ("itch and fever", ["itch", "fever"]),
        ("no itch", []),
        ("itch?", []),
        ("itch xyzzy", []),
    ],
)
def test_where_absent_things_are_listed_no_cue_and_no_other_word_is_taken(
    small: minsight.Rules, text: str, ids: list[str]
) -> None:
    """Among what is absent, "no itch" may say that there is one, or none."""
    assert read(small, text, strictly=True)[0] == ids


def test_a_vocabulary_has_one_reader(small: minsight.Rules) -> None:
    assert reader_of(small.vocabulary) is reader_of(small.vocabulary)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("my dad has chest pain", {"chest_pain"}),
        ("mum is now confused", {"confusion"}),
        ("my husband keeps fainting", {"fainting"}),
        ("my wife is pregnant", {"pregnant"}),
        ("nan is on digoxin", {"digoxin"}),
        ("our neighbour has just collapsed", {"fainting"}),
    ],
)
def test_a_carer_writes_about_the_one_they_care_for(
    text: str, ids: set[str], rules: minsight.Rules
) -> None:
    meaning = recognise(text, rules.vocabulary)
    assert {m.id for m in meaning.recognised} == ids
    assert meaning.unrecognised == ()


@pytest.mark.parametrize(
    "text",
    [
        "my father had a stroke", "my mother has migraine", "my dad is diabetic",
        "my nan died of a heart attack", "I think my dad has chest pain",
        "mother had fits as a child", "my brother is vegan",
    ],
)  # fmt: skip
def test_what_a_relative_has_or_had_is_family_history(
    text: str, rules: minsight.Rules
) -> None:
    assert recognise(text, rules.vocabulary).recognised == ()


@pytest.mark.parametrize(
    ("text", "said_of_it"),
    [
        ("my mother has thyroid disease", {"family_history_thyroid": "present"}),
        (
            "my mother has thyroid disease and cough",
            {"family_history_thyroid": "present"},
        ),
        ("no family history of thyroid disease", {"family_history_thyroid": "absent"}),
        ("denies family history of goitre", {"family_history_thyroid": "absent"}),
    ],
)
def test_an_entry_may_be_about_the_relative(
    text: str, said_of_it: dict[str, str], rules: minsight.Rules
) -> None:
    found = recognise(text, rules.vocabulary).recognised
    assert {one.id: one.answer for one in found} == said_of_it


def test_hours_ago_is_now_and_years_ago_is_past(rules: minsight.Rules) -> None:
    assert said(rules, "chest pain two hours ago") == {"chest_pain"}
    assert said(rules, "fainting half an hour ago") == {"fainting"}
    assert said(rules, "chest pain five years ago") == set()

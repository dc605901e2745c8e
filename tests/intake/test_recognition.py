"""Entry: phrases become ids, with how; nothing is dropped, no denial is turned."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import minsight
from minsight import Measurement, Subject
from minsight.compiler.bundle import rules_folder
from minsight.compiler.compile import compile_folder
from minsight.intake.answers import OF_ANOTHER, Answers, enter
from minsight.intake.recognition import (
    Meaning,
    Recognised,
    Unrecognised,
    recognise,
    search,
)
from minsight.intake.status import AS_RECORDED
from minsight.intake.text.spelling import denials
from minsight.intake.text.words import BREAKS, stem, stems
from minsight.knowledge.phrases import Phrase
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from places import SMALL_RULES
from random_laws import examples
from texts import texts, untold

SMALL: Vocabulary = compile_folder(SMALL_RULES).vocabulary
WORDS = [phrase.words for phrase in SMALL.phrases if phrase.kind != "measurement"]
DENYING = ["no", "not", "never", "without", "denies", "nil", "isn't", "don't"]
DENYING += ["isn\N{RIGHT SINGLE QUOTATION MARK}t"]
DENYING += ["dont", "isnt", "hasnt", "doesnt", "cant"]  # as typed on a telephone


def recognised(text: str, vocabulary: Vocabulary = SMALL) -> Recognised:
    meaning = recognise(text, vocabulary)
    assert not meaning.unrecognised
    (match,) = (one for one in meaning.recognised if one.kind != "person")
    return match


def listed(text: str, vocabulary: Vocabulary = SMALL) -> Unrecognised:
    """The one stretch of a text that means nothing here: all of it."""
    meaning = recognise(text, vocabulary)
    assert not meaning.recognised
    (unrecognised,) = meaning.unrecognised
    assert unrecognised.text == text
    return unrecognised


def meant(text: str, vocabulary: Vocabulary = SMALL) -> set[str]:
    """The ids that a text says are present."""
    matches = recognise(text, vocabulary).recognised
    return {m.id for m in matches if m.answer == "present"}


def answers(**said: object) -> Answers:
    return enter(Subject(**said), SMALL)  # type: ignore[arg-type] # texts are enough


def measured(name: str, value: float, unit: str) -> Answers:
    return answers(measurements=[Measurement(name, value, unit)])


# --- how a phrase is recognised -----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "id_", "kind", "by"),
    [
        ("nail_change", "nail_change", "finding", "id"),
        ("nail change", "nail_change", "finding", "id"),
        ("deep_well", "deep_well", "group", "id"),
        ("Changed nails", "nail_change", "finding", "label"),
        ("CHANGED   nails!", "nail_change", "finding", "label"),
        ("Drinks from a deep well", "deep_well", "group", "label"),
        ("odd nails", "nail_change", "finding", "synonym"),
        ("Ashen-nails", "grey_nails", "finding", "synonym"),
        ("infant", "baby", "group", "synonym"),
        ("cramps night", "night_cramps", "finding", "order"),
        ("grey gone nails", "grey_nails", "finding", "order"),
        ("at the mill works", "mill_worker", "group", "order"),
        ("tirednes", "tiredness", "finding", "spelling"),
        ("nihgt cramps", "night_cramps", "finding", "spelling"),
        ("high temprature", "fever", "finding", "spelling"),
        ("works at teh mill", "mill_worker", "group", "spelling"),
    ],
)
def test_a_phrase_is_recognised_with_how(
    text: str, id_: str, kind: str, by: str
) -> None:
    match = recognised(text)
    assert (match.text, match.id, match.kind, match.by) == (text, id_, kind, by)
    assert match.similarity == 100 or by == "spelling"
    assert 88 <= match.similarity <= 100


@pytest.mark.parametrize("phrase", SMALL.phrases, ids=lambda p: f"{p.kind} {p.words}")
def test_every_phrase_of_the_vocabulary_is_recognised(phrase: Phrase) -> None:
    if phrase.kind == "measurement":
        (value,) = measured(phrase.words, 1, "ug/L").values
        assert value.measurement == phrase.id
    else:
        assert recognised(phrase.words.upper()).id == phrase.id


def test_every_phrase_that_ships_is_recognised_as_its_own(
    rules: minsight.Rules,
) -> None:
    """A product that holds several medicines means the groups of all of them."""
    vocabulary = rules.vocabulary
    means: dict[str, set[str]] = {}
    for phrase in vocabulary.phrases:
        if phrase.kind != "measurement":
            means.setdefault(phrase.words, set()).add(phrase.id)
    found = {words: recognise(words, vocabulary) for words in means}
    assert {
        words: {m.id for m in meaning.recognised if m.kind != "person"}
        for words, meaning in found.items()
    } == means
    assert all(meaning.unrecognised == () for meaning in found.values())


@pytest.mark.parametrize("text", ["", " ", "?!", "_", "qqqq", "🙂", "\u0301", "\x00"])
def test_a_text_that_means_nothing_here_is_unrecognised(text: str) -> None:
    assert recognise(text, SMALL) == Meaning((), (Unrecognised(text, ()),))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("itsh", "Itch"), ("fvr", "Fever"), ("cramps", "Night cramps")],
)
def test_what_comes_near_is_suggested_not_taken(text: str, suggestion: str) -> None:
    assert suggestion in listed(text).suggestions


def test_a_doubtful_match_is_a_suggestion() -> None:
    """Two entries that fit equally well are for the person to choose from."""
    twins = (
        Phrase("sore left thumbs", "itch", "finding", "synonym"),
        Phrase("sore left thumbo", "fever", "finding", "synonym"),
    )
    vocabulary = Vocabulary(
        findings=SMALL.findings,
        groups=SMALL.groups,
        measurements=SMALL.measurements,
        phrases=(*SMALL.phrases, *twins),
    )
    match = listed("sore left thumbi", vocabulary)
    assert set(match.suggestions) >= {"Itch", "Fever"}


@examples(100)
@given(text=texts(SMALL, most=3) | st.sampled_from(WORDS).map(lambda w: w[2:] + "x"))
def test_suggestions_are_at_most_three_known_labels(text: str) -> None:
    labels = {SMALL.label(phrase.id) for phrase in SMALL.phrases}
    for match in recognise(text, SMALL).unrecognised:
        assert len(match.suggestions) <= 3
        assert len(set(match.suggestions)) == len(match.suggestions)
        assert set(match.suggestions) <= labels


# --- denials ------------------------------------------------------------------------


@pytest.mark.parametrize("denial", DENYING)
@pytest.mark.parametrize(
    "words", ["itch", "night cramps", "worked long at the mill", "no energy"]
)
def test_a_denied_phrase_is_not_the_phrase(denial: str, words: str) -> None:
    assert not meant(f"{denial} {words}")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("itch: none", "itch"),
        ("fever absent", "fever"),
        ("night cramps: never", "night_cramps"),
        ("itch nil", "itch"),
        ("fever isnt", "fever"),
        ("dont have itch", "itch"),
        ("i dont have fever", "fever"),
        ("doesnt have grey nails", "grey_nails"),
        ("there isnt fever", "fever"),
        ("nil itch", "itch"),
        ("itch hasnt come", "itch"),
        ("werent night cramps", "night_cramps"),
        ("fever (-)", "fever"),
        ("fever -ve", "fever"),
    ],
)
def test_a_denial_may_stand_anywhere(text: str, id_: str) -> None:
    said = answers(present=[text])
    assert not said.present
    assert said.absent == {id_}


def test_a_denial_that_belongs_to_the_phrase_is_kept() -> None:
    assert recognised("no energy").id == "tiredness"
    assert recognised("no enregy").id == "tiredness"
    assert not meant("energy")


@pytest.mark.parametrize("denial", ["no", "not"])
def test_no_phrase_that_ships_is_recognised_when_it_is_denied(
    rules: minsight.Rules, denial: str
) -> None:
    """A denial before a phrase never gives the entry of the phrase itself.

    Left out are phrases that deny something themselves, as no English says "not ulcers
    that do not heal", and those that begin as "after" does.
    """
    vocabulary = rules.vocabulary
    turned = []
    for phrase in vocabulary.phrases:
        if denials(phrase.words) or phrase.words.split()[0] in BREAKS:
            continue
        denied = f"{denial} {phrase.words}"
        if phrase.kind != "measurement" and phrase.id in meant(denied, vocabulary):
            turned.append(phrase.words)
    assert turned == []


@examples(60)
@given(data=st.data(), denial=st.sampled_from(DENYING))
def test_no_other_denial_is_turned_either(
    rules: minsight.Rules, data: st.DataObject, denial: str
) -> None:
    named = [p for p in rules.vocabulary.phrases if p.kind != "measurement"]
    phrases = [
        p for p in named if not denials(p.words) and p.words.split()[0] not in BREAKS
    ]
    phrase = data.draw(st.sampled_from(phrases))
    of_entry = {word for p in phrases if p.id == phrase.id for word in stems(p.words)}
    assume(stem(denial) != "cannot" or "cannot" not in of_entry)  # "can't walk" is one
    assert phrase.id not in meant(f"{denial} {phrase.words}", rules.vocabulary)


# --- nothing is dropped -------------------------------------------------------------

TEXTS = st.lists(texts(SMALL, most=4) | st.sampled_from(WORDS), max_size=4)


@examples(150)
@given(present=TEXTS, absent=TEXTS, unsure=TEXTS, groups=TEXTS, not_groups=TEXTS)
@example(present=["itch"], absent=["Itch"], unsure=[], groups=[], not_groups=[])
@example(present=["", ""], absent=[], unsure=["\ud7ff"], groups=["🙂"], not_groups=[])
def test_every_text_is_recognised_or_listed(
    present: list[str],
    absent: list[str],
    unsure: list[str],
    groups: list[str],
    not_groups: list[str],
) -> None:
    """No text loses a word, and what is recognised counts unless a note drops it."""
    yes, no = [*present, *groups], [*absent, *not_groups]
    found = enter(
        Subject(
            present=present,
            absent=absent,
            unsure=unsure,
            groups=groups,
            not_groups=not_groups,
        ),
        SMALL,
        keep_going=True,
    )
    given_as: dict[Status, list[str]] = {
        "observed": yes,
        "excluded": no,
        "unsure": unsure,
    }
    read = [
        (text, recognise(text, SMALL, status=status))
        for status, said in given_as.items()
        for text in said
    ]
    of_others = {u.text for u in found.unrecognised if u.because == OF_ANOTHER}
    for text, meaning in read:
        assert untold(text, meaning) == []
        counted = {m for m in meaning.recognised if m.text not in of_others}
        assert counted <= set(found.recognised)
        assert set(meaning.unrecognised) <= set(found.unrecognised)
    for status in given_as:
        said = {
            m.id for _, meaning in read for m in meaning.recognised if says(m, status)
        }
        counted = getattr(found, AS_RECORDED[status])
        assert counted <= said
        assert counted == said or any(map(drops, found.notes))


def says(match: Recognised, status: Status) -> bool:
    return match.status == status and match.kind != "person"


def drops(note: str) -> bool:
    """Whether a note says that something was left out, and why."""
    return note.startswith("Taken as unknown") or any(
        said in note for said in ("was left out", "was taken as present")
    )


# --- search -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("nails", "finding", ["nail_change", "grey_nails", "ridged_nails"]),
        ("GREY na", "finding", ["grey_nails"]),
        ("mill", "group", ["mill_worker", "mill_elder"]),
        ("mill", "finding", []),
    ],
)
def test_search_finds_by_the_beginnings_of_words(
    words: str, kind: str, found: list[str]
) -> None:
    assert search(words, SMALL, kind=kind) == found


def test_search_finds_first_what_is_spelled_nearly_so() -> None:
    assert search("hoarsness", SMALL, kind="finding")[0] == "hoarseness"


def test_searching_for_nothing_lists_all_in_the_order_of_the_files() -> None:
    everything = [finding.id for finding in SMALL.findings]
    assert search("", SMALL, kind="finding") == everything


def test_the_small_vocabulary_is_not_the_shipped_one() -> None:
    """The laws above are about entry itself, not about the rules of the day."""
    assert not (Path(rules_folder()) / "alum").exists()

"""Changes: by meaning, whatever the words; what is not changed stays said."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import minsight
from minsight.intake.answers import enter
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.vocabulary import Vocabulary
from minsight.whatif.changes import Change, ChangeKind
from minsight.whatif.statements import AGE, SEX
from random_laws import examples
from strategies import said_people

LAW = examples(80)
TIRED = Subject(present=["16-year-old girl, always tired, no fever, vegetarian"])


def answers(subject: Subject, vocabulary: Vocabulary) -> dict[str, object]:
    """What a subject says, by id: each answer, the age, the sex and the values."""
    entered = enter(subject, vocabulary)
    said: dict[str, object] = {}
    for answer in ("unsure", "absent", "present"):
        for id_ in getattr(entered, answer):
            said[id_] = (*said.get(id_, ()), answer)  # type: ignore[misc]  # a tuple
    said |= {value.measurement: value.value for value in entered.values}
    said[AGE], said[SEX] = entered.subject.age_days, entered.subject.sex
    return {of: to for of, to in said.items() if to is not None}


def changed(
    rules: minsight.Rules, subject: Subject, *changes: tuple[ChangeKind, str]
) -> dict[str, object]:
    after = rules.change(subject, *(Change(kind, text) for kind, text in changes))
    return answers(after.subject, rules.vocabulary)


# --- laws -----------------------------------------------------------------------------


@st.composite
def sound_people(draw: st.DrawFn, rules: minsight.Rules) -> Subject:
    person = draw(said_people(rules.vocabulary))
    with suppress(minsight.SubjectError):
        enter(person, rules.vocabulary)
        return person
    assume(False)
    raise AssertionError


@LAW
@given(data=st.data())
def test_a_change_and_its_inverse_give_the_start_again(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    person = data.draw(sound_people(rules))
    before = answers(person, rules.vocabulary)
    id_ = data.draw(st.sampled_from([*rules.vocabulary.finding]))
    do: ChangeKind = data.draw(st.sampled_from(["add", "deny"]))
    was = before.get(id_)
    undo: dict[object, ChangeKind] = {
        None: "remove",
        ("present",): "add",
        ("absent",): "deny",
    }
    assume(was in undo)
    try:
        there = rules.change(person, Change(do, id_)).subject
    except minsight.SubjectError:
        assume(False)
    assert answers(there, rules.vocabulary)[id_] == (
        ("present",) if do == "add" else ("absent",)
    )
    assert changed(rules, there, (undo[was], id_)) == before


@LAW
@given(data=st.data())
def test_what_is_taken_back_is_gone_and_all_else_stays(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    """However many things the text said that the answer stood in."""
    person = data.draw(sound_people(rules))
    before = answers(person, rules.vocabulary)
    assume(before)
    of = data.draw(st.sampled_from(sorted(before)))
    after = rules.change(person, Change("remove", of)).subject
    expected = {name: to for name, to in before.items() if name != of}
    if of in (AGE, SEX):  # a word for an age says a little more beside no age
        after_answers = answers(after, rules.vocabulary)
        assert {n: after_answers.get(n) for n in expected} == expected
    else:
        assert answers(after, rules.vocabulary) == expected


@LAW
@given(data=st.data())
def test_what_was_not_understood_stays_or_is_told(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    person = data.draw(sound_people(rules))
    before = answers(person, rules.vocabulary)
    assume(before)
    of = data.draw(st.sampled_from(sorted(before)))
    result = rules.change(person, Change("remove", of))
    left = {u.text for u in enter(person, rules.vocabulary).unrecognised}
    still = {u.text for u in enter(result.subject, rules.vocabulary).unrecognised}
    own = {
        f"{given.name} {given.in_words}"  # what is taken back is gone
        for given in set(person.measurements) - set(result.subject.measurements)
    }
    told = " ".join(result.notes)
    assert [text for text in left - still - own if text[:50] not in told] == []


@LAW
@given(data=st.data())
def test_the_order_of_changes_counts_nothing(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    person = data.draw(sound_people(rules))
    ids = st.sampled_from([*rules.vocabulary.finding])
    one = st.builds(Change, st.sampled_from(["add", "deny"]), ids)
    changes = data.draw(st.lists(one, min_size=2, max_size=4))
    assert outcome(rules, person, changes) == outcome(rules, person, changes[::-1])


def outcome(
    rules: minsight.Rules, person: Subject, changes: list[Change]
) -> dict[str, object] | None:
    """What is said after the changes, or nothing when they cannot be made."""
    try:
        after = rules.change(person, *changes).subject
    except minsight.SubjectError:
        return None
    return answers(after, rules.vocabulary)


# --- words that tell of somebody else -------------------------------------------------

HIS = Subject(present=("9-month-old boy, tired, heavy bleeding after birth",))


@pytest.mark.parametrize(
    "one",
    [
        ("remove", "sex"),
        ("remove", "age"),
        ("sex", "female"),
        ("age", "30 years"),
        ("remove", "tired"),
    ],
    ids=" ".join,
)
def test_what_was_his_mothers_never_becomes_the_persons(
    rules: minsight.Rules, one: tuple[ChangeKind, str]
) -> None:
    result = rules.change(HIS, Change(*one))
    assert "heavy_bleeding_after_birth" not in answers(result.subject, rules.vocabulary)
    assert any("heavy bleeding after birth" in note for note in result.notes)


def test_a_change_that_tells_of_somebody_else_is_not_made(
    rules: minsight.Rules,
) -> None:
    man = Subject(present=("tired",), sex="male")
    with pytest.raises(minsight.SubjectError, match="`pregnant` was not understood"):
        rules.change(man, Change("add", "pregnant with cramps"))


# --- by meaning -----------------------------------------------------------------------


@pytest.mark.parametrize("word", ["fatigue", "tired", "Tiredness", "always tired"])
def test_any_words_take_an_answer_back(rules: minsight.Rules, word: str) -> None:
    assert changed(rules, TIRED, ("remove", word)) == {
        "fever": ("absent",),
        "vegetarian_diet": ("present",),
        AGE: 16 * 365.25,
        SEX: "female",
    }


def test_words_that_are_left_are_the_persons_own(rules: minsight.Rules) -> None:
    after = rules.change(TIRED, Change("remove", "vegetarian")).subject
    assert after.present == ("always tired", "no fever")


def test_a_text_that_is_not_touched_stands_as_it_was(rules: minsight.Rules) -> None:
    after = rules.change(TIRED, Change("add", "hair loss")).subject
    assert after == Subject(present=[*TIRED.present, "hair loss"])


def test_what_a_text_denied_stays_denied_when_it_is_taken_apart(
    rules: minsight.Rules,
) -> None:
    """Alone, "cough" would be a yes."""
    person = Subject(present=["no fever or cough"])
    assert changed(rules, person, ("remove", "fever")) == {"cough": ("absent",)}


def test_words_that_mean_nothing_stay_in_the_text(rules: minsight.Rules) -> None:
    person = Subject(present=["qqzz, always tired, hair loss"])
    result = rules.change(person, Change("remove", "hair loss"))
    assert result.subject.present == ("always tired", "qqzz")
    assert result.notes == ()


def test_words_that_would_mean_more_alone_are_left_out_and_told(
    rules: minsight.Rules,
) -> None:
    """Whether "always tired" is denied here is not clear; alone it would be a yes."""
    person = Subject(present=["no fever, cough or rash, always tired"])
    result = rules.change(person, Change("remove", "fever"))
    assert "fatigue" not in answers(result.subject, rules.vocabulary)
    assert ["`always tired`" in note for note in result.notes] == [True]


def test_a_yes_replaces_a_no_and_a_no_a_yes(rules: minsight.Rules) -> None:
    after = changed(rules, TIRED, ("add", "fever"), ("deny", "tired"))
    assert (after["fever"], after["fatigue"]) == (("present",), ("absent",))


def test_a_no_inside_an_added_text_is_a_no(rules: minsight.Rules) -> None:
    after = changed(rules, Subject(present=["fever"]), ("add", "hair loss, no fever"))
    assert after == {"fever": ("absent",), "hair_loss": ("present",)}


def test_another_age_replaces_the_one_in_a_text(rules: minsight.Rules) -> None:
    after = changed(rules, TIRED, ("age", "9mo"), ("sex", "m"))
    assert (after[AGE], after[SEX]) == (minsight.parse_age("9mo"), "male")


def test_another_age_takes_a_life_stage_back_that_it_rules_out(
    rules: minsight.Rules,
) -> None:
    teenager = Subject(present=["tired teenager"])
    assert "adolescent" not in changed(rules, teenager, ("age", "70"))
    assert changed(rules, teenager, ("age", "15"))["adolescent"] == ("present",)
    settings_of = rules.change(teenager, Change("age", "70")).settings
    assert ("adolescent", "yes", "not said") in [
        (one.of, one.before, one.after) for one in settings_of
    ]


def test_a_measurement_replaces_the_one_of_its_kind(rules: minsight.Rules) -> None:
    person = Subject(measurements=[Measurement("ferritin", 80, "ug/L")])
    after = rules.change(person, Change("measure", "serum ferritin=8 ug/L")).subject
    assert [m.value for m in after.measurements] == [8]
    assert rules.change(after, Change("remove", "ferritin")).subject == Subject()


def test_what_was_said_already_is_told_as_such(rules: minsight.Rules) -> None:
    result = rules.change(TIRED, Change("add", "tired"))
    assert result.subject == TIRED
    assert [(one.before, one.after) for one in result.settings] == [("yes", "yes")]


# --- refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ([("remove", "hair loss")], "`Fatigue`"),
        ([("remove", "ferritin")], "Serum ferritin was not said before"),
        ([("add", "hair lss and blarg")], "blarg"),
        ([("add", "xyzzy")], "add: `xyzzy` was not understood"),
        ([("deny", "")], "deny: `` was not understood"),
        ([("add", "pica"), ("deny", "pica")], "set one answer in two ways"),
        ([("remove", "tired"), ("deny", "tired")], "set one answer in two ways"),
        ([("age", "9mo"), ("add", "16-year-old girl")], "two ways: age"),
        ([("age", "old")], "`old` is not an age"),
        ([("sex", "x")], "`x` is not a sex"),
        ([("measure", "feritin=8 ug/L")], "did you mean `Serum ferritin`?"),
        ([("measure", "ferritin=8 stone")], "`stone` is not a unit"),
        ([("sex", "male"), ("add", "heavy periods")], "not said of a male person"),
        ([("deny", "vegetarian"), ("group", "vegan")], "or take the other back"),
    ],
)
def test_what_cannot_be_changed_says_why(
    rules: minsight.Rules, changes: list[tuple[ChangeKind, str]], named: str
) -> None:
    with pytest.raises(minsight.SubjectError) as refused:
        changed(rules, TIRED, *changes)
    assert named in str(refused.value)


def test_a_kind_of_what_was_said_is_suggested(rules: minsight.Rules) -> None:
    person = Subject(present=["pica"])
    with pytest.raises(minsight.SubjectError, match="did you mean `Eating non-food"):
        changed(rules, person, ("remove", "craving ice"))


# --- values in texts ------------------------------------------------------------------


def test_a_value_in_a_text_is_changed_as_any_other(rules: minsight.Rules) -> None:
    person = Subject(present=["always tired, K 2.9, ferritin 8 ng/mL"], age="40y")
    after = changed(rules, person, ("measure", "potassium=4.1 mmol/L"))
    assert (after["fatigue"], after["potassium"]) == (("present",), 4.1)
    assert after["ferritin"] == 8
    taken_back = changed(rules, person, ("remove", "ferritin"))
    assert (taken_back["potassium"], "ferritin" in taken_back) == (2.9, False)


def test_a_value_can_be_added_in_words(rules: minsight.Rules) -> None:
    person = Subject(present=["always tired"], age="40y")
    after = changed(rules, person, ("add", "ferritin <5, hb 8 g/dL, pale"))
    assert after["haemoglobin"] == 80
    assert after["ferritin"] == pytest.approx(5)
    assert {"fatigue", "pallor"} <= after.keys()


def test_a_limit_and_an_adjusted_value_outlive_a_change(rules: minsight.Rules) -> None:
    text = "tired, B12 <150 ng/L, adjusted calcium 2.0 mmol/L, albumin 20 g/L"
    person = Subject(present=[text], age="40y")
    before = answers(person, rules.vocabulary)
    after = changed(rules, person, ("remove", "tired"))
    assert after == {of: to for of, to in before.items() if of != "fatigue"}

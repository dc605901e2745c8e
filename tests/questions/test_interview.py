"""Interviews: what they ask of whom, when they are over, what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.api import Rules
from minsight.compiler.catalogue import catalogue_of
from minsight.compiler.compile import vocabulary_of
from minsight.compiler.folder import Folder
from minsight.compiler.lowering import lower
from minsight.errors import SubjectError
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.catalogue import Catalogue
from minsight.knowledge.vocabulary import Vocabulary
from minsight.questions.interview import MOST_TOGETHER, Interview, Reply
from minsight.questions.session import (
    ReplyValue,
    Session,
    session_from_json,
    session_json,
)
from random_laws import examples
from strategies import rules_of_four, shipped

TRIED: Final = examples(40)
WOMAN: Final = Subject(present=["always tired"], age="28", sex="female")
MOST_OPEN: Final = 3

Standing: TypeAlias = tuple[tuple[str, str], ...]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, made once for all random rules."""
    return vocabulary_of(shipped())


def standing(interview: Interview, replies: Mapping[str, Reply]) -> Standing:
    picture = interview.step(replies).picture
    return tuple((mineral, picture.levels[mineral]) for mineral in picture.first)


def completions(open_: Sequence[str]) -> Iterator[dict[str, Reply]]:
    answers: tuple[Reply, ...] = ("yes", "no", "unsure")
    for replies in product(answers, repeat=len(open_)):
        yield dict(zip(open_, replies, strict=True))


def half_asked(
    folder: Folder, vocabulary: Vocabulary, data: st.DataObject
) -> tuple[Interview, dict[str, Reply], list[str]]:
    """An interview in which a few of the questions are still open."""
    catalogue: Catalogue = catalogue_of(folder)
    interview = Interview(
        Rules(KnowledgeBase(lower(folder), vocabulary, catalogue)), WOMAN
    )
    asked = data.draw(st.permutations(interview.step({}).remaining))
    count = data.draw(st.integers(1, MOST_OPEN))
    answer: st.SearchStrategy[Reply] = st.sampled_from(
        ["yes", "yes", "no", "unsure", "skip"]
    )
    replies: dict[str, Reply] = {id_: data.draw(answer) for id_ in asked[count:]}
    return interview, replies, list(asked[:count])


@TRIED
@given(folder=rules_of_four(), data=st.data())
def test_it_is_never_over_while_an_answer_could_change_the_first_candidates(
    folder: Folder, data: st.DataObject, vocabulary: Vocabulary
) -> None:
    """Random rules for four minerals, the shipped gates, every completion tried."""
    interview, replies, open_ = half_asked(folder, vocabulary, data)
    remaining = interview.step(replies).remaining
    assert set(remaining) <= set(open_)
    now = standing(interview, replies)
    for more in completions([id_ for id_ in open_ if id_ not in remaining]):
        if not remaining:
            assert standing(interview, {**replies, **more}) == now


# --- with the shipped rules -----------------------------------------------------------


def test_one_question_is_asked_at_a_time(rules: minsight.Rules) -> None:
    interview = Interview(rules, WOMAN)
    replies: dict[str, Reply] = {}
    answers: tuple[Reply, ...] = ("no", "yes", "unsure", "skip", "no")
    for answer in answers:
        step = interview.step(replies)
        (asked,) = step.asked
        assert asked not in replies
        assert asked in step.remaining
        assert step.bears_on
        replies[asked] = answer


def test_a_list_holds_questions_of_one_section(rules: minsight.Rules) -> None:
    step = Interview(rules, WOMAN, together=True).step({})
    assert 1 < len(step.asked) <= MOST_TOGETHER
    assert step.asked[0] == Interview(rules, WOMAN).step({}).asked[0]


def test_a_lay_person_is_asked_only_what_they_can_answer(rules: minsight.Rules) -> None:
    asked = set(Interview(rules, WOMAN).step({}).remaining)
    more = set(Interview(rules, WOMAN, clinician=True).step({}).remaining) - asked
    findings = rules.vocabulary.finding
    assert all(findings[id_].lay for id_ in asked if id_ in findings)
    assert asked.isdisjoint(rules.vocabulary.measurement)
    assert any(id_ in findings and not findings[id_].lay for id_ in more)
    assert not more.isdisjoint(rules.vocabulary.measurement)


def test_nothing_is_asked_that_the_age_or_the_sex_answers(
    rules: minsight.Rules,
) -> None:
    man = Subject(present=["always tired"], age="40", sex="male")
    asked = set(Interview(rules, man, clinician=True).step({}).remaining)
    assert asked.isdisjoint({"pregnant", "heavy_periods", "preterm", "craniotabes"})


def test_nothing_is_asked_that_was_told(rules: minsight.Rules) -> None:
    told = Subject(present=["spoon nails", "vegan"], absent=["hair loss"], age="30")
    asked = set(Interview(rules, told).step({}).remaining)
    assert asked.isdisjoint({"spoon_nails", "vegan_diet", "hair_loss"})


def test_when_all_is_answered_it_is_over(rules: minsight.Rules) -> None:
    interview = Interview(rules, WOMAN)
    replies: dict[str, Reply] = dict.fromkeys(interview.step({}).remaining, "no")
    step = interview.step(replies)
    assert (step.asked, step.remaining) == ((), ())


@pytest.mark.parametrize("age", ["3mo", "2y", "28", "80"])
def test_the_assessment_is_that_of_the_same_answers(
    rules: minsight.Rules, age: str
) -> None:
    person = Subject(present=["always tired"], age=age)
    interview = Interview(rules, person, clinician=True)
    replies: dict[str, Reply] = {}
    answers: tuple[Reply, ...] = ("yes", "no", "unsure", "yes", "skip", "no")
    for answer in answers * 3:
        (id_,) = interview.step(replies).asked
        measured = id_ in rules.vocabulary.measurement
        replies[id_] = "skip" if measured else answer
    told = interview.subject(replies)
    assert interview.assessment(replies) == rules.assess(told)
    assert interview.step(replies).picture.first == tuple(
        candidate.mineral for candidate in rules.assess(told).candidates[:3]
    )


def test_a_value_counts_as_measured(rules: minsight.Rules) -> None:
    interview = Interview(rules, WOMAN, clinician=True)
    ferritin = Measurement("ferritin", 6, "ug/L")
    assert interview.step({"ferritin": ferritin}).picture.levels["iron"] == (
        "measured_low"
    )


def test_what_contradicts_itself_is_refused_at_once(rules: minsight.Rules) -> None:
    with pytest.raises(SubjectError, match="both mean `fatigue`"):
        Interview(rules, Subject(present=["tired"], absent=["fatigue"]))


@pytest.mark.parametrize(
    ("replies", "named"),
    [
        ({"no_such_question": "yes"}, "`no_such_question`, which these rules do not"),
        ({"fatigue": "perhaps"}, "`perhaps` is not a reply to `fatigue`; give yes, no"),
        ({"fatigue": None}, "nothing is not a reply to `fatigue`"),
    ],
)
def test_a_reply_that_says_nothing_is_refused_not_dropped(
    rules: minsight.Rules, replies: dict[str, Any], named: str
) -> None:
    for ask in (Interview.step, Interview.subject, Interview.assessment):
        with pytest.raises(SubjectError, match=named):
            ask(rules.interview(WOMAN), replies)


def test_the_rules_lead_the_same_interview(rules: minsight.Rules) -> None:
    asked = Interview(rules, WOMAN, clinician=True, together=True).step({})
    assert rules.interview(WOMAN, clinician=True, together=True).step({}) == asked
    nobody = Interview(rules, Subject()).step({})
    assert rules.interview().step({}) == nobody


# --- what is kept ---------------------------------------------------------------------

ANSWERS = st.sampled_from(["yes", "no", "unsure", "skip"]) | st.builds(
    ReplyValue, st.floats(0.1, 1e6), st.sampled_from(["ug/L", "mmol/L"])
)


@given(
    session=st.builds(
        Session,
        fingerprint=st.text(),
        clinician=st.booleans(),
        age_days=st.none() | st.floats(0, 40_000),
        sex=st.sampled_from([None, "female", "male"]),
        told=st.lists(st.text(), max_size=3).map(tuple),
        steps=st.lists(
            st.dictionaries(st.text(min_size=1), ANSWERS, max_size=3), max_size=3
        ).map(tuple),
    )
)
def test_a_session_is_read_as_it_was_written(session: Session) -> None:
    try:
        raw = session_json(session).encode()
    except UnicodeEncodeError:  # half of a character pair is no text
        return
    assert session_from_json(raw) == session


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": "minsight.interview/2", "fingerprint": ""}',
        b'{"format": "minsight.interview/1", "fingerprint": "", "more": 1}',
        b'{"fingerprint": "", "steps": [{"fever": "perhaps"}]}',
        b'{"fingerprint": "", "steps": [{"fever": {"value": "x", "unit": ""}}]}',
    ],
)
def test_what_is_no_session_is_refused(raw: bytes) -> None:
    with pytest.raises(SubjectError, match="not a saved interview"):
        session_from_json(raw)

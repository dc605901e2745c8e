"""Interviews: what they ask of whom, when they are over, what a denial means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle, product
from typing import Any, Final, TypeAlias

import msgspec
import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

import minsight
from guides import guides, small_asked, with_guide
from minsight.api import Rules
from minsight.assessment.record import assessment_json
from minsight.compiler.catalogue import catalogue_of
from minsight.compiler.compile import vocabulary_of
from minsight.compiler.folder import Folder
from minsight.compiler.lowering import lower
from minsight.errors import SubjectError
from minsight.intake.contradictions import holds_for
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.guide import Guide
from minsight.knowledge.vocabulary import Vocabulary
from minsight.questions.interview import Interview, InterviewStep
from minsight.questions.outline import MOST_TO_TICK
from minsight.questions.replies import REPLY_WORDS, Reply
from random_laws import examples
from strategies import rules_of_four, shelf, shipped

TRIED: Final = examples(40)
WOMAN: Final = Subject(present=["always tired"], age="28", sex="female")
MOST_OPEN: Final = 3
SMALL: Final = small_asked()
ANSWERED: Final[st.SearchStrategy[Reply]] = st.sampled_from(REPLY_WORDS)

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


# --- the exact stop: random rules for four minerals, and a random guide ---------------


def random_ids() -> list[str]:
    """What random rules read."""
    return [*shelf().supporting, *shelf().contrary, *shelf().groups]


def made_of(folder: Folder, vocabulary: Vocabulary) -> Rules:
    return Rules(KnowledgeBase(lower(folder), vocabulary, catalogue_of(folder)))


def can_be_asked(id_: str, guide: Guide, present: Collection[str]) -> bool:
    """Whether a woman of 28 is asked it by the guide, worked out plainly."""
    for question in guide.questions:
        if id_ in question.items and question.asked_of.sex == "male":
            return False
        if id_ in question.items and question.kind == "examination":
            return False
    classes = guide.how_often.get(id_)
    if classes is None:
        return True
    named = zip(guide.bands, classes, strict=True)
    fitting = [(b.group, c) for b, c in named if b.whom.sex != "male"]
    of_group = [c for group, c in fitting if group is not None and group in present]
    of_all = [c for group, c in fitting if group is None]
    return set(of_group or of_all) != {"impossible"}


def half_asked(
    rules: Rules, guide: Guide, data: st.DataObject
) -> tuple[Interview, dict[str, Reply], list[str]]:
    """An interview in which a few of the entries are still open.

    Some of what is closed was closed by denying questions and parts of the guide. What
    a denial says yes to is open again once something else of its question is so, and
    what nobody else is asked may be asked of a group that was said.
    """
    interview = Interview(with_guide(rules, guide), WOMAN)
    bearing = Interview(rules, WOMAN).step({}).remaining
    every = [id_ for id_ in bearing if can_be_asked(id_, guide, ())]
    names = [*guide.question, *guide.part]
    closed = data.draw(st.lists(st.sampled_from(names), unique=True) if names else NONE)
    replies: dict[str, Reply] = dict.fromkeys(closed, "no")
    left = [i for i in every if i not in interview.meant(replies)]
    mixed = data.draw(st.permutations(left))
    count = data.draw(st.integers(0, MOST_OPEN))
    answer: st.SearchStrategy[Reply] = st.sampled_from(["yes", *REPLY_WORDS])
    for id_ in mixed[count:]:
        replies[id_] = data.draw(answer)
    meant = interview.meant(replies)
    return interview, replies, [id_ for id_ in bearing if id_ not in meant]


NONE: Final = st.just(list[str]())


@TRIED
@given(folder=rules_of_four(), data=st.data())
def test_it_is_never_over_while_an_answer_could_change_the_first_candidates(
    folder: Folder, data: st.DataObject, vocabulary: Vocabulary
) -> None:
    """Every completion is tried of what can be asked, however much a gate closed."""
    rules = made_of(folder, vocabulary)
    guide = data.draw(guides(random_ids(), shelf().groups))
    interview, replies, open_ = half_asked(rules, guide, data)
    step = interview.step(replies)
    answered = interview.meant(replies)
    can_be = [
        id_ for id_ in open_ if id_ not in answered and _can_be(id_, guide, answered)
    ]
    # What no rule reads may still end what the no to its question affirmed.
    ending = {id_ for q in guide.questions if q.affirms for id_ in q.items}
    assert set(step.remaining) <= {*can_be, *ending}
    assume(len(can_be) <= 2 * MOST_OPEN)
    if not step.asked:
        now = standing(interview, replies)
        for more in completions(can_be):
            note(f"{more}")
            assert standing(interview, {**replies, **more}) == now


def _can_be(id_: str, guide: Guide, answered: Mapping[str, Reply]) -> bool:
    return can_be_asked(id_, guide, [i for i, r in answered.items() if r == "yes"])


@TRIED
@given(folder=rules_of_four(), data=st.data())
def test_a_denied_question_is_a_no_to_each_entry_that_it_denies(
    folder: Folder, data: st.DataObject, vocabulary: Vocabulary
) -> None:
    """What is told and what was answered stays; what is left open stays open."""
    rules = made_of(folder, vocabulary)
    guide = data.draw(guides(random_ids(), shelf().groups, affirm=False))
    interview, replies, _ = half_asked(rules, guide, data)
    direct = {n: r for n, r in replies.items() if vocabulary.entry(n)}
    plain = dict(direct)
    asked = Interview(rules, WOMAN, clinician=True)
    for name in replies.keys() - direct.keys():
        question = guide.question.get(name) or guide.question_of[name]
        items = guide.part[name].items if name in guide.part else question.items
        says: Reply = "skip" if question.kind == "tests" else "no"
        for id_ in items:
            if says == "skip" or id_ not in question.left_open:
                plain.setdefault(id_, says)
    assert standing(interview, plain) == standing(interview, replies)
    one, other = asked.step(plain).picture, interview.step(replies).picture
    assert (one.levels, one.points) == (other.levels, other.points)
    urgency = interview.assessment(replies).urgency
    assert interview.assessment(plain).urgency == urgency


@pytest.mark.parametrize("affirmed", ["tiredness", "well_water", "mill_elder"])
def test_what_would_end_an_affirmation_is_asked_while_that_changes_the_picture(
    affirmed: str,
) -> None:
    """A no affirms something until an entry is so that the question left open."""
    guide = SMALL.guide
    questions = tuple(
        msgspec.structs.replace(one, affirms=(affirmed,)) if one.id == "q_body" else one
        for one in guide.questions
    )
    rules = with_guide(SMALL, msgspec.structs.replace(guide, questions=questions))
    interview = Interview(rules, Subject(age="30"))
    body = guide.question["q_body"].items
    others = [i for i in interview.can_be_asked if i not in body and i != affirmed]
    replies: dict[str, Reply] = {"q_body": "no", **dict.fromkeys(others, "unsure")}
    so = {**replies, "blue_tongue": "yes"}
    assert standing(interview, so) != standing(interview, replies)
    assert "blue_tongue" in interview.step(replies).remaining


# --- truthful people, asked by random guides ------------------------------------------


def small_ids() -> list[str]:
    groups = [g.id for g in SMALL.vocabulary.groups if not g.derived]
    return [*SMALL.vocabulary.finding, *groups]


def small_guides(*, affirm: bool = True) -> st.SearchStrategy[Guide]:
    return guides(small_ids(), ["expecting", "well_water"], affirm=affirm)


@st.composite
def truths(draw: st.DrawFn) -> tuple[Subject, frozenset[str]]:
    """Somebody who tells a part of what is so, and all that is so of them."""
    vocabulary = SMALL.vocabulary
    age, sex = draw(st.sampled_from([("6mo", "male"), ("15", "female"), ("30", None)]))
    person = Subject(age=age, sex=sex)
    fitting = [
        id_
        for id_ in small_ids()
        if holds_for(vocabulary, id_).may_be(person.age_days, person.sex)
    ]
    so = draw(st.sets(st.sampled_from(fitting)))
    told = draw(st.sets(st.sampled_from(sorted(so)))) if so else set[str]()
    every = [vocabulary.with_ancestors(id_) for id_ in so]
    return Subject(present=sorted(told), age=age, sex=sex), frozenset().union(*every)


def truthful(
    step: InterviewStep, so: Collection[str], guide: Guide, data: st.DataObject
) -> dict[str, Reply]:
    """Yes to a question when anything below it is so; sometimes nothing is said."""
    replies: dict[str, Reply] = {}
    for name in step.asked:
        if name in SMALL.vocabulary.measurement or not data.draw(OFTEN):
            replies[name] = "skip"
        else:
            said = any(id_ in so for id_ in guide.below(name))
            replies[name] = "yes" if said else "no"
    return replies


OFTEN: Final = st.sampled_from([True, True, True, True, False])
MOST_SCREENS: Final = 60


@TRIED
@given(guide=small_guides(affirm=False), somebody=truths(), data=st.data())
def test_truthful_answers_come_to_an_end_and_never_contradict_each_other(
    guide: Guide, somebody: tuple[Subject, frozenset[str]], data: st.DataObject
) -> None:
    person, so = somebody
    clinician = data.draw(st.booleans())
    interview = Interview(with_guide(SMALL, guide), person, clinician=clinician)
    replies: dict[str, Reply] = {}
    for _ in range(MOST_SCREENS):
        step = interview.step(replies)
        if not step.asked:
            break
        assert replies.keys().isdisjoint(step.asked), "nothing is asked twice"
        replies |= truthful(step, so, guide, data)
        interview.assessment(replies)
    assert (step.asked, step.remaining, step.enough) == ((), (), True)


@st.composite
def said_to_all(draw: st.DrawFn, guide: Guide) -> dict[str, Reply]:
    """Any replies to anything, as people who contradict themselves give them."""
    names = st.sampled_from([*small_ids(), *guide.question, *guide.part])
    return draw(st.dictionaries(names, ANSWERED, max_size=12))


@TRIED
@given(guide=small_guides(), somebody=truths(), data=st.data())
def test_what_was_said_to_be_so_stays_so_whatever_is_denied_about_it(
    guide: Guide, somebody: tuple[Subject, frozenset[str]], data: st.DataObject
) -> None:
    person, _ = somebody
    replies = data.draw(said_to_all(guide))
    interview = Interview(with_guide(SMALL, guide), person)
    denied: dict[str, Reply] = dict.fromkeys([*guide.question, *guide.part], "no")
    meant = interview.meant({**denied, **replies})
    yes = [id_ for id_, reply in replies.items() if reply == "yes"]
    so = {*person.present, *(id_ for id_ in yes if id_ in small_ids())}
    for id_ in so:
        for above in SMALL.vocabulary.with_ancestors(id_):
            assert meant.get(above, "yes") in ("yes", replies.get(above))


@TRIED
@given(guide=small_guides(), somebody=truths(), data=st.data())
def test_the_order_of_replies_counts_nothing(
    guide: Guide, somebody: tuple[Subject, frozenset[str]], data: st.DataObject
) -> None:
    person, _ = somebody
    replies = data.draw(said_to_all(guide))
    mixed = dict(data.draw(st.permutations(list(replies.items()))))
    interview = Interview(with_guide(SMALL, guide), person)
    assert interview.meant(mixed) == interview.meant(replies)
    assert interview.step(mixed) == interview.step(replies)


@TRIED
@given(
    somebody=truths(),
    asked=st.lists(st.sampled_from(small_ids()), min_size=1, max_size=8, unique=True),
    data=st.data(),
)
def test_a_list_makes_no_contradiction_whatever_is_ticked(
    somebody: tuple[Subject, frozenset[str]], asked: Sequence[str], data: st.DataObject
) -> None:
    person, _ = somebody
    age, sex, vocabulary = person.age_days, person.sex, SMALL.vocabulary
    some = [id_ for id_ in asked if holds_for(vocabulary, id_).may_be(age, sex)]
    chosen = data.draw(st.dictionaries(st.sampled_from(some), TICKS) if some else EMPTY)
    interview = Interview(SMALL, person)
    replies = interview.ticked({}, asked, chosen)
    assert replies.keys() == set(asked)
    assert {**replies, **chosen} == replies
    interview.assessment(replies)


TICKS: Final = st.sampled_from(["yes", "unsure"])
EMPTY: Final = st.just(dict[str, Any]())


# --- the guide chooses questions and nothing else -------------------------------------


@TRIED
@given(guide=small_guides(), somebody=truths(), data=st.data())
def test_no_guide_changes_an_assessment(
    guide: Guide, somebody: tuple[Subject, frozenset[str]], data: st.DataObject
) -> None:
    """Neither levels nor points nor urgency hang on how often anything is so.

    What to ask next does.
    """
    person, so = somebody
    said = data.draw(st.sets(st.sampled_from(sorted(so)))) if so else set[str]()
    told = replace(person, present=[*person.present, *sorted(said)])
    asked, plain = with_guide(SMALL, guide), with_guide(SMALL, Guide())
    ours, theirs = (
        re.sub(r'"missing": *\[[^\]]*\]', "", assessment_json(one.assess(told)))
        for one in (asked, plain)
    )
    assert ours == theirs


@TRIED
@given(guide=small_guides(), somebody=truths(), data=st.data())
def test_how_often_things_are_so_changes_nothing_that_replies_mean(
    guide: Guide, somebody: tuple[Subject, frozenset[str]], data: st.DataObject
) -> None:
    """Nor how things stand after them: it chooses the next screen alone."""
    person, _ = somebody
    replies = data.draw(said_to_all(guide))
    uncounted = msgspec.structs.replace(guide, how_often={}, more_often=(), bands=())
    counted = Interview(with_guide(SMALL, guide), person)
    plain = Interview(with_guide(SMALL, uncounted), person)
    assert counted.meant(replies) == plain.meant(replies)
    assert counted.step(replies).picture == plain.step(replies).picture


# --- with the shipped rules -----------------------------------------------------------


def test_a_screen_asks_what_is_open_and_bears_on_something(
    rules: minsight.Rules,
) -> None:
    interview = Interview(rules, WOMAN)
    replies: dict[str, Reply] = {}
    for _ in range(6):
        step = interview.step(replies)
        assert step.asked
        assert step.bears_on
        assert replies.keys().isdisjoint(step.asked)
        assert step.kind == "warning" or step.covers <= set(step.remaining)
        replies |= dict.fromkeys(step.asked, "no")


def test_a_screen_is_one_question_or_a_short_list(rules: minsight.Rules) -> None:
    interview = Interview(rules, WOMAN, clinician=True)
    replies: dict[str, Reply] = {}
    kinds: dict[str, set[int]] = {}
    while (step := interview.step(replies)).asked and len(replies) < MOST_REPLIES:
        kinds.setdefault(step.kind, set()).add(len(step.asked))
        values = rules.vocabulary.measurement.keys() & set(step.asked)
        replies |= dict.fromkeys(step.asked, "skip" if values else "no")
    assert kinds["question"] == {1}
    assert max(kinds["list"]) <= MOST_TO_TICK
    assert max(kinds["warning"]) <= 8


MOST_REPLIES: Final = 60


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
    answers: Iterator[Reply] = cycle(["no", "unsure", "no", "skip", "no"])
    for _ in range(6):
        for id_ in interview.step(replies).asked:
            measured = id_ in rules.vocabulary.measurement
            replies[id_] = "skip" if measured else next(answers)
    replies["brittle_nails"] = "yes"
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
    asked = Interview(rules, WOMAN, clinician=True).step({})
    assert rules.interview(WOMAN, clinician=True).step({}) == asked
    nobody = Interview(rules, Subject()).step({})
    assert rules.interview().step({}) == nobody

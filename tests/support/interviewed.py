"""Ten people of all ages who answer truthfully, and what they are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from minsight.api import Rules
from minsight.intake.answers import Answers, enter
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import Vocabulary
from minsight.questions.interview import Interview, InterviewStep
from minsight.questions.replies import Reply
from minsight.questions.voice import asked_aloud, listed, voice_for

SCREENS: Final = 12
"""How many screens of each person are written down."""


@dataclass(frozen=True)
class Interviewed:
    """Somebody with what they told, and what else is so of them, by id."""

    name: str
    told: tuple[str, ...]
    age: str
    sex: str
    so: tuple[str, ...]

    @cached_property
    def subject(self) -> Subject:
        return Subject(present=self.told, age=self.age, sex=self.sex)


PEOPLE: Final = (
    Interviewed(
        "a woman of 34, tired, who loses hair",
        ("always tired", "hair loss"),
        "34",
        "female",
        (
            "heavy_menses",
            "menstruating",
            "ice_craving",
            "restless_legs",
            "brittle_nails",
            "multivitamin",
            "low_meat_diet",
        ),
    ),
    Interviewed(
        "a vegan man of 22 whose feet tingle",
        ("vegan diet", "tingling feet"),
        "22",
        "male",
        (
            "nitrous_oxide",
            "sensory_loss_unsteady",
            "numbness",
            "sore_tongue",
            "atrophic_glossitis",
            "fatigue",
            "low_mood",
        ),
    ),
    Interviewed(
        "a boy of nine months with a rash",
        ("rash around the mouth", "rash round the bottom", "diarrhoea"),
        "9mo",
        "male",
        (
            "chronic_diarrhea",
            "weaning_off_breast",
            "preterm",
            "acral_rash",
            "sparse_hair",
            "failure_to_thrive",
            "irritability",
        ),
    ),
    Interviewed(
        "a girl of four who does not grow",
        ("not growing",),
        "4",
        "female",
        (
            "selective_eating",
            "excess_cow_milk_toddler",
            "bloating",
            "constipation",
            "pica",
        ),
    ),
    Interviewed(
        "a girl of 15, tired, with heavy periods",
        ("tired", "heavy periods"),
        "15",
        "female",
        (
            "heavy_menses",
            "menstruating",
            "nosebleeds",
            "easy_bruising",
            "vegetarian_diet",
            "ice_craving",
            "exertional_dyspnea",
        ),
    ),
    Interviewed(
        "a pregnant woman of 28 with leg cramps",
        ("leg cramps", "pregnant"),
        "28",
        "female",
        ("dairy_avoidance", "restless_legs", "fatigue", "iron_supplement_high"),
    ),
    Interviewed(
        "a man of 70 on water tablets, with weak legs",
        ("water tablets", "weakness in the legs"),
        "70",
        "male",
        (
            "palpitations",
            "thiazide_diuretic",
            "ppi_long_term",
            "muscle_cramps",
            "confusion",
            "low_salt_diet",
            "constipation",
        ),
    ),
    Interviewed(
        "a woman of 60 after a gastric bypass, with numb feet",
        ("gastric bypass", "numb feet", "unsteady walking"),
        "60",
        "female",
        (
            "sensory_loss_unsteady",
            "zinc_excess",
            "anaemia",
            "ppi_long_term",
            "muscle_cramps",
            "fatigue",
        ),
    ),
    Interviewed(
        "a woman of 45 who tells of nothing",
        (),
        "45",
        "female",
        ("menstruating", "blood_donor", "multivitamin"),
    ),
    Interviewed(
        "a man of 30, confused after a marathon",
        ("ran a marathon", "confused", "vomiting"),
        "30",
        "male",
        ("lethargy", "excess_water_drinking", "headache"),
    ),
)


@dataclass(frozen=True)
class Asked:
    """A screen and the truthful replies to it, after all that was replied before.

    `answers` are all answers up to it.
    """

    step: InterviewStep
    before: Mapping[str, Reply]
    answers: Answers
    replies: Mapping[str, Reply]


def interview_of(person: Interviewed, rules: Rules) -> Iterator[Asked]:
    """Screen after screen, to the second end."""
    interview = Interview(rules, person.subject)
    so = all_so(person, rules.vocabulary)
    replies: dict[str, Reply] = {}
    while (step := interview.step(replies)).asked:
        said = {name: _truth(name, so, rules) for name in step.asked}
        answers = enter(interview.subject(replies), rules.vocabulary)
        yield Asked(step, dict(replies), answers, said)
        replies |= said


def all_so(person: Interviewed, vocabulary: Vocabulary) -> frozenset[str]:
    """What is so of the person, with what that implies."""
    return frozenset().union(*map(vocabulary.with_ancestors, person.so))


def _truth(name: str, so: frozenset[str], rules: Rules) -> Reply:
    """Yes to a question when anything below it is so."""
    return "no" if so.isdisjoint(rules.guide.below(name)) else "yes"


def as_transcript(rules: Rules) -> str:
    """The first screens of everybody in their words, a tick before each yes."""
    return "\n".join(line for person in PEOPLE for line in _lines(person, rules))


def _lines(person: Interviewed, rules: Rules) -> Iterator[str]:
    yield f"{person.name[0].upper()}{person.name[1:]}"
    told = "; ".join(person.told) or "nothing"
    yield f"told: {told}"
    for number, asked in enumerate(interview_of(person, rules), start=1):
        if number > SCREENS:
            break
        yield from _screen(number, asked, person, rules)
    yield ""


def _screen(
    number: int, asked: Asked, person: Interviewed, rules: Rules
) -> Iterator[str]:
    step, voice = asked.step, voice_for(person.subject.age_days)
    words = listed if len(step.asked) > 1 else asked_aloud
    end = "; enough" if step.enough else ""
    yield f"{number:2}. {step.title or 'Anything else'} ({step.kind}{end})"
    for name in step.asked:
        tick = "x" if asked.replies[name] == "yes" else " "
        yield f"    [{tick}] {words(name, rules.guide, rules.vocabulary, voice)}"

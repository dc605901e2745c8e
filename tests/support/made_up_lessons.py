"""A lesson whose answer is known: a tired woman with spoon-shaped nails lacks iron."""

from __future__ import annotations

from typing import Final

import minsight
from minsight.cases.lesson_case import MADE_UP, LessonCase
from minsight.cases.lessons import Lesson, LessonQuestion
from minsight.intake.subject import Subject

WOMAN: Final = Subject(present=["spoon_nails", "fatigue"], age="30", sex="f")
QUESTIONS: Final = (
    LessonQuestion("fever", "Fever", "no"),
    LessonQuestion("spoon_nails", "Spoon-shaped nails", "yes", worth=True),
    LessonQuestion("fatigue", "Fatigue", "yes"),
)


def lesson_on_iron(rules: minsight.Rules) -> Lesson:
    return Lesson(
        case=LessonCase(
            id="made-001", kind=MADE_UP, source="a test of lessons", subject=WOMAN
        ),
        complaint="always tired",
        questions=QUESTIONS,
        fits=frozenset({"iron"}),
        assessment=rules.assess(WOMAN, engine="reference"),
    )

"""Gestation: weeks that a woman tells of herself, and that are no age of hers.

"34 weeks, my hands are swollen" is said by somebody who is pregnant. Few weeks alone
may be how long a complaint has lasted: they count only where she speaks of herself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from minsight.ages import DAYS_IN
from minsight.intake.recognition import Meaning, Recognised
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import Vocabulary

if TYPE_CHECKING:
    from minsight.intake.text.demographics import PersonMention

PREGNANT: Final = "pregnant"
_IN_WEEKS: Final = re.compile(r"\d\s?(?:weeks?|wks?)$", re.IGNORECASE)
_OF_ME: Final = re.compile(r"(?:i am|i'?m|only)\b", re.IGNORECASE)
_SURELY: Final = 20 * DAYS_IN["w"]
_MOST: Final = 43 * DAYS_IN["w"]


def with_gestation(
    read: Sequence[Meaning], subject: Subject, vocabulary: Vocabulary
) -> list[Meaning]:
    """What was read, with the weeks of a pregnancy told as such and as no age."""
    group = vocabulary.group.get(PREGNANT)
    told = [m.age_days for one in read for m in one.mentions if m.age_days is not None]
    ages = told if subject.age_days is None else [subject.age_days]
    age = max(ages, default=None)
    if group is None or subject.sex == "male":
        return list(read)
    of_age = age is not None and group.holds_for.may_be(age, subject.sex)
    if subject.age_days is not None and not of_age:
        return list(read)
    return [_with_weeks(one, of_age=of_age) for one in read]


def _with_weeks(meaning: Meaning, *, of_age: bool) -> Meaning:
    weeks = [m for m in meaning.mentions if _is_gestation(m, of_age=of_age)]
    if not weeks:
        return meaning
    texts = {one.text for one in weeks}
    return msgspec.structs.replace(
        meaning,
        mentions=tuple(m for m in meaning.mentions if m not in weeks),
        recognised=tuple(
            _pregnant(m) if m.id == "age" and m.text in texts else m
            for m in meaning.recognised
        ),
    )


def _is_gestation(mention: PersonMention, *, of_age: bool) -> bool:
    days = mention.age_days
    if days is None or days >= _MOST or not _IN_WEEKS.search(mention.text):
        return False
    of_me = _OF_ME.match(mention.text) is not None
    return of_me or (of_age and days >= _SURELY)


def _pregnant(match: Recognised) -> Recognised:
    return msgspec.structs.replace(match, id=PREGNANT, kind="group")

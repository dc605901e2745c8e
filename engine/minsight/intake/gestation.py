"""Gestation: whether weeks are how old somebody is, or how far a pregnancy.

"34 weeks, headache" is said by somebody who is pregnant, "5 weeks, will not feed" of a
baby. What else is known of the person tells which; where that leaves both open, the
weeks stay unread and are asked, for what is harmless in one of the two may be an
emergency in the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from minsight.ages import DAYS_IN, is_same_age
from minsight.intake.recognition import WEEKS, Meaning, Recognised, Unrecognised
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import Demographic, Group, Vocabulary

if TYPE_CHECKING:
    from minsight.intake.text.demographics import PersonMention

PREGNANT: Final = "pregnant"
_OF_HER: Final = re.compile(
    r"\b(?:i am|i'?m|only|woman|lady|wife|girlfriend|partner)\b", re.IGNORECASE
)
_LONG: Final = 20 * DAYS_IN["w"]
"""From here on, weeks of somebody of the right age are not how long they are ill."""
_BABIES: Final = Demographic(below_days=DAYS_IN["y"])


def with_gestation(
    read: Sequence[Meaning], subject: Subject, vocabulary: Vocabulary
) -> list[Meaning]:
    """What was read, with weeks as an age or a pregnancy where it is known which."""
    pregnant = vocabulary.group.get(PREGNANT)
    if pregnant is None or not any(one.weeks for one in read):
        return list(read)
    known = _Known.of(read, subject, vocabulary, pregnant)
    return [_resolved(one, known) if one.weeks else one for one in read]


class _Known(msgspec.Struct, frozen=True):
    """What is known of a person apart from the weeks.

    `older` and `younger`: whether something is told that nobody can have who is a baby,
    or who is pregnant. `beside`: whether another state around birth is told.
    """

    age_days: float | None
    sex: str | None
    holds_for: Demographic
    is_pregnant: bool
    older: bool
    younger: bool
    beside: bool

    @classmethod
    def of(
        cls,
        read: Sequence[Meaning],
        subject: Subject,
        vocabulary: Vocabulary,
        pregnant: Group,
    ) -> _Known:
        """What is given, else what words tell."""
        said = [one for meaning in read for one in meaning.mentions]
        ages = (m.age_days for m in said if m.age_days is not None)
        sexes = (m.sex for m in said if m.sex is not None)
        matches = (m for meaning in read for m in meaning.recognised)
        told = {m.id for m in matches if m.status == "observed"}
        entries = [e for id_ in sorted(told) if (e := vocabulary.entry(id_))]
        bounds = [whom for e in entries for whom in (e.asked_of, e.holds_for)]
        states = {g.id for g in vocabulary.groups if g.category == pregnant.category}
        holds_for = pregnant.holds_for
        return cls(
            next(ages, None) if subject.age_days is None else subject.age_days,
            subject.sex or next(sexes, None),
            holds_for,
            PREGNANT in told,
            any(whom.shared_with(_BABIES) is None for whom in bounds),
            any(whom.shared_with(holds_for) is None for whom in bounds),
            not told.isdisjoint(states - {PREGNANT}),
        )

    def is_age(self, weeks: PersonMention) -> bool:
        """Whether they are how old the person is."""
        if weeks.age_days is None:
            return False
        if self.age_days is not None:
            return is_same_age(weeks.age_days, self.age_days)
        young = self.younger or self.sex == "male"
        return young and not self.older

    def is_gestation(self, weeks: PersonMention) -> bool:
        """Whether they are how far the person's pregnancy is."""
        if self.younger or not self.holds_for.may_be(self.age_days, self.sex):
            return False
        noted = weeks.age_days is None
        if self.is_pregnant or noted or _OF_HER.search(weeks.text):
            return True
        adult = self.older or self.age_days is not None
        return adult and not self.beside and (weeks.age_days or 0.0) >= _LONG


def _resolved(meaning: Meaning, known: _Known) -> Meaning:
    ages = [one for one in meaning.weeks if known.is_age(one)]
    gestation = [
        one for one in meaning.weeks if one not in ages and known.is_gestation(one)
    ]
    clear = {Unrecognised(one.text, (), WEEKS) for one in (*ages, *gestation)}
    return msgspec.structs.replace(
        meaning,
        mentions=(*meaning.mentions, *ages),
        recognised=(
            *(_read_as(one, "age", "person") for one in ages),
            *(_read_as(one, PREGNANT, "group") for one in gestation),
            *meaning.recognised,
        ),
        unrecognised=tuple(u for u in meaning.unrecognised if u not in clear),
    )


def _read_as(weeks: PersonMention, id_: str, kind: str) -> Recognised:
    return Recognised(weeks.text, "present", id_, kind, "words", 100)

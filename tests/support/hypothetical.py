"""People of the small rules, with every answer that they might give instead.

What `minsight.whatif` says is held against this: each changed person is written as a
subject and assessed, and one whom `check` refuses does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, product
from typing import Final, TypeAlias

from hypothesis import strategies as st

from minsight.api import Rules
from minsight.assessment.model import Assessment
from minsight.compiler.compile import compile_folder
from minsight.errors import SubjectError
from minsight.intake.subject import Measurement, Subject
from minsight.scales import LEVELS
from minsight.whatif.hypotheses import Changes, Hypotheses, Switch
from places import SMALL_RULES

Answers: TypeAlias = Mapping[str, str]
Changed: TypeAlias = frozenset[tuple[str, str]]
"""Ids with the answers they are changed to."""
MINERALS: Final = ("alum", "ochre")
WOMAN: Final = Subject(
    present=["always tired", "craving ice"], groups=["vegetarian"], age="28", sex="f"
)


@cache
def small() -> Rules:
    return Rules(compile_folder(SMALL_RULES))


def ids() -> list[str]:
    """The findings, and the groups that age and sex alone do not decide."""
    vocabulary = small().vocabulary
    asked = [group.id for group in vocabulary.groups if not group.derived]
    return [*vocabulary.finding, *asked]


@dataclass(frozen=True)
class Person:
    """Answers by id, and what is not an answer."""

    said: Answers = field(default_factory=dict)
    age: str | None = None
    sex: str | None = None
    value: float | None = None

    def subject(self, changed: Iterable[tuple[str, str]] = ()) -> Subject:
        said = {**self.said, **dict(changed)}
        alum = Measurement("serum alum", self.value or 0.0, "ug/L")
        return Subject(
            present=[id_ for id_, answer in said.items() if answer == "yes"],
            absent=[id_ for id_, answer in said.items() if answer == "no"],
            age=self.age,
            sex=self.sex,
            measurements=[] if self.value is None else [alum],
        )

    def assessed(self, changed: Iterable[tuple[str, str]] = ()) -> Assessment | None:
        """What `check` says, or nothing where it refuses the person."""
        try:
            return small().assess(self.subject(changed))
        except SubjectError:
            return None

    def was(self, id_: str) -> str:
        return self.said.get(id_, "unknown")

    def changes(self, *, to_open: bool = False) -> list[tuple[str, str]]:
        """Every change of one answer; `to_open` those of what was not said only."""
        vocabulary, before = small().vocabulary, self.assessed()
        assert before is not None
        person = self.subject()
        found = []
        for id_ in ids():
            entry = vocabulary.entry(id_)
            assert entry is not None
            fits = entry.asked_of.may_be(person.age_days, person.sex)
            may_change = not to_open if id_ in self.said else fits
            if may_change:
                others = {"yes", "no", "unknown"} - {self.was(id_)}
                found += [(id_, to) for to in sorted(others)]
        return found

    def sets(self, most: int, *, to_open: bool = False) -> Iterator[Changed]:
        """All sets of up to so many changes, small ones first."""
        changes = self.changes(to_open=to_open)
        for size in range(most + 1):
            for some in combinations(changes, size):
                if len({id_ for id_, _ in some}) == size:
                    yield frozenset(some)

    def completions(self) -> Iterator[Assessment]:
        """Everybody whom answers to what is open can make of the person."""
        open_ = sorted({id_ for id_, _ in self.changes(to_open=True)})
        for answers in product(("yes", "no", "unknown"), repeat=len(open_)):
            given = zip(open_, answers, strict=True)
            found = self.assessed(pair for pair in given if pair[1] != "unknown")
            if found is not None:
                yield found


def level_in(assessment: Assessment, mineral: str) -> str:
    return next(
        (c.level for c in assessment.candidates if c.mineral == mineral), LEVELS[0]
    )


def step_in(assessment: Assessment, mineral: str) -> int:
    return LEVELS.index(level_in(assessment, mineral))


def rank_in(assessment: Assessment, mineral: str) -> int | None:
    ranks = (c.rank for c in assessment.candidates if c.mineral == mineral)
    return next(ranks, None)


def as_pairs(switches: Iterable[Switch]) -> Changed:
    return frozenset((switch.id, switch.to) for switch in switches)


@st.composite
def persons(draw: st.DrawFn, *, answers: st.SearchStrategy[Answers]) -> Person:
    """Somebody whom `check` accepts."""
    person = Person(
        said=draw(answers),
        age=draw(st.sampled_from([None, "6mo", "15", "30", "60"])),
        sex=draw(st.sampled_from([None, "female", "male"])),
        value=draw(st.sampled_from([None, None, 5.0, 15.0, 30.0])),
    )
    return person if person.assessed() is not None else Person(age=person.age)


def few_answers() -> st.SearchStrategy[Answers]:
    return st.dictionaries(
        st.sampled_from(ids()), st.sampled_from(["yes", "yes", "no"]), max_size=5
    )


@st.composite
def nearly_all_answers(draw: st.DrawFn, *, most_open: int) -> Answers:
    """Answers to all but a few."""
    left = draw(st.sets(st.sampled_from(ids()), max_size=most_open))
    said = [id_ for id_ in ids() if id_ not in left]
    present = draw(st.sets(st.sampled_from(said), max_size=5))
    above = {name for id_ in present for name in small().vocabulary.with_ancestors(id_)}
    answers = {id_: "yes" if id_ in present else "no" for id_ in said}
    return {id_: "yes" if id_ in above else given for id_, given in answers.items()}


def least_sets(
    person: Person,
    most: int,
    met: Callable[[Assessment], bool],
    *,
    to_open: bool = False,
) -> set[Changed]:
    """The sets after which it is met, of which no part is enough."""
    found: set[Changed] = set()
    for changed in person.sets(most, to_open=to_open):
        if any(part <= changed for part in found):
            continue
        after = person.assessed(changed)
        if after is not None and met(after):
            found.add(changed)
    return found


# --- the shipped rules -------------------------------------------------------


def level_after(
    rules: Rules, hypotheses: Hypotheses, changes: Changes, mineral: str
) -> int:
    assessment = rules.assess(hypotheses.subject(changes))
    levels = {c.mineral: LEVELS.index(c.level) for c in assessment.candidates}
    return levels.get(mineral, 0)


def as_set(hypotheses: Hypotheses, switches: tuple[Switch, ...]) -> Changes:
    every = hypotheses.told(hypotheses.all_changes)
    return sum(1 << every.index(switch) for switch in switches)

"""Made-up screened people: as plain values, for counting by hand, and as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import polars as pl
from hypothesis import strategies as st

from minsight.ages import age_in_words, parse_age
from minsight.scales import LEVELS, URGENCIES
from minsight.screening import Notice, Reject
from minsight.screening.pipeline import Screened
from minsight.screening.results.schema import SCHEMA, SEPARATOR

QUESTIONS: Final = ("fatigue", "fever", "vegetarian_diet")
RULES: Final = {
    "iron": ("iron.menstruating", "iron.koilonychia", "iron.fatigue"),
    "zinc": ("zinc.fatigue", "zinc.dry_skin"),
    "iodine": ("iodine.goitre",),
}
AGAINST: Final = {
    "iron": ("iron.ferritin_normal",),
    "zinc": ("zinc.supplement",),
    "iodine": (),
}


class Candidacy(NamedTuple):
    """A mineral with evidence for one person."""

    mineral: str
    level: str
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class Person(NamedTuple):
    """One person as screening finds them; `answers` are those to `QUESTIONS`.

    Of a person who is not `judged`, something told was not understood.
    """

    age: str | None = None
    sex: str | None = None
    answers: tuple[bool | None, ...] = (None, None, None)
    ferritin: float | None = None
    urgency: str = "none"
    candidates: tuple[Candidacy, ...] = ()
    judged: bool = True


def screened(
    people: Sequence[Person],
    *,
    file: str = "people.csv",
    rejects: Iterable[Reject] = (),
    notices: Iterable[Notice] = (),
) -> Screened:
    """The people of a batch as tables; rejected rows come after them."""
    told = tuple(rejects)
    candidates = [candidate for person in people for candidate in person.candidates]
    return Screened(
        answers=_answers(people),
        results=_results(people, file),
        reasons=Counter(rule for one in candidates for rule in one.reasons),
        against=Counter(rule for one in candidates for rule in one.against),
        rejects=told,
        rows=len(people) + len({one.row for one in told}),
        notices=tuple(notices),
    )


def _answers(people: Sequence[Person]) -> pl.DataFrame:
    columns = {
        "row": pl.Series(range(1, len(people) + 1), dtype=pl.UInt64),
        "subject_id": pl.Series([f"p{n}" for n in range(len(people))], dtype=pl.String),
        "age_days": pl.Series(
            [None if p.age is None else parse_age(p.age) for p in people],
            dtype=pl.Float64,
        ),
        "sex": pl.Series([p.sex for p in people], dtype=pl.String),
        "unread": pl.Series([not p.judged for p in people], dtype=pl.Boolean),
    }
    for place, question in enumerate(QUESTIONS):
        given = [p.answers[place] for p in people]
        columns[question] = pl.Series(given, dtype=pl.Boolean)
    columns["ferritin"] = pl.Series([p.ferritin for p in people], dtype=pl.Float64)
    return pl.DataFrame(columns)


def _results(people: Sequence[Person], file: str) -> pl.DataFrame:
    rows: list[tuple[object, ...]] = []
    for number, person in enumerate(people, start=1):
        days = None if person.age is None else parse_age(person.age)
        age = (None, None) if days is None else (age_in_words(days), days / 365.25)
        told = (*age, person.sex, person.urgency, person.judged, "")
        start = (number, f"p{number - 1}", *told)
        if not person.candidates:
            rows.append((*start, None, None, LEVELS[0], None, "", "", ""))
        for rank, one in enumerate(person.candidates, start=1):
            lists = SEPARATOR.join(one.reasons), SEPARATOR.join(one.against)
            rows.append((*start, rank, one.mineral, one.level, 1, *lists, ""))
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return frame.insert_column(0, pl.lit(file).alias("file"))


# --- any people -----------------------------------------------------------------------

_AGES: Final = (
    None, "0", "3mo", "6mo", "11mo", "1", "3", "4", "8.9", "9", "14", "18", "19", "49",
    "49.99", "50", "64", "65", "99",
)  # fmt: skip


@st.composite
def _candidates(draw: st.DrawFn) -> tuple[Candidacy, ...]:
    minerals = draw(st.lists(st.sampled_from(sorted(RULES)), unique=True))
    return tuple(
        Candidacy(
            mineral,
            draw(st.sampled_from(LEVELS[1:])),
            draw(_some(RULES[mineral])),
            draw(_some(AGAINST[mineral])),
        )
        for mineral in minerals
    )


def _some(ids: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    if not ids:
        return st.just(())
    return st.lists(st.sampled_from(ids), unique=True).map(tuple)


def persons() -> st.SearchStrategy[Person]:
    """Any person."""
    answer = st.sampled_from([True, False, None])
    return st.builds(
        Person,
        st.sampled_from(_AGES),
        st.sampled_from(["female", "male", None]),
        st.tuples(answer, answer, answer),
        st.sampled_from([None, 8.0]),
        st.sampled_from(URGENCIES),
        _candidates(),
        st.booleans(),
    )


def batches() -> st.SearchStrategy[Screened]:
    """Any batch, with rejects and notices."""
    rejects = st.builds(
        Reject,
        st.just("people.csv"),
        st.integers(1_000, 1_003),
        st.sampled_from(["", "fever", "age_years"]),
        st.just("x"),
        st.sampled_from(["`x` is no answer", "`y` is no answer", "the line is cut"]),
    )
    notices = st.builds(
        Notice,
        st.sampled_from(["a.csv", "b.csv"]),
        st.sampled_from(["first", "second"]),
        st.integers(0, 3),
    )
    return st.builds(
        lambda people, rejects, notices: screened(
            people, rejects=rejects, notices=notices
        ),
        st.lists(persons(), max_size=6),
        st.lists(rejects, max_size=4),
        st.lists(notices, max_size=3),
    )

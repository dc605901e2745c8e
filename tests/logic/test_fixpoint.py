"""The least fixpoint, held against its definition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minsight.logic.atoms import Atom
from minsight.logic.fixpoint import closed
from minsight.logic.program import Clause, by_body

ATOMS = [Atom(name) for name in "abcdef"]
CLAUSES = st.lists(
    st.builds(
        Clause,
        st.sampled_from(ATOMS),
        st.lists(st.sampled_from(ATOMS), min_size=1, max_size=3, unique=True).map(
            tuple
        ),
        st.just("shared"),
    ),
    max_size=9,
)


@given(clauses=CLAUSES, start=st.sets(st.sampled_from(ATOMS), max_size=3))
def test_it_is_the_least_set_that_the_clauses_keep(
    clauses: list[Clause], start: set[Atom]
) -> None:
    found = closed(start, by_body(clauses))
    kept = [
        some
        for bits in range(1 << len(ATOMS))
        if start <= (some := {a for n, a in enumerate(ATOMS) if bits >> n & 1})
        and all(c.head in some for c in clauses if some.issuperset(c.body))
    ]
    assert found == set.intersection(*kept)


def test_what_was_given_is_left_as_it_is() -> None:
    start = {Atom("a")}
    assert closed(start, by_body([Clause(Atom("b"), (Atom("a"),), "shared")])) == {
        "a",
        "b",
    }
    assert start == {"a"}

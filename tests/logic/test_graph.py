"""Walks along graphs, held against what they mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minsight.logic.graph import circles, reachable

NODES = st.integers(0, 5)
GRAPHS = st.dictionaries(NODES, st.lists(NODES, max_size=3), max_size=6)


def reached(graph: dict[int, list[int]], start: set[int]) -> set[int]:
    """By one more step for everything, as often as there are nodes."""
    found = set(start)
    for _ in range(6):
        found |= {n for node in found for n in graph.get(node, ())}
    return found


@given(graph=GRAPHS, start=st.sets(NODES, max_size=3))
def test_a_walk_finds_what_some_number_of_steps_reaches(
    graph: dict[int, list[int]], start: set[int]
) -> None:
    found = reachable(sorted(start), lambda node: graph.get(node, ()))
    assert set(found) == reached(graph, start)
    assert len(list(found)) == len(found)


def test_the_nearest_come_first() -> None:
    above = {"a": "bc", "b": "d", "c": "ae", "d": "f"}
    assert list(reachable("a", lambda node: above.get(node, ""))) == list("abcdef")


@given(graph=GRAPHS)
def test_a_graph_has_circles_when_a_node_leads_back_to_itself(
    graph: dict[int, list[int]],
) -> None:
    back = {n for n in graph if n in reached(graph, set(graph[n]))}
    found = list(circles(graph))
    assert bool(found) == bool(back)
    for circle in found:
        assert len(set(circle)) == len(circle)
        for one, following in zip(circle, [*circle[1:], circle[0]], strict=True):
            assert following in graph[one]


def test_each_circle_is_told_once() -> None:
    graph = {"a": ["b"], "b": ["a", "c"], "c": ["c"], "d": ["a"]}
    assert list(circles(graph)) == [["a", "b"], ["c"]]

"""Graph: the walks along what implies, reads or rests on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

Node = TypeVar("Node")


def reachable(
    start: Iterable[Node], following: Callable[[Node], Iterable[Node]]
) -> AbstractSet[Node]:
    """Where a walk from these nodes can come, themselves too, the nearest first.

    >>> above = {"dark urine": ["urine", "colour"], "urine": ["sign"]}
    >>> list(reachable(["dark urine"], lambda node: above.get(node, ())))
    ['dark urine', 'urine', 'colour', 'sign']
    """
    found = dict.fromkeys(start)
    waiting = list(found)
    for node in waiting:
        for one in following(node):
            if one not in found:
                found[one] = None
                waiting.append(one)
    return found.keys()


def circles(graph: Mapping[Node, Iterable[Node]]) -> Iterator[list[Node]]:
    """A circle for each step that closes one, from where a walk first met it.

    `graphlib` tells one circle of a graph and then stops.

    >>> list(circles({"a": ["b", "d"], "b": ["c"], "c": ["a"], "d": ["d"]}))
    [['a', 'b', 'c'], ['d']]
    """
    done: set[Node] = set()
    for start in graph:
        if start in done:
            continue
        trail, stack = [start], [iter(graph[start])]
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                done.add(trail.pop())
            elif following in trail:
                yield trail[trail.index(following) :]
            elif following in graph and following not in done:
                trail.append(following)
                stack.append(iter(graph[following]))

"""Prefetch: work of which the next piece is made while the last one is used."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Made = TypeVar("_Made")


def ahead(pieces: Generator[_Made, None, None]) -> Generator[_Made, None, None]:
    """The same pieces in the same order, each made in another thread one too early.

    What making a piece raises is raised in its place. A caller that stops early waits
    until the piece that is being made is done.

    >>> list(ahead(number * number for number in range(4)))
    [0, 1, 4, 9]
    """
    maker = ThreadPoolExecutor(1, "minsight-ahead")
    try:
        coming = maker.submit(_next_of, pieces)
        while piece := coming.result():
            coming = maker.submit(_next_of, pieces)
            yield piece[0]
    finally:
        # An interrupt may come while a piece is being made, so that is waited for.
        # Nothing is submitted here: where all of this is garbage in a cycle, the thread
        # has ended already, and a future would wait for it for ever.
        maker.shutdown(cancel_futures=True)
        pieces.close()


def _next_of(pieces: Iterator[_Made]) -> tuple[_Made] | None:
    """The next piece in a tuple, as it may be anything; None after the last one."""
    for piece in pieces:
        return (piece,)
    return None

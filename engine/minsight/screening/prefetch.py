"""Prefetch: work of which the next piece is made while the last one is used.

Who stops early need not wait for a long piece: what makes it asks `refuse_unwanted`
from time to time, as far as it can.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, local
from typing import Final, TypeAlias, TypeVar

_Made = TypeVar("_Made")
_Stops: TypeAlias = tuple[Event, ...]


class Unwanted(BaseException):  # no error: nobody waits any more
    """Raised in what makes a piece that nobody waits for any more."""


class _Here(local):
    """Of the thread that makes pieces: the ends of all who wait for them."""

    stops: _Stops = ()


_HERE: Final = _Here()


def ahead(pieces: Generator[_Made, None, None]) -> Generator[_Made, None, None]:
    """The same pieces in the same order, each made in another thread one too early.

    What making a piece raises is raised in its place. A caller that stops early waits
    until the piece that is being made is done, or refused as unwanted.

    >>> list(ahead(number * number for number in range(4)))
    [0, 1, 4, 9]
    """
    stop = Event()
    stops = (*_HERE.stops, stop)  # this may be a piece of what others wait for
    maker = ThreadPoolExecutor(1, "minsight-ahead")
    try:
        coming = maker.submit(_next_of, pieces, stops)
        while piece := coming.result():
            coming = maker.submit(_next_of, pieces, stops)
            yield piece[0]
    finally:
        # An interrupt may come while a piece is being made, so that is waited for.
        # Nothing is submitted here: where all of this is garbage in a cycle, the thread
        # has ended already, and a future would wait for it for ever.
        stop.set()
        maker.shutdown(cancel_futures=True)
        pieces.close()


def unwanted_here() -> Callable[[], bool]:
    """What tells, in any thread, that nobody waits for what is made in this one."""
    stops = _HERE.stops
    return lambda: any(stop.is_set() for stop in stops)


def refuse_unwanted() -> None:
    """Go on only if somebody waits for the piece that is made in this thread.

    Raises:
        Unwanted: when all of them have stopped.
    """
    if any(stop.is_set() for stop in _HERE.stops):
        raise Unwanted


def _next_of(pieces: Iterator[_Made], stops: _Stops) -> tuple[_Made] | None:
    """The next piece in a tuple, as it may be anything; None after the last one."""
    _HERE.stops = stops
    for piece in pieces:
        return (piece,)
    return None

"""What is made ahead is what would have been made, in the same order."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Generator

import pytest

from minsight.screening.prefetch import (
    Unwanted,
    ahead,
    refuse_unwanted,
    unwanted_here,
)


def test_pieces_come_in_order_even_when_they_are_nothing() -> None:
    assert list(ahead(piece for piece in (1, None, 0, "", 2))) == [1, None, 0, "", 2]


def test_an_error_comes_after_the_pieces_before_it() -> None:
    def failing() -> Generator[int, None, None]:
        yield 1
        raise KeyError("two")

    pieces = ahead(failing())
    assert next(pieces) == 1
    with pytest.raises(KeyError, match="two"):
        next(pieces)


def test_the_next_piece_is_made_while_one_is_used() -> None:
    made_second = threading.Event()

    def pieces() -> Generator[int, None, None]:
        yield 1
        made_second.set()
        yield 2

    coming = ahead(pieces())
    assert next(coming) == 1
    assert made_second.wait(10)
    assert list(coming) == [2]


def without_end(closed: threading.Event) -> Generator[int, None, None]:
    """Pieces that never end, and tell when they are closed."""
    try:
        while True:
            yield 1
    finally:
        closed.set()


def test_who_stops_early_closes_what_makes_the_pieces() -> None:
    closed = threading.Event()
    coming = ahead(without_end(closed))
    assert next(coming) == 1
    coming.close()
    assert closed.is_set()


def test_who_stops_while_a_piece_is_being_made_waits_for_it() -> None:
    begun, stopped = threading.Event(), threading.Event()
    done = list[str]()

    def pieces() -> Generator[int, None, None]:
        try:
            yield 1
            begun.set()
            assert stopped.wait(10)
            done.append("made")
            yield 2
        finally:
            done.append("closed")

    coming = ahead(pieces())
    assert next(coming) == 1
    assert begun.wait(10)
    threading.Timer(0.05, stopped.set).start()
    coming.close()
    assert done == ["made", "closed"]


def test_pieces_forgotten_in_a_cycle_are_closed_and_nobody_waits_for_ever() -> None:
    closed = threading.Event()

    def forget() -> None:
        coming = ahead(without_end(closed))
        assert next(coming) == 1
        time.sleep(0.1)  # the maker is idle again: then nothing would start it anew
        kept: list[object] = [coming]
        kept.append(kept)

    forget()
    # In a thread of its own: the fault that this is for was a wait without end.
    collecting = threading.Thread(target=gc.collect, daemon=True)
    collecting.start()
    collecting.join(30)
    assert not collecting.is_alive()
    assert closed.is_set()


def long_piece(
    started: threading.Event, refused: threading.Event
) -> Generator[int, None, None]:
    """A piece that takes for ever, and asks whether it is wanted."""
    yield 1
    started.set()
    try:
        while True:
            refuse_unwanted()
            time.sleep(0.001)
    except Unwanted:
        refused.set()
        raise


@pytest.mark.parametrize("nested", [False, True])
def test_a_long_piece_ends_when_nobody_waits_for_it(*, nested: bool) -> None:
    started, refused = threading.Event(), threading.Event()
    pieces = long_piece(started, refused)
    coming = ahead(piece for piece in ahead(pieces)) if nested else ahead(pieces)
    assert next(coming) == 1
    assert started.wait(10)
    coming.close()
    assert refused.is_set()


def test_other_threads_can_tell_that_nobody_waits() -> None:
    started, told = threading.Event(), list[bool]()

    def pieces() -> Generator[int, None, None]:
        yield 1
        unwanted = unwanted_here()
        told.append(unwanted())
        started.set()
        while not unwanted():
            time.sleep(0.001)
        told.append(unwanted())
        yield 2

    coming = ahead(pieces())
    assert next(coming) == 1
    assert started.wait(10)
    coming.close()
    assert told == [False, True]


def test_what_nobody_makes_ahead_is_wanted() -> None:
    refuse_unwanted()
    assert not unwanted_here()()

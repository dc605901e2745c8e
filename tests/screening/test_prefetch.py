"""What is made ahead is what would have been made, in the same order."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from minsight.screening.prefetch import ahead


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


def test_who_stops_early_closes_what_makes_the_pieces() -> None:
    closed = threading.Event()

    def pieces() -> Generator[int, None, None]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    coming = ahead(pieces())
    assert next(coming) == 1
    coming.close()
    assert closed.is_set()


def test_pieces_are_closed_where_they_are_made() -> None:
    threads = set[int]()

    def pieces() -> Generator[int, None, None]:
        try:
            while True:
                threads.add(threading.get_ident())
                yield 1
        finally:
            threads.add(threading.get_ident())

    coming = ahead(pieces())
    assert next(coming) == 1
    coming.close()
    assert len(threads) == 1
    assert threading.get_ident() not in threads

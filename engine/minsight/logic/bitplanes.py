"""Planes: one whole number for each of many people, kept bit by bit.

Plane k is itself a whole number: its bit n is bit k of the number of person n. Adding
and comparing work on all people at once. Numbers are never below zero.

>>> three_and_one = [0b11, 0b01]  # person 0 has 3, person 1 has 1
>>> numbers_of(add(three_and_one, constant(2, 0b11)), 2)
[5, 3]
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TypeAlias

Planes: TypeAlias = Sequence[int]


def constant(number: int, everyone: int) -> Planes:
    """The same number for everybody."""
    return weighed(everyone, number)


def weighed(people: int, number: int) -> Planes:
    """The number for these people, and zero for the others."""
    return [people if number >> k & 1 else 0 for k in range(number.bit_length())]


def padded(planes: Planes, bits: int) -> Planes:
    """The same numbers in so many planes."""
    return [*planes, *[0] * (bits - len(planes))]


def add(one: Planes, other: Planes) -> Planes:
    """The sums."""
    total, carry = list[int](), 0
    for a, b in zip_longest(one, other, fillvalue=0):
        either = a ^ b
        total.append(either ^ carry)
        carry = (a & b) | (either & carry)
    return [*total, carry] if carry else total


def above(one: Planes, other: Planes, everyone: int) -> int:
    """For whom the one number is above the other."""
    found, same = 0, everyone
    for a, b in reversed(list(zip_longest(one, other, fillvalue=0))):
        found |= same & a & ~b
        same &= ~(a ^ b)
    return found


def equal(one: Planes, other: Planes, everyone: int) -> int:
    """For whom the numbers are the same."""
    same = everyone
    for a, b in zip_longest(one, other, fillvalue=0):
        same &= ~(a ^ b)
    return same


def at_most(planes: Planes, most: int, everyone: int) -> Planes:
    """The numbers, each cut at the most; a most below zero counts as zero."""
    cut = constant(max(0, most), everyone)
    over = above(planes, cut, everyone)
    return [(a & ~over) | (b & over) for a, b in zip_longest(planes, cut, fillvalue=0)]


def numbers_of(planes: Planes, size: int) -> list[int]:
    """The numbers one by one, for `size` people in their order."""
    low, high = _in_bytes(planes[:8], size), planes[8:]
    if not any(high):
        return list(low)
    return [a + (b << 8) for a, b in zip(low, numbers_of(high, size), strict=True)]


def _in_bytes(planes: Planes, size: int) -> bytes:
    """The same of at most eight planes, in one byte for each person."""
    ones = int.from_bytes(b"\x01" * size, "big")
    total = 0
    for bit, plane in enumerate(planes):
        if plane:
            digits = f"{plane:0{size}b}".encode()
            total |= (int.from_bytes(digits, "big") & ones) << bit
    return total.to_bytes(size, "little")

"""Numbers kept bit by bit, against plain ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minsight.logic import bitplanes
from minsight.logic.bitplanes import Planes

PAIRS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1)


def kept(numbers: list[int]) -> Planes:
    bits = max(numbers).bit_length()
    return [
        sum((number >> bit & 1) << person for person, number in enumerate(numbers))
        for bit in range(bits)
    ]


def people(mask: int, size: int) -> list[bool]:
    return [bool(mask >> person & 1) for person in range(size)]


@given(pairs=PAIRS)
def test_sums_and_comparisons_are_those_of_each_person(
    pairs: list[tuple[int, int]],
) -> None:
    one, other = (kept([pair[side] for pair in pairs]) for side in (0, 1))
    size, everyone = len(pairs), (1 << len(pairs)) - 1
    assert bitplanes.numbers_of(bitplanes.add(one, other), size) == [
        a + b for a, b in pairs
    ]
    above = bitplanes.above(one, other, everyone)
    assert people(above, size) == [a > b for a, b in pairs]
    equal = bitplanes.equal(one, other, everyone)
    assert people(equal, size) == [a == b for a, b in pairs]


@given(pairs=PAIRS, most=st.integers(0, 200))
def test_numbers_are_cut_at_the_most(pairs: list[tuple[int, int]], most: int) -> None:
    numbers = [first for first, _ in pairs]
    cut = bitplanes.at_most(kept(numbers), most, (1 << len(numbers)) - 1)
    assert bitplanes.numbers_of(cut, len(numbers)) == [min(n, most) for n in numbers]

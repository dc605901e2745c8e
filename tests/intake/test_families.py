"""Families: each kind of words that turn what is said, on phrases it turns and not."""

from __future__ import annotations

import pytest

import minsight
from families import Member, families, faults

LEAST: int = 10
"""How many phrases a family has at the least."""


@pytest.mark.parametrize("member", families(), ids=lambda m: f"{m.family}: {m.text}")
def test_a_phrase_is_read_as_its_family_says(
    rules: minsight.Rules, member: Member
) -> None:
    assert faults(member, rules.vocabulary) == []


def test_a_family_has_phrases_enough() -> None:
    sizes: dict[str, int] = {}
    for member in families():
        sizes[member.family] = sizes.get(member.family, 0) + 1
    assert min(sizes.values()) >= LEAST


def test_what_is_missed_and_what_is_wrong_is_told(rules: minsight.Rules) -> None:
    member = Member("x", "no fever", (frozenset({"fever"}),), frozenset({"fever"}))
    assert faults(member, rules.vocabulary) == ["missed fever", "wrong -fever"]

"""Reasons: what matched, at which strength, and who stands for a cluster."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_up_rules import rule
from minsight.assessment.model import Reason
from minsight.assessment.reasons import by_standing, matched_reasons
from minsight.knowledge.catalogue import Rule
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.scales import STRENGTHS
from random_laws import examples

NAILS: Final = {"cluster": "nails"}


def reasons(*rules: Rule, more: tuple[Atom, ...] = ()) -> list[Reason]:
    """The reasons where all of the rules matched."""
    matched = {atoms.evidence(one.id) for one in rules}
    return matched_reasons(rules, frozenset(matched | set(more)))


def names(found: list[Reason]) -> list[str]:
    return [reason.rule.removeprefix("alum.") for reason in found]


def counted(found: list[Reason]) -> list[str]:
    return names([reason for reason in found if reason.counted])


def test_only_a_rule_that_matched_is_a_reason() -> None:
    met, missed = rule("met", "supports", "supportive"), rule("missed", "risk", "weak")
    holds = frozenset([atoms.evidence(met.id), atoms.observed("missed")])
    assert names(matched_reasons([met, missed], holds)) == ["met"]


def test_reasons_stand_by_kind_and_then_by_strength() -> None:
    found = reasons(
        rule("fever", "against", "note"),
        rule("cold", "against", "brake"),
        rule("baby", "context", "raises"),
        rule("well", "risk", "strong"),
        rule("itch", "supports", "nonspecific"),
        rule("nails", "supports", "characteristic"),
        rule("both", "combination", "weak"),
        rule("value", "measured", "low"),
    )
    assert names(found) == [
        "value", "both", "nails", "itch", "well", "baby", "cold", "fever",
    ]  # fmt: skip


def test_equals_stand_in_the_order_of_the_file() -> None:
    found = reasons(rule("b", "risk", "weak"), rule("a", "risk", "weak"))
    assert names(found) == ["b", "a"]


def test_of_equals_the_one_that_counts_stands_first() -> None:
    first = rule("any_nails", "supports", "supportive", **NAILS)
    other = rule("skin", "supports", "supportive")
    second = rule("thick_nails", "supports", "supportive", **NAILS)
    assert names(reasons(first, second, other)) == ["any_nails", "skin", "thick_nails"]


@pytest.mark.parametrize(
    ("kind", "strength", "counts"),
    [
        ("measured", "low", True),
        ("combination", "moderate", True),
        ("combination", "weak", False),
        ("supports", "nonspecific", True),
        ("risk", "moderate", True),
        ("risk", "weak", False),
        ("context", "raises", False),
        ("context", "lowers", False),
        ("against", "brake", True),
        ("against", "cap", True),
        ("against", "note", False),
    ],
)
def test_what_is_only_shown_is_not_counted(
    kind: str, strength: str, counts: bool
) -> None:
    (reason,) = reasons(rule("one", kind, strength))
    assert reason.counted == counts


def test_the_strongest_stands_for_its_cluster() -> None:
    weak = rule("weak", "supports", "supportive", **NAILS)
    strong = rule("strong", "supports", "characteristic", **NAILS)
    assert counted(reasons(weak, strong)) == ["strong"]


def test_of_equals_what_the_person_said_stands_for_the_cluster() -> None:
    """A finding implies what is above it, whose rule then matches too."""
    wide = rule("wide", "supports", "supportive", more_specific=("alum.own",), **NAILS)
    own = rule("own", "supports", "supportive", **NAILS)
    assert counted(reasons(wide, own)) == ["own"]
    assert counted(reasons(wide)) == ["wide"]


def test_a_stronger_rule_above_leads_the_more_specific_one() -> None:
    wide = rule(
        "wide", "supports", "characteristic", more_specific=("alum.own",), **NAILS
    )
    own = rule("own", "supports", "supportive", **NAILS)
    assert counted(reasons(own, wide)) == ["wide"]


def test_of_equals_in_everything_the_first_of_the_file_leads() -> None:
    one = rule("one", "supports", "supportive", **NAILS)
    other = rule("other", "supports", "supportive", **NAILS)
    assert counted(reasons(one, other)) == ["one"]
    assert counted(reasons(other, one)) == ["other"]


def test_outside_its_ages_a_finding_counts_one_class_lower_and_may_lose_the_lead() -> (
    None
):
    aged = rule("aged", "supports", "characteristic", **NAILS)
    plain = rule("plain", "supports", "supportive", **NAILS)
    inside = reasons(plain, aged)
    assert (counted(inside), inside[0].strength) == (["aged"], "characteristic")
    outside = reasons(plain, aged, more=(atoms.outside_age(aged.id),))
    assert counted(outside) == ["plain"]
    assert [(r.strength, r.out_of_age) for r in outside] == [
        ("supportive", False),
        ("supportive", True),
    ]


def test_the_lowest_class_stays_where_it_is_outside_its_ages() -> None:
    low = rule("low", "supports", "nonspecific")
    (reason,) = reasons(low, more=(atoms.outside_age(low.id),))
    assert (reason.strength, reason.out_of_age) == ("nonspecific", True)


def test_an_unusual_age_weakens_findings_only() -> None:
    well = rule("well", "risk", "strong")
    (reason,) = reasons(well, more=(atoms.outside_age(well.id),))
    assert (reason.strength, reason.out_of_age) == ("strong", True)


def test_a_reason_names_what_holds_of_its_condition_and_how() -> None:
    one = rule(
        "one",
        "combination",
        "strong",
        reads=("itch", "unsaid", "well_water", "alum_low"),
        reads_absent=("fever", "mill_worker", "itch"),
    )
    (reason,) = reasons(
        one,
        more=(
            atoms.observed("itch"),
            atoms.in_group("well_water"),
            atoms.band("alum_low"),
            atoms.excluded("fever"),
            atoms.outside_group("mill_worker"),
            atoms.excluded("unsaid"),
        ),
    )
    assert reason.matched == ("itch", "well_water", "alum_low")
    assert reason.matched_absent == ("fever", "mill_worker")


def test_rules_alone_stand_by_kind_then_strength_as_written() -> None:
    rules = [
        rule("b", "against", "brake"),
        rule("c", "supports", "nonspecific", **NAILS),
        rule("a", "supports", "supportive", **NAILS),
        rule("d", "supports", "supportive"),
    ]
    assert [one.id for one in by_standing(rules)] == [
        "alum.a", "alum.d", "alum.c", "alum.b",
    ]  # fmt: skip


@st.composite
def found_rules(draw: st.DrawFn) -> list[Rule]:
    """Findings in few clusters, some of which are kinds of others."""
    ids = [f"f{number}" for number in range(draw(st.integers(1, 7)))]
    return [
        rule(
            id_,
            "supports",
            draw(st.sampled_from(STRENGTHS)),
            cluster=draw(st.sampled_from(["nails", "skin"])),
            more_specific=tuple(
                f"alum.{other}" for other in draw(st.sets(st.sampled_from(ids)))
            ),
        )
        for id_ in ids
    ]


@examples(40)
@given(rules=found_rules(), outside=st.sets(st.integers(0, 6)))
def test_one_finding_stands_for_each_cluster_and_none_counts_more(
    rules: list[Rule], outside: set[int]
) -> None:
    aged = tuple(atoms.outside_age(f"alum.f{number}") for number in outside)
    found = reasons(*rules, more=aged)
    assert sorted(names(found)) == sorted(one.id[5:] for one in rules)
    leaders = Counter(reason.cluster for reason in found if reason.counted)
    assert leaders == dict.fromkeys({one.cluster for one in rules}, 1)
    for reason in found:
        (leader,) = (r for r in found if r.cluster == reason.cluster and r.counted)
        assert STRENGTHS.index(leader.strength) >= STRENGTHS.index(reason.strength)

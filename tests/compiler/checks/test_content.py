"""The content of a folder: everything in it with its place, and what moves what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.compiler.checks.content import Content, dangling
from minsight.compiler.documents import Absent, FindingDocument
from minsight.compiler.folder import Folder
from minsight.errors import Issue, Place
from places import SMALL_RULES
from small_folder import rule_document, small_folder, with_rules


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(small_folder())


def text_at(place: Place) -> str:
    """What stands in the small rules from this place to the end of its line."""
    lines = (SMALL_RULES / place.file).read_text(encoding="utf-8").splitlines()
    return lines[place.line - 1][place.column - 1 :]


def with_findings(*parents: tuple[str, list[str]]) -> Folder:
    """The small rules with only these findings, each with its parents."""
    findings = tuple(
        FindingDocument.model_construct(
            id=id_, label=id_, kind="sign", category="skin", parents=above
        )
        for id_, above in parents
    )
    return replace(small_folder(), findings=findings, measurements=())


# --- things and places ----------------------------------------------------------------


def test_every_id_that_a_condition_can_name_is_there_with_its_place(
    content: Content,
) -> None:
    ids = {id_: place for place, id_ in content.vocabulary()}
    assert len(ids) == 14 + 3 + 6 + 1 + 2
    for id_ in ("itch", "0-11mo", "deep_well", "alum_low", "weary_picture"):
        assert id_ in text_at(ids[id_])
    assert "serum_alum" not in ids
    assert [id_ for _, id_ in content.measurements()] == ["serum_alum"]


def test_every_rule_is_there_with_its_mineral_and_its_number(content: Content) -> None:
    rules = [(mineral, number, rule.id) for mineral, number, rule in content.rules()]
    assert rules[0] == ("alum", 0, "alum.grey_nails")
    assert rules[13] == ("ochre", 0, "ochre.red_patches")
    assert len(rules) == 13 + 9
    place = content.rule_place("ochre", 1, "when")
    assert (place.file, text_at(place)) == ("ochre/rules.yaml", "when: nail_change")


def test_conditions_are_those_of_rules_pictures_warning_signs_and_groups(
    content: Content,
) -> None:
    files = [place.file for place, _ in content.conditions()]
    assert {file: files.count(file) for file in files} == {
        "alum/rules.yaml": 13,
        "ochre/rules.yaml": 9,
        "pictures.yaml": 2,
        "urgency.yaml": 2,
        "vocabulary/risk_groups.yaml": 1,
        "look_alikes.yaml": 2,
        "foods.yaml": 1,
    }


def test_whatever_must_name_its_sources_is_there(content: Content) -> None:
    """A function and food of each, a test and an intake of alum, and so on."""
    files = [place.file for place, _ in content.claims()]
    assert {file: files.count(file) for file in files} == {
        "alum/rules.yaml": 13,
        "ochre/rules.yaml": 9,
        "alum/profile.yaml": 5,
        "ochre/profile.yaml": 2,
        "pictures.yaml": 2,
        "urgency.yaml": 2,
        "network.yaml": 2,
        "look_alikes.yaml": 2,
        "foods.yaml": 2,
        "vocabulary/measurements.yaml": 1,
    }


def test_a_name_that_nothing_carries_is_told_with_the_nearest() -> None:
    place = Place("alum/rules.yaml", 3)
    assert dangling(place, "finding", "ithc", ["itch", "fever"]) == Issue(
        place, "unknown finding `ithc`", "did you mean `itch`?"
    )
    assert dangling(place, "finding", "xyzzy", ["itch"]).fix == (
        "add it to the vocabulary or use a known finding"
    )


# --- circles --------------------------------------------------------------------------


def circles(folder: Folder) -> list[list[str]]:
    return [circle for _, circle in Content(folder).circles]


def test_the_small_rules_go_round_nowhere(content: Content) -> None:
    assert content.circles == []


@pytest.mark.parametrize(
    ("findings", "found"),
    [
        ([("a", ["a"])], [["a"]]),
        ([("a", ["b"]), ("b", ["a"])], [["a", "b"]]),
        ([("x", ["a"]), ("a", ["b"]), ("b", ["c"]), ("c", ["a"])], [["a", "b", "c"]]),
        ([("a", ["b", "c"]), ("b", ["d"]), ("c", ["d"]), ("d", [])], []),
        ([("a", ["b"]), ("b", ["a"]), ("c", ["d"]), ("d", ["c"])],
         [["a", "b"], ["c", "d"]]),
        ([("a", ["unheard_of"])], []),
    ],
)  # fmt: skip
def test_each_circle_is_told_once(
    findings: list[tuple[str, list[str]]], found: list[list[str]]
) -> None:
    assert circles(with_findings(*findings)) == found


IDS = [f"f{number}" for number in range(6)]
GRAPHS = st.fixed_dictionaries(
    {id_: st.lists(st.sampled_from(IDS), max_size=3, unique=True) for id_ in IDS}
)


@given(graph=GRAPHS)
def test_there_is_a_circle_exactly_where_somebody_is_their_own_ancestor(
    graph: dict[str, list[str]],
) -> None:
    found = circles(with_findings(*graph.items()))
    assert bool(found) == any(id_ in above(graph, graph[id_]) for id_ in graph)
    for circle in found:
        following = [*circle[1:], circle[0]]
        assert all(b in graph[a] for a, b in zip(circle, following, strict=True))
        assert len(set(circle)) == len(circle)


def above(graph: dict[str, list[str]], start: Iterable[str]) -> set[str]:
    """All that is reached from the start, itself with it."""
    reached = set(start)
    for _ in graph:
        reached |= {parent for id_ in reached for parent in graph[id_]}
    return reached


# --- what moves what ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "movers"),
    [
        ("itch", {("itch", True)}),
        (
            "nail_change",
            {("nail_change", True), ("grey_nails", True), ("ridged_nails", True)},
        ),
        ("well_water", {("well_water", True), ("deep_well", True)}),
        ("mill_elder", {("mill_elder", True), ("mill_worker", True)}),
        ("low_alum", {("low_alum", True), ("alum_low", True)}),
        (
            "blue_weary_picture",
            {
                (id_, True)
                for id_ in (
                    "blue_weary_picture", "weary_picture", "blue_tongue", "tiredness",
                    "sleepiness", "night_cramps",
                )
            },
        ),
    ],
)  # fmt: skip
def test_an_id_is_moved_by_what_implies_it(
    content: Content, id_: str, movers: set[tuple[str, bool]]
) -> None:
    assert content.movers(id_) == movers


def test_what_reads_an_absence_moves_the_other_way_and_twice_moves_back() -> None:
    folder = small_folder()
    weary, blue = folder.pictures
    weary = weary.model_copy(update={"when": Absent(absent="itch")})
    blue = blue.model_copy(update={"when": Absent(absent="weary_picture")})
    found = Content(replace(folder, pictures=(weary, blue)))
    assert found.movers("weary_picture") == {("weary_picture", True), ("itch", False)}
    assert found.movers("blue_weary_picture") == {
        ("blue_weary_picture", True),
        ("weary_picture", False),
        ("itch", True),
    }


def test_rules_move_nothing_by_themselves() -> None:
    """Only the vocabulary, pictures, groups and bands do."""
    more = rule_document("alum.more", "fever", {"supports": "supportive"})
    content = Content(with_rules("alum", more))
    assert content.movers("fever") == {("fever", True)}

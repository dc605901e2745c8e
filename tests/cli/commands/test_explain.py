"""`explain` decides whom and what to explain before anything is worked out."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import typer

import minsight
from minsight.assessment.model import Assessment, Urgency
from minsight.errors import FileError
from minsight.explanation.explainer import Explainer
from minsight.intake.subject import Subject
from minsight_cli.commands import explain as module
from minsight_cli.commands.explain import (
    _check_graph,
    _draw,
    _ids,
    _person_of,
    _results_in,
    _Wish,
    explain,
)


@pytest.fixture(scope="module")
def tired(rules: minsight.Rules) -> Assessment:
    return rules.assess(Subject(present=["fatigue"]), engine="reference")


@pytest.mark.parametrize(
    ("wish", "minerals"),
    [
        (_Wish([], [], everything=False), ["first"]),
        (_Wish(["zinc"], ["iron"], everything=False), ["zinc", "iron"]),
        (_Wish(["zinc"], [], everything=True), ["all", "zinc"]),
    ],
)
def test_who_wishes_for_nothing_gets_the_first_candidate(
    wish: _Wish, minerals: list[str], tired: Assessment
) -> None:
    candidates = [candidate.mineral for candidate in tired.candidates]
    stands_for = {"first": candidates[:1], "all": candidates}
    expected = [id_ for name in minerals for id_ in stands_for.get(name, [name])]
    assert wish.minerals(tired) == expected


def test_in_an_emergency_only_what_was_asked_for_is_explained(
    tired: Assessment,
) -> None:
    urgent = msgspec.structs.replace(tired, urgency=Urgency("emergency", "Call.", ()))
    assert _Wish([], [], everything=False).minerals(urgent) == []
    assert _Wish(["zinc"], [], everything=False).minerals(urgent) == ["zinc"]


def test_minerals_are_named_in_any_way(rules: minsight.Rules) -> None:
    assert _ids(["Fe", "vitamin b12"], rules) == ["iron", "cobalt"]
    assert _ids(None, rules) == []


def test_a_file_of_results_is_one_when_nothing_else_is_named(tmp_path: Path) -> None:
    results = tmp_path / "Results.CSV"
    results.touch()
    assert _results_in([str(results)]) == results
    for phrases in (None, [], ["tired"], [str(results), "tired"], ["people.docx"]):
        assert _results_in(phrases) is None
    with pytest.raises(typer.BadParameter, match=r"there is no file `none\.parquet`"):
        _results_in(["none.parquet"])


def test_results_of_many_people_need_an_id_and_take_no_answers(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    results = tmp_path / "results.csv"
    results.touch()
    with pytest.raises(typer.BadParameter, match="say whose with --subject ID"):
        _person_of(results, None, rules)
    with pytest.raises(typer.BadParameter, match="leave out what adds to them"):
        explain([str(results)], subject="a", absent=["fever"])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("graph.png", r"must end in \.svg, \.dot or \.mmd"),
        ("none/graph.dot", "there is no folder"),
    ],
)
def test_a_graph_that_could_not_be_written_is_refused_at_once(
    name: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(typer.BadParameter, match=told):
        _check_graph(tmp_path / name, force=False)
    with pytest.raises(typer.BadParameter, match=told):
        explain(["tired"], graph=tmp_path / name)


def test_a_graph_replaces_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "graph.dot"
    _check_graph(path, force=False)
    path.touch()
    with pytest.raises(FileError, match="exists"):
        _check_graph(path, force=False)
    _check_graph(path, force=True)


def test_a_drawing_needs_its_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(typer.BadParameter, match=r'install "minsight\[report\]"'):
        _check_graph(tmp_path / "graph.svg", force=False)
    _check_graph(tmp_path / "graph.mmd", force=False)


def test_a_proof_is_drawn_and_without_one_nothing_is_written(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    explainer = Explainer(rules)
    path = tmp_path / "graph.dot"
    with pytest.raises(typer.BadParameter, match="no candidate to draw"):
        _draw(explainer.explain(Subject(), lambda _: []), path)
    assert not path.exists()
    _draw(explainer.explain(Subject(present=["fatigue"]), lambda _: ["iron"]), path)
    assert path.read_text(encoding="utf-8").startswith("digraph")

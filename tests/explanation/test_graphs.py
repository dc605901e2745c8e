"""Graphs: every step and arrow of a proof, whatever its texts are."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import msgspec
import pytest

import minsight
from minsight.explanation.graphs import as_dot, as_mermaid, as_svg, node_label
from minsight.explanation.model import MineralProof

replace = msgspec.structs.replace
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'quote " backslash \\ bracket ]} arrow --> <b>&amp; ; newline'
_DOT_TEXT = r'"(?:[^"\\]|\\.)*"'


def hostile(proof: MineralProof) -> MineralProof:
    """The same proof with texts that no graph language would like."""
    steps = tuple(replace(step, says=HOSTILE, texts=(HOSTILE,)) for step in proof.steps)
    return replace(proof, steps=steps)


@pytest.fixture(scope="module")
def proof(rules: minsight.Rules) -> MineralProof:
    subject = minsight.Subject(
        present=["ice_craving", "spoon_nails", "fatigue"],
        groups=["vegetarian_diet"],
        age=30,
    )
    return rules.explain(subject, "iron").proofs[0]


def arrows(proof: MineralProof) -> int:
    return sum(len(step.rests_on) for step in proof.steps)


def test_dot_holds_every_step_and_arrow_whatever_the_texts(proof: MineralProof) -> None:
    for drawn in (proof, hostile(proof)):
        first, *lines, last = as_dot([drawn]).splitlines()
        assert (first, last) == ("digraph proof {", "}")
        nodes = [
            line
            for line in lines
            if re.fullmatch(
                rf"  {_DOT_TEXT} \[shape=\w+, style=\w+, label={_DOT_TEXT}\];", line
            )
        ]
        edges = [
            line
            for line in lines
            if re.fullmatch(rf"  {_DOT_TEXT} -> {_DOT_TEXT};", line)
        ]
        assert (len(nodes), len(edges)) == (len(drawn.steps), arrows(drawn))
        assert len(lines) == len(nodes) + len(edges) + 2


def test_mermaid_holds_every_step_and_arrow_whatever_the_texts(
    proof: MineralProof,
) -> None:
    for drawn in (proof, hostile(proof)):
        first, *lines = as_mermaid([drawn]).splitlines()
        assert first == "flowchart RL"
        nodes = [line for line in lines if re.fullmatch(r'  s\d+\W+"[^"]*"\W+', line)]
        edges = [line for line in lines if re.fullmatch(r"  s\d+ --> s\d+", line)]
        assert (len(nodes), len(edges)) == (len(drawn.steps), arrows(drawn))
        texts = "".join(line.split('"')[1] for line in nodes).replace("<br/>", "")
        assert not set(texts) & set('[]{}<>"\\|`')


def test_the_drawing_is_sound_and_names_every_step(proof: MineralProof) -> None:
    for drawn in (proof, hostile(proof)):
        root = ET.fromstring(as_svg([drawn]))
        shown = {"".join(text.itertext()).strip() for text in root.iter(f"{SVG}text")}
        shown |= {text.text or "" for text in root.iter(f"{SVG}tspan")}
        assert [
            line
            for step in drawn.steps
            for line in node_label(step)
            if line not in shown
        ] == []

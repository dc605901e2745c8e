"""Graphs of proofs: Graphviz and Mermaid as text, SVG drawn without any program.

The level stands left and the answers right, and lines lead from what is known to what
follows from it. What a step is shows by its shape and by a word, never by colour alone;
what was denied or could not be derived is dashed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import shorten, wrap
from typing import Any, Final, TypeAlias

from minsight.explanation.model import MineralProof, ProofStep

Shapes: TypeAlias = Mapping[str, str]

COLUMNS: Final = 34
"""How many characters a line of a label holds."""
LINE_PX: Final = 13
FONT_PX: Final = 11
BOX_PX: Final = 226
GAP_PX: Final = 44
_WORDS: Final = {"absence": "not so", "range": "test result", "group": "risk group"}
"""What a kind of step is called where its own name is not an everyday word."""
_DOT: Final[Shapes] = {
    "level": "doubleoctagon", "gate": "hexagon", "brake": "octagon",
    "cluster": "folder", "rule": "box", "answer": "note",
}  # fmt: skip
_MERMAID: Final = {
    "level": ("[[", "]]"), "gate": ("{{", "}}"), "brake": ("[/", "\\]"),
    "cluster": ("[(", ")]"), "rule": ("[", "]"), "answer": ("([", "])"),
}  # fmt: skip
_CORNERS: Final = {"rule": 0, "gate": 0, "level": 0, "answer": 18, "cluster": 4}
"""Corners of the boxes in the drawing: square what is concluded, round what is said."""


def as_dot(proofs: Iterable[MineralProof]) -> str:
    """The proofs in the language of Graphviz; steps that they share stand once."""
    lines = ["digraph proof {", "  rankdir=RL;", "  node [fontsize=11];"]
    steps, edges = _merged(proofs)
    for step in steps.values():
        shape = _DOT.get(step.kind, "ellipse")
        style = "solid" if step.present else "dashed"
        label = _dot_text("\n".join(node_label(step)))
        lines.append(
            f"  {_dot_text(step.id)} [shape={shape}, style={style}, label={label}];"
        )
    lines += [f"  {_dot_text(a)} -> {_dot_text(b)};" for a, b in edges]
    return "\n".join([*lines, "}", ""])


def _dot_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def as_mermaid(proofs: Iterable[MineralProof]) -> str:
    """The proofs as a Mermaid flowchart; steps that they share stand once."""
    steps, edges = _merged(proofs)
    names = {id_: f"s{number}" for number, id_ in enumerate(steps)}
    lines = ["flowchart RL"]
    for step in steps.values():
        left, right = _MERMAID.get(step.kind, ("(", ")"))
        text = "<br/>".join(map(_mermaid_text, node_label(step)))
        lines.append(f'  {names[step.id]}{left}"{text}"{right}')
    lines += [f"  {names[a]} --> {names[b]}" for a, b in edges]
    absent = [names[step.id] for step in steps.values() if not step.present]
    if absent:
        lines.append("  classDef absent stroke-dasharray: 5 4")
        lines.append(f"  class {','.join(absent)} absent")
    return "\n".join([*lines, ""])


def _mermaid_text(text: str) -> str:
    """Characters that Mermaid would read as its own, as the codes it offers."""
    plain = " .,:()_-+/'"
    return "".join(c if c.isalnum() or c in plain else f"#{ord(c)};" for c in text)


def as_svg(proofs: Sequence[MineralProof]) -> str:
    """The proofs drawn; a step that stands elsewhere in the drawing is named there.

    Raises:
        ImportError: when vl-convert is not installed (the extra `report`).
    """
    import vl_convert

    svg: str = vl_convert.vega_to_svg(_vega(proofs))
    return svg


# --- what all drawings share ----------------------------------------------------------


def node_label(step: ProofStep) -> list[str]:
    """The lines of a label: what it is, what it says, in whose words, by whom."""
    lines = [_WORDS.get(step.kind, step.kind)]
    lines += wrap(step.says, COLUMNS)
    if step.texts:
        quoted = ", ".join(f'"{text}"' for text in step.texts)
        lines += wrap(quoted, COLUMNS, max_lines=3, placeholder=" ...")
    if step.reason is not None:
        cited = f"grade {step.reason.grade}: {', '.join(step.reason.sources)}"
        lines += wrap(cited, COLUMNS)
        if step.reason.kind == "supports" and not step.reason.counted:
            lines.append("set aside: counted once")
    return lines


def _merged(
    proofs: Iterable[MineralProof],
) -> tuple[dict[str, ProofStep], list[tuple[str, str]]]:
    """Each step once, and the arrows from what it rests on."""
    steps = {step.id: step for proof in proofs for step in proof.steps}
    edges = [(below, step.id) for step in steps.values() for below in step.rests_on]
    return steps, edges


# --- the drawing ----------------------------------------------------------------------


def _vega(proofs: Sequence[MineralProof]) -> dict[str, Any]:
    """The Vega drawing: a tidy tree, from which shared steps are led to by name."""
    nodes = list(_nodes(proofs))
    tallest = max(len(node["lines"]) for node in nodes)
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "description": "Proof: " + ", ".join(proof.name for proof in proofs),
        "padding": 12,
        "autosize": "pad",
        "background": "white",
        "data": [
            {
                "name": "nodes",
                "values": nodes,
                "transform": [
                    {"type": "stratify", "key": "id", "parentKey": "parent"},
                    {
                        "type": "tree",
                        "method": "tidy",
                        "nodeSize": [tallest * LINE_PX + 18, BOX_PX + GAP_PX],
                        "separation": False,
                        "as": ["y", "x", "depth", "children"],
                    },
                    {
                        "type": "formula",
                        "expr": f"datum.x - {BOX_PX + GAP_PX}",
                        "as": "x",
                    },
                ],
            },
            {
                "name": "links",
                "source": "nodes",
                "transform": [
                    {"type": "treelinks"},
                    {"type": "filter", "expr": "datum.source.depth > 0"},
                ],
            },
            {
                "name": "boxes",
                "source": "nodes",
                "transform": [{"type": "filter", "expr": "datum.depth > 0"}],
            },
        ],
        "marks": [_link_marks(), _box_marks(), _text_marks()],
    }


def _nodes(proofs: Sequence[MineralProof]) -> Iterator[dict[str, Any]]:
    """The steps unfolded to a tree; under a step that stood before nothing is added."""
    yield {"id": "all", "parent": None, "lines": []}
    shown: set[str] = set()
    for proof in proofs:
        steps = {step.id: step for step in proof.steps}
        waiting = [("all", proof.conclusion)]
        while waiting:
            parent, id_ = waiting.pop()
            step, again = steps[id_], id_ in shown and bool(steps[id_].rests_on)
            lines = node_label(step)
            if again:
                says = shorten(step.says, COLUMNS, placeholder=" ...")
                lines = [lines[0], says, "as shown elsewhere"]
            node = f"{parent}>{id_}"
            yield {
                "id": node,
                "parent": parent,
                "lines": lines,
                "height": len(lines) * LINE_PX + 8,
                "corner": _CORNERS.get(step.kind, 10),
                "stroke": 2.5 if step.kind in ("level", "gate") else 1,
                "dash": [] if step.present else [5, 4],
            }
            if not again:
                waiting += [(node, below) for below in reversed(step.rests_on)]
            shown.add(id_)


def _link_marks() -> dict[str, Any]:
    start = f"datum.source.x + {BOX_PX}"
    middle = f"datum.target.x - {GAP_PX // 2}"
    path = (
        f"'M' + ({start}) + ',' + datum.source.y"
        f" + 'C' + ({middle}) + ',' + datum.source.y"
        f" + ' ' + ({middle}) + ',' + datum.target.y"
        " + ' ' + datum.target.x + ',' + datum.target.y"
    )
    return {
        "type": "path",
        "from": {"data": "links"},
        "encode": {
            "update": {"path": {"signal": path}, "stroke": {"value": "#666666"}}
        },
    }


def _box_marks() -> dict[str, Any]:
    return {
        "type": "rect",
        "from": {"data": "boxes"},
        "encode": {
            "update": {
                "x": {"field": "x"},
                "width": {"value": BOX_PX},
                "yc": {"field": "y"},
                "height": {"field": "height"},
                "cornerRadius": {"field": "corner"},
                "fill": {"value": "white"},
                "stroke": {"value": "#222222"},
                "strokeWidth": {"field": "stroke"},
                "strokeDash": {"field": "dash"},
            }
        },
    }


def _text_marks() -> dict[str, Any]:
    top = f"datum.y - datum.height / 2 + {LINE_PX + 2}"
    return {
        "type": "text",
        "from": {"data": "boxes"},
        "encode": {
            "update": {
                "x": {"field": "x", "offset": 10},
                "y": {"signal": top},
                "text": {"field": "lines"},
                "fontSize": {"value": FONT_PX},
                "lineHeight": {"value": LINE_PX},
                "font": {"value": "sans-serif"},
                "fill": {"value": "#111111"},
            }
        },
    }

"""Guides for tests: the small one as written, random ones, and rules that have one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from hypothesis import strategies as st

from minsight.ages import parse_age
from minsight.api import Rules
from minsight.assessment.engine import Engine
from minsight.compiler.compile import compile_folder
from minsight.compiler.layout import INTERVIEW
from minsight.knowledge.base import KnowledgeBase
from minsight.knowledge.guide import (
    Frequency,
    FrequencyBand,
    Guide,
    HistoryPart,
    HistoryQuestion,
    MoreOften,
    WarningSigns,
)
from minsight.knowledge.vocabulary import ANYBODY, Demographic
from places import DATA, SMALL_RULES

SMALL_INTERVIEW: Final = DATA / "small_interview"
"""How the people of the small rules are asked."""


def small_rules_with_interview(root: Path) -> Path:
    """A copy of the small rules, made below `root`, that says how people are asked."""
    folder = root / "rules"
    shutil.copytree(SMALL_RULES, folder)
    shutil.copytree(SMALL_INTERVIEW, folder / INTERVIEW)
    return folder


@cache
def small_asked() -> Rules:
    """The small rules with their guide."""
    with tempfile.TemporaryDirectory() as root:
        return Rules(compile_folder(small_rules_with_interview(Path(root))))


def with_guide(rules: Engine, guide: Guide) -> Rules:
    """The same rules, whose people are asked by this guide."""
    written = msgspec.Raw(msgspec.json.encode(guide))
    return Rules(
        KnowledgeBase(rules.program, rules.vocabulary, rules.catalogue, written)
    )


# --- random guides --------------------------------------------------------------------

WOMEN: Final = Demographic(sex="female")
MEN: Final = Demographic(sex="male")
GROWN_UP: Final = Demographic(from_days=parse_age("18y"))


@st.composite
def guides(
    draw: st.DrawFn, ids: Sequence[str], groups: Sequence[str], *, affirm: bool = True
) -> Guide:
    """A guide that opens some of the `ids` by questions, and counts how often each is.

    Not every question is put to everybody, some classes are `impossible`, and a band
    may be of a group. With `affirm` a no may say yes to something.
    """
    questions = draw(_questions(ids, affirm=affirm))
    bands = draw(_bands(groups))
    classes: st.SearchStrategy[Frequency] = st.sampled_from(CLASSES)
    counted = draw(st.lists(st.sampled_from(ids), unique=True))
    how_often = {
        id_: tuple(draw(st.lists(classes, min_size=len(bands), max_size=len(bands))))
        for id_ in counted
    }
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)
    more_often = st.builds(
        MoreOften, some.map(tuple), some.map(tuple), st.sampled_from(["more", "much"])
    )
    return Guide(
        questions=questions,
        warnings=draw(_warnings(ids, groups, questions)),
        bands=bands,
        shares={"common": draw(st.sampled_from([0.1, 0.5]))},
        how_often=how_often,
        more_often=tuple(draw(st.lists(more_often, max_size=3))),
    )


CLASSES: Final[Sequence[Frequency]] = (
    "everyday",
    "common",
    "occasional",
    "rare",
    "impossible",
)


@st.composite
def _questions(
    draw: st.DrawFn, ids: Sequence[str], *, affirm: bool
) -> tuple[HistoryQuestion, ...]:
    """Each entry stands below one question at most."""
    waiting = list(draw(st.permutations(ids)))
    found: list[HistoryQuestion] = []
    while waiting and len(found) < MOST_QUESTIONS and draw(st.booleans() | st.just(1)):
        size = draw(st.integers(1, 9))
        mine, waiting = waiting[:size], waiting[size:]
        found.append(draw(_question(f"q_{len(found)}", mine, ids, affirm=affirm)))
    return tuple(found)


MOST_QUESTIONS: Final = 4


@st.composite
def _question(
    draw: st.DrawFn, name: str, mine: Sequence[str], ids: Sequence[str], *, affirm: bool
) -> HistoryQuestion:
    cut = draw(st.integers(0, len(mine)))
    parts = [some for some in (mine[:cut], mine[cut:]) if some]
    affirmed = st.lists(st.sampled_from(ids), max_size=1 if affirm else 0)
    return HistoryQuestion(
        id=name,
        title=name,
        kind=draw(st.sampled_from(["gate", "gate", "body", "examination", "tests"])),
        ask=f"{name}?",
        no_means="None.",
        parts=tuple(
            HistoryPart(f"{name}_{number}", "Which?", tuple(items))
            for number, items in enumerate(parts)
        ),
        asked_of=draw(st.sampled_from([ANYBODY, ANYBODY, WOMEN, MEN, GROWN_UP])),
        left_open=tuple(draw(st.lists(st.sampled_from(mine), max_size=2, unique=True))),
        affirms=tuple(draw(affirmed)),
    )


def _bands(groups: Sequence[str]) -> st.SearchStrategy[tuple[FrequencyBand, ...]]:
    everybody = (
        FrequencyBand("women", WOMEN),
        FrequencyBand("men", MEN),
        FrequencyBand("all"),
    )
    of_a_group = st.sampled_from(groups).map(lambda g: FrequencyBand("group", group=g))
    return st.one_of(
        st.just(everybody), of_a_group.map(lambda band: (band, *everybody))
    )


def _warnings(
    ids: Sequence[str], groups: Sequence[str], questions: Sequence[HistoryQuestion]
) -> st.SearchStrategy[tuple[WarningSigns, ...]]:
    if not questions:
        return st.just(())
    family = st.builds(
        WarningSigns,
        id=st.just("signs"),
        title=st.just("Warning signs"),
        beside=st.sampled_from([question.id for question in questions]).map(
            lambda name: (name,)
        ),
        items=st.lists(st.sampled_from(ids), min_size=1, max_size=2).map(tuple),
        whom=st.sampled_from([ANYBODY, MEN]),
        group=st.none() | st.sampled_from(groups),
    )
    return st.lists(family, max_size=2).map(tuple)

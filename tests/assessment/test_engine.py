"""The engine: compiled rules, and one answer whatever runs them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import msgspec
import pytest

from minsight import BackendError, Subject, SubjectError, __version__
from minsight.assessment.engine import Engine
from minsight.compiler.compile import compile_folder
from minsight.errors import Remedy
from minsight.intake.answers import enter
from minsight.knowledge.base import KnowledgeBase
from minsight.logic import atoms
from minsight.logic.backend import BackendName
from places import SMALL_RULES

COMPILED: Final = compile_folder(SMALL_RULES)
NAILS: Final = Subject(
    subject_id="7", present=["grey nails"], groups=["well water"], age="30"
)


@pytest.fixture
def small_engine() -> Iterator[Engine]:
    with Engine(COMPILED) as made:
        yield made


def test_what_it_was_made_of_is_there_to_ask(small_engine: Engine) -> None:
    assert small_engine.program is COMPILED.program
    assert small_engine.vocabulary is COMPILED.vocabulary
    assert small_engine.catalogue is COMPILED.catalogue
    assert small_engine.fingerprint == COMPILED.program.fingerprint
    assert small_engine.version == __version__
    assert list(small_engine.profiles) == ["alum", "ochre"]


def test_an_assessment_says_of_whom_and_by_which_rules(
    small_engine: Engine, engine: BackendName
) -> None:
    assessment = small_engine.assess(NAILS, engine=engine)
    assert assessment.subject_id == "7"
    assert assessment.rules.version == __version__
    assert assessment.rules.fingerprint == COMPILED.program.fingerprint
    assert [(c.mineral, c.level) for c in assessment.candidates] == [
        ("alum", "typical_pattern"),
        ("ochre", "few_findings"),
    ]


def test_what_was_entered_already_gives_the_same_assessment(
    small_engine: Engine, engine: BackendName
) -> None:
    answers = enter(NAILS, COMPILED.vocabulary)
    assert small_engine.assess_answers(answers, engine=engine) == small_engine.assess(
        NAILS
    )


def test_points_and_atoms_are_those_of_the_meaning(
    small_engine: Engine, engine: BackendName
) -> None:
    """Grey nails are characteristic (4) for alum, well water a strong risk (2)."""
    given = frozenset([atoms.observed("grey_nails"), atoms.in_group("well_water")])
    found = small_engine.evaluate(given, engine=engine)
    assert dict(found.points) == {"alum": 4 + 2, "ochre": 2}
    assert given < found.holds
    assert atoms.level("alum", "typical_pattern") in found.holds
    assert atoms.level("ochre", "few_findings") in found.holds


def test_nobody_has_no_points_and_every_mineral_at_its_lowest_level(
    small_engine: Engine, engine: BackendName
) -> None:
    found = small_engine.evaluate(frozenset(), engine=engine)
    assert dict(found.points) == {"alum": 0, "ochre": 0}
    for mineral in ("alum", "ochre"):
        assert atoms.level(mineral, "no_pattern") in found.holds


def test_answers_at_odds_are_refused_unless_one_keeps_going(
    small_engine: Engine, engine: BackendName
) -> None:
    subject = Subject(present=["fever"], absent=["high temperature"])
    with pytest.raises(SubjectError, match="both mean `fever`"):
        small_engine.assess(subject, engine=engine)
    kept = small_engine.assess(subject, engine=engine, keep_going=True)
    assert kept.candidates == ()
    assert kept.notes[0].startswith("Taken as unknown: `fever` is said to be present")


def test_other_processes_get_the_same_engine_from_its_bytes(
    small_engine: Engine,
) -> None:
    base = msgspec.json.decode(small_engine.packed(), type=KnowledgeBase)
    assert base == COMPILED
    assert Engine(base).assess(NAILS) == small_engine.assess(NAILS)


def test_threads_share_an_engine(small_engine: Engine, engine: BackendName) -> None:
    expected = small_engine.assess(NAILS)
    with ThreadPoolExecutor(4) as pool:
        waiting = [
            pool.submit(small_engine.assess, NAILS, engine=engine) for _ in range(8)
        ]
        assert [one.result() for one in waiting] == [expected] * 8


def test_a_closed_engine_can_be_used_and_closed_again(engine: BackendName) -> None:
    """Only memory is freed by it; there is nothing that could not be made again."""
    with Engine(COMPILED) as made:
        expected = made.assess(NAILS, engine=engine)
    assert made.assess(NAILS, engine=engine) == expected
    made.close()
    made.close()


def test_where_the_forward_engine_cannot_run_that_is_said_with_what_to_do(
    small_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "minsight.backends.forward", None)
    with pytest.raises(BackendError, match=Remedy.REFERENCE_ENGINE):
        small_engine.assess(NAILS, engine="forward")
    assert small_engine.assess(NAILS).candidates

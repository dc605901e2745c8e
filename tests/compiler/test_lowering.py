"""Documents to program: golden form, counters, order, fingerprint."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from minsight.compiler.conditions import Names, names_of, needs_one_of
from minsight.compiler.documents import AtLeast
from minsight.compiler.lowering import lower
from minsight.compiler.lowering.builder import ProgramBuilder, StratumName
from minsight.compiler.lowering.conditions import lower_condition
from minsight.logic import atoms
from minsight.logic.atoms import Atom, is_negated, positive
from minsight.logic.program import SHARED, Program
from minsight.logic.reference import Reference
from strategies import conditions, shipped
from write_golden import generated, small_folder

LETTERS = [f"f{number}" for number in range(8)]
NAMES = Names(
    findings=frozenset(LETTERS),
    groups=frozenset(["g0"]),
    causes=frozenset(["g0"]),
    reports=frozenset(),
    bands=frozenset(),
    pictures={},
)
HEAD = Atom("head")
GROUPS = {"g0"}


def program_of(builder: ProgramBuilder) -> Program:
    return Program(builder.strata(), (), (), (), (), "")


def holds(program: Program, present: set[str]) -> bool:
    given_atoms = [atoms.observed(name) for name in present]
    return HEAD in Reference(program).closure(given_atoms)


def test_generated_files_are_up_to_date() -> None:
    """`make golden` writes them; a change of meaning shows here first."""
    for path, content in generated().items():
        assert path.read_text(encoding="utf-8") == content, f"stale: {path.name}"


@given(least=st.integers(1, 8), present=st.sets(st.sampled_from(LETTERS)))
def test_at_least_n_holds_exactly_when_n_hold(least: int, present: set[str]) -> None:
    builder = ProgramBuilder()
    condition = AtLeast(at_least=least, of=list(LETTERS))
    at = (StratumName.SUBJECT, SHARED)
    lower_condition(builder, NAMES, condition, head=HEAD, at=at)
    assert holds(program_of(builder), present) == (len(present) >= least)


def test_at_least_n_of_m_grows_with_n_times_m_not_with_the_combinations() -> None:
    """10 of 20 has 184,756 combinations; the counter needs at most 2 x 10 x 20."""
    builder = ProgramBuilder()
    twenty = [atoms.observed(f"x{number}") for number in range(20)]
    builder.count(StratumName.SUBJECT, SHARED, HEAD, twenty, least=10)
    assert len(program_of(builder).clauses) <= 2 * 10 * 20


@given(
    condition=conditions(st.sampled_from(LETTERS)),
    present=st.sets(st.sampled_from(LETTERS)),
)
def test_nested_conditions_mean_what_they_say(
    condition: object, present: set[str]
) -> None:
    builder = ProgramBuilder()
    at = (StratumName.SUBJECT, SHARED)
    lower_condition(builder, NAMES, condition, head=HEAD, at=at)  # type: ignore[arg-type]  # the alias is a runtime union
    assert holds(program_of(builder), present) == meant(condition, present)


def meant(condition: object, present: set[str]) -> bool:
    """The plain reading of a condition."""
    if isinstance(condition, str):
        return condition in present
    parts = [meant(part, present) for part in _parts(condition)]
    if hasattr(condition, "all"):
        return all(parts)
    if hasattr(condition, "any"):
        return any(parts)
    assert isinstance(condition, AtLeast)
    return sum(parts) >= condition.at_least


def _parts(condition: object) -> list[object]:
    for name in ("all", "any", "of"):
        found = getattr(condition, name, None)
        if found is not None:
            return list(found)
    raise AssertionError(condition)


def test_a_condition_needs_a_group_when_it_cannot_hold_without_one() -> None:
    assert needs_one_of("g0", GROUPS, NAMES)
    assert not needs_one_of("f0", GROUPS, NAMES)
    assert needs_one_of(AtLeast(at_least=2, of=["f0", "g0"]), GROUPS, NAMES)
    assert not needs_one_of(AtLeast(at_least=1, of=["f0", "g0"]), GROUPS, NAMES)


def test_age_and_sex_are_no_cause() -> None:
    """A combination that needs a life stage is not carried by a risk group."""
    names = names_of(shipped())
    assert "parenteral_nutrition" in names.causes
    assert not {"infant", "adult_man", "0-5mo", "65y+"} & names.causes
    assert {"infant", "adult_man", "0-5mo", "65y+"} <= names.groups


def test_a_clause_negates_only_what_an_earlier_stratum_completed() -> None:
    program = lower(shipped())
    finished: set[str] = set()
    for stratum in program.strata:
        for clause in stratum.clauses:
            negated = set(map(positive, filter(is_negated, clause.body)))
            assert negated <= finished, str(clause)
        finished |= set(stratum.completes)


def test_no_clause_repeats_an_atom_or_stands_twice() -> None:
    """The forward engine fires wrongly on repeated patterns."""
    for stratum in lower(shipped()).strata:
        assert len(set(stratum.clauses)) == len(stratum.clauses)
        for clause in stratum.clauses:
            assert len(set(clause.body)) == len(clause.body) > 0


def test_equal_rules_have_an_equal_fingerprint_and_changed_words_another() -> None:
    folder = small_folder()
    assert lower(folder).fingerprint == lower(small_folder()).fingerprint
    assert lower(replace(folder, files={})).fingerprint != lower(folder).fingerprint


def test_a_program_survives_being_written_and_read() -> None:
    program = lower(shipped())
    read = msgspec.json.decode(msgspec.json.encode(program), type=Program)
    assert read == program
    assert read.fingerprint == program.fingerprint

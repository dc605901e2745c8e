"""Hypothesis strategies: random programs, random rule sets and random subjects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.vendor.pretty import for_type_by_name

from minsight.ages import parse_age
from minsight.compiler.bundle import rules_folder
from minsight.compiler.documents import (
    AllOf,
    AnyOf,
    AtLeast,
    ConditionDocument,
    RuleDocument,
)
from minsight.compiler.folder import Folder, read_folder
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.program import SHARED, Clause, PointSum, Program, Stratum
from minsight.scales import EFFECTS, STRENGTHS, WEIGHTS

# A law that fails shows the rules that were drawn, and not megabytes of a vocabulary:
# Hypothesis would refuse, and tell of a strategy that is not steady instead.
for_type_by_name(
    Folder.__module__, Folder.__name__, lambda one, page, _: page.text(repr(one))
)

ATOMS = [Atom(f"observed:a{number}") for number in range(8)]
"""Atoms that a subject of a random program can bring."""


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """A stratified program over few atoms, so that its clauses meet and chain."""
    strata: list[Stratum] = []
    known = list(ATOMS)
    finished: list[Atom] = []
    for number in range(draw(st.integers(1, 4))):
        heads = [Atom(f"d{number}.{i}") for i in range(draw(st.integers(1, 5)))]
        readable = [*known, *heads, *(atoms.negated(atom) for atom in finished)]
        clauses = draw(
            st.lists(
                st.builds(
                    Clause,
                    head=st.sampled_from(heads),
                    body=st.lists(
                        st.sampled_from(readable), min_size=1, max_size=4, unique=True
                    ).map(tuple),
                    part=st.just(SHARED),
                ),
                max_size=12,
                unique=True,
            )
        )
        strata.append(Stratum(f"s{number}", tuple(clauses), tuple(sorted(heads))))
        known += heads
        finished += heads
    return Program(
        strata=tuple(strata),
        point_sums=tuple(draw(st.lists(point_sums(known), max_size=4))),
        ages=(),
        cutoffs=(),
        minerals=("alum", "ochre"),
        knowledge="",
    )


def point_sums(known: list[Atom]) -> st.SearchStrategy[PointSum]:
    entry = st.tuples(st.sampled_from(known), st.integers(-3, 6))
    return st.builds(
        PointSum,
        mineral=st.sampled_from(["alum", "ochre"]),
        entries=st.lists(entry, min_size=1, max_size=5).map(tuple),
        cap=st.none() | st.integers(0, 5),
    )


def subjects_of_programs() -> st.SearchStrategy[frozenset[Atom]]:
    return st.frozensets(st.sampled_from(ATOMS), max_size=len(ATOMS))


# --- random rule sets: the shipped vocabulary and levels, made-up rules ---------------


@dataclass(frozen=True)
class Shelf:
    """What random rules of one mineral may read, kept apart by direction.

    A finding acts one way, so supporting rules and contrary rules draw from different
    ids. Only findings without parents or children are used: the taxonomy is tested with
    the shipped rules.
    """

    supporting: tuple[str, ...]
    contrary: tuple[str, ...]
    groups: tuple[str, ...]
    unread: tuple[str, ...]


@cache
def shipped() -> Folder:
    folder, issues = read_folder(rules_folder())
    assert folder is not None, issues
    return folder


@cache
def shelf() -> Shelf:
    folder = shipped()
    parents = {parent for finding in folder.findings for parent in finding.parents}
    plain = [f.id for f in folder.findings if not f.parents and f.id not in parents]
    in_pictures = {"cold_intolerance", "constipation", "dry_skin", "fatigue"}
    plain = [id_ for id_ in plain if id_ not in in_pictures]
    groups = [
        g.id
        for g in folder.groups
        if not g.parents and g.derive is None and g.only_for is None
    ]
    used = {parent for group in folder.groups for parent in group.parents}
    groups = [id_ for id_ in groups if id_ not in used]
    return Shelf(
        supporting=tuple(plain[:7]),
        contrary=tuple(plain[7:10]),
        groups=tuple(groups[:4]),
        unread=tuple(plain[10:13]),
    )


def conditions(
    leaves: st.SearchStrategy[ConditionDocument],
) -> st.SearchStrategy[ConditionDocument]:
    """Nested conditions over the leaves, as deep as authors would write them."""

    def compound(
        parts: st.SearchStrategy[ConditionDocument],
    ) -> st.SearchStrategy[ConditionDocument]:
        some = st.lists(parts, min_size=1, max_size=4)
        return st.one_of(
            some.map(lambda of: AllOf(all=of)),
            some.map(lambda of: AnyOf(any=of)),
            some.flatmap(
                lambda of: st.integers(1, len(of)).map(
                    lambda least: AtLeast(at_least=least, of=of)
                )
            ),
        )

    return st.recursive(leaves, compound, max_leaves=6)


@st.composite
def rule_sets(draw: st.DrawFn) -> Folder:
    """The shipped vocabulary and levels with one mineral and random rules for it.

    Iron has no adult brake and selenium has one.
    """
    mineral = draw(st.sampled_from(["iron", "selenium"]))
    return made_up({mineral: draw(rule_lists(mineral))})


@st.composite
def rule_lists(draw: st.DrawFn, mineral: str) -> tuple[RuleDocument, ...]:
    """Random rules for one mineral."""
    bodies = [
        *draw(_many(shelf().supporting, _supporting, most=7)),
        *draw(_many(shelf().groups, _risky, most=4)),
        *draw(st.lists(_combining(), max_size=3)),
        *draw(_many(shelf().contrary, _contrary, most=2)),
    ]
    return tuple(
        RuleDocument.model_validate(
            {
                "id": f"{mineral}.rule_{number}",
                "because": "Made up.",
                "sources": ["gen"],
                "grade": "C",
                **body,
            }
        )
        for number, body in enumerate(bodies)
    )


def made_up(rules: Mapping[str, tuple[RuleDocument, ...]]) -> Folder:
    """The shipped vocabulary and levels with these rules and no links."""
    folder = shipped()
    return replace(
        folder,
        profiles={mineral: folder.profiles[mineral] for mineral in rules},
        rules=dict(rules),
        links=(),
    )


def rules_of_four() -> st.SearchStrategy[Folder]:
    """Random rules for four minerals, so that one of them is not among the first."""
    minerals = ("iron", "selenium", "zinc", "copper")
    lists = {mineral: rule_lists(mineral) for mineral in minerals}
    return st.fixed_dictionaries(lists).map(made_up)


Body: TypeAlias = dict[str, object]


def _many(
    ids: Sequence[str], body: Callable[[str], st.SearchStrategy[Body]], *, most: int
) -> st.SearchStrategy[list[Body]]:
    """A rule for each of some ids."""
    some = st.lists(st.sampled_from(ids), max_size=most, unique=True)
    return some.flatmap(lambda chosen: st.tuples(*map(body, chosen)).map(list))


def _supporting(id_: str) -> st.SearchStrategy[Body]:
    ages = st.sampled_from([[], [], ["1-3y", "4-8y"], ["19-64y", "pregnant"]])
    return st.builds(
        lambda strength, ages: {
            "when": id_,
            "then": {"supports": strength},
            "ages": ages,
        },
        st.sampled_from(STRENGTHS),
        ages,
    )


def _risky(id_: str) -> st.SearchStrategy[Body]:
    return st.sampled_from(WEIGHTS).map(lambda w: {"when": id_, "then": {"risk": w}})


def _combining() -> st.SearchStrategy[Body]:
    return st.builds(
        lambda when, effect, urgency: {
            "when": when,
            "then": {"combination": effect, "urgency": urgency},
        },
        _combined(),
        st.sampled_from(EFFECTS),
        st.sampled_from(["none", "soon", "same_day"]),
    )


def _contrary(id_: str) -> st.SearchStrategy[Body]:
    return st.builds(
        lambda effect, explains: {
            "when": id_,
            "then": {
                "against": effect,
                "points_to": "something else",
                "explains": explains,
            },
        },
        st.sampled_from(["brake", "cap", "note"]),
        st.lists(st.sampled_from(shelf().supporting), max_size=4, unique=True),
    )


def _combined() -> st.SearchStrategy[ConditionDocument]:
    """A condition that needs a finding: one finding and anything beside it."""
    finding = st.sampled_from(shelf().supporting)
    leaf: st.SearchStrategy[ConditionDocument] = st.sampled_from(
        shelf().supporting + shelf().groups
    )
    return st.tuples(finding, conditions(leaf)).map(lambda pair: AllOf(all=list(pair)))


# --- random subjects ------------------------------------------------------------------


@st.composite
def given_sets(draw: st.DrawFn, program: Program, folder: Folder) -> frozenset[Atom]:
    """What a random person brings: findings, groups, age, sex; each may be unknown."""
    findings = st.sampled_from([finding.id for finding in folder.findings])
    wanted = st.sampled_from(shelf().supporting + shelf().contrary)
    groups = st.sampled_from([group.id for group in folder.groups])
    present = draw(st.sets(findings | wanted, max_size=9))
    absent = draw(st.sets(findings, max_size=4)) - present
    inside = draw(st.sets(groups | st.sampled_from(shelf().groups), max_size=4))
    outside = draw(st.sets(groups, max_size=2)) - inside
    given = {atoms.observed(id_) for id_ in present}
    given |= {atoms.excluded(id_) for id_ in absent}
    given |= {atoms.in_group(id_) for id_ in inside}
    given |= {atoms.outside_group(id_) for id_ in outside}
    given |= draw(ages_and_sex(program))
    return frozenset(given)


@st.composite
def ages_and_sex(draw: st.DrawFn, program: Program) -> frozenset[Atom]:
    days = draw(st.none() | st.floats(0, 100 * 365.25))
    given = {
        atoms.of_sex(sex)
        for sex in draw(st.sets(st.sampled_from(["female", "male"]), max_size=1))
    }
    if days is not None:
        given |= {
            atoms.age_from(age) if days >= parse_age(age) else atoms.age_below(age)
            for age in program.ages
        }
    return frozenset(given)


# --- random people, in words ----------------------------------------------------------


@st.composite
def said_people(draw: st.DrawFn, vocabulary: Vocabulary) -> Subject:
    """A person in words: findings and groups, alone or several in one text.

    The words may contradict each other or mean less than was meant by them; what they
    say is what `enter` makes of them.
    """
    words = st.sampled_from([phrase.words for phrase in vocabulary.phrase.values()])
    text = st.lists(words, min_size=1, max_size=3).map(", ".join)
    texts = st.lists(text, max_size=2)
    who = draw(st.sampled_from(["", "", "16-year-old girl, ", "9-month-old boy, "]))
    measured = st.builds(
        Measurement,
        st.just("ferritin"),
        st.integers(1, 400),
        st.just("ug/L"),
        st.sampled_from(["", "<", "<=", ">", ">="]),
    )
    return Subject(
        present=[who + one for one in draw(texts)],
        absent=draw(st.lists(words, max_size=2)),
        unsure=draw(st.lists(words, max_size=1)),
        groups=draw(st.lists(words, max_size=1)),
        measurements=draw(st.lists(measured, max_size=1)),
        age_days=draw(st.none() | st.just(16 * 365.25)) if not who else None,
        sex=draw(st.sampled_from([None, "female"])) if not who else None,
    )

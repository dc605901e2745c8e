"""Rule files: every mistake is refused, located, and comes with what to do about it.

Each test copies the folder `small_rules`, makes one mistake and reads the refusal.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from minsight import documents
from minsight.compiling import compile_folder
from minsight.errors import Issue, RulesError
from minsight.folder import read_cases

SMALL = Path(__file__).parent / "small_rules"
FINDINGS = "vocabulary/findings.yaml"
GROUPS = "vocabulary/risk_groups.yaml"
CLUSTERS = "vocabulary/clusters.yaml"
MEASUREMENTS = "vocabulary/measurements.yaml"
SOURCES = "vocabulary/sources.yaml"
ALUM = "alum/rules.yaml"
OCHRE = "ochre/rules.yaml"


class Edit(NamedTuple):
    """In this file, this text (which stands there once) becomes that one."""

    file: str
    old: str
    new: str


class Mistake(NamedTuple):
    """One edit; where its issue must stand, and the words it must hold.

    `at` is a text on the line of the issue, unique in the edited file; an empty one means
    the first line. `says` are words of the message, `fix` of what to do.
    """

    law: str
    edit: Edit
    at: str
    says: tuple[str, ...]
    fix: str


def copied(tmp_path: Path, *edits: Edit) -> Path:
    """A copy of the small rules with these edits made."""
    root = tmp_path / "rules"
    shutil.copytree(SMALL, root)
    for edit in edits:
        path = root / edit.file
        text = path.read_text("utf-8")
        assert text.count(edit.old) == 1, f"{edit.old!r} is not unique"
        path.write_text(text.replace(edit.old, edit.new), "utf-8")
    return root


def issues_of(root: Path) -> tuple[Issue, ...]:
    """The issues for which the folder is refused."""
    with pytest.raises(RulesError) as caught:
        compile_folder(root)
    return caught.value.issues


def line_of(root: Path, file: str, text: str) -> int:
    """The line on which this text stands; it must stand on one line only."""
    lines = (root / file).read_text("utf-8").splitlines()
    (number,) = [n for n, line in enumerate(lines, start=1) if text in line]
    return number


def rule(
    id_: str, when: str, then: str, *, sources: str = "[handbook]", grade: str = "B"
) -> str:
    """A whole rule, to be put before another one."""
    return (
        f"  - id: {id_}\n    when: {when}\n    then: {then}\n    because: A reason.\n"
        f"    sources: {sources}\n    grade: {grade}\n\n"
    )


def test_the_small_rules_compile() -> None:
    """The folder that all tests here change is sound by itself."""
    assert compile_folder(SMALL).program.minerals == ("alum", "ochre")


# --- the table of mistakes ----------------------------------------------------------

ITCH = "  - id: alum.itch\n"
FLOW_NAILS = "{id: nail_change, label: Changed nails,"

DOCUMENTS = [
    Mistake(
        "an unknown key",
        Edit(ALUM, "because: Itch goes", "noteb: x\n    because: Itch goes"),
        "noteb: x",
        ("unknown key `noteb`",),
        "did you mean `note`?",
    ),
    Mistake(
        "an unknown key deep inside",
        Edit(
            ALUM,
            "{supports: supportive}\n    because: Itch",
            "{supports: supportive, explians: []}\n    because: Itch",
        ),  # fmt: skip
        "explians",
        ("unknown key `explians`",),
        "did you mean `explains`?",
    ),
    Mistake(
        "an unknown key that resembles nothing",
        Edit("network.yaml", "    grade: B", "    qqqq: x\n    grade: B"),
        "qqqq",
        ("unknown key `qqqq`",),
        "remove it",
    ),
    Mistake(
        "a number where text belongs",
        Edit(ALUM, "because: Itch goes with it at any age.", "because: 12"),
        "because: 12",
        ("because", "`12`", "string"),
        "rules/README.md",
    ),
    Mistake(
        "text where a number belongs",
        Edit(SOURCES, "year: 1990", "year: '1990'"),
        "1990",
        ("year", "`1990`", "integer"),
        "rules/README.md",
    ),
    Mistake(
        "text where yes or no belongs",
        Edit("alum/profile.yaml", "scored: true", "scored: always"),
        "scored: always",
        ("scored", "`always`", "boolean"),
        "rules/README.md",
    ),
    Mistake(
        "one text where a list belongs",
        Edit(ALUM, "ages: [20y+]", "ages: 20y+"),
        "ages: 20y+",
        ("ages", "`20y+`", "list"),
        "rules/README.md",
    ),
    Mistake(
        "a list where a mapping belongs",
        Edit(ALUM, "then: {risk: strong}", "then: [risk, strong]"),
        "then: [risk, strong]",
        ("then", "`['risk', 'strong']`"),
        "rules/README.md",
    ),
    Mistake(
        "a rule without `because`",
        Edit(ALUM, "    because: Itch goes with it at any age.\n", ""),
        "id: alum.itch",
        ("`because` is missing",),
        "add `because: ...`",
    ),
    Mistake(
        "an empty `because`",
        Edit(ALUM, "because: Itch goes with it at any age.", "because: ''"),
        "because: ''",
        ("because", "at least 1 character"),
        "rules/README.md",
    ),
    Mistake(
        "a rule without sources",
        Edit(ALUM, "at any age.\n    sources: [handbook]\n", "at any age.\n"),
        "id: alum.itch",
        ("`sources` is missing",),
        "add `sources: ...`",
    ),
    Mistake(
        "an empty list of sources",
        Edit(
            ALUM, "at any age.\n    sources: [handbook]", "at any age.\n    sources: []"
        ),  # fmt: skip
        "sources: []",
        ("sources", "`[]`", "at least 1"),
        "rules/README.md",
    ),
    Mistake(
        "a rule without a grade",
        Edit(ALUM, "    grade: A\n", ""),
        "id: alum.grey_nails",
        ("`grade` is missing",),
        "add `grade: ...`",
    ),
    Mistake(
        "a grade that is none",
        Edit(ALUM, "grade: A", "grade: D"),
        "grade: D",
        ("`D` is not a value of `grade`",),
        "use one of `A`, `B` or `C`",
    ),
    Mistake(
        "a strength of another scale",
        Edit(ALUM, "{risk: moderate}", "{risk: supportive}"),
        "{risk: supportive}",
        ("`supportive` is not a value of `risk`",),
        "use one of `strong`, `moderate` or `weak`",
    ),
    Mistake(
        "an id in capitals",
        Edit(CLUSTERS, "id: skin", "id: Skin"),
        "id: Skin",
        ("`Skin`", "`id`"),
        "match `^[a-z]",
    ),
    Mistake(
        "a rule id without its mineral",
        Edit(ALUM, "id: alum.itch", "id: itch"),
        "id: itch",
        ("`itch`", "`id`"),
        "match `^[a-z]",
    ),
    Mistake(
        "two conclusions",
        Edit(ALUM, "{risk: strong}", "{risk: strong, measured: low}"),
        "{risk: strong, measured: low}",
        ("needs exactly one of", "supports", "risk", "measured"),
        "rules/README.md",
    ),
    Mistake(
        "no conclusion",
        Edit(ALUM, "{risk: strong}", "{}"),
        "then: {}",
        ("needs exactly one of", "supports", "context"),
        "rules/README.md",
    ),
    Mistake(
        "`against` that points nowhere",
        Edit(ALUM, ", points_to: a cold}", "}"),
        "then: {against: note}",
        ("`against` needs `points_to`", "what fits better"),
        "rules/README.md",
    ),
    Mistake(
        "`explains` on a rule that is not against",
        Edit(ALUM, "{risk: strong}", "{risk: strong, explains: [itch]}"),
        "{risk: strong, explains",
        ("`points_to` and `explains` belong to `against`",),
        "rules/README.md",
    ),
    Mistake(
        "urgency on a rule that is no combination",
        Edit(ALUM, "{risk: strong}", "{risk: strong, urgency: soon}"),
        "{risk: strong, urgency",
        ("`urgency` belongs to `combination`",),
        "see urgency.yaml",
    ),
    Mistake(
        "a condition that is a number",
        Edit(ALUM, "when: itch", "when: 5"),
        "when: 5",
        ("`5` is not a condition",),
        "write an id, or one of `all: [...]`",
    ),
    Mistake(
        "a condition of an unknown kind",
        Edit(ALUM, "when: itch", "when: {every: [itch]}"),
        "when: {every",
        ("is not a condition",),
        "`any: [...]`",
    ),
    Mistake(
        "a wrong condition inside another",
        Edit(ALUM, "{absent: blue_tongue}", "{any: [5]}"),
        "{any: [5]}",
        ("`5` is not a condition",),
        "write an id",
    ),
    Mistake(
        "an empty condition",
        Edit(ALUM, "when: itch", "when: {all: []}"),
        "when: {all: []}",
        ("when.all", "at least 1"),
        "rules/README.md",
    ),
    Mistake(
        "`at_least` of more than there are",
        Edit("pictures.yaml", "at_least: 2", "at_least: 4"),
        "at_least: 4",
        ("asks for 4 of 3",),
        "lower `at_least`",
    ),
    Mistake(
        "`at_least` of nothing",
        Edit("pictures.yaml", "at_least: 2", "at_least: 0"),
        "at_least: 0",
        ("at_least", "`0`", "greater than or equal to 1"),
        "rules/README.md",
    ),
    Mistake(
        "a cut-off without a bound",
        Edit(MEASUREMENTS, "- {below: 10}", "- {whom: {sex: male}}"),
        "- {whom: {sex: male}}",
        ("needs exactly one of `below` and `from`",),
        "rules/README.md",
    ),
    Mistake(
        "a cut-off with two bounds",
        Edit(MEASUREMENTS, "- {below: 10}", "- {below: 10, from: 5}"),
        "- {below: 10, from: 5}",
        ("needs exactly one of `below` and `from`",),
        "rules/README.md",
    ),
    Mistake(
        "a band without cut-offs",
        Edit(
            MEASUREMENTS,
            "          - {below: 10}\n          - {below: 20, whom: {from: 20y}}",
            "          []",
        ),  # fmt: skip
        "cutoffs:",
        ("cutoffs", "at least 1"),
        "rules/README.md",
    ),
    Mistake(
        "a cut-off that is not a number",
        Edit(MEASUREMENTS, "- {below: 10}", "- {below: .nan}"),
        "- {below: .nan}",
        ("below", "finite"),
        "rules/README.md",
    ),
    Mistake(
        "a factor of a unit that is not a number",
        Edit(MEASUREMENTS, "mg/L: 1000", "mg/L: .inf"),
        "mg/L: .inf",
        ("mg/L", "finite"),
        "rules/README.md",
    ),
    Mistake(
        "a factor of a unit that is nothing",
        Edit(MEASUREMENTS, "mg/L: 1000", "mg/L: 0"),
        "mg/L: 0",
        ("mg/L", "greater than 0"),
        "rules/README.md",
    ),
    Mistake(
        "an age that is none",
        Edit(GROUPS, "{below: 12mo}}", "{below: soon}}"),
        "{below: soon}}",
        ("`soon` is not an age",),
        "write `28`",
    ),
    Mistake(
        "a life stage that is not written as one",
        Edit(ALUM, "ages: [20y+]", "ages: [adult]"),
        "ages: [adult]",
        ("`adult`", "`ages`"),
        "`pregnant`",
    ),
    Mistake(
        "a source key that is not written as one",
        Edit(
            ALUM,
            "at any age.\n    sources: [handbook]",
            "at any age.\n    sources: [Hand book]",
        ),  # fmt: skip
        "sources: [Hand book]",
        ("`Hand book`", "`sources`"),
        "match `^[a-z]",
    ),
    Mistake(
        "a group that derives from nothing",
        Edit(GROUPS, "{below: 12mo}}", "{}}"),
        "id: baby",
        ("derives from nothing",),
        "give `from`, `below`, `sex` or `when`",
    ),
    Mistake(
        "no table of intake and no reason why",
        Edit(
            "ochre/profile.yaml",
            "no_intake_because: No table of intake was made up.\n",
            "",
        ),  # fmt: skip
        "# Ochre",
        ("`intake: null` needs `no_intake_because`",),
        "rules/README.md",
    ),
    Mistake(
        "an unscored mineral without a reason",
        Edit("ochre/profile.yaml", "scored: true", "scored: false"),
        "# Ochre",
        ("`scored: false` needs `not_scored_because`",),
        "rules/README.md",
    ),
    Mistake(
        "a gate that is always open",
        Edit(
            "levels.yaml", "      - {findings: {strength: nonspecific}}", "      - {}"
        ),  # fmt: skip
        "      - {}",
        ("an empty gate would always be open",),
        "rules/README.md",
    ),
    Mistake(
        "a brake that does nothing",
        Edit("levels.yaml", "    down: 1\n", ""),
        "id: contrary\n".strip() + "",
        ("needs exactly one of `at_most` and `down`",),
        "rules/README.md",
    ),
    Mistake(
        "a link of no minerals",
        Edit("network.yaml", "{alum: partial_pattern, ochre: partial_pattern}", "{}"),
        "when: {}",
        ("when", "at least 1"),
        "rules/README.md",
    ),
]

REFERENCES = [
    Mistake(
        "an unknown finding in a rule",
        Edit(ALUM, "when: itch", "when: ithc"),
        "when: ithc",
        ("unknown finding", "`ithc`"),
        "did you mean `itch`?",
    ),
    Mistake(
        "an unknown finding that resembles nothing",
        Edit(ALUM, "when: itch", "when: qqqqzzzz"),
        "when: qqqqzzzz",
        ("unknown finding", "`qqqqzzzz`"),
        "add it to the vocabulary or use a known",
    ),
    Mistake(
        "an unknown finding deep in a condition",
        Edit(ALUM, "{absent: blue_tongue}", "{any: [fever, {absent: blue_tounge}]}"),
        "blue_tounge",
        ("`blue_tounge`",),
        "did you mean `blue_tongue`?",
    ),
    Mistake(
        "an unknown finding in a picture",
        Edit("pictures.yaml", "[tiredness, sleepiness,", "[tiredness, sleepyness,"),
        "sleepyness",
        ("`sleepyness`",),
        "did you mean `sleepiness`?",
    ),
    Mistake(
        "an unknown finding in a red flag",
        Edit("urgency.yaml", "when: shaking_hands", "when: shakin_hands"),
        "shakin_hands",
        ("`shakin_hands`",),
        "did you mean `shaking_hands`?",
    ),
    Mistake(
        "an unknown group in a derivation",
        Edit(GROUPS, "when: mill_worker", "when: mil_worker"),
        "mil_worker",
        ("`mil_worker`",),
        "did you mean `mill_worker`?",
    ),
    Mistake(
        "an unknown group in `asked_of`",
        Edit(GROUPS, "{from: 16y}", "{from: 16y, when: expectng}"),
        "expectng",
        ("`expectng`",),
        "did you mean `expecting`?",
    ),
    Mistake(
        "an unknown group in `only_for`",
        Edit(
            GROUPS,
            "below: 60y, sex: female}",
            "below: 60y, sex: female, when: {absent: babyy}}",
        ),  # fmt: skip
        "babyy",
        ("`babyy`",),
        "did you mean `baby`?",
    ),
    Mistake(
        "an unknown group in a band",
        Edit(
            MEASUREMENTS,
            "whom: {from: 20y}",
            "whom: {from: 20y, when: {absent: expectng}}",
        ),  # fmt: skip
        "expectng",
        ("`expectng`",),
        "did you mean `expecting`?",
    ),
    Mistake(
        "the absence of a picture",
        Edit(ALUM, "{absent: blue_tongue}", "{absent: weary_picture}"),
        "{absent: weary_picture}",
        ("`absent: weary_picture` reads a picture or a band",),
        "only findings and groups can be said absent",
    ),
    Mistake(
        "an unknown source of a rule",
        Edit(
            ALUM,
            "at any age.\n    sources: [handbook]",
            "at any age.\n    sources: [handbook, handboko]",
        ),  # fmt: skip
        "handboko",
        ("unknown source `handboko`",),
        "did you mean `handbook`?",
    ),
    Mistake(
        "an unknown source of a food",
        Edit("ochre/profile.yaml", "[old_letter]", "[old_leter]"),
        "Made-up soup",
        ("unknown source `old_leter`",),
        "did you mean `old_letter`?",
    ),
    Mistake(
        "an unknown source of the table of intake",
        Edit(
            "alum/profile.yaml",
            "female_19_50: 5}\n  sources: [field_study]",
            "female_19_50: 5}\n  sources: [field_study, handbok]",
        ),  # fmt: skip
        "intake:",
        ("unknown source `handbok`",),
        "did you mean `handbook`?",
    ),
    Mistake(
        "an unknown source of a picture",
        Edit("pictures.yaml", "[old_letter]", "[old_leter]"),
        "id: blue_weary_picture",
        ("unknown source `old_leter`",),
        "did you mean `old_letter`?",
    ),
    Mistake(
        "an unknown source of a red flag",
        Edit("urgency.yaml", "[old_letter]", "[old_leter]"),
        "id: feverish_baby",
        ("unknown source `old_leter`",),
        "did you mean `old_letter`?",
    ),
    Mistake(
        "an unknown source of a link",
        Edit("network.yaml", "[handbook]", "[handbook, old_leter]"),
        "id: alum_with_ochre",
        ("unknown source `old_leter`",),
        "did you mean `old_letter`?",
    ),
    Mistake(
        "an unknown source of a band",
        Edit(MEASUREMENTS, "[field_study]", "[field_study, handbok]"),
        "id: alum_low",
        ("unknown source `handbok`",),
        "did you mean `handbook`?",
    ),
    Mistake(
        "an unknown cluster of a finding",
        Edit(
            FINDINGS,
            "label: Itch, kind: symptom, category: skin, cluster: skin",
            "label: Itch, kind: symptom, category: skin, cluster: skn",
        ),  # fmt: skip
        "id: itch",
        ("unknown cluster `skn`",),
        "did you mean `skin`?",
    ),
    Mistake(
        "an unknown cluster of a rule",
        Edit(ALUM, "when: itch", "cluster: skn\n    when: itch"),
        "id: alum.itch",
        ("unknown cluster `skn`",),
        "did you mean `skin`?",
    ),
    Mistake(
        "an unknown parent of a finding",
        Edit(FINDINGS, "label: Itch,", "label: Itch, parents: [nail_chang],"),
        "id: itch",
        ("unknown finding `nail_chang`",),
        "did you mean `nail_change`?",
    ),
    Mistake(
        "an unknown parent of a group",
        Edit(GROUPS, "parents: [well_water]", "parents: [wel_water]"),
        "id: deep_well",
        ("unknown group `wel_water`",),
        "did you mean `well_water`?",
    ),
    Mistake(
        "an unknown life stage",
        Edit(ALUM, "ages: [20y+]", "ages: [30y+]"),
        "id: alum.grey_nails",
        ("unknown life stage `30y+`",),
        "did you mean `20y+`?",
    ),
    Mistake(
        "an unknown explained finding",
        Edit(ALUM, "explains: [itch, tiredness]", "explains: [itch, tiredns]"),
        "id: alum.against_fever",
        ("unknown finding `tiredns`",),
        "did you mean `tiredness`?",
    ),
    Mistake(
        "an unknown mineral in a link",
        Edit("network.yaml", "{alum: partial_pattern,", "{alumm: partial_pattern,"),
        "id: alum_with_ochre",
        ("unknown scored mineral `alumm`",),
        "did you mean `alum`?",
    ),
    Mistake(
        "grade B on a source that nobody read",
        Edit(
            ALUM,
            "sources: [old_letter]\n    grade: C\n\n  - id: alum.blue",
            "sources: [old_letter]\n    grade: B\n\n  - id: alum.blue",
        ),  # fmt: skip
        "",
        ("grade B without a source that was read",),
        "write `grade: C`, or read the source and mark it",
    ),
    Mistake(
        "grade A on a source that nobody read, in a profile",
        Edit(
            "ochre/profile.yaml",
            "[old_letter]\n    grade: C",
            "[old_letter]\n    grade: A",
        ),  # fmt: skip
        "Made-up soup",
        ("grade A without a source that was read",),
        "write `grade: C`",
    ),
    Mistake(
        "grade B on a source that nobody read, in a band",
        Edit(MEASUREMENTS, "[field_study]", "[old_letter]"),
        "id: alum_low",
        ("grade B without a source that was read",),
        "write `grade: C`",
    ),
]

IDS = [
    Mistake(
        "a rule id twice in one file",
        Edit(ALUM, "id: alum.tiredness", "id: alum.itch # again"),
        "id: alum.itch # again",
        ("the id `alum.itch` is used twice", "first at alum/rules.yaml:"),
        "rename one",
    ),
    Mistake(
        "a finding twice",
        Edit(FINDINGS, "id: pale_smear", "id: fever"),
        "kind: lab",
        ("the id `fever` is used twice", "first at vocabulary/findings.yaml:"),
        "rename one",
    ),
    Mistake(
        "a finding and a group of one name",
        Edit(GROUPS, "id: mill_elder,", "id: hoarseness,"),
        "id: hoarseness,",
        ("the id `hoarseness` is used twice", "first at vocabulary/findings.yaml:"),
        "rename one",
    ),
    Mistake(
        "a finding and a picture of one name",
        Edit("pictures.yaml", "id: blue_weary_picture", "id: fever"),
        "id: fever",
        ("the id `fever` is used twice", "first at vocabulary/findings.yaml:"),
        "rename one",
    ),
    Mistake(
        "a group and a band of one name",
        Edit(MEASUREMENTS, "id: alum_low", "id: baby"),
        "id: baby",
        ("the id `baby` is used twice", "first at vocabulary/risk_groups.yaml:"),
        "rename one",
    ),
    Mistake(
        "a finding and a measurement of one name",
        Edit(MEASUREMENTS, "- id: serum_alum", "- id: fever"),
        "- id: fever",
        ("the id `fever` is used twice", "first at vocabulary/findings.yaml:"),
        "rename one",
    ),
    Mistake(
        "a life stage twice",
        Edit(GROUPS, "id: 0-11mo", "id: 20y+"),
        "label: 20 years",
        ("the id `20y+` is used twice", "first at vocabulary/risk_groups.yaml:5:"),
        "rename one",
    ),
    Mistake(
        "a source twice",
        Edit(SOURCES, "{id: old_letter,", "{id: handbook,"),
        "A letter that nobody opened",
        ("the id `handbook` is used",),
        "rename",
    ),
    Mistake(
        "a cluster twice",
        Edit(CLUSTERS, "{id: skin, label: Skin,", "{id: nails, label: Skin,"),
        "label: Skin,",
        ("the id `nails` is used",),
        "rename",
    ),
    Mistake(
        "a red flag twice",
        Edit("urgency.yaml", "id: feverish_baby", "id: shaking # again"),
        "id: shaking # again",
        ("the id `shaking` is used",),
        "rename",
    ),
    Mistake(
        "a rule id of another mineral",
        Edit(ALUM, "id: alum.itch", "id: ochre.itch"),
        "id: ochre.itch",
        ("the rule id `ochre.itch` belongs to another mineral",),
        "start it with `alum.`",
    ),
    Mistake(
        "rules that name another mineral than their folder",
        Edit(OCHRE, "mineral: ochre", "mineral: alum"),
        "mineral: alum",
        ("the rules name `alum` in the folder `ochre`",),
        "write `mineral: ochre`",
    ),
]

MEANING = [
    Mistake(
        "a finding for and against",
        Edit(ALUM, "when: fever", "when: itch # against"),
        "when: itch # against",
        ("`itch` acts both for and against alum", "`alum.itch`"),
        "take it out of one of the two rules",
    ),
    Mistake(
        "a finding for through its parent, and against",
        Edit(OCHRE, "when: itch", "when: ridged_nails"),
        "when: ridged_nails",
        ("`ridged_nails` acts both for and against ochre", "`ochre.nail_change`"),
        "take it out of one of the two rules",
    ),
    Mistake(
        "a finding for, and against through its parent",
        Edit(ALUM, "when: fever", "when: nail_change"),
        "when: nail_change",
        ("`grey_nails` acts both for and against alum", "`alum.grey_nails`"),
        "take it out of one of the two rules",
    ),
    Mistake(
        "a finding for through a picture in a picture, and against",
        Edit(ALUM, "when: fever", "when: night_cramps"),
        "when: night_cramps",
        ("`night_cramps` acts both for and against alum", "`alum.blue_weariness`"),
        "take it out of one of the two rules",
    ),
    Mistake(
        "a finding for, and against by its absence",
        Edit(ALUM, "when: pale_smear", "when: {all: [pale_smear, {absent: itch}]}"),
        "{absent: itch}",
        ("`itch` acts both for and against alum", "`alum.itch`"),
        "take it out of one of the two rules",
    ),
    Mistake(
        "a finding for and against in one rule",
        Edit(
            ALUM, "when: pale_smear", "when: {any: [pale_smear, {absent: pale_smear}]}"
        ),  # fmt: skip
        "{absent: pale_smear}",
        ("`pale_smear` acts both for and against alum", "`alum.pale_smear`"),
        "take it out of one of the two rules",
    ),
    Mistake(
        "a group for through its parent, and against",
        Edit(ALUM, "when: fever", "when: {all: [fever, deep_well]}"),
        "when: {all: [fever, deep_well]}",
        ("`deep_well` acts both for and against alum", "`alum.well_water`"),
        "take it out of one of the two rules",
    ),
    Mistake(
        "findings that are parents in a circle",
        Edit(FINDINGS, FLOW_NAILS, FLOW_NAILS + " parents: [grey_nails],"),
        "id: nail_change",
        ("a circle", "nail_change -> grey_nails -> nail_change"),
        "remove one of the links",
    ),
    Mistake(
        "a finding that is its own parent",
        Edit(FINDINGS, "label: Fever,", "label: Fever, parents: [fever],"),
        "id: fever",
        ("a circle", "fever -> fever"),
        "remove one of the links",
    ),
    Mistake(
        "groups that are parents in a circle",
        Edit(GROUPS, "{id: well_water,", "{id: well_water, parents: [deep_well],"),
        "{id: well_water,",
        ("a circle", "well_water -> deep_well -> well_water"),
        "remove one of the links",
    ),
    Mistake(
        "groups that derive from one another",
        Edit(GROUPS, "asked_of: {from: 16y}", "derive: {when: mill_elder}"),
        "{id: mill_worker,",
        ("a circle", "mill_worker -> mill_elder -> mill_worker"),
        "remove one of the links",
    ),
    Mistake(
        "pictures in a circle",
        Edit("pictures.yaml", "night_cramps]", "blue_weary_picture]"),
        "id: weary_picture",
        ("a circle", "weary_picture -> blue_weary_picture -> weary_picture"),
        "remove one of the links",
    ),
    Mistake(
        "a risk on age alone",
        Edit(OCHRE, "when: expecting", "when: {any: [baby, 1-19y]}"),
        "then: {risk: weak}",
        ("age and sex alone are context, not a risk",),
        "write `then: {context: raises}`",
    ),
    Mistake(
        "context that reads a finding",
        Edit(ALUM, "when: baby", "when: {all: [baby, itch]}"),
        "then: {context: raises}",
        ("context may read only age and sex",),
        "write `risk:` instead",
    ),
    Mistake(
        "context that reads a risk group",
        Edit(ALUM, "when: baby", "when: well_water # group"),
        "then: {context: raises}",
        ("context may read only age and sex",),
        "write `risk:` instead",
    ),
    Mistake(
        "support that reads a group",
        Edit(OCHRE, "when: red_patches", "when: {all: [red_patches, mill_worker]}"),
        "{supports: characteristic}",
        ("a group cannot support like a finding",),
        "write `risk:` or `combination:`",
    ),
    Mistake(
        "a combination of groups",
        Edit(
            ALUM, "{all: [grey_nails, mill_worker]}", "{all: [well_water, mill_worker]}"
        ),  # fmt: skip
        "combination: strong",
        ("this combination can hold without any finding",),
        "require a finding, or write `risk:`",
    ),
    Mistake(
        "a combination that needs a finding in one branch only",
        Edit(
            ALUM, "{all: [grey_nails, mill_worker]}", "{any: [grey_nails, mill_worker]}"
        ),  # fmt: skip
        "combination: strong",
        ("this combination can hold without any finding",),
        "require a finding, or write `risk:`",
    ),
    Mistake(
        "a combination whose count can be met by groups",
        Edit(
            OCHRE,
            "[nail_change, sleepiness, night_cramps]",
            "[nail_change, mill_worker, well_water]",
        ),  # fmt: skip
        "combination: moderate",
        ("this combination can hold without any finding",),
        "require a finding, or write `risk:`",
    ),
    Mistake(
        "ages on a risk",
        Edit(ALUM, "then: {risk: strong}", "then: {risk: strong}\n    ages: [20y+]"),
        "then: {risk: strong}",
        ("`ages` judge a finding's strength; this rule has none",),
        "put the life stage into `when`",
    ),
]

LEVELS = [
    Mistake(
        "a level that is not described",
        Edit(
            "levels.yaml",
            "  - id: measured_low\n    sentence: A reported test is below the range.\n    advice: 5\n",
            "",
        ),  # fmt: skip
        "levels:",
        ("`levels` says nothing of `measured_low`",),
        "add it",
    ),
    Mistake(
        "a strength without points",
        Edit("levels.yaml", "pathognomonic_like: 6, ", ""),
        "findings: {characteristic: 4",
        ("`points.findings` says nothing of `pathognomonic_like`",),
        "add it",
    ),
    Mistake(
        "a weight without points",
        Edit("levels.yaml", "risk: {strong: 2, ", "risk: {"),
        "risk: {moderate: 1",
        ("`points.risk` says nothing of `strong`",),
        "add it",
    ),
    Mistake(
        "an effect without points",
        Edit("levels.yaml", ", weak: 0}\n  against", "}\n  against"),
        "combination: {very_strong: 3",
        ("`points.combination` says nothing of `weak`",),
        "add it",
    ),
    Mistake(
        "an urgency without a sentence",
        Edit("urgency.yaml", "  routine: Bring this up at your next visit.\n", ""),
        "sentences:",
        ("`sentences` says nothing of `routine`",),
        "add it",
    ),
    Mistake(
        "advice that is not there",
        Edit("levels.yaml", "    advice: 5\n", "    advice: 6\n"),
        "levels:",
        ("`measured_low` names the advice 6",),
        "use 0 to 5",
    ),
]

TABLE = [*DOCUMENTS, *REFERENCES, *IDS, *MEANING, *LEVELS]


@pytest.mark.parametrize("mistake", TABLE, ids=[m.law for m in TABLE])
def test_one_mistake_is_one_issue_with_its_line_and_its_fix(
    mistake: Mistake, tmp_path: Path
) -> None:
    """The author reads what is wrong, on which line, and what to do about it."""
    root = copied(tmp_path, mistake.edit)
    issues = issues_of(root)
    assert len(issues) == 1, "\n".join(map(str, issues))
    (issue,) = issues
    file = mistake.edit.file
    assert issue.place.file == file
    for words in mistake.says:
        assert words in issue.message
    assert mistake.fix in issue.fix
    at = mistake.at or "grade: B\n\n  - id: alum.blue"
    assert issue.place.line == line_of(root, file, at)
    assert_well_worded(issue)

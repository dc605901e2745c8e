"""Rule files: every mistake is refused, located, and comes with what to do about it.

Each test copies the folder `small_rules`, makes one mistake and reads the refusal.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from minsight.cases.folder import read_cases
from minsight.compiler.compile import compile_folder
from minsight.compiler.layout import MAY_BE_MISSING
from minsight.errors import RulesError
from mistakes import (
    ALUM,
    FINDINGS,
    GROUPS,
    LEVELS,
    MEASUREMENTS,
    NETWORK,
    OCHRE,
    OCHRE_PROFILE,
    PICTURES,
    SOURCES,
    Edit,
    Mistake,
)
from mistakes.damage import (
    SMALL,
    assert_well_worded,
    copied,
    issues_of,
    line_of,
    only_issue_of,
)
from mistakes.of_form import DOCUMENTS
from mistakes.of_identity import IDS
from mistakes.of_meaning import COMPLETENESS, MEANING
from mistakes.of_reference import REFERENCES
from mistakes.of_value import VALUES

WITH_PREGNANT = Edit(
    GROUPS,
    "\ngroups:\n",
    "\ngroups:\n  - {id: pregnant, label: With child,"
    " category: pregnancy_lactation, definition: Pregnant now}\n",
)
TABLE = [*DOCUMENTS, *VALUES, *REFERENCES, *IDS, *MEANING, *COMPLETENESS]


def test_the_small_rules_are_sound() -> None:
    """The folder that every test here damages has no problem by itself."""
    assert compile_folder(SMALL).program.minerals == ("alum", "ochre")
    assert read_cases(SMALL)[1] == []


@pytest.mark.parametrize("mistake", TABLE, ids=[m.law for m in TABLE])
def test_one_mistake_is_one_issue_with_its_line_and_its_fix(
    mistake: Mistake, tmp_path: Path
) -> None:
    """The author reads what is wrong, on which line, and what to do about it."""
    root = copied(tmp_path, mistake.edit)
    issue = only_issue_of(root)
    file = mistake.edit.file
    assert issue.place.file == file
    assert [words for words in mistake.says if words not in issue.message] == []
    assert mistake.fix in issue.fix
    assert issue.place.line == line_of(root, file, mistake.at)
    assert_well_worded(issue)


# --- mistakes that take more than one edit ------------------------------------------


def test_a_profile_names_the_mineral_of_its_folder(tmp_path: Path) -> None:
    root = copied(tmp_path, Edit(OCHRE_PROFILE, "id: ochre", "id: umber"))
    issue = only_issue_of(root)
    assert issue.place.file == OCHRE_PROFILE
    assert issue.place.line == line_of(root, OCHRE_PROFILE, "id: umber")
    assert issue.message == "the profile names `umber` in the folder `ochre`"
    assert issue.fix == "write `id: ochre`"


def test_a_scored_mineral_has_rules(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / OCHRE).unlink()
    issue = only_issue_of(root)
    assert issue.place.file == OCHRE_PROFILE
    assert issue.place.line == line_of(root, OCHRE_PROFILE, "scored: true")
    assert issue.message == "`ochre` is scored but has no rules"
    assert "write rules.yaml" in issue.fix


def test_a_finding_acts_in_one_direction_through_derived_groups_too(
    tmp_path: Path,
) -> None:
    """Whoever works at the mill is in `mill_elder` from 50 years: the two are one."""
    root = copied(
        tmp_path,
        Edit(OCHRE, "when: expecting", "when: mill_elder"),
        Edit(OCHRE, "when: itch", "when: {all: [itch, mill_worker]}"),
    )
    issue = only_issue_of(root)
    assert "`mill_worker` acts both for and against ochre" in issue.message
    assert issue.place.file == OCHRE
    assert issue.place.line == line_of(root, OCHRE, "mill_worker")


def test_a_group_acts_in_one_direction_through_a_band_too(tmp_path: Path) -> None:
    """A limit that holds only outside a group reads the absence of the group."""
    root = copied(
        tmp_path,
        Edit(ALUM, "when: well_water", "when: {any: [well_water, expecting]}"),
        Edit(
            MEASUREMENTS,
            "whom: {from: 20y}",
            "whom: {from: 20y, when: {absent: expecting}}",
        ),
    )
    issues = issues_of(root)
    read = ("when: alum_low", "when: low_alum")  # the band, and what it observes
    assert [issue.place.line for issue in issues] == [
        line_of(root, ALUM, condition) for condition in read
    ]
    for issue in issues:
        assert issue.place.file == ALUM
        assert issue.message == (
            "`expecting` acts both for and against alum: see `alum.well_water`"
        )
        assert issue.fix == "take it out of one of the two rules"


def test_a_group_acts_in_one_direction_through_ages_too(tmp_path: Path) -> None:
    """A finding that counts more in pregnancy makes pregnancy act for the mineral."""
    root = copied(
        tmp_path,
        WITH_PREGNANT,
        Edit(ALUM, "ages: [20y+]", "ages: [pregnant]"),
        Edit(ALUM, "when: fever", "when: {all: [fever, pregnant]}"),
    )
    issue = only_issue_of(root)
    assert issue.place.file == ALUM
    assert issue.place.line == line_of(root, ALUM, "{all: [fever, pregnant]}")
    assert issue.message == (
        "`pregnant` acts both for and against alum: see `alum.grey_nails`"
    )


def test_ages_move_nothing_where_a_finding_cannot_count_less(tmp_path: Path) -> None:
    """The weakest finding stays the weakest outside its ages."""
    root = copied(
        tmp_path,
        WITH_PREGNANT,
        Edit(
            ALUM,
            "{supports: nonspecific}",
            "{supports: nonspecific}\n    ages: [pregnant]",
        ),
        Edit(ALUM, "when: fever", "when: {all: [fever, pregnant]}"),
    )
    assert compile_folder(root).program.minerals == ("alum", "ochre")


def test_context_may_read_pregnancy(tmp_path: Path) -> None:
    root = copied(tmp_path, WITH_PREGNANT, Edit(ALUM, "when: baby", "when: pregnant"))
    assert compile_folder(root).program.minerals == ("alum", "ochre")


def test_a_mineral_that_is_not_scored_has_no_rules(tmp_path: Path) -> None:
    unscored = "scored: false\nnot_scored_because: It is made up."
    root = copied(
        tmp_path,
        Edit(OCHRE_PROFILE, "scored: true", unscored),
        Edit(NETWORK, ", ochre: partial_pattern", ""),
        Edit(NETWORK, ", ochre: few_findings", ""),
    )
    issue = only_issue_of(root)
    assert issue.place.file == OCHRE_PROFILE
    assert issue.place.line == line_of(root, OCHRE_PROFILE, "scored: false")
    assert issue.message == "`ochre` has rules but is not scored"
    assert issue.fix == "write `scored: true`, or remove rules.yaml"
    (root / OCHRE).unlink()
    (root / "ochre" / "cases.yaml").unlink()
    assert compile_folder(root).program.minerals == ("alum",)


def test_a_note_may_read_what_supports(tmp_path: Path) -> None:
    """Only what lowers a level acts against; a note is shown and changes nothing."""
    note = Edit(
        ALUM, "when: {all: [hoarseness, {absent: blue_tongue}]}", "when: itch #"
    )
    assert compile_folder(copied(tmp_path, note)).program.minerals == ("alum", "ochre")


# --- files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stray", "meant"),
    [
        ("alum/profil.yaml", "alum/profile.yaml"),
        ("ochre/rule.yml", "ochre/rules.yaml"),
        ("vocabulary/finding.yaml", FINDINGS),
        ("level.yaml", LEVELS),
    ],
)
def test_a_file_that_nothing_reads_is_a_misspelt_name(
    stray: str, meant: str, tmp_path: Path
) -> None:
    root = copied(tmp_path)
    (root / stray).write_text("a: 1\n", "utf-8")
    issue = only_issue_of(root)
    assert issue.place.file == stray
    assert issue.message == "is a file that nothing reads"
    assert issue.fix == f"did you mean `{meant}`?"


def test_a_file_of_cases_that_nothing_runs_is_no_case(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / "baseline" / "more.yaml").write_text("people: []\n", "utf-8")
    issue = only_issue_of(root)
    assert issue.place.file == "baseline/more.yaml"
    assert issue.message == "is a file that nothing reads"


@pytest.mark.parametrize(
    "file",
    sorted(
        {p.relative_to(SMALL).as_posix() for p in SMALL.glob("**/*.yaml")}
        - MAY_BE_MISSING
    ),
)
def test_a_missing_file_is_named(file: str, tmp_path: Path) -> None:
    """The rules need every shared file and profile, the cases every file of cases."""
    root = copied(tmp_path)
    (root / file).unlink()
    if file.endswith("cases.yaml"):
        wanted = [] if file.startswith("baseline/") else [file]
        issues = read_cases(root)[1]
        assert compile_folder(root).program.minerals == ("alum", "ochre")
    else:
        wanted = [
            file if not file.endswith("/rules.yaml") else f"{file[:-10]}profile.yaml"
        ]
        issues = list(issues_of(root))
    assert [issue.place.file for issue in issues] == wanted
    for issue in issues:
        assert "is missing" in issue.message or "has no rules" in issue.message
        assert_well_worded(issue)


def test_what_says_whom_something_is_told_may_be_missing(tmp_path: Path) -> None:
    """Foods that name a kind need the file of kinds; those that name none do not."""
    root = copied(tmp_path)
    for file in MAY_BE_MISSING:
        (root / file).unlink(missing_ok=True)
    issues = list(issues_of(root))
    assert {issue.message for issue in issues} == {
        "unknown kind of food `bread`", "unknown kind of food `cress`",
    }  # fmt: skip
    for mineral in ("alum", "ochre"):
        profile = root / mineral / "profile.yaml"
        lines = profile.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if "made_of" not in line]
        profile.write_text("".join(kept), "utf-8")
    compiled = compile_folder(root)
    assert compiled.catalogue.look_alikes == ()
    assert all(food.unless is None for food in compiled.catalogue.profiles[0].foods)


@pytest.mark.parametrize("content", ["", "# nothing\n", "[]\n", "text\n", "12\n"])
@pytest.mark.parametrize("file", [ALUM, FINDINGS])
def test_a_file_without_keys_is_one_issue(
    file: str, content: str, tmp_path: Path
) -> None:
    root = copied(tmp_path)
    (root / file).write_text(content, "utf-8")
    issue = only_issue_of(root)
    assert issue.place.file == file
    assert issue.place.line == 1
    assert_well_worded(issue)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: [\n", "is not valid YAML"),
        (b"a: \xff\n", "is not UTF-8 text"),
        (b"a: 1\nb: *x\n", "uses the alias `*x`"),
        (b"a: &x 1\n", "uses the anchor `&x`"),
        (b"a: 010\n", "`010` is not written plainly"),
        (b"a: !!python/object:os.system x\n", "uses the tag"),
        (b"rules: 1\nrules: 2\n", "stands twice"),
        (b"[" * 100_000, "is nested more than 24 deep"),
        (b"#" * (2 * 1024 * 1024 + 1), "split it"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_an_issue(
    content: bytes, words: str, tmp_path: Path
) -> None:
    root = copied(tmp_path)
    (root / ALUM).write_bytes(content)
    issue = only_issue_of(root)
    assert issue.place.file == ALUM
    assert words in str(issue)
    assert_well_worded(issue)


def test_a_folder_in_the_place_of_a_file_is_an_issue(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / PICTURES).unlink()
    (root / PICTURES).mkdir()
    found = {issue.place.file: issue.message for issue in issues_of(root)}
    assert found[PICTURES] == "cannot be read: is a directory"


@pytest.mark.parametrize(
    "number", ["0x" + "f" * 5_000, "1" + ":00" * 5_000], ids=["hexadecimal", "base 60"]
)
def test_a_number_of_thousands_of_digits_is_an_issue(
    number: str, tmp_path: Path
) -> None:
    title = "A handbook that does not exist"
    root = copied(tmp_path, Edit(SOURCES, title, number))
    issue = only_issue_of(root)
    assert issue.place.file == SOURCES
    assert len(str(issue)) < 300


# --- all at once --------------------------------------------------------------------


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    """An author runs the check once, not once a mistake."""
    edits = [
        Edit(OCHRE, "when: red_patches", "when: red_patchs"),
        Edit(ALUM, "when: itch", "when: ithc"),
        Edit(ALUM, "because: Alone", "because: Alone"),
        Edit(NETWORK, "[handbook]", "[hand_book]"),
        Edit(
            FINDINGS,
            "label: Itch, kind: symptom, category: skin, cluster: skin",
            "label: Itch, kind: symptom, category: skin, cluster: skn",
        ),
        Edit(ALUM, "ages: [20y+]", "ages: [30y+]"),
    ]
    edits = [edit for edit in edits if edit.old != edit.new]
    root = copied(tmp_path, *edits)
    found = [(i.place.file, i.place.line) for i in issues_of(root)]
    wanted = [
        (ALUM, line_of(root, ALUM, "id: alum.grey_nails")),
        (ALUM, line_of(root, ALUM, "when: ithc")),
        (NETWORK, line_of(root, NETWORK, "id: alum_with_ochre")),
        (OCHRE, line_of(root, OCHRE, "when: red_patchs")),
        (FINDINGS, line_of(root, FINDINGS, "id: itch")),
    ]
    assert sorted(set(found)) == wanted
    assert found == sorted(found)


def test_problems_of_form_come_at_once_too(tmp_path: Path) -> None:
    """Broken YAML in one file hides nothing that another file shows by itself."""
    root = copied(
        tmp_path,
        Edit(NETWORK, "links:", "links: ["),
        Edit(ALUM, "    because: Itch goes with it at any age.\n", ""),
        Edit(ALUM, "then: {risk: strong}", "then: {risk: strongly}"),
        Edit(OCHRE, "grade: C", "grade: E"),
        Edit(OCHRE_PROFILE, "symbol: Oc", "symbol: OC"),
    )
    (root / "vocabulary" / "finding.yaml").write_text("a: 1\n", "utf-8")
    issues = issues_of(root)
    assert [issue.place.file for issue in issues] == [
        ALUM,
        ALUM,
        NETWORK,
        OCHRE_PROFILE,
        OCHRE,
        "vocabulary/finding.yaml",
    ]
    assert list(issues) == sorted(issues)
    for issue in issues:
        assert_well_worded(issue)


def test_the_error_shows_every_issue_with_place_and_fix(tmp_path: Path) -> None:
    root = copied(
        tmp_path,
        Edit(ALUM, "when: itch", "when: ithc"),
        Edit(OCHRE, "when: itch", "when: ithc"),
    )
    with pytest.raises(RulesError) as caught:
        compile_folder(root)
    first, *rest = str(caught.value).splitlines()
    assert first == "the rules have 2 problems"
    assert [line.strip() for line in rest] == [str(i) for i in caught.value.issues]
    line = line_of(root, ALUM, "when: ithc")
    assert rest[0].startswith(f"  {ALUM}:{line}:5: unknown finding")
    assert rest[0].endswith("(did you mean `itch`?)")

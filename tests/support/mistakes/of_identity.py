"""Ids and phrases used twice, and files that name the wrong mineral."""

from __future__ import annotations

from mistakes import (
    ALUM,
    CLUSTERS,
    FINDINGS,
    GROUPS,
    MEASUREMENTS,
    NETWORK,
    OCHRE,
    PICTURES,
    SOURCES,
    URGENCY,
    Edit,
    Mistake,
)


def before(file: str, old: str, new: str) -> Edit:
    """This text before that one, marked so that its line can be found."""
    return Edit(file, old, f"{new} # again\n{old}")


def twice(law: str, edit: Edit, id_: str, first: str = "") -> Mistake:
    """The id is used a second time where `# again` stands."""
    says = (f"the id `{id_}` is used", f"first at {first}") if first else (f"`{id_}`",)
    return Mistake(law, edit, "# again", says, "rename")


IDS = [
    twice(
        "a rule id twice in one file",
        Edit(ALUM, "id: alum.tiredness", "id: alum.itch # again"),
        "alum.itch",
        "alum/rules.yaml:",
    ),
    twice(
        "a finding twice",
        Edit(
            FINDINGS,
            "  - {id: pale_smear,",
            "  - {id: fever, label: Hot, kind: sign, category: general} # again\n"
            "  - {id: pale_smear,",
        ),
        "fever",
        "vocabulary/findings.yaml:",
    ),
    twice(
        "a life stage twice",
        Edit(
            GROUPS,
            "\ngroups:\n",
            "  - {id: 20y+, label: Old, from: 20y} # again\n\ngroups:\n",
        ),
        "20y+",
        "vocabulary/risk_groups.yaml:5:",
    ),
    twice(
        "a finding and a group of one name",
        before(
            GROUPS,
            "  - id: mill_elder",
            "  - {id: shaking_hands, label: Shaky, category: work, definition: Shaky}",
        ),
        "shaking_hands",
        "vocabulary/findings.yaml:",
    ),
    twice(
        "a finding and a picture of one name",
        Edit(
            PICTURES,
            "pictures:\n",
            "pictures:\n  - {id: shaking_hands, label: x, when: itch, because: x,"
            " sources: [handbook], grade: B} # again\n",
        ),
        "shaking_hands",
        "vocabulary/findings.yaml:",
    ),
    twice(
        "a group and a band of one name",
        before(
            MEASUREMENTS,
            "      - id: alum_low",
            "      - {id: expecting, label: Low, cutoffs: [{below: 1}],"
            " sources: [handbook], grade: B}",
        ),
        "expecting",
        "vocabulary/risk_groups.yaml:",
    ),
    twice(
        "a finding and a measurement of one name",
        before(
            MEASUREMENTS,
            "  - id: serum_alum",
            "  - {id: fever, label: Heat, unit: g, plausible_to: 9}",
        ),
        "fever",
        "vocabulary/findings.yaml:",
    ),
    twice(
        "a measurement twice",
        Edit(
            MEASUREMENTS,
            "        grade: B\n",
            "        grade: B\n  - {id: serum_alum, label: Again, unit: g,"
            " plausible_to: 9} # again\n",
        ),
        "serum_alum",
        "vocabulary/measurements.yaml:2:",
    ),
    twice(
        "a source twice",
        Edit(
            SOURCES,
            "  - {id: old_letter,",
            "  - {id: handbook, title: Another, read: true} # again\n"
            "  - {id: old_letter,",
        ),
        "handbook",
    ),
    twice(
        "a cluster twice",
        before(CLUSTERS, "  - {id: skin,", "  - {id: nails, label: x, because: x}"),
        "nails",
    ),
    twice(
        "a red flag twice",
        Edit(URGENCY, "id: feverish_baby", "id: shaking # again"),
        "shaking",
    ),
    twice(
        "a link twice",
        Edit(
            NETWORK,
            "    grade: B\n",
            "    grade: B\n  - {id: alum_with_ochre, when: {alum: few_findings},"
            " note: x, sources: [handbook], grade: B} # again\n",
        ),
        "alum_with_ochre",
    ),
    Mistake(
        "a synonym of two findings",
        Edit(FINDINGS, "[blotches]", "[blotches, 'Itchy, skin!']"),
        "id: red_patches",
        ("`Itchy, skin!` means both `itch` and `red_patches`",),
        "keep it with one of them",
    ),
    Mistake(
        "a synonym that is the id of another",
        Edit(GROUPS, "synonyms: [infant]", "synonyms: [infant, night cramps]"),
        "id: baby",
        ("`night cramps` means both `night_cramps` and `baby`",),
        "keep it with one of them",
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

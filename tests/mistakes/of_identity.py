"""Ids used twice, and files that name the wrong mineral."""

from __future__ import annotations

from mistakes import (
    ALUM,
    CLUSTERS,
    FINDINGS,
    GROUPS,
    MEASUREMENTS,
    OCHRE,
    PICTURES,
    SOURCES,
    URGENCY,
    Edit,
    Mistake,
)

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
        Edit(PICTURES, "id: blue_weary_picture", "id: fever"),
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
        Edit(URGENCY, "id: feverish_baby", "id: shaking # again"),
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

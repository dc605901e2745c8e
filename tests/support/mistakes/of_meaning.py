"""Rules that contradict each other, go in circles, or conclude too much."""

from __future__ import annotations

from mistakes import (
    ALUM,
    FINDINGS,
    GROUPS,
    LEVELS,
    OCHRE,
    PICTURES,
    URGENCY,
    Edit,
    Mistake,
)

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
        ),
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
        Edit(
            FINDINGS,
            "label: Changed nails",
            "label: Changed nails\n    parents: [grey_nails]",
        ),
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
        Edit(GROUPS, "id: well_water", "id: well_water\n    parents: [deep_well]"),
        "id: well_water",
        ("a circle", "well_water -> deep_well -> well_water"),
        "remove one of the links",
    ),
    Mistake(
        "groups that derive from one another",
        Edit(GROUPS, "asked_of: {from: 16y}", "derive: {when: mill_elder}"),
        "id: mill_worker",
        ("a circle", "mill_worker -> mill_elder -> mill_worker"),
        "remove one of the links",
    ),
    Mistake(
        "pictures in a circle",
        Edit(PICTURES, "night_cramps]", "blue_weary_picture]"),
        "id: weary_picture",
        ("a circle", "weary_picture -> blue_weary_picture -> weary_picture"),
        "remove one of the links",
    ),
    Mistake(
        "a risk on age alone",
        Edit(OCHRE, "when: expecting", "when: {any: [baby, 1-19y]}"),
        "then: {risk: weak}",
        ("age and sex alone are context, not a risk",),
        "context: raises",
    ),
    Mistake(
        "context that reads a finding",
        Edit(ALUM, "when: baby", "when: {all: [baby, itch]}"),
        "then: {context: raises}",
        ("context may read only age, sex and pregnancy",),
        "write `risk:` instead",
    ),
    Mistake(
        "context that reads a risk group",
        Edit(ALUM, "when: baby", "when: well_water # group"),
        "then: {context: raises}",
        ("context may read only age, sex and pregnancy",),
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
        ),
        "combination: strong",
        ("this combination can hold without any finding",),
        "require a finding, or write `risk:`",
    ),
    Mistake(
        "a combination that needs a finding in one branch only",
        Edit(
            ALUM, "{all: [grey_nails, mill_worker]}", "{any: [grey_nails, mill_worker]}"
        ),
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
        ),
        "combination: moderate",
        ("this combination can hold without any finding",),
        "require a finding, or write `risk:`",
    ),
    Mistake(
        "ages on a risk",
        Edit(ALUM, "then: {risk: strong}", "then: {risk: strong}\n    ages: [20y+]"),
        "then: {risk: strong}",
        ("`ages` judge a finding's strength",),
        "put the life stage into `when`",
    ),
    Mistake(
        "a risk that reads a finding",
        Edit(ALUM, "when: well_water", "when: {all: [well_water, itch]}"),
        "then: {risk: strong}",
        ("a finding is not a risk group",),
        "write `supports:` or `combination:`",
    ),
    Mistake(
        "a measured level on a finding",
        Edit(ALUM, "when: alum_low", "when: {any: [alum_low, itch]}"),
        "then: {measured: low}",
        ("a measured level may read only bands and laboratory findings",),
        "write `supports:` instead",
    ),
    Mistake(
        "a deprecated rule that does not say why",
        Edit(OCHRE, "{risk: weak}", "{risk: weak}\n    status: deprecated"),
        "{risk: weak}",
        ("a deprecated rule must say why",),
        "add `deprecated_because: ...`",
    ),
]

COMPLETENESS = [
    Mistake(
        "a level that is not described",
        Edit(
            LEVELS,
            "  - id: measured_low\n"
            "    sentence: A reported test is below the range.\n    advice: 5\n",
            "",
        ),
        "levels:",
        ("`levels` says nothing of `measured_low`",),
        "add it",
    ),
    Mistake(
        "a strength without points",
        Edit(LEVELS, "pathognomonic_like: 6, ", ""),
        "points:",
        ("`points.findings` says nothing of `pathognomonic_like`",),
        "add it",
    ),
    Mistake(
        "a weight without points",
        Edit(LEVELS, "risk: {strong: 2, ", "risk: {"),
        "points:",
        ("`points.risk` says nothing of `strong`",),
        "add it",
    ),
    Mistake(
        "an effect without points",
        Edit(LEVELS, ", weak: 0}\n  # Of", "}\n  # Of"),
        "points:",
        ("`points.combination` says nothing of `weak`",),
        "add it",
    ),
    Mistake(
        "an urgency without a sentence",
        Edit(URGENCY, "  routine: Bring this up at your next visit.\n", ""),
        "sentences:",
        ("`sentences` says nothing of `routine`",),
        "add it",
    ),
    Mistake(
        "advice that is not there",
        Edit(LEVELS, "    advice: 5\n", "    advice: 6\n"),
        "levels:",
        ("`measured_low`", "advice"),
        "use 0 to 5",
    ),
]

"""Values that do not fit their key: of another type, outside a scale or a form."""

from __future__ import annotations

from mistakes import (
    ALUM,
    ALUM_PROFILE,
    GROUPS,
    LEVELS,
    MEASUREMENTS,
    NETWORK,
    PICTURES,
    SOURCES,
    Edit,
    Mistake,
)

BECAUSE = "because: Itch goes with it at any age."
WEARY = "when: {at_least: 2, of: [tiredness, sleepiness, night_cramps]}"
INTAKE = "{mo_0_6: 1, mo_7_12: 2, y_1_3: 3, male_19_50: 5, female_19_50: 5}"

VALUES = [
    Mistake(
        "a key with nothing behind it",
        Edit(ALUM, BECAUSE, "because: # nothing"),
        "because: # nothing",
        ("`because` is empty",),
        "write text",
    ),
    Mistake(
        "true where text belongs",
        Edit(ALUM, BECAUSE, "because: true"),
        "because: true",
        ("`because` is `true`",),  # as YAML writes it, not as Python does
        "write text",
    ),
    Mistake(
        "a mapping where text belongs",
        Edit(ALUM, BECAUSE, "because: {itch: goes}"),
        "because: {itch: goes}",
        ("`because` is a mapping",),
        "write text",
    ),
    Mistake(
        "a text that has no end",
        Edit(ALUM, BECAUSE, f"because: {'x' * 1_001}"),
        "because: xxx",
        ("`because` is `xxx", "1000 characters"),
        "rules/README.md",
    ),
    Mistake(
        "a number where an age belongs",
        Edit(GROUPS, "{below: 12mo}", "{below: 12}"),
        "{below: 12}",
        ("`below` is `12`",),
        "write text",
    ),
    Mistake(
        "a fraction where a whole number belongs",
        Edit(ALUM_PROFILE, "base_rate: 1", "base_rate: 1.5"),
        "base_rate: 1.5",
        ("`base_rate` is `1.5`",),
        "write a whole number",
    ),
    Mistake(
        "a number outside its bounds",
        Edit(ALUM_PROFILE, "base_rate: 1", "base_rate: 10"),
        "base_rate: 10",
        ("`base_rate` is `10`", "9"),
        "rules/README.md",
    ),
    Mistake(
        "a quoted number where a number belongs",
        Edit(MEASUREMENTS, "molar_mass: 25", "molar_mass: '25'"),
        "molar_mass: '25'",
        ("`molar_mass` is `25`",),
        "write a number",
    ),
    Mistake(
        "a list where a table belongs",
        Edit(ALUM_PROFILE, INTAKE, "[1, 2]"),
        "values: [1, 2]",
        ("`values` is a list",),
        "write a mapping; write `key: value` lines",
    ),
    Mistake(
        "a table without entries",
        Edit(ALUM_PROFILE, INTAKE, "{}"),
        "values: {}",
        ("`values` is empty",),
        "write at least one entry",
    ),
    Mistake(
        "a mapping where a list belongs",
        Edit(ALUM, "ages: [20y+]", "ages: {from: 20y}"),
        "ages: {from: 20y}",
        ("`ages` is a mapping",),
        "write a list",
    ),
    Mistake(
        "a bare `no` where yes or no belongs",
        Edit(
            SOURCES,
            "exist, read: true}\n  - {id: old",
            "exist, read: no}\n  - {id: old",
        ),
        "read: no}",
        ("`no` is not written plainly",),
        "`true` or `false`",
    ),
    Mistake(
        "a symbol that is none",
        Edit(ALUM_PROFILE, "symbol: Am", "symbol: AM"),
        "symbol: AM",
        ("`AM` is not written as `symbol` must be",),
        "a symbol like `Fe`",
    ),
    Mistake(
        "a choice that must be true or left out",
        Edit(
            LEVELS, "- {findings: {strength: nonspecific}}", "- {urgent: false} # gate"
        ),
        "- {urgent: false} # gate",
        ("`false` is not a value of `urgent`",),
        "`true`",
    ),
    Mistake(
        "a measurement that accepts no value",
        Edit(MEASUREMENTS, "plausible_to:", "plausible_from: 5000\n    plausible_to:"),
        "id: serum_alum",
        ("accepts no value",),
        "give a larger `plausible_to`",
    ),
    Mistake(
        "a number without a unit that is meant in two",
        Edit(
            MEASUREMENTS,
            "plausible_to:",
            "unstated:\n      - {unit: ug/L, from: 1, to: 20}\n"
            "      - {unit: mg/L, from: 20, to: 30}\n    plausible_to:",
        ),
        "id: serum_alum",
        ("takes 20 without a unit for `ug/L` and for `mg/L`",),
        "let `unstated` hold it once",
    ),
    Mistake(
        "a number without a unit that is meant in an unknown one",
        Edit(
            MEASUREMENTS,
            "plausible_to:",
            "unstated:\n      - {unit: ug, from: 1, to: 20}\n    plausible_to:",
        ),
        "id: serum_alum",
        ("takes no `ug`",),
        "give it among the `units`",
    ),
    Mistake(
        "a known key in the wrong place",
        Edit(NETWORK, "    grade: B", "    because: x\n    grade: B"),
        "because: x",
        ("unknown key `because`",),
        "remove it",
    ),
    Mistake(
        "two kinds of condition in one",
        Edit(ALUM, "when: itch", "when: {all: [itch], any: [fever]}"),
        "when: {all: [itch], any: [fever]}",
        ("unknown key `any`",),
        "remove it",
    ),
    Mistake(
        "no condition",
        Edit(ALUM, "when: itch", "when: # no condition"),
        "when: # no condition",
        ("empty is not a condition",),
        "write an id",
    ),
    Mistake(
        "a list where a condition belongs",
        Edit(ALUM, "when: itch", "when: [itch]"),
        "when: [itch]",
        ("a list is not a condition",),
        "`any: [...]`",
    ),
    Mistake(
        "a wrong part of a count",
        Edit(
            PICTURES,
            WEARY,
            "when:\n      at_least: 1\n      of:\n        - tiredness\n        - 5",
        ),
        "- 5",
        ("`5` is not a condition",),
        "write an id",
    ),
    Mistake(
        "a count of no parts",
        Edit(PICTURES, WEARY, "when:\n      at_least: 1\n      of: []"),
        "of: []",
        ("`of` is empty",),
        "write at least one entry",
    ),
    Mistake(
        "text where a count belongs",
        Edit(PICTURES, "at_least: 2", "at_least: two"),
        "at_least: two",
        ("`at_least` is `two`",),
        "write a whole number",
    ),
]

"""Questions, words, warning signs and frequencies that do not fit what they ask of."""

from __future__ import annotations

from typing import Final

from minsight.compiler.layout import FREQUENCIES, HISTORY, WARNINGS, WORDINGS
from mistakes import Edit, Mistake

ASKED: Final = [
    Mistake(
        "an unknown entry in a part",
        Edit(HISTORY, "items: [itch, red_patches]", "items: [ithc, itch, red_patches]"),
        "[ithc,",
        ("unknown finding or group `ithc`",),
        "did you mean `itch`?",
    ),
    Mistake(
        "a measurement in a part",
        Edit(HISTORY, "items: [fever]", "items: [fever, serum_alum]"),
        "serum_alum",
        ("unknown finding or group `serum_alum`",),
        "use a known finding or group",
    ),
    Mistake(
        "an unknown entry that a no leaves open",
        Edit(HISTORY, "left_open: [blue_tongue]", "left_open: [blue_tounge]"),
        "blue_tounge",
        ("unknown finding or group `blue_tounge`",),
        "did you mean `blue_tongue`?",
    ),
    Mistake(
        "an unknown entry that a no affirms",
        Edit(
            HISTORY,
            "left_open: [mill_elder]",
            "left_open: [mill_elder]\n    affirms: [mill_elders]",
        ),
        "affirms:",
        ("unknown finding or group `mill_elders`",),
        "did you mean `mill_elder`?",
    ),
    Mistake(
        "an entry in two parts",
        Edit(HISTORY, "items: [fever]", "items: [fever, itch]"),
        "[fever, itch]",
        ("`itch` stands here twice",),
        "remove one of them",
    ),
    Mistake(
        "an entry that no question opens",
        Edit(HISTORY, "items: [itch, red_patches]", "items: [itch]"),
        "questions:",
        ("`red_patches` is missing",),
        "add it to a part of a question",
    ),
    Mistake(
        "a part with the name of a question",
        Edit(HISTORY, "id: q_body_heat", "id: q_water"),
        "{id: q_water,",
        ("`q_water` is the name of something else",),
        "rename it",
    ),
    Mistake(
        "a part with the name of an entry",
        Edit(HISTORY, "id: q_body_heat", "id: itch"),
        "{id: itch,",
        ("`itch` is the name of something else",),
        "rename it",
    ),
    Mistake(
        "a question that is not named like one",
        Edit(HISTORY, "- id: q_energy\n", "- id: energy\n"),
        "- id: energy",
        ("`energy`",),
        "q_",
    ),
    Mistake(
        "words for an unknown entry",
        Edit(
            WORDINGS, "short: itch}", "short: itch}\n  - {id: ithc, ask: A?, short: a}"
        ),
        "{id: ithc",
        ("unknown finding or group `ithc`",),
        "did you mean `itch`?",
    ),
    Mistake(
        "words for an entry twice",
        Edit(
            WORDINGS, "short: itch}", "short: itch}\n  - {id: fever, ask: A?, short: a}"
        ),
        "{id: fever, ask: Do you",
        ("`fever` stands here twice",),
        "remove one of them",
    ),
    Mistake(
        "an entry without words",
        Edit(
            WORDINGS,
            "  - {id: sleepiness, ask: Are you sleepy?, short: sleepiness}\n",
            "",
        ),
        "wordings:",
        ("`sleepiness` is missing",),
        "write how it is asked",
    ),
    Mistake(
        "warning signs beside an unknown question",
        Edit(WARNINGS, "beside: [q_body, q_energy]", "beside: [q_body, q_enery]"),
        "q_enery",
        ("unknown question `q_enery`",),
        "did you mean `q_energy`?",
    ),
    Mistake(
        "an unknown warning sign",
        Edit(WARNINGS, "items: [shaking_hands]", "items: [shakin_hands]"),
        "- id: signs",
        ("unknown finding or group `shakin_hands`",),
        "did you mean `shaking_hands`?",
    ),
    Mistake(
        "warning signs of an unknown group",
        Edit(WARNINGS, "group: expecting", "group: expectng"),
        "- id: expecting_signs",
        ("unknown finding or group `expectng`",),
        "did you mean `expecting`?",
    ),
    Mistake(
        "a frequency of an unknown entry",
        Edit(
            FREQUENCIES,
            "\nmore_often:",
            "  - {id: ithc, how_often: [rare, rare, rare, rare]}\n\nmore_often:",
        ),
        "{id: ithc",
        ("unknown finding or group `ithc`",),
        "did you mean `itch`?",
    ),
    Mistake(
        "a frequency of an entry twice",
        Edit(
            FREQUENCIES,
            "\nmore_often:",
            "  - {id: itch, how_often: [rare, rare, rare, rare]}\n\nmore_often:",
        ),
        "{id: itch, how_often: [rare",
        ("`itch` stands here twice",),
        "remove one of them",
    ),
    Mistake(
        "an entry without a frequency",
        Edit(
            FREQUENCIES,
            "  - {id: deep_well, how_often: [rare, rare, rare, rare]}\n",
            "",
        ),
        "bands:",
        ("`deep_well` is missing",),
        "write how often it is so",
    ),
    Mistake(
        "fewer classes than bands",
        Edit(
            FREQUENCIES, "[impossible, impossible, occasional, common]", "[rare, rare]"
        ),
        "id: mill_elder",
        ("2 classes for 4 bands",),
        "write one class for each band",
    ),
    Mistake(
        "a class without a share",
        Edit(
            FREQUENCIES,
            "[rare, impossible, common, everyday]",
            "[rare, very_rare, rare, rare]",
        ),
        "id: mill_worker",
        ("class `very_rare` has no share",),
        "add it to `classes`",
    ),
    Mistake(
        "a class that does not exist",
        Edit(
            FREQUENCIES,
            "[rare, impossible, common, everyday]",
            "[rare, seldom, rare, rare]",
        ),
        "id: mill_worker",
        ("`seldom`",),
        "impossible",
    ),
    Mistake(
        "a band of an unknown group",
        Edit(FREQUENCIES, "group: expecting}", "group: expectng}"),
        "group: expectng}",
        ("unknown group `expectng`",),
        "did you mean `expecting`?",
    ),
    Mistake(
        "an unknown entry that is likelier beside another",
        Edit(FREQUENCIES, "entries: [sleepiness]", "entries: [sleepyness]"),
        "sleepyness",
        ("unknown finding or group `sleepyness`",),
        "did you mean `sleepiness`?",
    ),
    Mistake(
        "an unknown source of a frequency",
        Edit(FREQUENCIES, "sources: [field_study]", "sources: [field_stdy]"),
        "field_stdy",
        ("unknown source `field_stdy`",),
        "did you mean `field_study`?",
    ),
    Mistake(
        "an unknown source of what is likelier",
        Edit(FREQUENCIES, "sources: [handbook]", "sources: [handbok]"),
        "handbok",
        ("unknown source `handbok`",),
        "did you mean `handbook`?",
    ),
]

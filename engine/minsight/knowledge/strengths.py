"""Strengths: what rules of each kind and strength are called, and what they weigh.

What they count at is in the rules, in `levels.yaml`; this is how they are told, and
which questions are asked for their sake.
"""

from __future__ import annotations

from typing import Final

import msgspec

ASKED_LAST: Final = 13


class RuleStrength(msgspec.Struct, frozen=True):
    """How rules of one kind and strength are told and asked after.

    `words` say it in two or three words. `missing` is what an answer is worth that an
    assessment lacks, and `interview` what a question of an interview is. The questions
    of a questionnaire stand by `asked`, first those for the strongest rules.
    """

    words: str
    missing: int = 0
    interview: int = 1
    asked: int = ASKED_LAST


STRENGTH_OF: Final = {
    ("measured", "low"): RuleStrength("test result", 0, 6, 0),
    ("combination", "very_strong"): RuleStrength("strong combination", 0, 4, 2),
    ("combination", "strong"): RuleStrength("strong combination", 0, 3, 4),
    ("combination", "moderate"): RuleStrength("combination", 0, 2, 9),
    ("combination", "weak"): RuleStrength("weak combination", 0, 1, 11),
    ("textbook", "complete"): RuleStrength("usual description, complete", 0, 1, 10),
    ("supports", "pathognomonic_like"): RuleStrength("close to specific", 5, 5, 1),
    ("supports", "characteristic"): RuleStrength("typical sign", 4, 4, 3),
    ("supports", "supportive"): RuleStrength("supports", 2, 2, 8),
    ("supports", "nonspecific"): RuleStrength("unspecific", 0, 1, 12),
    ("risk", "strong"): RuleStrength("strong risk factor", 3, 4, 5),
    ("risk", "moderate"): RuleStrength("risk factor", 1, 2, 10),
    ("risk", "weak"): RuleStrength("weak risk factor"),
    ("context", "raises"): RuleStrength("context"),
    ("context", "lowers"): RuleStrength("context"),
    ("against", "brake"): RuleStrength("speaks against", 0, 2, 7),
    ("against", "cap"): RuleStrength("take care", 0, 2, 6),
    ("against", "note"): RuleStrength("worth knowing"),
}
"""By kind and strength, in the order in which reasons stand."""
STANDING: Final = {of: place for place, of in enumerate(STRENGTH_OF)}

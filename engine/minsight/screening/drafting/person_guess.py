"""Person guess: which column is the sex, the age, a date or the number of the person.

The sex and the age of somebody else, a mother or an interviewer, are not taken.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from minsight.intake.text.lists import words_of
from minsight.screening.answers.first_look import are_units, why_asked
from minsight.screening.drafting.seen import Guess, Seen
from minsight.screening.mapping.columns import Column
from minsight.screening.mapping.person_headings import person_heading, plain_words
from minsight.screening.mapping.value_sets import USUAL, plain, sex_meant

_HOMBRE_MUJER: Final = {"female": ("m",), "male": ("h",)}
"""Where men are H, in Spanish and Portuguese, M is a woman."""
_DATE: Final = re.compile(r"\d{1,4}[-/. ]\w{1,4}[-/. ]\d{2,4}")
_PREGNANCY: Final = re.compile(
    r"(?i)gest(?:ation|\b|_?w|a)|pregnan\w* weeks|weeks? (?:of )?pregnan|\bssw\b"
    r"|embarazo|grossesse|gravidez|duration of pregnancy"
)


def person_by_name(seen: Seen, text: str) -> Guess | None:
    because = f"read from {text!r}"
    about = person_heading(text)
    if about is not None and about[0] == "sex":
        return sex_guessed(seen, Guess("sex", because=because))
    if about is not None:
        guess = Guess(about[0], unit=about[1], because=because)
        return age_guessed(seen, guess) if about[0] == "age" else guess
    if _PREGNANCY.search(text) and _are_weeks(seen):
        weeks = {"observed": (">0",), "excluded": ("0",)}
        return Guess("answer", "pregnant", because="weeks of pregnancy", meant=weeks)
    return None


def person_by_values(seen: Seen) -> Guess | None:
    """The sex, the age or its unit, or the number of the person, by what is there."""
    words = plain_words(seen.asks) | plain_words(seen.name)
    if words & words_of("columns", "others"):
        return None
    if _is_date(words) and _are_dates(seen):
        return Guess("seen", because="its values are dates")
    if words & words_of("columns", "words of age") and are_units(seen.values):
        return Guess("age unit", because="its values are units of ages")
    if _are_sexes(seen):
        return sex_guessed(seen, Guess("sex", because="its values are sexes"))
    if words & words_of("columns", "words of ids") and seen.differ:
        return Guess("id", because=f"read from {seen.asks!r}; no value comes twice")
    return None


def age_guessed(seen: Seen, guess: Guess) -> Guess:
    """The guess of an age, which is asked for its unit where nothing tells that."""
    roles = (person_heading(name) for name in seen.heading.names)
    if ("age unit", "") in roles:
        return guess
    asked = why_asked(Column(0, seen.asks, "age", unit=guess.unit), seen.values)
    return msgspec.structs.replace(guess, asked=asked)


def sex_guessed(seen: Seen, guess: Guess) -> Guess:
    if set(seen.values) >= {"h", "m"} and seen.language in ("es", "pt"):
        return msgspec.structs.replace(guess, meant=_HOMBRE_MUJER)
    if not seen.codes:
        asked = why_asked(Column(0, seen.name, "sex"), seen.values)
        return msgspec.structs.replace(guess, asked=asked)
    meant: dict[str, list[str]] = {"female": [], "male": [], "unknown": []}
    for code, label in seen.codes:
        meant[sex_meant(label) or "unknown"].append(code)
    kept = {what: tuple(codes) for what, codes in meant.items() if codes}
    return msgspec.structs.replace(guess, meant=kept, because="the codebook")


def _is_date(words: frozenset[str]) -> bool:
    """Whether the name says that it is a date, and not of what else."""
    named = words & words_of("columns", "words of dates")
    return bool(named) and not words & words_of("columns", "other dates")


def _are_dates(seen: Seen) -> bool:
    dated = [one for one in seen.values if _DATE.match(one)]
    return bool(dated) and 2 * len(dated) > len(seen.values)


def _are_sexes(seen: Seen) -> bool:
    """Whether most say a sex, some in a word of its own, and the others are words."""
    labels = [plain(label) for _, label in seen.codes] or list(seen.labels.values())
    told = {one: sex_meant(one) for one in labels}
    spelled = any(sex and len(one) > 1 for one, sex in told.items())
    letters = set(labels) >= {"f", "m"}
    others = [one for one, sex in told.items() if sex is None]
    in_words = all(re.fullmatch(r"[^\d_]+", one) for one in others)
    return (spelled or letters) and in_words and 2 * len(others) <= len(told)


def _are_weeks(seen: Seen) -> bool:
    numbers = [v for v in seen.values if re.fullmatch(r"\d{1,2}(?:[.,]\d)?", v)]
    known = [v for v in seen.values if USUAL.meaning(v) is not None]
    return bool(numbers) and len({*numbers, *known}) == len(seen.values)

"""Column guess: what a column of a foreign file may be, by its name, label and values.

What a name says exactly is placed. What is read from the words of a name, a label or
the values is a guess, and says what it was read from. What only a person can know is
asked: what a code means, in which unit a value stands, of two things which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import msgspec

from minsight.intake.measurements import factor_of
from minsight.intake.recognition import Meaning, recognise
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import MeasurementKind, Vocabulary
from minsight.screening.answers.first_look import why_asked
from minsight.screening.mapping.administrative import is_administrative
from minsight.screening.mapping.columns import Column, choices, headed
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.person_headings import person_heading
from minsight.screening.mapping.value_sets import SEX_OF, USUAL, plain
from minsight.screening.sources.codebooks import Coded

_ASIDE: Final = re.compile(r"\([^()]*\b(?:tick|select|choose|check|all that)\b[^()]*\)")
_BETWEEN: Final = re.compile(r"\s*[;|]\s*|,\s+|,(?=\S)")
_MOST_READ: Final = 40
"""How many values of a column are read as words."""
_FREE: Final = re.compile(
    r"(?i)\b(?:comments?|notes?|remarks?|anything else|any other|other|describe|specify"
    r"|tell us|complaints?|symptoms?|medicines?|medications?|drugs?|supplements?|diet"
    r"|conditions?|illness(?:es)?|problems?|diagnos[ei]s|history|operations?|surger(?:y|ies)"
    r"|comentarios?|observaciones|s\u00edntomas|medicamentos?|otros?|dieta|commentaires?"
    r"|remarques?|m\u00e9dicaments?|autres?|r\u00e9gime|bemerkung(?:en)?|beschwerden|medikamente"
    r"|sonstiges|ern\u00e4hrung|coment\u00e1rios?|observa\u00e7\u00f5es|sintomas|rem\u00e9dios?|outros?)\b"
)
_SEXES: Final = re.compile(r"(?i)\b(?:sex|gender|sexo|sexe|g\u00e9nero|geschlecht)\b")
_PREGNANCY: Final = re.compile(
    r"(?i)gest(?:ation|\b|_?w|a)|pregnan\w* weeks|weeks? (?:of )?pregnan|\bssw\b|embarazo"
    r"|grossesse|gravidez|duration of pregnancy"
)
_OFTEN: Final = frozenset(
    ["often", "always", "daily", "usually", "frequently", "constantly", "mostly", "siempre", "diario", "souvent", "toujours", "oft", "immer", "täglich", "sempre"]
) | {"every day", "most days", "very often", "all the time", "nearly every day",
     "a menudo", "muito", "most of the time"}  # fmt: skip
_NEVER: Final = frozenset({"never", "not at all", "nunca", "jamais", "nie", "niemals"})


class Seen(msgspec.Struct, frozen=True, dict=True):
    """A column and the values of its first rows; `coded` is what a codebook says."""

    index: int
    heading: Heading
    values: tuple[str, ...]
    coded: Coded = Coded()

    @property
    def name(self) -> str:
        return self.heading.names[self.index]

    @cached_property
    def asks(self) -> str:
        """What the column asks, in the most words that there are."""
        return self.coded.label or self.heading.label(self.index) or self.name

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What each value means, in the spelling of `plain`; itself without a book."""
        codes = {plain(code): plain(label) for code, label in self.coded.codes}
        return {value: codes.get(value, value) for value in self.values}


class Guess(msgspec.Struct, frozen=True):
    """What a column may be.

    `role` is that of a column, `ignored`, or nothing. `because` says what a guess was
    read from, `asked` what has to be known of the column before it can be read.
    `meant` are values by what they mean, where those are not the usual ones.
    """

    role: str = ""
    target: str = ""
    unit: str = ""
    because: str = ""
    asked: str = ""
    meant: Mapping[str, tuple[str, ...]] = {}


def guesses(seen: Seen, vocabulary: Vocabulary) -> tuple[Guess, ...]:
    """What the column may be; a code may stand for each of several things."""
    exact = _exact(seen, vocabulary)
    if exact is not None:
        return (exact,)
    if is_administrative(seen.name):
        return (Guess("ignored"),)
    for guess in (_worded(seen, vocabulary), _measuring(seen, vocabulary)):
        if guess is not None:
            return (guess,)
    return tuple(_by_values(seen, vocabulary)) or (Guess(),)


def _exact(seen: Seen, vocabulary: Vocabulary) -> Guess | None:
    """What the name or the label is exactly known as."""
    column = headed(seen.index, seen.heading, vocabulary)
    because = ""
    if column is None and seen.coded.label:
        book = Heading((seen.coded.label,))
        column = headed(0, book, vocabulary)
        because = f"the codebook calls it {seen.coded.label!r}" if column else ""
    if column is None:
        return None
    if column.role in ("answer", "sex"):
        return _with_values(seen, column, because)
    return Guess(column.role, column.target, column.unit, because)


def _with_values(seen: Seen, column: Column, because: str) -> Guess:
    guess = Guess(column.role, column.target, because=because)
    if column.role == "sex":
        return _sex(seen, guess)
    return _answer(seen, guess)


# --- sexes ----------------------------------------------------------------------------


def _sex(seen: Seen, guess: Guess) -> Guess:
    if not seen.coded.codes:
        asked = why_asked(Column(0, seen.name, "sex"), seen.values)
        return msgspec.structs.replace(guess, asked=asked)
    meant: dict[str, list[str]] = {"female": [], "male": [], "unknown": []}
    for code, label in seen.coded.codes:
        meant[SEX_OF.get(plain(label)) or "unknown"].append(code)
    kept = {what: tuple(codes) for what, codes in meant.items() if codes}
    return msgspec.structs.replace(guess, meant=kept, because="the codebook")


# --- answers --------------------------------------------------------------------------


def _answer(seen: Seen, guess: Guess) -> Guess:
    """The guess with what the values of the column mean."""
    choice = plain((choices(seen.asks) or choices(seen.name) or ("",))[-1])
    known = {value: _meaning(label, choice) for value, label in seen.labels.items()}
    known |= {plain(c): _meaning(plain(label), choice) for c, label in seen.coded.codes}
    if not seen.coded.codes:
        column = Column(0, seen.name, "answer", guess.target)
        asked = why_asked(column, seen.values)
        if asked:
            return msgspec.structs.replace(guess, asked=asked)
    if all(meant and USUAL.meaning(v) == meant for v, meant in known.items()):
        return guess
    odd = [value for value, meant in known.items() if meant is None]
    because = guess.because
    if odd:
        shown = ", ".join(odd[:3])
        because = f"{because}; " if because else ""
        because += f"taken as unknown: {shown}"
    meant = {
        status: tuple(v for v, m in known.items() if (m or "unknown") == status)
        for status in ("observed", "excluded", "unknown")
    }
    if not meant["observed"] and not meant["excluded"]:
        return Guess("open", guess.target, asked="which of its values mean yes and no")
    kept = {status: values for status, values in meant.items() if values}
    return msgspec.structs.replace(guess, because=because, meant=kept)


def _meaning(label: str, choice: str) -> str | None:
    if choice and label == choice:
        return "observed"
    if label in _OFTEN:
        return "observed"
    if label in _NEVER:
        return "excluded"
    head = re.split(r"[,.(:;\u2013-]\s*", label)[0].strip()
    return USUAL.meaning(label) or (USUAL.meaning(head) if head else None)


def _worded(seen: Seen, vocabulary: Vocabulary) -> Guess | None:
    """What the words of the name or the label ask for."""
    for text in dict.fromkeys(_wordings(seen)):
        about = person_heading(text)
        if about is not None:
            if about[0] == "sex":
                return _sex(seen, Guess("sex", because=f"read from {text!r}"))
            return Guess(about[0], unit=about[1], because=f"read from {text!r}")
        if _SEXES.search(text) and _are_sexes(seen):
            return _sex(seen, Guess("sex", because=f"read from {text!r}"))
        if _PREGNANCY.search(text) and _are_weeks(seen):
            weeks = {"observed": (">0",), "excluded": ("0",)}
            return Guess(
                "answer", "pregnant", because="weeks of pregnancy", meant=weeks
            )
        meaning = recognise(text, vocabulary)
        ids = list(dict.fromkeys(_entries(meaning)))
        if not ids or any(m.status == "excluded" for m in meaning.recognised):
            continue
        if _is_answered(seen):
            if len(ids) > 1:
                return Guess("open", asked=f"is it {' or '.join(ids)}")
            guess = Guess("answer", ids[0], because=f"read from {text!r}")
            left = [one.text for one in meaning.unrecognised]
            if left:
                asked = f"does it ask for {ids[0]}? {left[0]!r} was not understood"
                return Guess("open", ids[0], asked=asked)
            return _answer(seen, guess)
    return None


def _are_sexes(seen: Seen) -> bool:
    labels = [*seen.labels.values(), *(plain(label) for _, label in seen.coded.codes)]
    return any(SEX_OF.get(one) for one in labels) and all(l in SEX_OF for l in labels)


def _are_weeks(seen: Seen) -> bool:
    numbers = [v for v in seen.values if re.fullmatch(r"\d{1,2}(?:[.,]\d)?", v)]
    known = [v for v in seen.values if USUAL.meaning(v) is not None]
    return bool(numbers) and len({*numbers, *known}) == len(seen.values)


def _wordings(seen: Seen) -> Iterator[str]:
    """The words of a column: of the choice that it is for, of its label, of its name."""
    for text in (seen.asks, seen.name):
        yield from choices(text)
        last = text.rpartition("/")[2]
        if " " not in last:
            last = last.rpartition("-")[2]
        plainly = _ASIDE.sub(" ", re.sub(r"[_.]+", " ", last))
        yield " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plainly).split())


def _entries(meaning: Meaning) -> Iterator[str]:
    return (m.id for m in meaning.recognised if m.kind in ("finding", "group"))


def _is_answered(seen: Seen) -> bool:
    """Whether the values are answers to one question, and not words of their own."""
    choice = plain((choices(seen.asks) or ("",))[-1])
    labels = [*seen.labels.values(), *(plain(label) for _, label in seen.coded.codes)]
    if not labels:
        return True
    understood = [one for one in labels if _meaning(one, choice) is not None]
    codes = [one for one in labels if re.fullmatch(r"[+-]?\d+", one)]
    return 2 * len(understood) >= len(labels) or len(codes) == len(labels)


# --- measurements ---------------------------------------------------------------------


def _measuring(seen: Seen, vocabulary: Vocabulary) -> Guess | None:
    """A measurement by its name, in the only unit that its name or its values leave."""
    for text in _wordings(seen):
        kind, rest = _kind_in(text, vocabulary)
        if kind is None:
            continue
        because = f"read from {text!r}"
        unit = _unit_in(rest, kind)
        if unit is not None:
            return Guess("measurement", kind.id, unit, because)
        fitting = [one for one in kind.units if _all_plausible(seen.values, one, kind)]
        if len(fitting) == 1:
            because += f"; {fitting[0]} is the only unit that its values fit"
            return Guess("measurement", kind.id, fitting[0], because)
        units = " or ".join(fitting or kind.units)
        return Guess("measurement", kind.id, asked=f"is the unit {units}")
    return None


def _kind_in(
    text: str, vocabulary: Vocabulary
) -> tuple[MeasurementKind | None, list[str]]:
    """The measurement that the longest run of words names, and the words besides."""
    words = normalise(text).split()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            found = vocabulary.measurement_phrase.get(phrase)
            if found is not None:
                rest = words[:start] + words[start + length :]
                return vocabulary.measurement[found.id], rest
    return None, []


def _unit_in(words: Sequence[str], kind: MeasurementKind) -> str | None:
    """The unit that words name as a program would: `gdl`, `ng ml`, `ug/l`."""
    runs = {"".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, a + 4)}
    letters = {re.sub(r"[^a-z0-9]", "", run.replace("\u00b5", "u")) for run in runs}
    for unit in kind.units:
        if re.sub(r"[^a-z0-9]", "", unit.lower().replace("\u00b5", "u")) in letters:
            return unit
    return None


def _all_plausible(values: Sequence[str], unit: str, kind: MeasurementKind) -> bool:
    factor = factor_of(unit, kind)
    numbers = [float(v) for v in values if re.fullmatch(r"\d+(?:\.\d+)?", v)]
    return factor is not None and all(
        kind.plausible_from <= number * factor <= kind.plausible_to
        for number in numbers
    )


# --- words as values ------------------------------------------------------------------


def _by_values(seen: Seen, vocabulary: Vocabulary) -> Iterator[Guess]:
    """A column whose values name what is so, one or several in a cell."""
    if seen.coded.codes:
        yield from _by_codes(seen, vocabulary)
        return
    words = [value for value in seen.values if re.search(r"[^\W\d_]{3}", value)]
    some = words[:_MOST_READ]
    read = [one for one in some if _names_something(one, vocabulary)]
    free = bool(_FREE.search(seen.asks))
    if all(USUAL.meaning(value) is not None for value in seen.values) and seen.values:
        return
    if read and (free or 3 * len(read) >= len(some)):
        yield Guess("text", because=f"its values name things, such as {read[0]!r}")
    elif free and (words or not seen.values):
        yield Guess("text", because=f"read from {seen.asks!r}")


def _names_something(value: str, vocabulary: Vocabulary) -> bool:
    parts = [part for part in _BETWEEN.split(value) if part.strip()]
    return any(
        any(True for _ in _entries(recognise(part, vocabulary))) for part in parts[:6]
    )


def _by_codes(seen: Seen, vocabulary: Vocabulary) -> Iterator[Guess]:
    """Codes of a codebook that name what is so, each for itself."""
    for code, label in seen.coded.codes:
        meaning = recognise(label, vocabulary)
        ids = list(dict.fromkeys(_entries(meaning)))
        if len(ids) == 1 and not meaning.unrecognised:
            yield Guess(
                "answer",
                ids[0],
                because=f"code {code} is {label!r} in the codebook",
                meant={"observed": (code,)},
            )

"""Column guess: what a column of a foreign file may be, by its name, label and values.

What a name says exactly is placed. What is read from the words of a name, a label or
the values is a guess, and says what it was read from. What only a person can know is
asked: what a code means, in which unit a value stands, of two things which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from minsight.intake.recognition import Meaning, recognise
from minsight.intake.text.abroad import named_abroad
from minsight.intake.text.lists import lists_of, words_of
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.answers.first_look import are_units, why_asked
from minsight.screening.drafting.person_guess import (
    age_guessed,
    person_by_name,
    person_by_values,
    sex_guessed,
)
from minsight.screening.drafting.seen import Guess, Seen
from minsight.screening.mapping.administrative import is_administrative
from minsight.screening.mapping.columns import (
    Column,
    choices,
    headed,
    without_number,
)
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.measured_names import (
    fits_unit,
    kind_in,
    other_unit,
    unit_by_values,
    unit_in,
)
from minsight.screening.mapping.person_headings import (
    plain_words,
    without_accents,
)
from minsight.screening.mapping.value_sets import USUAL, plain

_ASIDE: Final = re.compile(
    r"\([^()]*(?:\b(?:tick|select|choose|check|all that)\b|\d\s*=)[^()]*\)"
    r"|\((?i:[ynosjfmhwdi](?:/[ynosjfmhwdi])+)\)"
)
_BETWEEN: Final = re.compile(r"\s*[;|]\s*|,\s+|,(?=\S)")
_MOST_CODES: Final = 10
"""With more different numbers, or larger ones, a column holds no codes of answers."""
_LEAST_SQUASHED: Final = 6
_LEAST_BEGUN: Final = 8
"""How many letters a name without blanks must have, and one that only begins so."""
_MOST_READ: Final = 40
"""How many values of a column are read as words."""
_DENYING: Final = re.compile(r"(?i)\b(?:no|not|except|excluding|without|unless|but)\b")
_GRADED: Final = re.compile(r"(?i)\b(?:grade|stage)\b|\(\d(?:\s*[/-]\s*\d)+\)")
_OR: Final = re.compile(r"(?i)\b(?:or|and/or)\b|/")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")


def guesses(seen: Seen, vocabulary: Vocabulary) -> tuple[Guess, ...]:
    """What the column may be; a code may stand for each of several things."""
    exact = _exact(seen, vocabulary)
    if exact is not None:
        return (exact,)
    if is_administrative(seen.name):
        return (Guess("ignored"),)
    guess = (
        _worded(seen, vocabulary)
        or _measuring(seen, vocabulary)
        or person_by_values(seen)
    )
    guess = guess if guess and not guess.asked else _graded(seen, vocabulary) or guess
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
    if column.role == "measurement" and column.by == "id":
        kind = vocabulary.measurement[column.target]
        if seen.coded.label or other_unit(seen.values, kind):
            return None  # in which unit is said elsewhere, or seen, or has to be asked
    if column.role == "age" and are_units(seen.values):
        return Guess("age unit", because="its values are units")
    if column.role == "answer" and _holds_numbers(seen):
        return None
    if column.role in ("answer", "sex"):
        return _with_values(seen, column, because)
    if column.role == "id" and (
        seen.name.startswith("_") or is_administrative(seen.name)
    ):
        because = "the number that the program gave"
    if column.role == "measurement" and column.by == "id":
        because = "its unit is that of the template"
    guess = Guess(column.role, column.target, column.unit, because)
    return age_guessed(seen, guess) if column.role == "age" else guess


def _holds_numbers(seen: Seen) -> bool:
    """Whether the values are numbers and neither answers nor codes of them."""
    numbers = [one for one in seen.values if re.fullmatch(r"\d+(?:[.,]\d+)?", one)]
    large = [
        one
        for one in numbers
        if USUAL.meaning(one) is None and float(one.replace(",", ".")) > _MOST_CODES
    ]
    return not seen.codes and (len(numbers) > _MOST_CODES or len(large) > 1)


def _with_values(seen: Seen, column: Column, because: str) -> Guess:
    guess = Guess(column.role, column.target, because=because)
    if column.role == "sex":
        return sex_guessed(seen, guess)
    return _answer(seen, guess)


# --- answers --------------------------------------------------------------------------


def _answer(seen: Seen, guess: Guess) -> Guess:
    """The guess with what the values of the column mean."""
    choice = plain((choices(seen.asks) or choices(seen.name) or ("",))[-1])
    known = {value: _meaning(label, choice) for value, label in seen.labels.items()}
    if seen.codes:  # a number that the list of codes leaves out is nobody's yes
        known = {v: None if v.isdecimal() else meant for v, meant in known.items()}
        known |= {plain(c): _meaning(plain(label), choice) for c, label in seen.codes}
    if not seen.codes:
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
    frequency = without_accents(label)
    if frequency in lists_of("columns")["often"]:
        return "observed"
    if frequency in lists_of("columns")["never"]:
        return "excluded"
    head = re.split(r"[,.(:;\u2013-]\s*", label)[0].strip()
    return USUAL.meaning(label) or (USUAL.meaning(head) if head else None)


def _worded(seen: Seen, vocabulary: Vocabulary) -> Guess | None:
    """What the words of the name or the label ask for."""
    for text in dict.fromkeys(_wordings(seen)):
        guess = (
            person_by_name(seen, text)
            or _of_entry_abroad(seen, text, vocabulary)
            or _of_entry(seen, text, vocabulary)
        )
        if guess is not None:
            return guess
    return None


def _of_entry(seen: Seen, text: str, vocabulary: Vocabulary) -> Guess | None:
    """The finding or group for which a text asks, if need be without asides."""
    texts = dict.fromkeys((text, *_without_asides(text)))
    tried = (_asked_for(seen, one, vocabulary) for one in texts)
    found = [guess for guess in tried if guess is not None]
    settled = (guess for guess in found if guess.role != "open")
    return next(settled, found[0] if found else None)


def _without_asides(text: str) -> Iterator[str]:
    """The text without examples in brackets, and without what it is for.

    >>> list(_without_asides("Often sick (colds, chest)"))
    ['Often sick']
    >>> list(_without_asides("Take a PPI for heartburn"))
    ['Take a PPI']
    """
    plain = " ".join(_IN_BRACKETS.sub(" ", text).split())
    if plain != text and not _DENYING.search(text):
        yield plain
    before, between, _ = plain.partition(" for ")
    if between and len(before.split()) > 1:
        yield before


def _asked_for(seen: Seen, text: str, vocabulary: Vocabulary) -> Guess | None:
    """The finding or group for which all words ask, where the column answers that."""
    meaning = recognise(text, vocabulary)
    ids = list(dict.fromkeys(_entries(meaning)))
    if not ids and (squashed := _squashed(text, vocabulary)):
        ids, meaning = [squashed], Meaning(())
    if not ids or any(m.status == "excluded" for m in meaning.recognised):
        return None
    if _holds_numbers(seen) or not _is_answered(seen) or not _is_whole(text, meaning):
        return None
    left = [one.text for one in meaning.unrecognised]
    if len(ids) > 1 and not left and _OR.search(text):
        ids = _widest(ids, vocabulary)
    if len(ids) > 1:
        return Guess("open", asked=f"is it {' or '.join(ids)}")
    if left:
        asked = f"does it ask for {ids[0]}? {left[0]!r} was not understood"
        return Guess("open", ids[0], asked=asked)
    return _answer(seen, Guess("answer", ids[0], because=f"read from {text!r}"))


def _graded(seen: Seen, vocabulary: Vocabulary) -> Guess | None:
    """A finding in grades, of which nought is none: `Goitre (0/1/2)`."""
    if not _GRADED.search(seen.asks) or not set(seen.values) <= set("01234"):
        return None
    read = recognise(_GRADED.sub("", seen.asks).strip(), vocabulary)
    ids = set(_entries(read))
    if len(ids) != 1 or read.unrecognised or not seen.values:
        return None
    meant = {"observed": (">0",), "excluded": ("0",)}
    because = f"read from {seen.asks!r}, in grades"
    return Guess("answer", ids.pop(), because=because, meant=meant)


def _widest(ids: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The ids without those that are kinds of another: ice or soil is what is pica."""
    return [
        id_
        for id_ in ids
        if not any(
            other != id_ and other in vocabulary.with_ancestors(id_) for other in ids
        )
    ]


def _of_entry_abroad(seen: Seen, text: str, vocabulary: Vocabulary) -> Guess | None:
    """The same in the language of the names."""
    named = named_abroad(_IN_BRACKETS.sub(" ", text), seen.language)
    named = named if named.ids else named_abroad(text, seen.language)
    ids = [id_ for id_ in named.ids if vocabulary.entry(id_) is not None]
    if not ids or not _is_answered(seen):
        return None
    if len(ids) > 1:
        return Guess("open", asked=f"is it {' or '.join(ids)}")
    if named.left or named.denied:
        asked = f"does it ask for {ids[0]}"
        return Guess("open", ids[0], asked=asked)
    return _answer(seen, Guess("answer", ids[0], because=f"read from {text!r}"))


def _is_whole(text: str, meaning: Meaning) -> bool:
    """Whether a name of one or two words is read from its first to its last.

    A question has words that only ask.
    """
    words = normalise(text).split()
    read = {word for m in meaning.recognised for word in normalise(m.text).split()}
    return len(words) > 2 or not meaning.recognised or set(words) <= read


def _wordings(seen: Seen) -> Iterator[str]:
    """The words of a column: of its choice, of its label, of its name."""
    for text in (seen.asks, seen.name):
        yield from choices(text)
        last = text if " " in text else re.split(r"[/-]|\.(?=\w)", text)[-1]
        plainly = _ASIDE.sub(" ", re.sub(r"[_.]+", " ", last))
        worded = " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plainly).split())
        yield without_number(worded)


def _squashed(text: str, vocabulary: Vocabulary) -> str | None:
    """The entry of which a phrase is written so without blanks, or begins so."""
    letters = re.sub(r"[^a-z]", "", text.lower())
    if " " in text.strip() or len(letters) < _LEAST_SQUASHED:
        return None
    whole = vocabulary.once(_without_blanks).get(letters)
    if whole is not None:
        return whole
    begun = {
        id_
        for one, id_ in vocabulary.once(_without_blanks).items()
        if one.startswith(letters)
    }
    return begun.pop() if len(begun) == 1 and len(letters) >= _LEAST_BEGUN else None


def _without_blanks(vocabulary: Vocabulary) -> Mapping[str, str]:
    return {
        re.sub(r"[^a-z]", "", words): phrase.id
        for words, phrase in vocabulary.phrase.items()
        if len(words) >= _LEAST_SQUASHED
    }


def _entries(meaning: Meaning) -> Iterator[str]:
    return (m.id for m in meaning.recognised if m.kind in ("finding", "group"))


def _is_answered(seen: Seen) -> bool:
    """Whether the values are answers to one question, and not words of their own."""
    choice = plain((choices(seen.asks) or ("",))[-1])
    labels = [*seen.labels.values(), *(plain(label) for _, label in seen.codes)]
    if not labels:
        return True
    understood = [one for one in labels if _meaning(one, choice) is not None]
    codes = [one for one in labels if re.fullmatch(r"[+-]?\d+", one)]
    return 2 * len(understood) >= len(labels) or len(codes) == len(labels)


# --- measurements ---------------------------------------------------------------------


def _measuring(seen: Seen, vocabulary: Vocabulary) -> Guess | None:
    """A measurement by its name, in the only unit that its name or its values leave."""
    for text in _wordings(seen):
        kind, rest = kind_in(text, vocabulary)
        if kind is None:
            continue
        because = f"read from {text!r}"
        unit = unit_in([*rest, *normalise(seen.coded.note).split()], kind)
        if unit is not None and fits_unit(seen.values, unit, kind):
            return Guess("measurement", kind.id, unit, because)
        unit = unit_by_values(seen.values, kind)
        if unit is not None:
            because += f"; {unit} is the only unit that its values fit"
            return Guess("measurement", kind.id, unit, because)
        units = " or ".join(kind.units)
        return Guess("measurement", kind.id, asked=f"is the unit {units}")
    return None


# --- words as values ------------------------------------------------------------------


def _by_values(seen: Seen, vocabulary: Vocabulary) -> Iterator[Guess]:
    """A column whose values name what is so, one or several in a cell."""
    if seen.codes:
        yield from _by_codes(seen, vocabulary)
        return
    words = [value for value in seen.values if re.search(r"[^\W\d_]{3}", value)]
    some = words[:_MOST_READ]
    read = [one for one in some if _names_something(one, seen.language, vocabulary)]
    free = bool(plain_words(seen.asks) & words_of("columns", "free words"))
    if all(USUAL.meaning(value) is not None for value in seen.values) and seen.values:
        return
    if read and (free or 3 * len(read) >= len(some)):
        yield Guess("text", because="its values name what is known here")
    elif free and (words or not seen.values):
        yield Guess("text", because=f"read from {seen.asks!r}")


def _names_something(value: str, language: str, vocabulary: Vocabulary) -> bool:
    parts = [part for part in _BETWEEN.split(value) if part.strip()]
    return any(
        named_abroad(part, language).only or any(_entries(recognise(part, vocabulary)))
        for part in parts[:6]
    )


def _by_codes(seen: Seen, vocabulary: Vocabulary) -> Iterator[Guess]:
    """Codes of a codebook that name what is so, each for itself."""
    for code, label in seen.codes:
        meaning = recognise(label, vocabulary)
        ids = list(dict.fromkeys(_entries(meaning)))
        if len(ids) == 1 and not meaning.unrecognised:
            yield Guess(
                "answer",
                ids[0],
                because=f"code {code} is {label!r} in the codebook",
                meant={"observed": (code,)},
            )

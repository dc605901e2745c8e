"""Hypothesis strategies: what people write of a person, and what of it was not told.

Plain random text seldom draws a word. These texts are rows of what a reader must make
something of: names of findings and groups, words that deny, doubt, join or describe,
ages, numbers, signs, typing mistakes, and words that mean nothing here.
"""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from minsight.intake.recognition import Meaning
from minsight.intake.text.words import MODIFIERS, SMALL
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary

JOINING: Final = (
    "and", "or", "with", "plus", "but", "while", "when", "after", "before", "during",
    "because", "due", "including", "especially", "such", "like", "versus", "linked",
    "related", "however", "although", "though", "yet",
)  # fmt: skip
"""Words that say how what stands before them hangs together with what follows."""
CUES: Final = (
    "no", "not", "never", "denies", "without", "nil", "no longer", "isn't", "dont",
    "negative for", "no history of", "history of", "h/o", "used to have", "ago",
    "two weeks ago", "resolved", "as a child", "maybe", "possible", "not sure about",
    "might have", "my mother has", "family history of", "her sister had", "fear of",
    "risk of", "normal", "tested for", "neither", "nor", "absent", "afebrile",
    "anicteric", "yes", "(-)", "-ve", "not only", "worse", "better",
)  # fmt: skip
PERSONS: Final = (
    "28F", "F 28", "9-month-old boy", "woman, 67 years old", "aged 40", "67 yo", "girl",
    "a man", "twelve years old", "3 weeks of age", "0 days old", "she", "he", "my son",
    "M", "42 y/o patient", "teenage girl", "aged 2 at the time",
)  # fmt: skip
NUMBERS: Final = (
    "ferritin 8 ug/L", "25 mg", "520 ms", "3 kg", "38.5", "for 3 weeks", "2", "10%",
    "hb 9.1 g/dL", "1,000", "HP:0001903", "HP:0012345", "hp:0002094", "x2", "5 m",
)  # fmt: skip
UNKNOWN: Final = (
    "elephants", "purple", "thyroid", "xyzzy", "1\N{VULGAR FRACTION ONE HALF}",
)  # fmt: skip
NAMING: Final = ("38.5", "afebrile", "anicteric", "thyroid")
"""Those of these words that name something here."""

MARKS: Final = (
    " ", " ", " ", " ", ", ", ", ", "; ", ". ", "\n", "/", " / ", " - ", "(", ") ",
    "? ", ": ", "! ", ",", ".", "'", "\N{RIGHT SINGLE QUOTATION MARK}", "_", "  ", "[",
    "] ", " + ", " & ", "\N{NO-BREAK SPACE}\N{EN DASH} ",
)  # fmt: skip
"""What stands between the words; the plain space most often."""


def texts(vocabulary: Vocabulary, *, most: int = 6) -> st.SearchStrategy[str]:
    """Texts of at most so many names, cues, joining words, numbers and other words."""
    plain = _words(vocabulary)
    said = st.one_of(plain, plain, plain.map(str.upper), plain.flatmap(_slipped))
    marked = st.tuples(said, st.sampled_from(MARKS)).map("".join)
    return st.lists(marked, max_size=most).map("".join)


def empty_texts() -> st.SearchStrategy[str]:
    """Texts that join, deny, doubt and describe, and name nothing."""
    empty = {*JOINING, *SMALL, *UNKNOWN, *CUES, *NUMBERS[3:8]} - set(NAMING)
    marked = st.tuples(st.sampled_from(sorted(empty)), st.sampled_from(MARKS))
    return st.lists(marked.map("".join), max_size=6).map("".join)


def _words(vocabulary: Vocabulary) -> st.SearchStrategy[str]:
    ids = [*vocabulary.finding, *vocabulary.group]
    names = [*ids, *map(vocabulary.label, ids)]
    named = st.sampled_from(names) | st.sampled_from(sorted(vocabulary.phrase))
    return st.one_of(
        named,
        named,
        st.sampled_from(JOINING),
        st.sampled_from(CUES),
        st.sampled_from(PERSONS + NUMBERS),
        st.sampled_from(sorted(MODIFIERS | SMALL)),
        st.sampled_from(UNKNOWN),
        st.text(max_size=6),
    )


def _slipped(word: str) -> st.SearchStrategy[str]:
    """The word with a letter left out, doubled, or changed for its neighbour."""
    places = st.integers(0, max(0, len(word) - 1))
    slips = (
        lambda at: word[:at] + word[at + 1 :],
        lambda at: word[: at + 1] + word[at:],
        lambda at: word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    )
    return st.one_of(*(places.map(slip) for slip in slips))


def untold(text: str, meaning: Meaning) -> list[str]:
    """The words of a text that its meaning loses.

    The law of reading is that there are none. A word is told by a stretch that was
    recognised or listed as unrecognised. Two kinds of words need not be: small ones,
    such as "the", and those that join what was told before them to what was told after
    them. A joining word at the edge of a text joins nothing, and is told.
    """
    found = [normalise(one) for one in stretches(meaning)]
    told = {word for one in found for word in one.split()}
    weightless = SMALL - set(found)  # "she" alone tells a sex, which "and" may join
    words = [word for word in normalise(text).split() if word not in weightless]
    places = [place for place, word in enumerate(words) if word in told]
    inside = range(places[0], places[-1]) if places else range(0)
    return [
        word
        for place, word in enumerate(words)
        if word not in told and not (word in JOINING and place in inside)
    ]


def stretches(meaning: Meaning) -> list[str]:
    """Every stretch of a text that was told, understood or not."""
    understood = [match.text for match in meaning.recognised]
    return understood + [one.text for one in meaning.unrecognised]

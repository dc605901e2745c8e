"""What the reading of phrases knows of English: small words, modifiers, stems.

A modifier says how a complaint is (how bad, since when, on which side) and leaves what
it is unchanged. Words that turn what is said are in `cues`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Protocol


class Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  # a name of the library


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL: Final = _words(
    " a an the this that these those of in on at to for by from as into onto upon i"
    " my me we our you your he his him she her hers it its they their them one is"
    " are was were be been being am has have had having do does did can could get"
    " gets getting got who which there here also then than so too"
)
"""Words that carry no meaning of their own."""

MODIFIERS: Final = _words(
    # how bad
    " mild mildly moderate moderately severe severely bad badly slight slightly"
    " marked markedly extreme extremely massive massively profound profoundly"
    " intense strong significant significantly notable considerable terrible awful"
    " very really quite rather somewhat little bit lot lots much more most increased"
    " great greatly general generalised generalized diffuse diffusely overall total"
    " complete increasing increasingly worsening gradual gradually progressive"
    " progressively rapid rapidly slowly insidious steadily steady"
    # since when and how often
    " recent recently sudden suddenly acute acutely new newly onset chronic"
    " chronically persistent persistently constant constantly continual continuous"
    " continuously intermittent intermittently occasional occasionally recurrent"
    " recurring recurrently repeated repeatedly frequent frequently often sometimes"
    " ongoing prolonged long longstanding lasting lifelong always usually regular"
    " regularly still again term time times day days week weeks month months year"
    " years hour hours today yesterday daily weekly monthly nightly morning mornings"
    " evening evenings night nights since about around over nearly almost several"
    " some few many half early late later one two three four five six seven eight"
    " nine ten twelve twenty"
    # where
    " both left right bilateral bilaterally unilateral symmetric symmetrical upper"
    " lower widespread whole entire parts areas area multiple"
    # who says so, and that it is one
    " feel feels feeling felt complaint complains complaining complained reports"
    " reported noted noticed found seen observed presents presenting presented"
    " developed develops developing experiences experiencing suffers suffering shows"
    " showing appears looks looking known diagnosed documented patient person man"
    " woman boy girl child toddler infant baby adult male female sign signs symptom"
    " symptoms yes present positive sensation problem problems trouble episode"
    " episodes attack attacks bout bouts come comes came"
    # medicines and diets
    " takes taking take took use uses using used user treated treatment therapy"
    " medicine medication drug drugs tablet tablets pill pills dose doses follows"
    " following status underwent undergone years-old old aged"
)
"""Words that leave what a complaint is unchanged."""

BREAKS: Final = _words(
    " and or with plus but while when after before during because due including"
    " especially such like versus linked related worse better"
)
"""Words at which one statement ends and the next begins."""

_GENERAL: Final = _words(
    " pain ache swell weak rash loss chang weight cough itch cramp spasm sweat thirst"
    " water milk tea salt sugar iron zinc alcohol beer bleed infect fractur growth"
)

_SPELLINGS: Final = (
    ("haem", "hem"), ("aem", "em"), ("aes", "es"), ("faec", "fec"), ("gynaec", "gynec"),
    ("paed", "ped"), ("coel", "cel"), ("foet", "fet"), ("oede", "ede"), ("oeso", "eso"),
    ("oest", "est"), ("rrhoe", "rrhe"), ("pnoe", "pne"), ("goitre", "goiter"),
    ("fibre", "fiber"), ("litre", "liter"), ("sulph", "sulf"), ("colour", "color"),
    ("tumour", "tumor"), ("odour", "odor"), ("behaviour", "behavior"),
    ("aluminium", "aluminum"), ("grey", "gray"), ("isation", "ization"),
    ("ised", "ized"), ("ising", "izing"), ("yoghurt", "yogurt"),
    ("liquorice", "licorice"),
)  # fmt: skip
"""British spellings and the American ones, which stand for both."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The stem of a word in lower case, the same for British and American spelling.

    >>> stem("bleeds") == stem("bleeding"), stem("anaemia") == stem("anemia")
    (True, True)
    """
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return _stemmer().stemWord(word)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    import Stemmer as Snowball  # most phrases need no stems

    made: Stemmer = Snowball.Stemmer("english")
    return made


def stems(words: str) -> tuple[str, ...]:
    """The stems of normalised words, small words left out.

    >>> stems("the hair is falling out")
    ('hair', 'fall', 'out')
    """
    return tuple(stem(word) for word in words.split() if word not in SMALL)


def leaves_meaning(word: str) -> bool:
    """Whether a word beside a complaint leaves what it is unchanged.

    >>> leaves_meaning("severe"), leaves_meaning("3kg"), leaves_meaning("stool")
    (True, True, False)
    """
    return word in MODIFIERS or any(letter.isdigit() for letter in word)


@lru_cache(maxsize=4_096)
def is_general(stem_of_word: str) -> bool:
    """Whether a word says little alone, because many kinds of it are other things."""
    return stem_of_word in {stem(word) for word in _GENERAL}

"""What the reading of phrases knows of English: small words, modifiers, stems.

A modifier says how a complaint is (how bad, since when, on which side) and leaves what
it is unchanged. A word that turns a statement into another one (a denial, a doubt,
another person, a thing of the past) is a turning word: a phrase that holds one is never
read in parts.
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
    " symptoms sensation problem problems trouble episode episodes attack attacks"
    " bout bouts"
    # medicines and diets
    " takes taking take took use uses using used user treated treatment therapy"
    " medicine medication drug drugs tablet tablets pill pills dose doses follows"
    " following status underwent undergone years-old old aged"
)
"""Words that leave what a complaint is unchanged."""

PAST: Final = _words("history past ago previous previously former formerly prior")
"""Words that say that something is over: an operation still counts, a complaint not."""

BREAKS: Final = _words(
    " and or with plus but while when after before during because due including"
    " especially such like versus linked related worse better"
)
"""Words at which one statement ends and the next begins."""

TURNING: Final = _words(
    # denials
    " no not non nor none neither nil never without absent denies denied denying"
    " negative free lacks lacking cannot cant isnt arent wasnt werent doesnt dont"
    " didnt hasnt havent hadnt wont wouldnt couldnt shouldnt aint unremarkable"
    " normal normally resolved stopped ruled excluded exclude"
    # doubts
    " maybe perhaps possible possibly probable probably suspected suspicion suspect"
    " uncertain unsure question questionable if whether might may unlikely likely"
    # other people
    " mother mothers father fathers parent parents sister sisters brother brothers"
    " sibling siblings aunt uncle grandmother grandfather cousin family familial"
    " wife husband maternal paternal relative relatives friend"
    # fears, tests and talk
    " fear fears afraid worried worry avoid avoids avoiding prevent prevention risk"
    " screening vaccine vaccination advice education planned awaiting refuses"
)
"""Words that turn a statement into another one."""

GENERAL: Final = frozenset(
    stem
    for stem in _words(
        " pain ache swell weak rash loss chang weight cough itch cramp spasm sweat"
        " thirst water milk tea salt sugar iron zinc alcohol beer bleed infect fractur"
        " growth"
    )
)
"""Stems of words that say little alone: many kinds of them are other things."""

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
    import snowballstemmer  # 20 ms to import, and most phrases need no stems

    made: Stemmer = snowballstemmer.stemmer("english")
    return made


def stems(words: str) -> tuple[str, ...]:
    """The stems of normalised words, small words left out.

    >>> stems("the hair is falling out")
    ('hair', 'fall', 'out')
    """
    return tuple(stem(word) for word in words.split() if word not in SMALL)

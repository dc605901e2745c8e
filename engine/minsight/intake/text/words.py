"""What the reading of phrases knows of English: small words, modifiers, stems.

A modifier says how a complaint is (how bad, since when, on which side) and leaves what
it is unchanged. Words that turn what is said are in `context`.
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
    " are was were be been being am has have had having do does did can could will"
    " would get gets getting got im ive hes shes theyre its who which there here also"
    " then than so too"
)
"""Words that carry no meaning of their own."""

MODIFIERS: Final = _words(
    # how bad
    " mild mildly moderate moderately severe severely bad badly slight slightly"
    " marked markedly extreme extremely massive massively profound profoundly"
    " intense strong significant significantly notable considerable terrible awful"
    " very really quite rather somewhat little bit lot lots much more most increased"
    " great greatly general generalised generalized diffuse diffusely overall total"
    " complete totally completely utterly absolutely increasing increasingly"
    " worsening gradual gradually progressive progressively rapid rapidly slowly"
    " insidious steadily steady"
    # since when and how often
    " recent recently lately twice thrice once sudden suddenly acute acutely new newly"
    " onset chronic chronically persistent persistently constant constantly continual"
    " continuous continuously intermittent intermittently occasional occasionally"
    " recurrent recurring recurrently repeated repeatedly frequent frequently often"
    " sometimes now nowadays currently ongoing prolonged long longstanding lasting"
    " lifelong always usually regular regularly still again term time times day days"
    " week weeks month months year years hour hours today yesterday daily weekly"
    " monthly nightly morning mornings evening evenings night nights since about"
    " around over nearly almost several some any anymore all few many half early late"
    " later one two three four five six seven eight nine ten twelve twenty"
    # where
    " both left right bilateral bilaterally unilateral symmetric symmetrical upper"
    " lower widespread whole entire parts areas area multiple"
    # who says so, and that it is one
    " feel feels feeling felt complaint complains complaining complained reports"
    " reported noted noticed found seen observed presents presenting presented"
    " developed develops developing experiences experiencing suffers suffering shows"
    " showing appears looks looking known diagnosed documented patient person man"
    " woman boy girl child young baby adult male female sign signs symptom"
    " symptoms yes present positive sensation problem problems trouble episode"
    " episodes attack attacks bout bouts come comes came"
    # medicines and diets
    " takes taking take took use uses using used user treated treatment therapy"
    " medicine medication drug drugs tablet tablets pill pills dose doses follows"
    " following status underwent undergone years-old old aged started starting every"
    " last dependent oral orally mg mcg ug ml iu bd tds prn"
    " beats bpm minute minutes per percent ascending descending index thumb thumbs"
    " fingertips calf calves limb limbs extremity extremities trunk"
    # how it was seen
    " exam examination inspection testing ecg ekg imaging scan mri ct xray radiograph"
    " radiographs ultrasound barium endoscopy biopsy"
)
"""Words that leave what a complaint is unchanged."""

_LINKS: Final = _words(
    " and or with plus but while when after before during because due including"
    " especially such like versus linked related"
)
BREAKS: Final = _LINKS | _words("worse better")
"""Words at which one statement ends and the next begins."""

JOINING: Final = _LINKS | _words("however although though yet")
"""Words that say how two statements hang together, and nothing of their own."""

_GENERAL: Final = _words(
    " pain ache swell weak rash loss chang weight cough itch cramp spasm sweat thirst"
    " water milk tea salt sugar iron zinc alcohol beer bleed infect fractur growth fall"
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


UNITS: Final = _words(" ms s g mg ml l cl dl cm mm m h hr hrs min")
"""What is not a word after a number: "520 ms" is not multiple sclerosis."""

WITHOUT: Final = {
    "afebrile": "fever", "apyrexial": "fever", "apyrexic": "fever",
    "nonfebrile": "fever", "anicteric": "jaundice", "acyanotic": "cyanosis",
    "acyanosed": "cyanosis", "nonpregnant": "pregnant", "nonsmoker": "smoker",
}  # fmt: skip
"""Words that deny within themselves, and what they deny."""

_LEADING: Final = _words("of in on at since from over under around round by for to")

_IRREGULAR: Final = {
    form: word
    for word, forms in (
        ("foot", "feet"), ("tooth", "teeth"), ("child", "children"), ("baby", "babies"),
        ("eat", "ate eaten"), ("drink", "drank drunk"), ("fall", "fell fallen"),
        ("break", "broke broken"), ("lose", "lost"), ("swell", "swollen"),
        ("feel", "felt"), ("sleep", "slept"), ("grow", "grew grown"),
        ("shake", "shook shaken"), ("wake", "woke woken"), ("bleed", "bled"),
        ("forget", "forgot forgotten"), ("bite", "bit bitten"), ("give", "gave given"),
        ("take", "took taken"), ("throw", "threw thrown"),
        (
            "not",
            "dont doesnt didnt isnt arent wasnt werent wont hasnt havent hadnt",
        ),
        ("cannot", "cant couldnt unable"),
        ("third", "3rd"), ("fifth", "5th"), ("tenth", "10th"), ("second", "2nd"),
    )
    for form in forms.split()
}  # fmt: skip
"""Forms that no stemmer brings to their word."""

_SAME: Final = {
    stem_of_other: word
    for word, others in (
        ("pain", "ach sore hurt tender"),
        ("belli", "tummi stomach abdomen abdomin"),
        ("stool", "poo poop fece fecal motion"),
        ("urin", "pee wee"),
        ("hand", "finger"),
        ("foot", "toe"),
        ("vomit", "puke"),
        ("dizzi", "giddi woozi"),
        ("child", "kid"),
        ("mother", "mum mom mummi mommi"),
        ("eat", "ingest consum"),
        ("period", "mens menstru menstruat menstrual"),
        ("reflex", "jerk"),
        ("rash", "erupt exanthem exanthema"),
        ("percentil", "centil"),
        ("nappi", "diaper"),
        ("remov", "excis resect"),
    )
    for stem_of_other in others.split()
}
"""Stems that say the same in complaints, so that one synonym serves for all."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The stem of a word in lower case, one for all spellings and forms of it.

    >>> stem("bleeds") == stem("bleeding"), stem("anaemia") == stem("anemia")
    (True, True)
    >>> stem("feet") == stem("toe"), stem("tummy") == stem("abdominal")
    (True, True)
    """
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    plain = _stemmer().stemWord(_IRREGULAR.get(word, word))
    return _SAME.get(plain, plain)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    import Stemmer as Snowball  # most phrases need no stems

    made: Stemmer = Snowball.Stemmer("english")
    return made


def stems(words: str) -> tuple[str, ...]:
    """The stems of normalised words, small words left out.

    >>> stems("the hair is falling out"), stems("can't sleep") == stems("cannot sleep")
    (('hair', 'fall', 'out'), True)
    """
    plain = words.replace("'", "").split()
    return tuple(stem(word) for word in plain if word not in SMALL)


def is_vague(word: str) -> bool:
    """Whether a word alone means less than the words it stands for in `_SAME`.

    "Sore" may say that something hurts; alone it does not say what.
    """
    own = _stemmer().stemWord(word)
    return _SAME.get(own, own) != own


def leads_on(text: str) -> bool:
    """Whether a text begins by saying of what, where or since when."""
    return text.split(maxsplit=1)[:1] != [] and text.split(maxsplit=1)[0] in _LEADING


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

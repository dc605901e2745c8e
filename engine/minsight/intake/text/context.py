"""Cues: words that turn what is said beside them, and how.

"No fever", "fever: denied", "maybe a fever", "my mother had a fever" and "fear of a
fever" all name a fever, and none says that the person has one. Which words a cue
governs is the matter of `scope`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

import msgspec

from minsight.intake.text.lexicon import Word
from minsight.intake.text.spelling import DENYING
from minsight.intake.text.words import WITHOUT
from minsight.knowledge.phrases import APOSTROPHE


class Turn(Enum):
    """What a cue does to the entries it governs."""

    PLAIN = "plain"
    OTHER = "other"
    PAST = "past"
    LATELY = "lately"
    DOUBTED = "doubted"
    ASIDE = "aside"
    DENIED = "denied"


class Cue(msgspec.Struct, frozen=True):
    """A cue in a sentence; `far` ones govern a whole list, whatever joins it.

    One that is `alone` is part of the word it denies and governs nothing else.
    """

    turn: Turn
    far: bool
    start: int
    end: int
    alone: bool = False


_FAMILY: Final = (
    "(?:(?:(?:step|grand)?(?:mother|father|mum|mom|dad|parent)|sister|brother|sibling"
    "|aunt|uncle|cousin|twin|wife|husband|partner|boyfriend|girlfriend|friend"
    "|colleague|neighbou?r|relative"
    "|(?<!walk the )(?<!walks the )(?<!walking the )(?:dog|cat))(?:'?s)?)"
)
_TELLS: Final = (
    "(?:reports?|reported|says?|said|states?|stated|notice[sd]?|noted|describe[sd]?"
    "|thinks?|brought|brings|worries|worried|concerned|observe[sd]|mention(?:s|ed)?"
    "|tells|told|gives|gave|feeds)"
)
_SEEN: Final = (
    "(?:present|seen|noted|found|reported|observed|there|detected|palpable|palpated"
    "|elicited|evident|an issue|a problem|had|has|have|having|got)"
)
_DENIES: Final = "den(?:y|ies|ied)"
_NOT: Final = r"(?:not|\w+n't|(?:do|does|did|has|have|is|are|was|were|wo|ca)nt)"

_LISTS: Final[tuple[tuple[Turn, bool, str], ...]] = (
    # The mother who tells of the child is no patient; a complaint that does not get
    # better is there; a "three-week history of" is about today.
    (
        Turn.PLAIN,
        False,
        rf"""
        not (?:only|just|merely)
        (?:without|no|never|{_NOT}) (?:any )?(?:improv\w+|better|relief|relieved)
        (?:without|no|never|{_NOT}) (?:get|getting|got|gets) (?:any )?better
        (?:never|{_NOT}) (?:go|goes|going|gone) away
        (?:never|{_NOT}) (?:clear|clears|clearing) up
        (?:never|{_NOT}) (?:clear|clears|stop|stops)(?=\s*(?:[,.;]|$))
        (?:hours?|days?|weeks?|months?|years?|hrs?|wks?|yrs?|[dwmy])'?s?'? history of
        (?:present\w*|came|brought|admitted|seen) with (?:an? )?history of
        (?:start|began|beg[iu]n|onset|notic|first|sinc|appear)\w*\b[^,.;]*\bago
        (?:(?:his|her|the|my|our) )?{_FAMILY}(?: (?:also|only|has|had|is))* {_TELLS}
        (?:(?:his|her|the|my|our) )?{_FAMILY}(?=(?: is)? (?:not sure|unsure|{_DENIES}))
        for no (?:\w+ )?reason
        no (?:doubt|idea why)
        """,
    ),
    (
        Turn.OTHER,
        True,
        rf"""
        (?:no |known |positive |negative |strong )*family (?:medical )?history(?: of)?
        (?:no )?(?:maternal|paternal) (?:medical )?history(?: of)?
        fhx?
        family members?
        (?:runs )?in (?:the|our|my|his|her) family
        (?:(?:his|her|the|my|our|a|whose) )?{_FAMILY}
        """,
    ),
    # A child of the person is no patient either.
    (
        Turn.OTHER,
        False,
        r"""
        (?:her|his|their)(?: \w+)?(?= (?:infant|toddler)\b)
        (?:has|have|had) (?:an?|one|two)(?: \w+)?(?= (?:infant|toddler)s?\b)
        (?<=feeding )(?:an?|the)(?: \w+)?(?= (?:infant|toddler)\b)
        (?<=nursing )(?:an?|the)(?: \w+)?(?= (?:infant|toddler)\b)
        """,
    ),
    (
        Turn.DENIED,
        True,
        rf"""
        (?:no|never|{_DENIES}|denying|without)(?: \w+){{0,2}} (?:history|hx) of
        """,
    ),
    (
        Turn.DENIED,
        False,
        r"""
        no longer(?: has| have| having| suffers?(?: from)?| feels?| gets?)?
        """,
    ),
    (
        Turn.PAST,
        True,
        r"""
        (?:past |previous |remote |prior )?(?:medical |surgical )?(?:history|hx) of
        (?:past )?(?:medical |surgical )(?:history|hx)(?: of| includes)?
        past history(?: of| includes)?
        pmhx?
        h/o
        """,
    ),
    # What was given weeks ago still counts, as an infusion; a complaint may be over.
    (
        Turn.LATELY,
        False,
        r"""
        (?:(?:one|two|three|four|five|six|\d\d?|an?|few|several) )?(?:days?|weeks?) ago
        """,
    ),
    (
        Turn.PAST,
        False,
        r"""
        used to(?: be| have| get| suffer(?: from)?| take| drink| eat)?
        previous(?:ly)?
        former(?:ly)?
        prior
        (?:in the )?past
        ago
        as an? (?:small |young )?(?:child|kid|baby|boy|girl|teenager|infant|toddler)
        in (?:his |her |my |early )?(?:childhood|infancy)
        last year
        (?:resolved|cured|recovered|subsided|settled|disappeared|stopped)
        (?:cleared up|gone away|went away|better now|over now)
        (?:is|are|has|have|had) (?:now |all )?gone(?=[\s]*(?:[,.;]|$))
        """,
    ),
    (
        Turn.DOUBTED,
        False,
        rf"""
        {_NOT}(?: \w+)? (?:sure|certain|clear|know)(?: if| whether| about| of| that)?
        (?:unsure|uncertain|unclear)(?: if| whether| about| of)?
        (?:cannot|can't|cant) (?:say|tell)(?: if| whether)?
        (?:do not|{_NOT}) know(?: if| whether)?
        wonder(?:s|ing|ed)?(?: if| whether| about)?
        may ?be
        perhaps
        (?:possibl|probabl)[ey]
        suspect(?:s|ed)?
        suspicion of
        suspicious (?:of|for)
        query
        questionable
        (?:might|may|could) (?:have|be)
        likely
        presumed
        """,
    ),
    (
        Turn.ASIDE,
        False,
        rf"""
        (?:fears?|afraid|scared|terrified|worr(?:y|ied|ies)|anxious)(?: of| about)?
        (?:to )?(?:prevent|avoid)(?:s|ion|ing)?(?: of)?
        (?:at )?(?:high |low |increased )?risks?(?: of| for)?
        (?:screen(?:ed|ing)?|tested|listed) for
        vaccin\w+
        advice
        (?:never|{_NOT}) (?:clear|clears|clearing|stop|stops)
        advised
        education
        planned
        awaiting
        refuses?
        since(?= (?:early )?(?:adolescence|childhood|infancy|puberty)\b)
        (?:no|without|not) (?:\w+ )?(?:change|increase|decrease|difference)s? (?:in|of)
        (?:no|without|not) (?:more|less|response)(?: in| of| from| to)?
        normal(?:ly)?
        unremarkable
        intact
        within normal limits
        (?:wnl|nad)
        healthy
        """,
    ),
    (
        Turn.DENIED,
        True,
        rf"""
        {_DENIES}(?: having)?(?: any)?
        denying(?: any)?
        negative for
        no (?:evidence|signs?|symptoms?|complaints?|reports?|features|indication) of
        absence of
        neither
        none of
        free (?:of|from)
        """,
    ),
    (
        Turn.DENIED,
        False,
        rf"""
        (?:is |are |was |were )?(?:{_NOT}|never) (?:been )?{_SEEN}(?: any| an?)?
        {_NOT}
        (?:no|non|nor|never|without|w/o|nil|none|absent|cannot|lacks?|lacking|denied)
        (?:negative|free|excluded?|ruled out|aint|wouldnt|couldnt|shouldnt|hadnt)
        """,
    ),
)
"""The cues, what they do, whether they govern a whole list; the earlier one wins."""

_SIGNS: Final = (
    (Turn.DOUBTED, False, re.compile(r"\?+")),
    (
        Turn.DENIED,
        False,
        re.compile(r"-ve\b|\(\s*[-\u2212\u2013]\s*\)|:\s?[-\u2212\u2013]$"),
    ),
)


def _compiled(alternatives: str) -> re.Pattern[str]:
    """A pattern of the alternatives, one a line, that match whole words."""
    lines = "|".join(line.strip() for line in alternatives.split("\n        ") if line)
    return re.compile(rf"(?<![^\W_])(?:{lines.strip('|')})(?![^\W_])", re.IGNORECASE)


_WITHIN: Final = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(WITHOUT)})(?![^\W_])", re.IGNORECASE
)
_CUES: Final = (
    *((turn, far, _compiled(alternatives)) for turn, far, alternatives in _LISTS),
    *_SIGNS,
)


def cues_of(sentence: str) -> Iterator[Cue]:
    """The cues of a sentence; none overlaps another.

    >>> sorted(cue.turn.value for cue in cues_of("denies fever, maybe a rash"))
    ['denied', 'doubted']
    """
    plain = sentence.replace(APOSTROPHE, "'")
    taken: list[tuple[int, int]] = []
    for turn, far, pattern in _CUES:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                yield Cue(turn, far, start, end)
    for match in _WITHIN.finditer(plain):
        start, end = match.span()
        yield Cue(Turn.DENIED, far=False, start=start, end=end, alone=True)


def cues_beside(sentence: str, named: Sequence[Word]) -> Iterator[Cue]:
    """The cues of a sentence that are no words of what it names.

    The "no" of "no energy" is none. "Not only" is none that turns, but in "not only
    breastfed" it is a "not", since the other word is one of the name.
    """
    for cue in cues_of(sentence):
        if any(_is_of(cue, word) for word in named):
            continue
        cut = [word.start for word in named if cue.start < word.start < cue.end]
        if cue.turn is Turn.PLAIN and cut:
            for left in cues_of(sentence[cue.start : min(cut)]):
                start, end = cue.start + left.start, cue.start + left.end
                yield msgspec.structs.replace(left, start=start, end=end)
        else:
            yield cue


def _is_of(cue: Cue, word: Word) -> bool:
    """Whether what would be a cue is a word of an entry, as in "no energy"."""
    if cue.alone:
        return False
    inside = cue.start <= word.start < cue.end
    return word.start == cue.start or (inside and word.text in DENYING)

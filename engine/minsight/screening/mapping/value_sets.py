"""Spellings: how people and programs write yes, no and unknown, and a sex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import ge, gt, le, lt
from typing import Any, Final

import msgspec

from minsight.scales import Status

_YES: Final = (
    "yes", "y", "true", "t", "1", "x", "present", "observed", "positive", "checked",
    "selected", "ticked", "+", "++", "+++", "yes.", "ja", "j", "oui", "vrai", "wahr",
    "s\u00ed", "si", "s",
    "verdadero", "sim", "\u2713", "\u2714", "\u2714\ufe0f", "\u2611", "\u2705",
)  # fmt: skip
_NO: Final = (
    "no", "n", "false", "f", "0", "absent", "excluded", "negative", "no.", "unchecked",
    "not selected", "unselected", "not_selected", "not checked", "not ticked",
    "nein", "non", "faux", "falsch", "falso", "n\u00e3o", "nao",
)  # fmt: skip
_UNKNOWN: Final = (
    "unknown", "unk", "unsure", "not sure", "dont_know", "don't_know", "not_sure",
    "prefer_not_to_say", "not_applicable", "+/-", "\u00b1", "u", "?", "-", "--", ".",
    "na", "n/a", "n.a.",
    "nan", "null", "none", "missing", "not asked", "asked-unknown", "don't know",
    "don\u2019t know", "dont know", "do not know", "dk", "refused", "not answered",
    "no answer", "prefer not to say", "unbekannt", "unsicher", "wei\u00df nicht",
    "weiss nicht", "k.a.", "k. a.", "keine angabe", "inconnu", "ne sait pas", "nsp",
    "desconocido", "no s\u00e9", "no se", "no sabe", "ns/nc", "#n/a",
    # answers that are neither yes nor no
    "sometimes", "maybe", "perhaps", "possibly", "a little", "a bit", "slightly",
    "occasionally", "now and then", "it depends", "not applicable", "n/a.", "unclear",
    "undecided", "neutral", "not known", "don't remember", "can't remember", "skip",
    "can't say", "not sure/don't know", "unsure/don't know", "no opinion", "declined",
    "refuse", "refused to answer", "prefer not to answer", "rather not say",
    "decline to answer", "no response", "not available", "not stated", "not recorded",
    "i don't know", "i do not know", "i'm not sure", "not asked/unknown", "skipped",
    "a veces", "quiz\u00e1s", "quiz\u00e1", "tal vez", "no aplica", "no contesta",
    "un poco", "prefiero no decirlo", "prefiero no decir", "prefiero no contestar",
    "no lo s\u00e9", "no estoy seguro", "no estoy segura", "ns", "nc",
    "parfois", "peut-\u00eatre", "un peu", "sans objet", "non applicable",
    "je ne sais pas",
    "ne sait pas/sans r\u00e9ponse", "pr\u00e9f\u00e8re ne pas r\u00e9pondre",
    "sans r\u00e9ponse",
    "je pr\u00e9f\u00e8re ne pas r\u00e9pondre", "de temps en temps",
    "manchmal", "vielleicht", "ein wenig", "ein bisschen", "trifft nicht zu",
    "wei\u00df ich nicht", "weiss ich nicht", "m\u00f6chte ich nicht sagen",
    "gelegentlich", "teilweise",
    "\u00e0s vezes", "as vezes", "talvez", "um pouco", "n\u00e3o sei", "nao sei",
    "n\u00e3o se aplica", "nao se aplica", "prefiro n\u00e3o dizer", "n\u00e3o sabe",
    "prefiro n\u00e3o responder", "desconhecido",
)  # fmt: skip
_CODES: Final = (
    "-1", "-7", "-8", "-9", "-77", "-88", "-97", "-98", "-99", "-777", "-888", "-999",
    "7", "8", "9", "77", "88", "97", "98", "99", "777", "888", "997", "998", "999",
    "9999", "-9999", "..", "...",
)  # fmt: skip
"""How programs write that a question was not answered; no map of its own has them."""
MISSING: Final = frozenset(_UNKNOWN)
"""What stands for a value that is not there, in the spelling of `plain`."""

_SEXES: Final = {
    "female": (
        "female", "f", "woman", "girl", "w", "weiblich", "frau", "femme", "mujer",
        "f\u00e9minin", "f\u00e9minine", "femenino", "femenina", "feminino", "feminina",
        "mulher", "ni\u00f1a", "fille", "m\u00e4dchen", "menina", "females", "women",
    ),
    "male": (
        "male", "m", "man", "boy", "m\u00e4nnlich", "mann", "homme", "masculin",
        "hombre", "masculino", "homem", "var\u00f3n", "ni\u00f1o", "gar\u00e7on",
        "junge",
        "menino", "males", "men", "h",
    ),
    "": (
        "other", "diverse", "divers", "undetermined", "unk", "non-binary", "nonbinary",
        "non binary", "genderqueer", "genderfluid", "agender", "intersex", "inter",
        "third gender", "third gender / non-binary", "non-binary / third gender",
        "transgender", "trans", "x", "d", "another", "another gender", "self-describe",
        "prefer to self-describe", "no binario", "otro", "otra", "autre", "non binaire",
        "nicht-bin\u00e4r", "andere", "anderes", "outro", "outra",
        "n\u00e3o bin\u00e1rio",
        *_UNKNOWN, *_CODES,
    ),
}  # fmt: skip
SEX_OF: Final = {text: sex for sex, texts in _SEXES.items() for text in texts}
"""The sex that a spelling means; empty where it says that it is not known."""
_BEFORE_A_SEX: Final = re.compile(
    r"(?:(?:an?|une?|eine?|uma?|una|i am|i'm|cis|cisgender|biological(?:ly)?)[\s-]+)+"
)
_AFTER_A_SEX: Final = re.compile(r"(?:\s+(?:child|baby|infant|sex|at birth))+\Z")

BLANKS: Final = (
    " \t\n\r\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""What an empty cell may hold: white space that is no control character."""
_NUMBER: Final = re.compile(r"([+-]?\d+)\.0+")


def plain(value: object) -> str:
    r"""A value of a cell in one spelling: lower case, no spaces around, `2` for `2.0`.

    Control characters alone are no spaces: they say something that nobody understands.

    >>> plain(" Yes "), plain(2.0), plain("2.00"), plain(True)
    ('yes', '2', '2', 'true')
    >>> plain(" \t"), plain(" \x1f")
    ('', '\x1f')
    """
    given = str(value)
    text = given.strip().casefold() or given.strip(BLANKS)
    number = _NUMBER.fullmatch(text)
    return number.group(1) if number else text


def sex_meant(value: object) -> str | None:
    """The sex that a value means: empty if it is not known, None if it means none.

    >>> sex_meant("A woman"), sex_meant("cis man"), sex_meant("other")
    ('female', 'male', '')
    >>> sex_meant("trans man")
    """
    text = plain(value)
    if text not in SEX_OF:
        text = _AFTER_A_SEX.sub("", _BEFORE_A_SEX.sub("", text, count=1))
    return SEX_OF.get(text)


class NumberSpan(msgspec.Struct, frozen=True):
    """All numbers on one side of a limit, and what they mean."""

    meant: Status
    sign: str
    limit: float

    def holds(self, number: float) -> bool:
        """Whether the number is in the span."""
        return bool(_SIGNS[self.sign](number, self.limit))


_SIGNS: Final = {">=": ge, "<=": le, ">": gt, "<": lt}
_SPAN: Final = re.compile(r"\s*(>=|<=|>|<)\s*([+-]?\d+(?:\.\d+)?)\s*")


def span_of(text: str, meant: Status) -> NumberSpan | None:
    """The span that a value of a map writes, like `>=2`, if it is one.

    >>> span_of(">= 2", "observed"), span_of("2", "observed")
    (NumberSpan(meant='observed', sign='>=', limit=2.0), None)
    """
    match = _SPAN.fullmatch(text)
    return NumberSpan(meant, match.group(1), float(match.group(2))) if match else None


class Spellings(msgspec.Struct, frozen=True):
    """Which values mean observed, excluded and unknown, in the spelling of `plain`.

    What is in none of them is looked for in the spans; what is nowhere cannot be read,
    or is unknown too if `lenient`. An empty cell is always unknown.
    """

    observed: frozenset[str]
    excluded: frozenset[str]
    unknown: frozenset[str] = MISSING
    spans: tuple[NumberSpan, ...] = ()
    lenient: bool = False

    def meaning(self, value: object) -> Status | None:
        """What the value says, or None when it is not one of the known ones.

        >>> USUAL.meaning("Oui"), USUAL.meaning(0.0), USUAL.meaning("mabye")
        ('observed', 'excluded', None)
        """
        text = plain(value)
        if text in self.observed:
            return "observed"
        if text in self.excluded:
            return "excluded"
        if text in self.unknown or not text:
            return "unknown"
        return self._by_span(text) or ("unknown" if self.lenient else None)

    def _by_span(self, text: str) -> Status | None:
        if not self.spans:
            return None
        try:
            number = float(text)
        except ValueError:
            return None
        return next((span.meant for span in self.spans if span.holds(number)), None)


USUAL: Final = Spellings(frozenset(_YES), frozenset(_NO), MISSING | frozenset(_CODES))
"""The spellings of yes and no that need no map."""


class Known(msgspec.Struct, frozen=True):
    """Values of a column by what they mean; `left` are those that mean nothing."""

    observed: tuple[Any, ...]
    excluded: tuple[Any, ...]
    left: tuple[Any, ...]

    @classmethod
    def among(cls, values: Iterable[Any], spellings: Spellings) -> Known:
        found: dict[str | None, list[Any]] = {}
        for value in values:
            if value is not None:
                found.setdefault(spellings.meaning(value), []).append(value)
        return cls(
            tuple(found.get("observed", ())),
            tuple(found.get("excluded", ())),
            tuple(found.get(None, ())),
        )


def categories(spellings: Spellings, also: Sequence[str] = ()) -> list[str]:
    """The values that a column may hold: observed first, then excluded, then the rest.

    Reading them as such categories is faster than reading text. `also` are values that
    were met in the file.
    """
    met = Known.among(also, spellings)
    observed = _cased(spellings.observed, met.observed)
    excluded = _cased(spellings.excluded, met.excluded)
    first = [*observed, *excluded]
    others = _cased(spellings.unknown, [v for v in also if v not in first])
    return [*first, *(value for value in others if value not in first)]


def _cased(texts: Iterable[str], met: Iterable[str]) -> list[str]:
    cased = [form for t in sorted(texts) for form in (t, t.capitalize(), t.upper())]
    return list(dict.fromkeys([*cased, *met]))

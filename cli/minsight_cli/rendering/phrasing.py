"""Phrasing: ids, names and counts as they stand in a sentence."""

from __future__ import annotations


def id_in_words(id_: str) -> str:
    """An id, such as that of a level, in words.

    >>> id_in_words("typical_pattern")
    'typical pattern'
    """
    return id_.replace("_", " ")


def inside(name: str) -> str:
    """A name as it stands inside a sentence.

    >>> inside("Cobalt (vitamin B12)")
    'cobalt (vitamin B12)'
    """
    return name[:1].lower() + name[1:]


def as_sentence(text: str) -> str:
    """A message, which is lower case and has no stop, as a sentence.

    >>> as_sentence("`irn` is not a mineral")
    '`irn` is not a mineral.'
    """
    return f"{text[:1].upper()}{text[1:]}."


def counted(count: int, what: str) -> str:
    """So many things.

    >>> counted(1, "change"), counted(3, "change")
    ('1 change', '3 changes')
    """
    return f"{count} {what}" if abs(count) == 1 else f"{count} {what}s"

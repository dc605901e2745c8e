"""Sharing: what a piece of a list leaves out, because its neighbour says it.

"Loss of taste and smell" tells of two losses, "perioral and perianal dermatitis" of two
kinds of it. A piece that names nothing alone takes the first words of the entry before
it, or the last word of the piece after it, when all of it makes an entry so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from minsight.intake.text.entry_index import Word
from minsight.intake.text.lexicon import Lexicon, Match
from minsight.intake.text.scope import Piece
from minsight.intake.text.spelling import denials
from minsight.intake.text.words import leaves_meaning

_LISTED: Final = ("and", "or", "comma")


def shared(
    pieces: Sequence[Piece],
    words: Sequence[Word],
    found: Sequence[Match],
    lexicon: Lexicon,
) -> Iterator[Match]:
    """Entries of pieces that name none alone, each with its own words as places."""
    taken = {words[place].piece for one in found for place in one.places}
    for number in range(len(pieces)):
        own = [n for n, word in enumerate(words) if word.piece == number]
        if number in taken or all(leaves_meaning(words[n].text) for n in own):
            continue
        before = _begun_before(number, pieces, found)
        after = _ended_after(number, pieces, words)
        for lent, order in ((before, (*before, *own)), (after, (*own, *after))):
            one = _made_of(order, own, words, lexicon) if lent else None
            if one is not None:
                yield one
                break


def _begun_before(
    number: int, pieces: Sequence[Piece], found: Sequence[Match]
) -> tuple[int, ...]:
    """The first words of the entry that the list begins with."""
    if not _is_closed(number, pieces):
        return ()
    at = number - 1
    while at >= 0 and not any(one.piece == at for one in found):
        if pieces[at].join not in _LISTED:
            return ()
        at -= 1
    here = [one for one in found if one.piece == at]
    if not here:
        return ()
    if denials(here[-1].phrase.words) and pieces[number].join != "or":
        return ()
    return here[-1].places[:-1]


def _ended_after(
    number: int, pieces: Sequence[Piece], words: Sequence[Word]
) -> tuple[int, ...]:
    """The last word of the list that the piece stands in."""
    for at in range(number + 1, len(pieces)):
        if pieces[at].begins_anew:
            break
        if pieces[at].join in ("and", "or"):
            return tuple(n for n, word in enumerate(words) if word.piece == at)[-1:]
        if pieces[at].join not in _LISTED:
            break
    return ()


def _is_closed(number: int, pieces: Sequence[Piece]) -> bool:
    """Whether an "and" or an "or" joins the piece, or one after it in its list."""
    for piece in pieces[number:]:
        if piece.join in ("and", "or"):
            return True
        if piece.join not in _LISTED:
            return False
    return False


def _made_of(
    order: Sequence[int], own: Sequence[int], words: Sequence[Word], lexicon: Lexicon
) -> Match | None:
    """The entry that these words make, if it needs all that the piece says."""
    line = [words[n] for n in order]
    piece = words[own[0]].piece
    together = [Word(w.text, w.stem, piece, w.start, w.end) for w in line]
    needed = {n for n in own if not leaves_meaning(words[n].text)}
    said = [word.text for word in line]
    either = " ".join([*said, *reversed(said)])  # "pain in the back", "back pain"
    for one in lexicon.entries(either, together):
        places = {order[place] for place in one.places}
        if needed <= places and not places <= set(own):
            mine = tuple(sorted(places & set(own)))
            return Match(one.phrase, mine, piece, one.mistyped)
    return None

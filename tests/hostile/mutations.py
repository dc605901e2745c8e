"""Mutations: what is well formed, spoiled in its bytes or in its structure."""

from __future__ import annotations

import copy
import zlib
from collections.abc import Iterator
from typing import Any, Final

from hostile.inputs import Chance

PIECES: Final = (
    b"\x00", b"\r", b"\n", b"\r\n", b'"', b'""', b"'", b",", b";", b"\t", b"|", b"\\",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\x9d", b"\x1b[31m",
    b"{", b"}", b"[", b"]", b":", b"- ", b"&a ", b"*a", b"<<: ", b"!!python/name:x ",
    b"9" * 300, b"-1e999", b"1e308", b"NaN", b"null", b"true", b"\\ud800", b"=1+1",
    b"[" * 400, b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"<!ENTITY a 'b'>", b"&a;", b"%",
)  # fmt: skip
"""Bytes that mean something to one reader or another."""

TEXTS: Final = (
    "", " ", "yes", "no", "unknown", "\x00", "\x1b[2J", "\x07", "\r", "a\rb", "a\nb",
    'a"b', '"', "=cmd|' /C calc'!A0", "@x", "+1", "-1", "\u202eabc", "\u200b",
    "\ufeff",
    "\u201d", "[/]", "[bold]x", "{0}", "%s", "../../x", "-", "--", "9" * 300, "1e309",
    "NaN", "inf", "-0", "1,5", "1.5.5", "0x10", "1_000", "\u0661\u0662", "65y+",
    "0-5mo",
    "not tired, but " * 200, "9 mo " * 300, "x" * 40_000, "\U0001f600", "ﬁ", "İ", "ß",
    "fatigue", "ferritin", "row", "subject", "8 ug/L", "<8", ">=9", "1/0", "None",
)  # fmt: skip
"""Texts that somebody may have typed, or meant to harm with."""

VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1.5, 10**300, -(10**25), 1e308, "", [], {}, [[]],
    {"": ""},
    [None], {"a": {"b": []}}, "yes", "\ud800", "x" * 5_000, 2**63, 2**64, -0.0,
)  # fmt: skip
"""Values that stand where another kind of value is looked for."""


def text(chance: Chance) -> str:
    """A hostile text, sometimes two of them."""
    found = chance.choice(TEXTS)
    return found + chance.choice(TEXTS) if chance.random() < 0.2 else found


def bytes_of(chance: Chance, raw: bytes, most: int = 4) -> bytes:
    """The bytes with some of them changed, put in, taken out, doubled or moved."""
    changed = bytearray(raw)
    for _ in range(chance.randint(1, most)):
        _spoil(chance, changed)
    return bytes(changed)


def _spoil(chance: Chance, raw: bytearray) -> None:
    at = chance.randint(0, len(raw))
    end = min(len(raw), at + chance.choice((1, 1, 2, 8, 64, 1_000)))
    match chance.randint(0, 6):
        case 0:
            raw[at:at] = chance.choice(PIECES)
        case 1:
            del raw[at:end]
        case 2:
            raw[at:at] = raw[at:end]
        case 3 if at < len(raw):
            raw[at] ^= 1 << chance.randint(0, 7)
        case 4:
            raw[at:end] = chance.randbytes(end - at)
        case 5 if chance.random() < 0.3:
            del raw[at:]
        case _:
            raw[at:end] = chance.choice(PIECES)


def tree(chance: Chance, value: Any, most: int = 3) -> Any:
    """A value of JSON or YAML with some of its parts changed."""
    changed = copy.deepcopy(value)
    for _ in range(chance.randint(1, most)):
        places = list(_places(changed))
        if not places:
            return chance.choice(VALUES)
        _graft(chance, *chance.choice(places))
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list and object of a value, with each of its keys."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in list(inner):
        yield value, key
        if isinstance(part, (dict, list)):
            yield from _places(part)


def _graft(chance: Chance, where: Any, key: Any) -> None:
    match chance.randint(0, 5):
        case 0:
            where[key] = copy.deepcopy(chance.choice(VALUES))
        case 1:
            where[key] = text(chance)
        case 2:
            del where[key]
        case 3 if isinstance(where, dict):
            where[chance.choice((text(chance), f"{key} ", "x"))] = where.pop(key)
        case 4 if isinstance(where, list):
            where.insert(key, copy.deepcopy(where[key]))
        case _:
            where[key] = [copy.deepcopy(where[key])] * chance.choice((1, 2, 30))


def packed(raw: bytes) -> bytes:
    """The bytes through gzip, the same at any time of day."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(raw) + packer.flush()

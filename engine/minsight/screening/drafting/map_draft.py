"""Map draft: a map for a foreign file, with each guess marked as one.

Every draft can be loaded. A guess stands where it belongs, with what it was read from;
what only a person can know stands under `open`, and is not read before it is answered.
What could not be placed stands as a comment: as long as no map names it, reading tells
of it. No value is shown that may tell who somebody is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from polars import DataFrame

from minsight.errors import FileError
from minsight.intake.status import AS_RECORDED
from minsight.intake.text.abroad import language_of
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.answers.first_look import different_values
from minsight.screening.answers.places import (
    heading_of,
)
from minsight.screening.drafting.column_guess import guesses
from minsight.screening.drafting.said_of_columns import OpenQuestion, settled
from minsight.screening.drafting.seen import Guess, Seen
from minsight.screening.mapping.administrative import is_administrative, is_personal
from minsight.screening.mapping.headings import Heading
from minsight.screening.mapping.value_sets import SEX_OF, USUAL, plain
from minsight.screening.sources.codebooks import Codebook
from minsight.screening.sources.first_rows import first_rows
from minsight.screening.sources.source import Source

_ROWS: Final = 1_000
"""How many rows are looked at."""
_EXAMPLES: Final = 3
_UNITS: Final = {"y": "years", "mo": "months", "w": "weeks", "d": "days", "": "years"}
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_NOT_PLAIN: Final = ("yes", "no", "true", "false", "null", "on", "off", "y", "n", "nan")
_NO_BOOK: Final = Codebook()
_NOTHING: Final[Mapping[str, str]] = {}


class Draft(msgspec.Struct, frozen=True):
    """The text of a map, and its columns by how sure they are placed.

    `asked` are those of which something has to be said before they are read, and
    `questions` what.
    """

    text: str
    placed: tuple[str, ...]
    guessed: tuple[str, ...]
    asked: tuple[str, ...]
    unplaced: tuple[str, ...]
    questions: tuple[OpenQuestion, ...] = ()


class _Placed(msgspec.Struct, frozen=True):
    """A column with one thing that it may be, and what is shown of its values."""

    seen: Seen
    guess: Guess
    shown: str


def draft_map(
    source: Source,
    vocabulary: Vocabulary,
    codebook: Codebook = _NO_BOOK,
    said: Mapping[str, str] = _NOTHING,
) -> Draft:
    """A map of the file's columns, ready to be looked over.

    `said` is what a person answered of open columns.

    Raises:
        FileError: when the file is not a table, or cannot be read.
    """
    if source.format == "json":
        raise FileError(f"`{source.name}` holds JSON, which needs no map of columns")
    heading = heading_of(source)
    rows = first_rows(source, heading.names, _ROWS)
    every = [
        _settled(one, said.get(one.seen.name, ""), vocabulary)
        for one in _placed(heading, rows, vocabulary, codebook)
    ]
    found = list(_once_each(every))
    lines = [*_top(source, heading), *_sections(found)]
    by = {
        "placed": [p for p in found if _is_read(p) and not p.guess.because],
        "guessed": [p for p in found if _is_read(p) and p.guess.because],
        "asked": [p for p in found if p.guess.asked],
        "unplaced": [p for p in found if not p.guess.role],
    }
    names = {
        how: tuple(dict.fromkeys(p.seen.name for p in some)) for how, some in by.items()
    }
    questions = tuple(map(_question, by["asked"]))
    return Draft("\n".join(lines) + "\n", **names, questions=questions)


def _question(one: _Placed) -> OpenQuestion:
    return OpenQuestion(one.seen.name, one.guess.asked, one.shown, one.guess)


def _settled(one: _Placed, said: str, vocabulary: Vocabulary) -> _Placed:
    """The column as a person says it is, if it was open and something was said."""
    if not said or not one.guess.asked:
        return one
    guess = settled(_question(one), said, vocabulary)
    return one if guess is None else msgspec.structs.replace(one, guess=guess)


def _is_read(placed: _Placed) -> bool:
    return placed.guess.role not in ("", "ignored", "open") and not placed.guess.asked


def _placed(
    heading: Heading, rows: DataFrame, vocabulary: Vocabulary, codebook: Codebook
) -> Iterator[_Placed]:
    split = _questions_split(heading.names)
    language = language_of((*heading.names, *heading.labels))
    times = Counter(heading.names)
    for index, name in enumerate(heading.names):
        if not name or times[name] > 1:
            continue
        cells = rows[str(index)]
        seen = Seen(
            index,
            heading,
            tuple(different_values(cells)),
            codebook.of(name),
            differ=cells.null_count() == 0 and cells.n_unique() == len(cells) > 1,
            language=language,
        )
        shown = _examples(seen, [plain(v) for v in cells.drop_nulls()])
        if name in split:
            yield _Placed(
                seen, Guess("ignored"), "a column for each choice stands beside"
            )
            continue
        for guess in guesses(seen, vocabulary):
            yield _Placed(seen, guess, shown)


def _questions_split(names: Sequence[str]) -> set[str]:
    """Questions of many choices whose answers stand in columns of their own as well."""
    heads = Counter(name.rpartition("/")[0] for name in names)
    return {name for name in names if heads[name] > 1}


def _once_each(found: Sequence[_Placed]) -> Iterator[_Placed]:
    """Without a second id, sex or date, and without dates that give no age."""
    taken: set[str] = set()
    sure = {p.guess.role: p for p in reversed(found) if not p.guess.because}
    roles = {p.guess.role for p in found if not p.guess.asked}
    dated = "born" in roles and roles & {"seen", "stamp"}
    bare_age = any(
        p.guess.role == "age" and not (p.guess.asked or p.guess.unit) for p in found
    )
    measured: dict[str, str] = {}
    for one in found:
        role, target = one.guess.role, one.guess.target
        if role == "measurement" and not one.guess.asked:
            before = measured.setdefault(target, one.seen.name)
            if before != one.seen.name:
                asked = f"it measures what {before!r} does; which of them counts"
                guess = msgspec.structs.replace(one.guess, role="open", asked=asked)
                yield msgspec.structs.replace(one, guess=guess)
                continue
        if role == "age unit" and not bare_age:
            yield msgspec.structs.replace(one, guess=Guess())
            continue
        if role in ("id", "sex", "born", "seen", "stamp", "age unit"):
            idle = role in ("seen", "stamp") and not dated
            idle |= role == "stamp" and "seen" in roles
            if role in taken or idle or sure.get(role, one) is not one:
                yield msgspec.structs.replace(one, guess=Guess("ignored"))
                continue
            if role == "born" and not dated:
                asked = "on which day were the answers given"
                guess = msgspec.structs.replace(one.guess, role="open", asked=asked)
                yield msgspec.structs.replace(one, guess=guess)
                continue
            taken.add(role)
        yield one


# --- what may be shown ----------------------------------------------------------------


def _examples(seen: Seen, cells: Sequence[str]) -> str:
    """A few values, none of which tells who somebody is."""
    if not seen.values:
        return "has nothing in the first rows"
    if is_personal(seen.name) or is_personal(seen.asks) or is_administrative(seen.name):
        return "its values are not shown"
    times = Counter(cells)
    open_ = [v for v in seen.values if _tells_nobody(v, times[v])]
    if not open_:
        return "its values are not shown"
    more = len(seen.values) > min(_EXAMPLES, len(open_))
    return f"has {', '.join(map(_short, open_[:_EXAMPLES]))}{', ...' if more else ''}"


def _tells_nobody(value: str, times: int) -> bool:
    """Whether it is an answer that many give, or a number that is no one's number."""
    if USUAL.meaning(value) is not None or value in SEX_OF:
        return True
    if re.fullmatch(r"[<>\u2264\u2265=~]*\s*[+-]?\d{1,4}(?:[.,]\d+)?", value):
        return True
    return times > 1 and len(value) <= 40 and not re.search(r"@|\d{5}", value)


def _short(value: str) -> str:
    shown = " ".join(value.split())[:24]
    return "".join(c if c.isprintable() else "?" for c in shown)


# --- writing --------------------------------------------------------------------------


def _top(source: Source, heading: Heading) -> Iterator[str]:
    yield f"# Drafted from {_in_quotes(source.name)}; look at every line."
    if heading.told:
        yield f"# {heading.told[0].upper()}{heading.told[1:]}."
    yield "# `guess` says what a line was read from; what stands under `open` is not"
    yield "# read before it is said and moved up. Empty cells are unknown, never no."


def _sections(placed: Iterable[_Placed]) -> Iterator[str]:
    by_role: dict[str, list[_Placed]] = {}
    for one in placed:
        role = "open" if one.guess.asked else one.guess.role
        by_role.setdefault(role, []).append(one)
    for one in by_role.get("id", ()):
        yield f"id: {_yaml(one.seen.name)}"
    yield from _ages(by_role)
    for one in by_role.get("sex", ()):
        meant = _meant(one.guess.meant)
        yield f"sex: {{column: {_yaml(one.seen.name)}{meant}}}{_why(one)}"
    yield from _section("answers", map(_answer, by_role.get("answer", ())))
    measured = by_role.get("measurement", ())
    yield from _section("measurements", map(_measurement, measured))
    yield from _section("texts", map(_text, by_role.get("text", ())))
    yield from _section("open", map(_open, by_role.get("open", ())))
    yield from _section("ignored", map(_ignored, by_role.get("ignored", ())))
    yield from _rest(by_role.get("", ()))


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(dict.fromkeys(lines))
    if found:
        yield f"{name}:"
        yield from found


def _ages(by_role: Mapping[str, Sequence[_Placed]]) -> Iterator[str]:
    """All ages; of several the first that is filled in counts, the finest first."""
    lines = []
    for born in by_role.get("born", ()):
        seen = (*by_role.get("seen", ()), *by_role.get("stamp", ()))[0].seen.name
        line = f"  - {{born: {_yaml(born.seen.name)}, seen: {_yaml(seen)}}}"
        lines.append(f"{line}{_why(born)}")
    order = list(_UNITS)
    ages = sorted(
        by_role.get("age", ()), key=lambda p: -order.index(p.guess.unit or "y")
    )
    units = by_role.get("age unit", ())
    for one in ages:
        unit = f"unit: {_UNITS[one.guess.unit]}"
        if units and not one.guess.unit:
            unit = f"unit_column: {_yaml(units[0].seen.name)}"
        lines.append(f"  - {{column: {_yaml(one.seen.name)}, {unit}}}{_why(one)}")
    yield from _section("age", lines)


def _answer(one: _Placed) -> str:
    meant = _meant(one.guess.meant)
    if set(one.guess.meant) == {"observed"}:
        meant += ", otherwise: unknown"
    name, target = _yaml(one.seen.name), one.guess.target
    return f"  - {{column: {name}, answers: {target}{meant}}}{_why(one)}"


def _meant(meant: Mapping[str, Sequence[str]]) -> str:
    """Values by what they mean, as keys of a map."""
    lists = (
        f", {what}: [{', '.join(_yaml(value) for value in values)}]"
        for what, values in meant.items()
    )
    return "".join(lists)


def _measurement(one: _Placed) -> str:
    name, kind = _yaml(one.seen.name), one.guess.target
    unit = _yaml(one.guess.unit)
    return f"  - {{column: {name}, measures: {kind}, unit: {unit}}}{_why(one)}"


def _text(one: _Placed) -> str:
    given = AS_RECORDED["observed"]
    return f"  - {{column: {_yaml(one.seen.name)}, given: {given}}}{_why(one)}"


def _open(one: _Placed) -> str:
    asked = _in_quotes(f"{one.guess.asked}?")
    return (
        f"  - {{column: {_yaml(one.seen.name)}, asked: {asked}}}  # {_told(one.shown)}"
    )


def _ignored(one: _Placed) -> str:
    return f"  - {_yaml(one.seen.name)}"


def _rest(unplaced: Sequence[_Placed]) -> Iterator[str]:
    if unplaced:
        yield "# Not placed, and told when the file is read, until a line above or"
        yield "# `ignored` names them:"
        yield from (f"#  - {_yaml(p.seen.name)}  # {_told(p.shown)}" for p in unplaced)


def _why(one: _Placed) -> str:
    guess = f"guess: {one.guess.because}; " if one.guess.because else ""
    asks = one.seen.asks
    asked = f"asks {_in_quotes(asks)}; " if asks != one.seen.name else ""
    return f"  # {_told(guess + ('' if guess else asked) + one.shown)}"


def _told(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)


def _yaml(text: Any) -> str:
    """A text as YAML reads it back, in quotes where it must be."""
    plainly = _PLAIN.fullmatch(str(text)) and str(text).lower() not in _NOT_PLAIN
    return str(text) if plainly else _in_quotes(str(text))


def _in_quotes(text: str) -> str:
    """The text in quotes; what YAML refuses, and what nobody sees, is escaped."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in shown)

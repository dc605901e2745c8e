"""Said: what a record repeats of what was said, by columns or one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final

import msgspec
from polars import DataFrame, Expr, col

from minsight.intake.answers import Answers, Recogniser
from minsight.intake.measurements import Value, as_bands_see
from minsight.intake.recognition import Meaning, Recognised
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.screening.results.records.bits import (
    PackedColumns,
    one_number,
    packed_bytes,
    places_in,
)
from minsight.screening.results.records.numbering import Numbering

_encode: Final = msgspec.json.encode
_BYTE: Final = 8
_NOTHING: Final = b"[]"
_WHAT: Final[Mapping[Status, str]] = {"observed": "present", "excluded": "absent"}


class SaidPieces(msgspec.Struct, frozen=True):
    """What was said of one person: lists as JSON, and what can stand behind nothing.

    `recognised` is the list without its brackets. `observed` are the texts of what is
    there or measured, each with the ids through which it can show as bits; `unsure` are
    bits of what was answered with not sure.
    """

    recognised: bytes
    unrecognised: bytes
    notes: tuple[str, ...]
    observed: Sequence[tuple[str, int]]
    unsure: int = 0


class SaidInWords:
    """Tells what was said by people who were entered one by one."""

    def __init__(self, vocabulary: Vocabulary, numbering: Numbering) -> None:
        self._vocabulary, self._numbering = vocabulary, numbering
        self._beside = {m.adjusted.by for m in vocabulary.measurements if m.adjusted}
        self._shown: dict[str, int] = {}

    def shown_by(self, id_: str) -> int:
        """The ids through which an answer can show, as bits."""
        if id_ not in self._shown:
            ids = self._vocabulary.shown_by(id_)
            self._shown[id_] = self._numbering.bits(ids)
        return self._shown[id_]

    def is_beside(self, id_: str) -> bool:
        """Whether it is a value that another is read beside, which shows in that."""
        return id_ in self._beside

    def of(self, answers: Answers) -> SaidPieces:
        """What was said by one person."""
        matches = answers.recognised
        return SaidPieces(
            _encode(matches)[1:-1],
            _encode(answers.unrecognised),
            answers.notes,
            [
                (match.text, self.shown_by(match.id))
                for match in matches
                if match.status == "observed"
                and match.kind != "person"
                and not self.is_beside(match.id)
            ],
            self._numbering.bits(answers.unsure),
        )


class SaidInColumns:
    """Tells what was said by people who answered in columns, which are `ids`.

    `measured` are the measurements among the columns. Answers are named by their
    columns, so what is recognised is known before anybody answers.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        words: SaidInWords,
        *,
        ids: Sequence[str],
        measured: Sequence[str],
        recognising: Recogniser,
    ) -> None:
        self._vocabulary, self._words = vocabulary, words
        self._ids = ids
        self._yes = PackedColumns([col(id_) for id_ in ids], prefix="yes ")
        self._no = packed_bytes([~col(id_) for id_ in ids], prefix="no ")
        self.measured = measured
        told = {
            status: [_told(id_, vocabulary, recognising, status) for id_ in ids]
            for status in _WHAT
        }
        values = [_value_told(name, vocabulary) for name in measured]
        self.plain = all(
            one is not None for one in (*told["observed"], *told["excluded"], *values)
        )
        """Whether each column says what it is called; else people are entered."""
        self._present = [one or b"" for one in told["observed"]]
        absent = [one or b"" for one in told["excluded"]]
        self._absent = [
            _all_of(absent[n : n + _BYTE]) for n in range(0, len(absent), _BYTE)
        ]
        self._values = [one or ("", b"") for one in values]
        self._shown = [(id_, words.shown_by(id_)) for id_ in ids]
        kinds = vocabulary.measurement
        self._noted = [
            name
            for name in measured
            if kinds[name].adjusted is not None or kinds[name].needs_age
        ]

    def exprs(self) -> list[Expr]:
        """What is asked of a table of answers."""
        return [*self._yes.exprs, *self._no]

    def of(
        self, packed: DataFrame, values: DataFrame, ages: Sequence[float | None]
    ) -> Iterator[SaidPieces]:
        """What was said by people in order.

        `packed` has the `exprs` of their answers, `values` the measurements as they
        were given.
        """
        split = len(self._yes.names)
        given = _rows(values.select(self.measured), len(ages))
        for row, measured, age in zip(packed.rows(), given, ages, strict=True):
            yield self._of(one_number(row[:split]), row[split:], measured, age)

    def _of(
        self,
        yes: int,
        no: Sequence[int],
        measured: Sequence[float | None],
        age: float | None,
    ) -> SaidPieces:
        places = list(places_in(yes))
        told = [self._present[place] for place in places]
        told += map(_item, self._absent, no)
        observed = [self._shown[place] for place in places]
        notes: tuple[str, ...] = ()
        if any(value is not None for value in measured):
            pairs = list(zip(self.measured, self._values, measured, strict=True))
            for name, (text, rest), value in pairs:
                if value is not None:
                    shown = text.format(value)
                    told.append(b',{"text":' + _encode(shown) + rest)
                    if not self._words.is_beside(name):
                        observed.append((shown, self._words.shown_by(name)))
            notes = self._notes(measured, age)
        return SaidPieces(b"".join(told)[1:], _NOTHING, notes, observed)

    def _notes(
        self, measured: Sequence[float | None], age: float | None
    ) -> tuple[str, ...]:
        """What there is to say of values that are read beside others or by age."""
        given = {
            name: value
            for name, value in zip(self.measured, measured, strict=True)
            if value is not None
        }
        if given.keys().isdisjoint(self._noted):
            return ()
        values = [Value(name, value) for name, value in given.items()]
        _, notes = as_bands_see(values, self._vocabulary, age_days=age)
        return notes


def _rows(values: DataFrame, people: int) -> list[tuple[Any, ...]]:
    return values.rows() if values.width else [()] * people


def _item(pieces: Sequence[bytes], number: int) -> bytes:
    return pieces[number]


def _told(
    id_: str, vocabulary: Vocabulary, recognising: Recogniser, status: Status
) -> bytes | None:
    """How a column is recognised; None where it may not be what it is called."""
    meaning = recognising(id_, vocabulary, status=status)
    if len(meaning.recognised) != 1 or id_ in vocabulary.family:
        return None
    (match,) = meaning.recognised
    plain = match.id == id_ and match.answer == _WHAT[status]
    plain &= meaning == Meaning((match,)) and match.by != "part"
    return b"," + _encode(match) if plain else None


def _value_told(name: str, vocabulary: Vocabulary) -> tuple[str, bytes] | None:
    """How a value is recognised: its text, and what stands behind that as JSON."""
    phrase = vocabulary.measured_as(name)
    if phrase is None or phrase.id != name:
        return None
    if phrase.words in vocabulary.adjusted_phrase:
        return None
    unit = vocabulary.measurement[name].unit
    match = Recognised("", "measured", phrase.id, "measurement", phrase.by, 100)
    text = f"{name} {{:g}} {unit.replace('{', '{{').replace('}', '}}')}".strip()
    return text, _encode(match).removeprefix(b'{"text":""')


def _all_of(pieces: Sequence[bytes]) -> list[bytes]:
    """What each number says whose bits stand for the pieces."""
    ways = product(*[(b"", piece) for piece in reversed(pieces)])
    return [b"".join(reversed(way)) for way in ways]

"""Fields: questions of records that come one by one, found by name or by a map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, TypeVar, cast

from minsight.ages import age_in_words
from minsight.errors import VERY_LARGE, SubjectError, quoted
from minsight.intake.contradictions import names_whole
from minsight.intake.measurements import factor_of
from minsight.intake.subject import Comparator, Measurement, Subject
from minsight.knowledge.phrases import normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.screening.mapping.columns import Column, columns_of, named
from minsight.screening.mapping.families import said_of_families
from minsight.screening.mapping.maps import Map
from minsight.screening.mapping.value_sets import MISSING, SEX_OF, plain

Note: TypeAlias = Callable[[str], None]
_Told = TypeVar("_Told", str, float)
_LOINC: Final = "http://loinc.org|"


class FieldError(SubjectError):
    """An answer that cannot be understood, with the name of its question."""

    def __init__(self, message: str, *, field: str, value: str) -> None:
        super().__init__(message)
        self.field, self.value = field, value


class Fields:
    """The questions of one file; remembers each name that it has placed."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        mapping: Map | None,
        *,
        left_out: Note,
        note: Note = lambda _: None,
    ) -> None:
        self.vocabulary = vocabulary
        self._mapped = {c.name: c for c in columns_of(mapping)} if mapping else {}
        self._by_name = mapping is None or mapping.others == "by_name"
        self._ignored = set(mapping.ignored) if mapping else set()
        self._loinc = {k.loinc: k for k in vocabulary.measurements if k.loinc}
        self._placed: dict[tuple[str, str], Column | None] = {}
        self._left_out = left_out
        self.note = note

    def gather(self) -> Said:
        """What one person says, to be filled."""
        return Said(self)

    def placed(self, name: str, text: str = "") -> Column | None:
        """The question of this name, else of this text."""
        key = (name, text)
        if key not in self._placed:
            self._placed[key] = self._place(name) or (
                self._place(text) if text else None
            )
        return self._placed[key]

    def _place(self, name: str) -> Column | None:
        if name in self._mapped:
            return self._mapped[name]
        if not self._by_name or name in self._ignored:
            return None
        kind = self._loinc.get(name.removeprefix(_LOINC).removeprefix("LOINC:"))
        if kind is not None:
            return Column(-1, name, "measurement", kind.id, by="loinc")
        column = named(-1, name, self.vocabulary)
        if column is not None:
            return column
        phrase = self.vocabulary.measurement_phrase.get(normalise(name))
        if phrase is None:
            return None
        return Column(-1, name, "measurement", phrase.id, by=phrase.by)

    def note_left_out(self, name: str) -> None:
        """Tell that a question was not read, if nobody said that it is ignored."""
        if name not in self._ignored:
            self._left_out(name)


class Said:
    """What one person says."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self.age_days: float | None = None
        self.sex: str | None = None
        self.given: dict[Status, list[str]] = {
            "observed": [],
            "excluded": [],
            "unsure": [],
        }
        self._measured: list[tuple[Measurement, str]] = []
        self.of_families: list[tuple[str, str]] = []
        self.id = ""

    @property
    def vocabulary(self) -> Vocabulary:
        return self._fields.vocabulary

    def placed(self, name: str, text: str = "") -> Column | None:
        return self._fields.placed(name, text)

    def left_out(self, name: str) -> None:
        self._fields.note_left_out(name)

    def note(self, message: str) -> None:
        """Tell something of the row."""
        self._fields.note(message)

    def term(self, id_: str, label: str, status: Status) -> bool:
        """Take a term of an ontology by its id or its label, if it is known.

        An id of the Human Phenotype Ontology is understood also where only a term above
        it is in the vocabulary. Of a term that is only a kind of an entry, no says
        nothing of the entry, and is told.
        """
        phrase, name = self.vocabulary.phrase, label or id_
        by_label = phrase.get(normalise(label)) if label else None
        if not id_.upper().startswith("HP:"):
            if by_label is not None:
                self.given[status].append(by_label.id)
            return by_label is not None
        own = phrase.get(normalise(id_))
        if own is None and by_label is None and status == "excluded":
            self.given[status].append(id_)  # read as such, which tells how
        elif own is None and by_label is not None and status == "excluded":
            if not names_whole(label, by_label.id, self.vocabulary):
                self.left_out(f"{name} (only a kind of `{by_label.id}` is excluded)")
            else:
                self.given[status].append(by_label.id)
        else:
            exact = own or by_label
            self.given[status].append(exact.id if exact else id_)
        return True

    def is_of_age(self, days: float) -> None:
        """Take the age in days.

        Raises:
            SubjectError: when another was given; so do its neighbours.
        """
        self.age_days = _once("ages", self.age_days, days, age_in_words)

    def is_of_sex(self, sex: str | None) -> None:
        """Take the sex, if it is known."""
        self.sex = _once("sexes", self.sex, sex)

    def is_called(self, id_: str) -> None:
        """Take the id, if there is one."""
        self.id = _once("ids", self.id or None, id_ or None) or ""

    def answer(self, column: Column, text: str) -> None:
        """Take an answer in words to a question that is not for a number.

        Raises:
            SubjectError: when it cannot be understood, or another was given.
        """
        match column.role:
            case "sex":
                self.is_of_sex(_sex(column, text))
            case "id":
                self.is_called(text.strip())
            case "text":
                if text.strip() and column.target:
                    self.of_families.append((column.target, text))
                elif text.strip():
                    self.given[column.status].append(text)
            case _:
                meant = column.spellings.meaning(text)
                if meant is None:
                    raise SubjectError(
                        f"{quoted(text)} is no answer to `{column.target}`;"
                        " write yes, no or nothing"
                    )
                if text.strip():
                    status: Status = "unsure" if meant == "unknown" else meant
                    self.given[status].append(column.target)

    def measure(
        self,
        column: Column,
        value: float,
        unit: str,
        *,
        comparator: str = "",
        when: str = "",
    ) -> None:
        """Take a value of a measurement; the unit of a map goes before all others.

        `when` is the day it was measured on, as FHIR writes it. Of several values that
        all have one, the newest is taken.
        """
        kind = self._fields.vocabulary.measurement[column.target]
        if column.by == "map" or factor_of(unit, kind) is None:
            unit = column.unit or unit
        sign = cast("Comparator", comparator)
        self._measured.append((Measurement(column.target, value, unit, sign), when))

    @property
    def measurements(self) -> list[Measurement]:
        """The values, of each measurement the newest where all are dated."""
        by_name: dict[str, dict[Measurement, str]] = {}
        for given, when in self._measured:
            dated = by_name.setdefault(given.name, {})
            dated[given] = max(when, dated.get(given, ""))
        return [one for dated in by_name.values() for one in self._one_of(dated)]

    def _one_of(self, dated: Mapping[Measurement, str]) -> list[Measurement]:
        newest = max(dated.values())
        last = [given for given, when in dated.items() if when == newest]
        if len(dated) == 1 or "" in dated.values() or len(last) > 1:
            return list(dated)
        label = self.vocabulary.label(last[0].name)
        self.note(f"of several values of {label} the newest was taken")
        return last

    def subject(self, subject_id: str) -> Subject:
        """The person, under the id that an answer gave, or else this one."""
        given = {status: list(texts) for status, texts in self.given.items()}
        for status, text in said_of_families(self.of_families):
            given[status].append(text)
        return Subject(
            subject_id=self.id or subject_id,
            present=given["observed"],
            absent=given["excluded"],
            unsure=given["unsure"],
            measurements=self.measurements,
            sex=self.sex,
            age_days=self.age_days,
        )


def number_of(value: object) -> float:
    """A number of a record.

    Raises:
        SubjectError: when it is none, or so large that it must be a mistake.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise SubjectError(f"{quoted(value)} is not a number")
    if abs(value) >= VERY_LARGE:
        raise SubjectError(f"{quoted(value)} stands as a value; check it")
    return float(value)


def _once(
    what: str,
    before: _Told | None,
    now: _Told | None,
    words: Callable[[_Told], str] = str,
) -> _Told | None:
    """What was told of the person, now or before."""
    if before is not None and now is not None and before != now:
        both = f"{quoted(words(before))} and {quoted(words(now))}"
        raise SubjectError(f"two {what} are given, {both}; keep one of them")
    return before if now is None else now


def _sex(column: Column, text: str) -> str | None:
    known = dict(column.values) if column.values else SEX_OF
    meant = known.get(plain(text))
    if meant is None and plain(text) not in MISSING | {""}:
        raise SubjectError(
            f"{quoted(text)} is not a sex the rules know; use `female` or `male`"
        )
    return meant or None

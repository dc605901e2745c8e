"""FHIR: results as RiskAssessments, in one Bundle or a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec
from polars import DataFrame

from minsight.assessment.engine import Engine
from minsight.screening.formats import Ending
from minsight.screening.results.risk_assessments import (
    RiskAssessments,
    _Resource,
    check_resource,
)
from minsight.screening.sinks.safety import held
from minsight.screening.sinks.writing import Write, output_bytes

_MOST_CHARACTERS: Final = 1024 * 1024
"""How long a string of FHIR may be."""
_HEAD: Final = b'{"resourceType":"Bundle","type":"collection"'


@contextmanager
def fhir_sink(
    target: Path, rules: Engine, ending: Ending, *, validate: bool
) -> Iterator[Write]:
    """A Bundle of type collection with an entry a person, or NDJSON, a line a person.

    Raises:
        FileError: when `validate` finds a resource that is not valid.
    """
    kind = _Bundle if ending.writer == "bundle" else _Lines
    with output_bytes(target, ending) as file:
        write = kind(file, rules, validate=validate)
        yield write
        write.finish()


class _Lines:
    """A resource a line."""

    def __init__(self, file: IO[bytes], rules: Engine, *, validate: bool) -> None:
        self._file = file
        self._made = RiskAssessments(rules)
        self._check: Callable[[_Resource], None] = (
            check_resource if validate else lambda _: None
        )
        self._encoder = msgspec.json.Encoder()
        self.made_safe = 0

    def __call__(self, results: DataFrame, /) -> None:
        safe, changed = held(results, most=_MOST_CHARACTERS)
        self.made_safe += changed
        for resource in self._made.of(safe):
            self._check(resource)
            self._write(resource)

    def _write(self, resource: _Resource) -> None:
        self._file.write(self._encoder.encode(resource) + b"\n")

    def finish(self) -> None:
        """Lines have no end."""


class _Bundle(_Lines):
    """One Bundle; FHIR has no empty lists, so without people it has no entries."""

    def __init__(self, file: IO[bytes], rules: Engine, *, validate: bool) -> None:
        super().__init__(file, rules, validate=validate)
        self._between = b',"entry":[\n'
        file.write(_HEAD)

    def _write(self, resource: _Resource) -> None:
        entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
        self._file.write(self._between + self._encoder.encode(entry))
        self._between = b",\n"

    def finish(self) -> None:
        """Close the list and the Bundle."""
        self._file.write(b"}\n" if b"entry" in self._between else b"\n]}\n")

"""Options that describe one person, and the person they describe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

import typer

from minsight_cli.options.common import complete_group, complete_phrase
from minsight_cli.typed import as_utf8

if TYPE_CHECKING:
    from minsight.intake.subject import Subject
    from minsight.knowledge.vocabulary import Vocabulary

_T = TypeVar("_T")

PhrasesArgument: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SYMPTOM",
        help="What is present, in everyday words or vocabulary ids.",
        autocompletion=complete_phrase,
        show_default=False,
    ),
]
AbsentOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--absent",
        help="What is not present. Repeat for more.",
        autocompletion=complete_phrase,
    ),
]
UnsureOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--unsure", help="What nobody is sure of.", autocompletion=complete_phrase
    ),
]
GroupOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        help="A risk group: diet, pregnancy, medicine ...",
        autocompletion=complete_group,
    ),
]
NotGroupOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--not-group",
        help="A risk group the person is not in.",
        autocompletion=complete_group,
    ),
]
AgeOption: TypeAlias = Annotated[
    str | None, typer.Option("--age", help="`28`, `9mo`, `9 months`, `3y`, `12d`.")
]
SexOption: TypeAlias = Annotated[
    str | None, typer.Option("--sex", help="`female` or `male`.")
]
MeasureOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="NAME=VALUE UNIT",
        help="A test result: `ferritin=8 ug/L`.",
    ),
]
SubjectOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--subject",
        metavar="FILE",
        help="A subject record in JSON or YAML; `-` reads standard input.",
    ),
]


def person_from(
    *,
    record: str | None = None,
    present: Iterable[str] | None = None,
    absent: Iterable[str] | None = None,
    unsure: Iterable[str] | None = None,
    groups: Iterable[str] | None = None,
    not_groups: Iterable[str] | None = None,
    age: str | None = None,
    sex: str | None = None,
    measurements: Iterable[str] | None = None,
    prefix: str = "--",
) -> Subject:
    """The person of the record, if there is one, with the options added.

    `prefix` is how the names of the options for age and sex begin.
    """
    from minsight.intake.records import measurement_from_text, result_in_words
    from minsight.intake.subject import Subject

    given = Subject(age=age, sex=sex)
    base = _read(record) if record is not None else Subject()
    told = {text: result_in_words(text) for text in measurements or ()}
    measured = (
        measurement_from_text(text) for text, words in told.items() if not words
    )
    return replace(
        base,
        age_days=_only_once(base.age_days, given.age_days, f"{prefix}age"),
        sex=_only_once(base.sex, given.sex, f"{prefix}sex"),
        present=(*base.present, *filter(None, told.values()), *_typed(present)),
        absent=(*base.absent, *_typed(absent)),
        unsure=(*base.unsure, *_typed(unsure)),
        groups=(*base.groups, *_typed(groups)),
        not_groups=(*base.not_groups, *_typed(not_groups)),
        measurements=(*base.measurements, *measured),
    )


def in_phrases(
    person: Subject, typed: Sequence[str] | None, vocabulary: Vocabulary
) -> Subject:
    """The person with what was typed without quotation marks put together."""
    from minsight.intake.arguments import in_phrases_of

    if not typed or len(typed) == 1:
        return person
    before = person.present[: len(person.present) - len(typed)]
    words = person.present[len(before) :]
    return replace(person, present=(*before, *in_phrases_of(words, vocabulary)))


def _typed(texts: Iterable[str] | None) -> Iterator[str]:
    return map(as_utf8, texts or ())


def piped_text(example: str) -> str:
    """The text on standard input; `example` is told when there is none."""
    from minsight.intake.subject import MOST_TEXT

    raw = sys.stdin.buffer.read(4 * MOST_TEXT + 1) if sys.stdin is not None else b""
    text = raw.decode("utf-8", errors="replace").strip()
    if not text:
        raise typer.BadParameter(
            f"nothing was said about the person; write for example: {example}"
        )
    if len(text) > MOST_TEXT:
        raise typer.BadParameter(f"the text is longer than {MOST_TEXT} characters")
    return text


def _only_once(recorded: _T | None, given: _T | None, option: str) -> _T | None:
    if recorded is not None and given is not None:
        raise typer.BadParameter(f"the record and {option} both say it; keep one")
    return recorded if given is None else given


def _read(record: str) -> Subject:
    from minsight.files.regular import bytes_of
    from minsight.intake.records import read_subject

    if record == "-":
        return read_subject(sys.stdin.buffer.read(), "standard input")
    path = Path(record)
    given = path.read_bytes() if path.is_fifo() else bytes_of(path)
    return read_subject(given, record)

"""The command line that says the same of a person again."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from minsight.ages import age_as_typed
from minsight.intake.subject import Subject


def check_command(subject: Subject) -> str:
    """`minsight check` with all that is known of the subject.

    >>> check_command(Subject(present=["always tired"], age="28", absent=["fever"]))
    "minsight check 'always tired' --absent fever --age 28"
    """
    words = [*_texts(subject.present), *_options(subject)]
    return " ".join(["minsight check", *map(shlex.quote, words)])


def _texts(texts: Iterable[str]) -> Iterator[str]:
    """Arguments; one that begins with a dash gets a space, which reading ignores."""
    return (f" {text}" if text.startswith("-") else text for text in texts)


def _options(subject: Subject) -> Iterator[str]:
    for option, texts in (
        ("--absent", subject.absent),
        ("--unsure", subject.unsure),
        ("--group", subject.groups),
        ("--not-group", subject.not_groups),
    ):
        for text in _texts(texts):
            yield from (option, text)
    if subject.age_days is not None:
        yield from ("--age", age_as_typed(subject.age_days))
    if subject.sex is not None:
        yield from ("--sex", subject.sex)
    for given in subject.measurements:
        yield from ("--measure", f"{given.name}={given.value:g} {given.unit}")

"""Readers: what other processes read is what this one would, and none stays behind."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import minsight
from minsight.screening import source_of
from minsight.screening.answers import persons, readers
from minsight.screening.answers.batches import read_batches
from minsight.screening.answers.places import place
from minsight.screening.answers.readers import AskedText, read_apart
from minsight.screening.mapping.word_list import WordList
from minsight.screening.prefetch import ahead

WORDS = WordList((("zorbled", (("fever", "observed"),)),))
TEXTS: list[AskedText] = [
    *((f"tired for {n} weeks, no fever", "observed") for n in range(1, 60)),
    *((f"craving ice, zorbled, {n} years old", "observed") for n in range(20, 60)),
    *((f"cough for {n} weeks", "excluded") for n in range(1, 40)),
]


@pytest.mark.parametrize("suggesting", [True, False])
def test_readers_read_what_is_read_here(
    rules: minsight.Rules, *, suggesting: bool
) -> None:
    found = read_apart(TEXTS, rules.vocabulary, WORDS, suggesting=suggesting, readers=2)
    assert found == {
        (text, status): WORDS.recognise(
            text, rules.vocabulary, status=status, suggesting=suggesting
        )
        for text, status in TEXTS
    }


@pytest.mark.parametrize("program", ["no_such_program", "-c pass"])
def test_what_no_reader_reads_is_missing(
    rules: minsight.Rules, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(readers, "_PROGRAM", "raise SystemExit")
    if program == "no_such_program":
        monkeypatch.setattr(sys, "executable", program)
    found = read_apart(TEXTS, rules.vocabulary, WORDS, suggesting=False, readers=2)
    assert found == {}


def test_a_reader_ends_when_nobody_asks_any_more(rules: minsight.Rules) -> None:
    program = f"from {readers.__name__} import read_on_request; read_on_request()"
    told = pickle.dumps((rules.vocabulary, WordList(), False))
    done = subprocess.run(
        [sys.executable, "-c", program], input=told, capture_output=True, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")


def test_readers_stop_when_nobody_waits_for_them(rules: minsight.Rules) -> None:
    reading = threading.Event()

    def pieces() -> Generator[int, None, None]:
        yield 1
        reading.set()
        many: list[AskedText] = [
            (f"tired for {n} weeks", "observed") for n in range(100_000)
        ]
        read_apart(many, rules.vocabulary, WORDS, suggesting=False, readers=2)

    coming = ahead(pieces())
    assert next(coming) == 1
    assert reading.wait(10)
    coming.close()  # which waits for the piece that is made


def test_many_texts_of_a_file_are_read_by_readers_and_mean_the_same(
    rules: minsight.Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.csv"
    texts = [text for text, _ in TEXTS]
    pl.DataFrame({"id": range(len(texts)), "symptoms": texts}).write_csv(path)
    asked: list[int] = []

    def counted(texts: Any, *args: Any, **about: Any) -> Any:
        asked.append(len(texts))
        return read_apart(texts, *args, **about)

    monkeypatch.setattr(persons, "read_apart", counted)
    monkeypatch.setattr(persons, "WORTH_IT", len(texts) + 1)
    here = answers_of(path, rules)
    monkeypatch.setattr(persons, "WORTH_IT", len(texts))
    assert answers_of(path, rules) == here
    assert asked == [len(texts)]


def answers_of(path: Path, rules: minsight.Rules) -> list[list[dict[str, Any]]]:
    source = source_of(path)
    placing = place(source, rules.vocabulary)
    batches = read_batches(source, placing, rules.vocabulary)
    return [batch.answers.to_dicts() for batch in batches]

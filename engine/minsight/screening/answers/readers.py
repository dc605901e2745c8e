"""Readers: processes that read free words beside this one, where there are many.

Reading is work for Python, which does one thing at a time in a process. A reader is a
program of its own and no copy of this one, which may have threads: it is told the
vocabulary, and ends when nobody asks it any more. What it does not read is read here.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import IO, Final, TypeAlias

from minsight.intake.recognition import Meaning
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status
from minsight.screening.mapping.word_list import WordList
from minsight.screening.prefetch import refuse_unwanted, unwanted_here

AskedText: TypeAlias = tuple[str, Status]
"""A text, and what is said of it as a whole."""
WORTH_IT: Final = 1000
"""Fewer texts are read here before a reader has started."""
_MOST: Final = 8
_AT_ONCE: Final = 50
_PROGRAM: Final = (
    "from minsight.screening.answers.readers import read_on_request; read_on_request()"
)
_Waiting: TypeAlias = "SimpleQueue[Sequence[AskedText]]"


def read_apart(
    texts: Sequence[AskedText],
    vocabulary: Vocabulary,
    words: WordList,
    *,
    suggesting: bool,
    readers: int | None = None,
) -> dict[AskedText, Meaning]:
    """What texts mean, read by as many readers as the machine has processors.

    A text that no reader could read is missing.

    Raises:
        Unwanted: when nobody waits for them any more.
    """
    count = min(readers or os.cpu_count() or 1, _MOST)
    waiting: _Waiting = SimpleQueue()
    for start in range(0, len(texts), _AT_ONCE):
        waiting.put(texts[start : start + _AT_ONCE])
    told, unwanted = pickle.dumps((vocabulary, words, suggesting)), unwanted_here()
    with ThreadPoolExecutor(count) as pool:
        parts = list(
            pool.map(
                lambda _: dict(_read_by_one(waiting, told, unwanted)), range(count)
            )
        )
    refuse_unwanted()
    return {text: meaning for part in parts for text, meaning in part.items()}


def _read_by_one(
    waiting: _Waiting, told: bytes, unwanted: Callable[[], bool]
) -> Iterator[tuple[AskedText, Meaning]]:
    """What one reader reads, as long as something waits and it answers."""
    try:
        reader = subprocess.Popen(  # noqa: S603  # the Python that runs here
            [sys.executable, "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # who interrupts this program does not hit it
        )
    except OSError:
        return
    with reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        try:
            reader.stdin.write(told)
            while not unwanted():
                yield from _asked(waiting.get_nowait(), reader.stdin, reader.stdout)
        except (Empty, OSError, EOFError, pickle.UnpicklingError):
            pass
        finally:
            reader.kill()


def _asked(
    texts: Sequence[AskedText], to_reader: IO[bytes], from_reader: IO[bytes]
) -> Iterator[tuple[AskedText, Meaning]]:
    pickle.dump(texts, to_reader)
    to_reader.flush()
    yield from zip(texts, pickle.load(from_reader), strict=True)  # noqa: S301  # ours


def read_on_request() -> None:
    """Read what is asked for on standard input until it ends: the work of a reader."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    vocabulary, words, suggesting = pickle.load(source)  # noqa: S301  # as told above
    while True:
        try:
            texts = pickle.load(source)  # noqa: S301
        except EOFError:
            return
        read = [
            words.recognise(text, vocabulary, status=status, suggesting=suggesting)
            for text, status in texts
        ]
        pickle.dump(read, target)
        target.flush()

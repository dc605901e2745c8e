"""Crew: processes that live long and try one trial after another.

A worker that hangs or dies is replaced, and what it was trying is a fault.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final, NamedTuple

from hostile import memory
from hostile.inputs import Trial
from hostile.verdicts import judged

PATIENCE_S: Final = 10.0
"""How long an input may take alone; many together get a little more for each. What it
waits for a processor that others use is not its own time."""
START_S: Final = 120.0
MOST_KEPT: Final = 700 * memory.MIB
"""A worker that keeps more than this between trials is replaced."""


class Tried(NamedTuple):
    """A trial with its faults, and how long it took."""

    trial: Trial
    faults: tuple[str, ...]
    seconds: float
    replaced: bool = False


def _waited_s(process: int | None) -> float:
    """How long a process has stood in the queue for a processor, where that is told."""
    try:
        told = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii")
    except OSError:  # no such system, or the process has just died
        return 0.0
    return int(told.split()[1]) / 1e9


def _work(pipe: Connection) -> None:
    """What a worker does: trials in, faults out, until nobody sends one."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    memory.guard()
    pipe.send("ready")
    while (trial := pipe.recv()) is not None:
        pipe.send((judged(trial), memory.now()))


class Worker:
    """A process with a pipe, and the trial that it is at."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other,), daemon=True)
        self._process.start()
        other.close()
        if not self.pipe.poll(START_S):
            raise SystemExit("a worker did not start")
        self.pipe.recv()
        self.trial: Trial | None = None
        self._since = 0.0

    @property
    def _own_s(self) -> float:
        """A clock that stands still while the worker waits for a processor."""
        return time.monotonic() - _waited_s(self._process.pid)

    def begin(self, trial: Trial) -> None:
        """Hand it a trial."""
        self.trial, self._since = trial, self._own_s
        self.pipe.send(trial)

    @property
    def left_s(self) -> float:
        """How long the trial may still take."""
        assert self.trial is not None
        patience = PATIENCE_S + 2.0 * (len(self.trial.inputs) - 1)
        return self._since + patience - self._own_s

    def outcome(self, *, hung: bool = False) -> Tried:
        """What came of the trial; the worker is of no more use if it is `replaced`."""
        assert self.trial is not None
        seconds = self._own_s - self._since
        trial, self.trial = self.trial, None
        if hung:
            return Tried(
                trial, (f"hang: over {seconds:.0f} s",), seconds, replaced=True
            )
        try:
            faults, kept = self.pipe.recv()
        except (EOFError, OSError):
            self._process.join()
            died = f"died: exit code {self._process.exitcode}"
            return Tried(trial, (died,), seconds, replaced=True)
        return Tried(trial, tuple(faults), seconds, replaced=kept > MOST_KEPT)

    def end(self) -> None:
        """Stop the process."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def tried(trials: Iterator[Trial], size: int) -> Iterator[Tried]:
    """Each trial with its faults, as they come, by so many processes."""
    idle, busy = [Worker() for _ in range(size)], set[Worker]()
    try:
        while True:
            while idle and (trial := next(trials, None)) is not None:
                worker = idle.pop()
                worker.begin(trial)
                busy.add(worker)
            if not busy:
                return
            for worker, one in _ended(busy):
                busy.remove(worker)
                if one.replaced:
                    worker.end()
                idle.append(Worker() if one.replaced else worker)
                yield one
    finally:
        for worker in (*idle, *busy):
            worker.end()


def _ended(busy: set[Worker]) -> list[tuple[Worker, Tried]]:
    """The workers that have come to an end, whatever end."""
    soonest = max(0.0, min(worker.left_s for worker in busy))
    heard = wait([worker.pipe for worker in busy], timeout=soonest)
    done = [(w, w.outcome()) for w in list(busy) if w.pipe in heard]
    late = [w for w in busy if w.trial is not None and w.left_s <= 0]
    return done + [(w, w.outcome(hung=True)) for w in late]

"""Stopping: signals end the work with one line and 128 and their number as exit code.

While commands are imported there is nothing to clean up, and the process ends at once:
an exception may be swallowed by what is being imported. From `raise_signals` on, a
signal is raised as an interrupt where the work is, so that it cleans up behind itself.
One that is swallowed all the same is raised again, or told at the end.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from types import FrameType
from typing import Any, Final, NoReturn

LINES: Final = {
    signal.SIGINT: "interrupted",
    signal.SIGTERM: "terminated",
    **({signal.SIGHUP: "hung up"} if hasattr(signal, "SIGHUP") else {}),
}
"""What is said of each signal that is heeded; one that is ignored stays ignored."""
_AGAIN_AFTER_S: Final = 1.0
"""Before, another signal means the same: a terminal that closes sends several."""
_SWALLOWED_FOR_S: Final = 0.01


class Halted(KeyboardInterrupt):
    """The process was told to end."""


class _Heard:
    """The signal that was heard, and when; 0 for none."""

    number = 0
    at = -_AGAIN_AFTER_S


def end_at_once() -> None:
    """From now on each signal ends the process where it is."""
    _heed(_end)


def raise_signals() -> None:
    """From now on each signal is raised, if signals are heeded at all."""
    if _are_heeded_by(_end):
        _heed(_raise)
        sys.unraisablehook = _unraisable


def end_again_at_once() -> None:
    """From now on each signal ends the process again, as nothing is left to clean."""
    if _are_heeded_by(_raise):
        _heed(_end)


def heard() -> int:
    """The signal that the process was told to end by; 0 for none."""
    return _Heard.number


def code_of(number: int) -> int:
    """The exit code of a process that this signal ended, as shells tell it."""
    return 128 + (number or signal.SIGINT)


def line_of(number: int) -> str:
    """What is said of it."""
    return LINES[signal.Signals(number or signal.SIGINT)]


def _are_heeded_by(handler: Any) -> bool:
    return any(signal.getsignal(number) is handler for number in LINES)


def _heed(handler: Any) -> None:
    for number in LINES:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> NoReturn:
    with suppress(OSError):
        if not heard():
            os.write(2, f"minsight: {line_of(number)}\n".encode())
    os._exit(code_of(heard() or number))


def _raise(number: int, _: FrameType | None) -> None:
    now = time.monotonic()
    if now - _Heard.at >= _AGAIN_AFTER_S:
        _Heard.number, _Heard.at = _Heard.number or number, now
        raise Halted


def _unraisable(found: sys.UnraisableHookArgs) -> None:
    """An interrupt that came where nothing can be raised comes again a little later."""
    if not issubclass(found.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(found)
    elif hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _raise_again)
        signal.setitimer(signal.ITIMER_REAL, _SWALLOWED_FOR_S)


def _raise_again(_: int, __: FrameType | None) -> NoReturn:
    raise Halted

"""A terminal that a test drives: it reads the screen and types, as a person would."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from typing import Final

from command_line import HUNG_AFTER_S, TELL_AGAIN_AFTER_S, CommandLine

_STYLE: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PROMPT: Final = "> "


class Terminal:
    """`minsight ARGS` in a pseudo-terminal of so many columns.

    What it shows is collected as text without colours, lines ending in a newline only.
    """

    def __init__(
        self,
        command: CommandLine,
        *args: str,
        columns: int = 80,
        env: Mapping[str, str | None] | None = None,
    ) -> None:
        self._master, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "minsight_cli", *args],
            env=command.environment({"TERM": "xterm", **(env or {})}),
            stdin=screen,
            stdout=screen,
            stderr=screen,
            start_new_session=True,
            preexec_fn=_take_the_terminal,  # noqa: PLW1509  # one system call
        )
        os.close(screen)
        self._raw = b""
        self._seen = 0

    @property
    def text(self) -> str:
        """All that was shown so far."""
        plain = _STYLE.sub("", self._raw.decode("utf-8", errors="ignore"))
        return plain.replace("\r", "")

    @property
    def raw(self) -> str:
        """All that was sent so far, styles and all."""
        return self._raw.decode("utf-8", errors="ignore")

    def ask(self, line: str | None = None) -> str:
        """Type a line, if any, and wait for the next prompt; what was shown since."""
        if line is not None:
            self.type(line + "\n")
        while not self.text[self._seen :].endswith(PROMPT):
            if not self._read():
                raise AssertionError(f"ended without a prompt:\n{self.text}")
        shown, self._seen = self.text[self._seen :], len(self.text)
        return shown

    def until(self, words: str) -> None:
        """Wait until these words are on the screen."""
        while words not in self.text:
            if not self._read():
                raise AssertionError(f"ended without `{words}`:\n{self.text}")

    def answers(self, lines: Sequence[str]) -> str:
        """Type several lines, each at its prompt; what the last one led to."""
        shown = ""
        for line in lines:
            shown = self.ask(line)
        return shown

    def type(self, keys: str) -> None:
        """Type keys; Ctrl-D at the start of a line ends the input."""
        os.write(self._master, keys.encode())

    def end(self, line: str | None = None) -> tuple[int, str]:
        """Type a line, if any, and wait for the end: its code, what was shown since."""
        if line is not None:
            self.type(line + "\n")
        while self._read():
            pass
        code = self._process.wait(HUNG_AFTER_S)
        return code, self.text[self._seen :]

    def interrupt(self) -> tuple[int, str]:
        """Type Ctrl-C until it ends: its code, what was shown since.

        Python misses one that comes after a prompt is shown and before it reads.
        """
        while True:
            self.type("\x03")
            while self._more_within(TELL_AGAIN_AFTER_S):
                if not self._read():
                    return self._process.wait(HUNG_AFTER_S), self.text[self._seen :]

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        os.close(self._master)

    def _more_within(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        return bool(ready)

    def _read(self) -> bool:
        """Wait for more on the screen; false when nothing comes any more."""
        if not self._more_within(HUNG_AFTER_S):
            raise AssertionError(f"nothing was shown for long:\n{self.text}")
        try:
            more = os.read(self._master, 65_536)
        except OSError:  # the other side is closed
            return False
        self._raw += more
        return bool(more)


def _take_the_terminal() -> None:
    """Make the terminal the one that Ctrl-C in it reaches."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

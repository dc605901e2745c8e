"""Memory: the most that this process has held since it was last asked."""

from __future__ import annotations

import contextlib
import resource
from pathlib import Path
from typing import Final

MIB: Final = 1024 * 1024
MOST: Final = (1024 - 256) * MIB
"""What inputs of less than `SMALL` bytes may add at most: 1 GiB in a new process, which
has 256 MiB before it reads anything."""
SMALL: Final = MIB
GUARD: Final = 6 * 1024 * MIB
"""What a worker may write to, so that a fault of one spares the machine."""
_STATUS: Final = Path("/proc/self/status")


def guard() -> None:
    """Refuse this process more than the machine can spare."""
    resource.setrlimit(resource.RLIMIT_DATA, (GUARD, GUARD))


def forget_peak() -> None:
    """Begin anew with the highest use of memory, where the system can."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak() -> int:
    """The highest use of memory in bytes since `forget_peak`."""
    return _field("VmHWM")


def now() -> int:
    """The memory in use, in bytes."""
    return _field("VmRSS")


def _field(name: str) -> int:
    with contextlib.suppress(OSError):
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return 0

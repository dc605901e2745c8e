"""Exit codes: what a script can rely on."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """0 done; 1 done, look at something; 2 usage or input; 3 rules; 4 our fault.

    A process that a signal ends, once it has cleaned up, has 128 and its number: 129
    for SIGHUP, 130 for SIGINT (Ctrl-C), 141 for SIGPIPE, 143 for SIGTERM.
    """

    DONE = 0
    LOOK = 1
    USAGE = 2
    INVALID_RULES = 3
    INTERNAL = 4
    HUNG_UP = 129
    INTERRUPTED = 130
    BROKEN_PIPE = 141
    TERMINATED = 143

"""Start: the console script, which can be stopped at any moment."""

from __future__ import annotations

import os

try:  # nothing of this is there yet, and to find it takes some milliseconds
    from typing import NoReturn

    from minsight_cli.stopping import end_at_once
except KeyboardInterrupt:
    os.write(2, b"minsight: interrupted\n")
    os._exit(130)


def console() -> NoReturn:
    """Run the command line in a process of its own."""
    end_at_once()
    from minsight_cli.app import run_and_exit

    run_and_exit()

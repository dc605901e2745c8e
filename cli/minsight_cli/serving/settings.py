"""Settings of a server: where it listens, whom it answers, and how much of it."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Final

import msgspec

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "::1", "[::1]")


class ServeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Sizes are in bytes, times in seconds, rates in requests a second and address."""

    host: str = "127.0.0.1"
    port: int = 8321
    token: str = ""
    page: Path | None = None
    origins: tuple[str, ...] = ()
    most_bytes: int = 2 << 20
    most_upload: int = 64 << 20
    seconds: float = 30.0
    upload_seconds: float = 600.0
    silence: float = 10.0
    rate: float = 100.0
    burst: int = 200
    at_once: int = 2
    waiting: int = 200
    connections: int = 1_000

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether an address is one of the machine itself.

    >>> is_loopback("localhost"), is_loopback("127.0.0.2"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False

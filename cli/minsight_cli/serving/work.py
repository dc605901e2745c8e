"""Work: bodies read within bounds, and answers made in threads, so many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request

from minsight_cli.serving.replying import RefusalError
from minsight_cli.serving.settings import ServeSettings

_Made = TypeVar("_Made")


class WorkThreads:
    """The threads of a server: some for short work and some for long."""

    def __init__(self, settings: ServeSettings) -> None:
        self._settings = settings
        self._short = CapacityLimiter(settings.at_once)
        self._long = CapacityLimiter(settings.at_once)

    async def done(self, make: Callable[[], _Made], *, is_long: bool = False) -> _Made:
        """What `make` gives; the server goes on meanwhile.

        Raises:
            RefusalError: when too much waits already, or it takes too long.
        """
        limiter = self._long if is_long else self._short
        if limiter.statistics().tasks_waiting >= self._settings.waiting:
            raise _busy("too many requests wait already")
        seconds = self._settings.upload_seconds if is_long else self._settings.seconds
        try:
            with anyio.fail_after(seconds):
                return await to_thread.run_sync(
                    make, limiter=limiter, abandon_on_cancel=True
                )
        except TimeoutError:
            raise _busy(f"this took more than {seconds:g} seconds") from None


def _busy(what: str) -> RefusalError:
    return RefusalError(
        503, what, advice="ask again later, or for less", headers={"Retry-After": "1"}
    )


async def read_body(
    request: Request,
    take: Callable[[bytes], object],
    settings: ServeSettings,
    *,
    is_upload: bool = False,
) -> None:
    """Hand the body over, piece by piece, and refuse what is too large or too slow.

    Raises:
        RefusalError: when it is, or ends before it is whole.
    """
    most = settings.most_upload if is_upload else settings.most_bytes
    seconds = settings.upload_seconds if is_upload else settings.seconds
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > most:
        raise _too_large(most)
    size, pieces = 0, request.stream()
    try:
        with anyio.fail_after(seconds):
            while True:
                with anyio.fail_after(settings.silence):
                    piece = await anext(pieces, None)
                if piece is None:
                    return
                size += len(piece)
                if size > most:
                    raise _too_large(most)
                take(piece)
    except TimeoutError:
        raise RefusalError(
            408,
            "the body came too slowly",
            advice="send it again",
            where="body",
            headers={"Connection": "close"},
        ) from None
    except ClientDisconnect:
        raise RefusalError(
            400, "the body ended before it was whole", advice="send it again"
        ) from None


def _too_large(most: int) -> RefusalError:
    return RefusalError(
        413,
        f"the body has more than {most // 1024} KiB",
        advice="send less at once",
        where="body",
        headers={"Connection": "close"},
    )

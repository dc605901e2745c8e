"""Metrics: how often and how fast a server answers, and nothing of what it says."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Final

BUCKETS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Times in seconds up to which responses are counted."""


class Metrics:
    """Counts responses by route and status, and their times; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count: Counter[tuple[str, int]] = Counter()
        self._within: Counter[tuple[str, float]] = Counter()
        self._seconds: dict[str, float] = {}
        self._feedback: Counter[str] = Counter()
        self.under_way = 0

    def begun(self) -> None:
        """A request came in."""
        with self._lock:
            self.under_way += 1

    def ended(self, route: str, status: int, seconds: float) -> None:
        """A request was answered, or given up."""
        with self._lock:
            self.under_way -= 1
            self._count[route, status] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + seconds
            for most in BUCKETS_S:
                if seconds <= most:
                    self._within[route, most] += 1

    def heard(self, outcome: str) -> None:
        """Somebody said what became of a card."""
        with self._lock:
            self._feedback[outcome] += 1

    def text(self, fingerprint: str) -> str:
        """All counts in the text format of Prometheus, in a fixed order."""
        with self._lock:
            return "\n".join([*self._lines(fingerprint), ""])

    def _lines(self, fingerprint: str) -> Iterator[str]:
        yield "# TYPE minsight_rules gauge"
        yield f'minsight_rules{{fingerprint="{fingerprint}"}} 1'
        yield "# TYPE minsight_requests_under_way gauge"
        yield f"minsight_requests_under_way {self.under_way}"
        yield "# TYPE minsight_requests_total counter"
        for (route, status), count in sorted(self._count.items()):
            labels = f'route="{route}",status="{status}"'
            yield f"minsight_requests_total{{{labels}}} {count}"
        yield "# TYPE minsight_request_seconds histogram"
        for route in sorted(self._seconds):
            yield from self._histogram(route)
        yield "# TYPE minsight_card_feedback_total counter"
        for outcome, count in sorted(self._feedback.items()):
            yield f'minsight_card_feedback_total{{outcome="{outcome}"}} {count}'

    def _histogram(self, route: str) -> Iterator[str]:
        name = "minsight_request_seconds"
        total = sum(count for (of, _), count in self._count.items() if of == route)
        for most in BUCKETS_S:
            labels = f'route="{route}",le="{most:g}"'
            yield f"{name}_bucket{{{labels}}} {self._within[route, most]}"
        yield f'{name}_bucket{{route="{route}",le="+Inf"}} {total}'
        yield f'{name}_sum{{route="{route}"}} {self._seconds[route]:.6f}'
        yield f'{name}_count{{route="{route}"}} {total}'

"""Lines that a person types at the prompts of a dialogue in this process."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def types(monkeypatch: pytest.MonkeyPatch, lines: Iterable[str]) -> None:
    """Have these lines typed, one at each prompt; then the input is closed."""
    left = iter(lines)

    def typed(prompt: str) -> str:
        assert prompt == "> "
        for line in left:
            return line
        raise EOFError

    monkeypatch.setattr("builtins.input", typed)

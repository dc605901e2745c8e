"""Dotted names in texts: `minsight.api.load` and what it stands for."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Final

DOTTED: Final = re.compile(r"`(minsight(?:_cli)?(?:\.\w+)+)(?:\(\))?`")


def found_at(dotted: str) -> object:
    """The module of that name, or what is called so in one.

    Raises:
        AttributeError: when there is none.
    """
    try:
        return import_module(dotted)
    except ModuleNotFoundError:
        module, _, name = dotted.rpartition(".")
        if not module:
            raise AttributeError(dotted) from None
        return getattr(found_at(module), name)


def resolves(dotted: str) -> bool:
    """Whether a dotted name stands for anything."""
    try:
        found_at(dotted)
    except AttributeError:
        return False
    return True

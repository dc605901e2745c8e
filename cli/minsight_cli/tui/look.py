"""How the screen is laid out. Colours are the terminal's own, and none is needed."""

from __future__ import annotations

from typing import Final

NARROWEST: Final = 40
LOWEST: Final = 16
"""Fewer columns or lines have no room for both sides."""
BREAKPOINTS: Final = [(0, "-stacked"), (80, "-beside"), (96, "-wide")]
"""Columns from which the sides stand beside each other, and from which wider."""
SCROLLBAR: Final = 1
"""Columns that are kept free for it."""

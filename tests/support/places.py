"""Where the tests find the project and what they read."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
"""The checkout."""

DATA: Final = ROOT / "tests" / "data"
"""What tests read: small rules, golden files, phrases."""

SMALL_RULES: Final = DATA / "small_rules"
"""Two minerals and what they need, small enough to work out by hand."""

"""The keys of the screen: what the foot of it and its help say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FOOT: Final = (
    "space yes, no, unknown",
    "d don't know",
    "/ search",
    "tab next part",
    "u undo",
    "r redo",
    "s save",
    "n snapshot",
    "c compare",
    "e command",
    "a age",
    "x sex",
    "m test",
    "? help",
    "q quit",
)
FOOT_OF_SEARCH: Final = (
    'type words: "always tired, no fever"',
    "Enter takes what is understood",
    "down to what was found",
    "escape back",
    "ctrl+c quit",
)
HELP: Final = """\
Say what is known of a person on the left; on the right stand the
minerals whose lack fits, and why. Each answer counts at once.

  [+] yes  [-] no  [?] not sure  [ ] unknown  [=] a test result
  What was not said is unknown, never no.

  arrows, page up and down, home, end   move
  tab, shift+tab   next part of the screen, the one before
  space or Enter   unknown, yes, no, unknown ...
  d                don't know
  backspace        unknown; takes a test result away
  /                search: words are read as in `minsight check`;
                   Enter takes what they mean, "no fever" as no;
                   down goes to the list of what was found
  escape           leave the search
  u                undo
  r or ctrl+r      redo
  a, x, m          age, sex, a test result
  s                save the answers as a subject record
  n                keep a snapshot of the answers under a name
  c                compare with a snapshot, or go back to it
  e                the command line that says the same again
  v                show the ranking in an emergency too
  q or ctrl+c      quit; asks when the answers are not saved

Education and decision support, never a diagnosis. A level says how
far the answers fit published descriptions; it rules nothing out."""


def packed(keys: Sequence[str], columns: int) -> str:
    r"""The keys in as few lines of so many columns as hold them, none torn apart.

    >>> packed(["u undo", "r redo", "q quit"], 14)
    'u undo  r redo\nq quit'
    """
    lines: list[str] = []
    for key in keys:
        longer = f"{lines[-1]}  {key}" if lines else key
        if lines and len(longer) <= columns:
            lines[-1] = longer
        else:
            lines.append(key)
    return "\n".join(lines)

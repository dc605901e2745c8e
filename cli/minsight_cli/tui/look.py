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

STYLE: Final = """
* { scrollbar-size-vertical: 1; }
Screen { layout: vertical; }
#top { height: auto; max-height: 8; }
#person, #foot { height: auto; }
#urgency { height: auto; }
#warnings { height: auto; display: none; text-style: bold; }
#warnings.shown { display: block; }
#foot, .quiet { text-style: dim; height: auto; }
#sides { height: 1fr; min-width: 40; layout: horizontal; }
.-stacked #sides { layout: vertical; }
#left { width: 38; border: round ansi_default; padding: 0 1; }
#right { width: 1fr; min-width: 30; }
.-wide #left { width: 40%; }
.-stacked #left { width: 100%; height: 1fr; }
.-stacked #right { height: 1fr; }
#left:focus-within, #candidates:focus, #reasons:focus { border: heavy ansi_cyan; }
#candidates { height: auto; max-height: 45%; border: round ansi_default; padding: 0 1; }
#reasons { height: 1fr; border: round ansi_default; padding: 0 1; }
#why { height: auto; }
#search { height: 1; border: none; padding: 0; }
#meaning { height: auto; max-height: 4; display: none; }
#meaning.shown { display: block; }
#answers { height: 1fr; max-height: 100%; border: none; padding: 0; }
#small { display: none; height: 1fr; content-align: center middle; }
.-small #small { display: block; }
.-small #top, .-small #sides, .-small #foot { display: none; }

OptionList > .option-list--option-highlighted { text-style: bold; }
OptionList:focus > .option-list--option-highlighted { text-style: bold reverse; }
OptionList > .option-list--option-disabled { text-style: dim; }

.emergency, .same_day { color: ansi_red; text-style: bold; }
.soon, .routine { color: ansi_yellow; text-style: bold; }

Dialog { align: center middle; }
Dialog .box {
    width: 76; max-width: 100%; height: auto; max-height: 100%;
    border: heavy ansi_cyan; padding: 0 1; background: ansi_default;
}
Dialog VerticalScroll { height: auto; max-height: 80vh; }
Dialog .box > Static { height: auto; }
Dialog #refused { text-style: bold; }
Dialog Input { border: none; padding: 0; height: 1; margin: 1 0; }
Dialog TextArea { height: auto; max-height: 14; border: none; margin: 1 0; }
Dialog OptionList { height: auto; max-height: 14; border: none; padding: 0; }
"""

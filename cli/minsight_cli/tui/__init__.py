"""TUI: `minsight explore` on the screen, the one room that knows Textual."""

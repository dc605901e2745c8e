"""`minsight explore` on the screen. The one room that knows Textual."""

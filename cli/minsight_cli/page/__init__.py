"""Page: one file that holds the rules and all that answers by them, for a browser."""

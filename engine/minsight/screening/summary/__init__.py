"""Summary: what became of the rows of all files, as counts."""

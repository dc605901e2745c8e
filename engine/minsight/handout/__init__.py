"""Handout: one page for a visit: what was reported, what was found, what to ask."""

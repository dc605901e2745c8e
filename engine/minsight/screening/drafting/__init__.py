"""Drafting: maps for foreign files, and what their columns become by one."""

"""Screening: files of many people in, a table of results out, no row lost."""

"""Mapping: what the columns and values of a foreign file mean."""

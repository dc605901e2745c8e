"""Intake: what was said about a person, in ids of the vocabulary."""

"""Intake: what was said about a person, in ids of the vocabulary."""

from minsight._face import face

__getattr__, __dir__ = face(__name__, __file__)

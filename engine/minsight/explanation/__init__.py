"""Explanation: how a conclusion follows from the answers, and why another does not."""

from minsight._face import face

__getattr__, __dir__ = face(__name__, __file__)

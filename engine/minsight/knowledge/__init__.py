"""Knowledge: what the rules know, frozen, as the cache keeps it."""

from minsight._face import face

__getattr__, __dir__ = face(__name__, __file__)

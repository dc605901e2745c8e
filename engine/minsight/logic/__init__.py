"""Logic: programs, what they mean, and what holds of them for everybody."""

from minsight._face import face

__getattr__, __dir__ = face(__name__, __file__)

"""Service: the rules behind one function from request to answer, both bytes of JSON."""

from minsight._face import face

__getattr__, __dir__ = face(__name__, __file__)

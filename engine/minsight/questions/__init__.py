"""Questions: which of them are worth asking, one by one or as a form."""

from minsight._face import face

__getattr__, __dir__ = face(__name__, __file__)

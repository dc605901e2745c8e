"""Assessment: from atoms that hold to a differential."""

from minsight._face import face

__getattr__, __dir__ = face(__name__, __file__)

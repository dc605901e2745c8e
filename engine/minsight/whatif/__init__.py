"""What-if: what would change an assessment, computed from the rules."""

from minsight._face import face

__getattr__, __dir__ = face(__name__, __file__)

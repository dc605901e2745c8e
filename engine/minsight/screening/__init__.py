"""Screening: files of many people in, a table of results out, no row lost.

Each file is a `Source`; `place` says where its questions stand, and `read_batches`
gives its answers.
"""

from minsight._face import face

__getattr__, __dir__ = face(__name__, __file__)

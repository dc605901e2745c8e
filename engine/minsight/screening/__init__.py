"""Screening: files of many people in, a table of results out, no row lost.

Each file is a `Source`; `place` says where its questions stand, and `read_batches`
gives its answers.
"""

from minsight.screening.batches import place, read_batches
from minsight.screening.drafting import Draft, draft_map
from minsight.screening.identities import Identities
from minsight.screening.maps import Map, load_map
from minsight.screening.placing import Column, Placing
from minsight.screening.reports import Batch, Notice, Reject, merged
from minsight.screening.sources import Found, Source, source_of, sources

__all__ = [
    "Batch",
    "Column",
    "Draft",
    "Found",
    "Identities",
    "Map",
    "Notice",
    "Placing",
    "Reject",
    "Source",
    "draft_map",
    "load_map",
    "merged",
    "place",
    "read_batches",
    "source_of",
    "sources",
]

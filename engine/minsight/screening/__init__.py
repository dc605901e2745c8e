"""Screening: files of many people in, a table of results out, no row lost.

Each file is a `Source`; `place` says where its questions stand, and `read_batches`
gives its answers.
"""

from minsight.screening.answers.batches import place, read_batches
from minsight.screening.answers.identities import Identities
from minsight.screening.map_draft import Draft, draft_map
from minsight.screening.mapping.columns import Column, Placing
from minsight.screening.mapping.maps import Map, load_map
from minsight.screening.rejects import Batch, Notice, Reject, merged
from minsight.screening.sources.files import Found, find_sources
from minsight.screening.sources.source import Source, source_of

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
    "find_sources",
    "load_map",
    "merged",
    "place",
    "read_batches",
    "source_of",
]

"""Screening: files of many people in, a table of results out, no row lost.

Each file is a `Source`; `place` says where its questions stand, and `read_batches`
gives its answers.
"""

# ruff: noqa: I001  # a name beside itself is exported; sorting would part them
from typing import TYPE_CHECKING

from minsight._face import lazy

if TYPE_CHECKING:
    from minsight.screening.answers.batches import (
        place as place,
        read_batches as read_batches,
    )
    from minsight.screening.answers.identities import (
        Identities as Identities,
    )
    from minsight.screening.map_draft import (
        Draft as Draft,
        draft_map as draft_map,
    )
    from minsight.screening.mapping.columns import (
        Column as Column,
        Placing as Placing,
    )
    from minsight.screening.mapping.maps import (
        Answering as Answering,
        Long as Long,
        Map as Map,
        Measuring as Measuring,
        Sexing as Sexing,
        load_map as load_map,
    )
    from minsight.screening.mapping.value_sets import (
        Span as Span,
        Spellings as Spellings,
    )
    from minsight.screening.pipeline import (
        Screened as Screened,
    )
    from minsight.screening.rejects import (
        Batch as Batch,
        Notice as Notice,
        Reject as Reject,
        merged as merged,
    )
    from minsight.screening.runs.manifest import (
        File as File,
        Input as Input,
        Manifest as Manifest,
        Options as Options,
        Output as Output,
        read_manifest as read_manifest,
    )
    from minsight.screening.runs.order import (
        Order as Order,
    )
    from minsight.screening.runs.run import (
        Run as Run,
        Watch as Watch,
    )
    from minsight.screening.sources.dialects import (
        Dialect as Dialect,
    )
    from minsight.screening.sources.encoding import (
        Encoding as Encoding,
    )
    from minsight.screening.sources.files import (
        Found as Found,
        find_sources as find_sources,
    )
    from minsight.screening.sources.source import (
        Source as Source,
        source_of as source_of,
    )
    from minsight.screening.summary.tally import (
        Tally as Tally,
    )
    from minsight.screening.table_results import (
        TableResults as TableResults,
    )

__all__, __getattr__, __dir__ = lazy(
    __name__,
    {
        "answers.batches": "place read_batches",
        "answers.identities": "Identities",
        "map_draft": "Draft draft_map",
        "mapping.columns": "Column Placing",
        "mapping.maps": "Answering Long Map Measuring Sexing load_map",
        "mapping.value_sets": "Span Spellings",
        "pipeline": "Screened",
        "rejects": "Batch Notice Reject merged",
        "runs.manifest": "File Input Manifest Options Output read_manifest",
        "runs.order": "Order",
        "runs.run": "Run Watch",
        "sources.dialects": "Dialect",
        "sources.encoding": "Encoding",
        "sources.files": "Found find_sources",
        "sources.source": "Source source_of",
        "summary.tally": "Tally",
        "table_results": "TableResults",
    },
)

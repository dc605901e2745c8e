from minsight.screening.answers.batches import (
    read_batches as read_batches,
)
from minsight.screening.answers.identities import Identities as Identities
from minsight.screening.answers.places import (
    place as place,
)
from minsight.screening.drafting.map_check import (
    Becomes as Becomes,
)
from minsight.screening.drafting.map_check import (
    MapCheck as MapCheck,
)
from minsight.screening.drafting.map_check import (
    check_map as check_map,
)
from minsight.screening.drafting.map_draft import (
    Draft as Draft,
)
from minsight.screening.drafting.map_draft import (
    draft_map as draft_map,
)
from minsight.screening.drafting.said_of_columns import (
    OpenQuestion as OpenQuestion,
)
from minsight.screening.drafting.said_of_columns import (
    why_not_said as why_not_said,
)
from minsight.screening.mapping.columns import (
    Column as Column,
)
from minsight.screening.mapping.columns import (
    Placing as Placing,
)
from minsight.screening.mapping.headings import (
    Heading as Heading,
)
from minsight.screening.mapping.headings import (
    TableLayout as TableLayout,
)
from minsight.screening.mapping.maps import (
    Answering as Answering,
)
from minsight.screening.mapping.maps import (
    Dating as Dating,
)
from minsight.screening.mapping.maps import (
    Long as Long,
)
from minsight.screening.mapping.maps import (
    Map as Map,
)
from minsight.screening.mapping.maps import (
    Measuring as Measuring,
)
from minsight.screening.mapping.maps import (
    Sexing as Sexing,
)
from minsight.screening.mapping.maps import (
    load_map as load_map,
)
from minsight.screening.mapping.value_sets import (
    NumberSpan as NumberSpan,
)
from minsight.screening.mapping.value_sets import (
    Spellings as Spellings,
)
from minsight.screening.mapping.word_list import (
    WordList as WordList,
)
from minsight.screening.mapping.word_list import (
    load_word_list as load_word_list,
)
from minsight.screening.pipeline import Screened as Screened
from minsight.screening.rejects import (
    Batch as Batch,
)
from minsight.screening.rejects import (
    Notice as Notice,
)
from minsight.screening.rejects import (
    Reject as Reject,
)
from minsight.screening.rejects import (
    merged as merged,
)
from minsight.screening.runs.manifest import (
    File as File,
)
from minsight.screening.runs.manifest import (
    Input as Input,
)
from minsight.screening.runs.manifest import (
    Manifest as Manifest,
)
from minsight.screening.runs.manifest import (
    Options as Options,
)
from minsight.screening.runs.manifest import (
    Output as Output,
)
from minsight.screening.runs.manifest import (
    read_manifest as read_manifest,
)
from minsight.screening.runs.order import Order as Order
from minsight.screening.runs.parts import Watch as Watch
from minsight.screening.runs.run import Run as Run
from minsight.screening.runs.unread import Listing as Listing
from minsight.screening.sources.codebooks import (
    Codebook as Codebook,
)
from minsight.screening.sources.codebooks import (
    codebook_of as codebook_of,
)
from minsight.screening.sources.dialects import Dialect as Dialect
from minsight.screening.sources.encoding import Encoding as Encoding
from minsight.screening.sources.files import (
    Found as Found,
)
from minsight.screening.sources.files import (
    find_sources as find_sources,
)
from minsight.screening.sources.source import (
    Source as Source,
)
from minsight.screening.sources.source import (
    source_of as source_of,
)
from minsight.screening.summary.tally import Tally as Tally
from minsight.screening.table_results import TableResults as TableResults

from minsight.service.lessons import packed_cases as packed_cases
from minsight.service.service import Service as Service
from minsight.service.service import service_from as service_from

"""The server that the tests of this folder ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import minsight
from minsight.cases.published import lesson_cases
from minsight.compiler.bundle import rules_folder
from minsight.service.service import Service
from serving import Running, running


@pytest.fixture(scope="session")
def service(rules: minsight.Rules) -> Service:
    return Service(rules, lesson_cases(rules_folder()))


@pytest.fixture(scope="session")
def server(service: Service) -> Iterator[Running]:
    with running(service, rate=10_000.0, burst=10_000) as found:
        yield found

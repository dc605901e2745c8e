"""The service that its tests ask, over the shipped rules and their cases."""

from __future__ import annotations

import pytest

import minsight
from minsight.cases.published import lesson_cases
from minsight.compiler.bundle import rules_folder
from minsight.service.service import Service


@pytest.fixture(scope="session")
def service(rules: minsight.Rules) -> Service:
    return Service(rules, lesson_cases(rules_folder()))

"""The guide of a rule folder, from its documents."""

from __future__ import annotations

from minsight.ages import parse_age
from minsight.compiler.documents.interview import AgesAndSexDocument
from minsight.compiler.interview import ages_and_sex, guide_of
from minsight.knowledge.guide import Guide
from minsight.knowledge.vocabulary import ANYBODY, Demographic
from small_folder import small_folder


def test_a_folder_without_an_interview_has_a_guide_that_says_nothing() -> None:
    assert guide_of(small_folder()) == Guide()


def test_ages_are_read_in_days_and_nobody_named_is_everybody() -> None:
    written = {"from": "10y", "below": "60y", "sex": "female"}
    women = ages_and_sex(AgesAndSexDocument.model_validate(written))
    assert women == Demographic(parse_age("10y"), parse_age("60y"), "female")
    assert ages_and_sex(None) == ages_and_sex(AgesAndSexDocument()) == ANYBODY

"""Reading takes steps in proportion to the text, whatever is in it.

`benchmarks/reading.py` measures the time that the same texts take.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any, Final

import pytest

import minsight
from hostile_texts import PATTERNS, of_length
from minsight.intake import recognition
from minsight.intake.answers import enter
from minsight.intake.subject import Subject
from minsight.intake.text.context import cues_of
from minsight.intake.text.sentences import LONGEST_SENTENCE

SHORT: Final = LONGEST_SENTENCE
TIMES: Final = 3
SLACK: Final = 1.25
"""What is made once for a text, and where sentences are cut, is not in proportion."""


class Steps:
    """Counts the calls of functions, and how much the cues were looked for in."""

    def __init__(self) -> None:
        self.calls = 0
        self.longest = 0

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        self.calls += event in ("call", "c_call")
        if event == "call" and frame.f_code is cues_of.__code__:
            self.longest = max(self.longest, len(frame.f_locals["sentence"]))


def steps(text: str, rules: minsight.Rules) -> Steps:
    counted = Steps()
    sys.setprofile(counted)
    try:
        enter(Subject(present=[text]), rules.vocabulary, keep_going=True)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("name", PATTERNS)
def test_three_times_the_text_takes_three_times_the_steps(
    name: str, small: minsight.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A suggestion costs the same for any text, and only some texts need one.
    monkeypatch.setattr(recognition, "suggestions", lambda *_, **__: ())
    steps(PATTERNS[name], small)  # what is remembered of words is remembered now
    short = steps(of_length(PATTERNS[name], SHORT), small)
    long = steps(of_length(PATTERNS[name], TIMES * SHORT), small)
    assert long.calls <= SLACK * TIMES * short.calls
    assert long.longest <= LONGEST_SENTENCE

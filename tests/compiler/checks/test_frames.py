"""Frames: lists that exist, in no circle, and no two meanings for the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from minsight.compiler.checks.content import Content
from minsight.compiler.checks.frames import frames_stand
from minsight.compiler.documents import FramesDocument
from minsight.compiler.frames import MEANS_NOTHING
from small_folder import small_folder

LISTS = {"skin": ["skin", "<limb>"], "limb": ["arm", "leg"]}


def told(lists: Mapping[str, list[str]], *frames: dict[str, Any]) -> list[str]:
    written = FramesDocument.model_validate({"lists": lists, "frames": list(frames)})
    folder = replace(small_folder(), frames={"vocabulary/frames/a.yaml": written})
    return [issue.message for issue in frames_stand(Content(folder))]


def frame(means: str, *words: Any) -> dict[str, Any]:
    return {"means": means, "words": list(words)}


def test_sound_frames_are_in_order() -> None:
    sound = (frame("itch", "<skin>", ["crawls"]), frame(MEANS_NOTHING, "job", "itches"))
    assert told(LISTS, *sound) == []


@pytest.mark.parametrize(
    ("lists", "one", "message"),
    [
        ({}, frame("itcch", "crawls"), "unknown finding or group `itcch`"),
        ({}, frame("itch", "<skn>"), "unknown list `skn`"),
        ({}, frame("itch", ["<skn>", "arm"]), "unknown list `skn`"),
        ({"limb": ["arm"]}, frame("itch", "crawls"), "no frame uses the list `limb`"),
        ({"skin": ["<limb>"]}, frame("itch", "<skin>"), "unknown list `limb`"),
        (
            {"skin": ["<limb>"], "limb": ["<skin>"]},
            frame("itch", "<skin>"),
            "a circle of lists: skin -> limb -> skin",
        ),
    ],
)
def test_what_cannot_be_read_is_told(
    lists: Mapping[str, list[str]], one: dict[str, Any], message: str
) -> None:
    assert told(lists, one) == [message]


def test_a_list_stands_once() -> None:
    written = {"lists": {"skin": ["skin"]}, "frames": [frame("itch", "<skin>", "red")]}
    one = FramesDocument.model_validate(written)
    files = {"vocabulary/frames/a.yaml": one, "vocabulary/frames/b.yaml": one}
    folder = replace(small_folder(), frames=files)
    (issue,) = frames_stand(Content(folder))
    assert issue.message.startswith("`skin` is a list of vocabulary/frames/a.yaml:")
    assert issue.place.file == "vocabulary/frames/b.yaml"


def test_words_of_two_meanings_are_told() -> None:
    both = (frame("itch", "<skin>", "crawls"), frame("fever", "crawls", ["<skin>"]))
    (message,) = told(LISTS, *both)
    assert message.endswith("means both itch and fever")

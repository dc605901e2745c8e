"""Frames: from the words and lists that authors write to lists of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from minsight.compiler.documents import FrameDocument, FramesDocument
from minsight.compiler.folder import Folder
from minsight.compiler.frames import (
    MEANS_NOTHING,
    flat,
    frame_parts,
    frames_of,
    lists_in,
)
from minsight.knowledge.phrases import PhraseFrame
from small_folder import small_folder


def folder_with(lists: Mapping[str, list[str]], *frames: dict[str, Any]) -> Folder:
    written = FramesDocument.model_validate({"lists": lists, "frames": list(frames)})
    return replace(small_folder(), frames={"vocabulary/frames/a.yaml": written})


def test_a_frame_takes_words_lists_and_lists_written_out() -> None:
    folder = folder_with(
        {"limb": ["leg", "<hand>"], "hand": ["Thumb"]},
        {"means": "itch", "words": ["<limb>", ["crawling", "pricking"]]},
        {"means": "deep_well", "words": ["well water", ["pricking", "crawling"]]},
    )
    frames, lists = frames_of(folder)
    words = [[lists[part] for part in frame.parts] for frame in frames]
    assert [(one.id, one.kind) for one in frames] == [
        ("itch", "finding"),
        ("deep_well", "group"),
    ]
    assert sorted(words[0]) == [("crawling", "pricking"), ("leg", "thumb")]
    assert sorted(words[1]) == [("pricking", "crawling"), ("well water",)]


def test_equal_lists_are_one_and_equal_frames_too() -> None:
    frame = {"means": "itch", "words": [["red", "sore"], "<skin>"]}
    again = {"means": "itch", "words": ["<skin>", ["red", "sore"]]}
    frames, lists = frames_of(folder_with({"skin": ["skin"]}, frame, again))
    assert len(frames) == 1
    assert sorted(lists.values()) == [("red", "sore"), ("skin",)]


def test_what_means_nothing_has_no_id() -> None:
    frames, _ = frames_of(
        folder_with({}, {"means": MEANS_NOTHING, "words": ["job itches"]})
    )
    assert [(one.id, one.spread) for one in frames] == [("", False)]


@pytest.mark.parametrize(
    ("words", "named"),
    [(["leg", "<hand>", "<foot>"], ["hand", "foot"]), (["<hand> pain", "hand"], [])],
)
def test_a_name_in_angle_brackets_stands_alone(
    words: list[str], named: list[str]
) -> None:
    assert list(lists_in(words)) == named


def test_parts_are_lists_however_they_are_written() -> None:
    frame = FrameDocument.model_validate({"means": "itch", "words": ["a", ["b", "c"]]})
    assert list(frame_parts(frame)) == [["a"], ["b", "c"]]


def test_the_same_words_are_told_once() -> None:
    assert flat(["Leg", "leg", "<a>"], {"a": ["LEG", "arm"]}) == ("leg", "arm")


def test_a_folder_without_frames_has_none() -> None:
    assert frames_of(small_folder()) == ((), {})


def test_a_frame_is_frozen() -> None:
    with pytest.raises(AttributeError):
        PhraseFrame("itch", "finding", ()).id = "fever"  # type: ignore[misc]

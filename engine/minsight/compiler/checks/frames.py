"""Frames: lists that exist, in no circle, and no two meanings for the same words."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.compiler.checks.content import FRAMES, Content, dangling
from minsight.compiler.frames import MEANS_NOTHING, frame_parts, frames_of, lists_in
from minsight.errors import Issue
from minsight.knowledge.phrases import PhraseFrame
from minsight.logic.graph import circles


def frames_stand(content: Content) -> Iterator[Issue]:
    """Each frame means an entry, by lists that can be read."""
    broken = [*_lists(content), *_names(content)]
    yield from broken
    yield from _meanings(content)
    if not broken:
        yield from _twice(content)


def _lists(content: Content) -> Iterator[Issue]:
    lists = content.folder.word_lists
    for name, words in lists.items():
        place = content.folder.place(FRAMES, "lists", name)
        for other in lists_in(words):
            if other not in lists:
                yield dangling(place, "list", other, lists)
    graph = {name: [*lists_in(words)] for name, words in lists.items()}
    for one in circles(graph):
        place = content.folder.place(FRAMES, "lists", one[0])
        way = " -> ".join([*one, one[0]])
        yield Issue(place, f"a circle of lists: {way}", "remove one of the names")


def _names(content: Content) -> Iterator[Issue]:
    lists = content.folder.word_lists
    for number, frame in enumerate(content.folder.frames):
        place = content.folder.place(FRAMES, "frames", number, "words")
        for part in frame_parts(frame):
            for name in lists_in(part):
                if name not in lists:
                    yield dangling(place, "list", name, lists)


def _meanings(content: Content) -> Iterator[Issue]:
    known = content.names.findings | content.names.groups | {MEANS_NOTHING}
    for number, frame in enumerate(content.folder.frames):
        if frame.means not in known:
            place = content.folder.place(FRAMES, "frames", number, "means")
            yield dangling(place, "finding or group", frame.means, known)


def _twice(content: Content) -> Iterator[Issue]:
    """Frames of the same parts that mean different things."""
    frames, lists = frames_of(content.folder)
    meant: dict[tuple[str, ...], PhraseFrame] = {}
    for frame in frames:
        other = meant.setdefault(frame.parts, frame)
        if other.id != frame.id:
            words = " + ".join(lists[part][0] for part in frame.parts)
            message = f"`{words}` means both {other.id} and {frame.id}"
            place = content.folder.place(FRAMES, "frames")
            yield Issue(place, message, "make one of the two frames narrower")

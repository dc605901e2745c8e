"""Frames: lists that exist, in no circle, and no two meanings for the same words."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.compiler.checks.content import Content, dangling
from minsight.compiler.frames import (
    MEANS_NOTHING,
    frame_parts,
    frames_of,
    lists_in,
    word_lists,
)
from minsight.compiler.layout import FRAMES
from minsight.errors import Issue, Place
from minsight.knowledge.phrases import PhraseFrame
from minsight.logic.graph import circles, reachable


def frames_stand(content: Content) -> Iterator[Issue]:
    """Each frame means an entry, by lists that can be read."""
    broken = [*_lists(content), *_names(content)]
    yield from broken
    yield from _idle(content)
    yield from _meanings(content)
    if not broken:
        yield from _twice(content)


def _lists(content: Content) -> Iterator[Issue]:
    """Lists of one name, of others that are none, or that go round in a circle."""
    every = word_lists(content.folder)
    places: dict[str, Place] = {}
    for file, document in content.folder.frames.items():
        for name, words in document.lists.items():
            place = content.folder.place(file, "lists", name)
            first = places.setdefault(name, place)
            if first is not place:
                fix = "give one of them another name"
                yield Issue(place, f"`{name}` is a list of {first} already", fix)
            for other in lists_in(words):
                if other not in every:
                    yield dangling(place, "list", other, every)
    for one in circles({name: [*lists_in(words)] for name, words in every.items()}):
        way = " -> ".join([*one, one[0]])
        yield Issue(places[one[0]], f"a circle of lists: {way}", "remove one name")


def _names(content: Content) -> Iterator[Issue]:
    lists = word_lists(content.folder)
    for file, document in content.folder.frames.items():
        for number, frame in enumerate(document.frames):
            place = content.folder.place(file, "frames", number, "words")
            for part in frame_parts(frame):
                for name in lists_in(part):
                    if name not in lists:
                        yield dangling(place, "list", name, lists)


def _idle(content: Content) -> Iterator[Issue]:
    """Lists that no frame is made of."""
    every = word_lists(content.folder)
    frames = [one for file in content.folder.frames.values() for one in file.frames]
    named = [
        name for one in frames for part in frame_parts(one) for name in lists_in(part)
    ]
    used = reachable(named, lambda name: lists_in(every.get(name, ())))
    for file, document in content.folder.frames.items():
        for name in document.lists:
            if name not in used:
                place = content.folder.place(file, "lists", name)
                yield Issue(place, f"no frame uses the list `{name}`", "remove it")


def _meanings(content: Content) -> Iterator[Issue]:
    known = content.names.findings | content.names.groups | {MEANS_NOTHING}
    for file, document in content.folder.frames.items():
        for number, frame in enumerate(document.frames):
            if frame.means not in known:
                place = content.folder.place(file, "frames", number, "means")
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
            yield Issue(Place(FRAMES), message, "make one of the two frames narrower")

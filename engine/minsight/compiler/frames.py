"""Frames: ways to say an entry, from the words and lists that authors write.

A list may hold other lists. What a frame writes out itself is a list without a name;
equal ones are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from minsight.compiler.documents import FrameDocument
from minsight.compiler.folder import Folder
from minsight.knowledge.phrases import (
    AS_IT_STANDS,
    PhraseFrame,
    PhraseKind,
    normalise,
)

MEANS_NOTHING: Final = "nothing"
"""What a frame means that says only what its words do not mean."""
_NAME: Final = re.compile(r"<(\w+)>")


def list_named(text: str) -> str | None:
    """The list that a part names, if it is no words of its own.

    >>> list_named("<nails>"), list_named("nails")
    ('nails', None)
    """
    match = _NAME.fullmatch(text)
    return match[1] if match else None


def lists_in(words: Iterable[str]) -> Iterator[str]:
    """The lists that these words name."""
    return (name for name in map(list_named, words) if name is not None)


def frame_parts(frame: FrameDocument) -> Iterator[Sequence[str]]:
    """The words of each part of a frame, as they are written."""
    return ([part] if isinstance(part, str) else part for part in frame.words)


def word_lists(folder: Folder) -> dict[str, list[str]]:
    """The lists of all files of frames by their names."""
    every = (document.lists for document in folder.frames.values())
    return {name: words for lists in every for name, words in lists.items()}


def frames_of(
    folder: Folder,
) -> tuple[tuple[PhraseFrame, ...], dict[str, tuple[str, ...]]]:
    """The frames of a folder, and the words of the lists that they are made of."""
    groups = {group.id for group in folder.groups}
    lists = word_lists(folder)
    names: dict[tuple[str, ...], str] = {}
    frames: dict[PhraseFrame, None] = {}
    for frame in (one for file in folder.frames.values() for one in file.frames):
        parts = tuple(
            names.setdefault(words, f"<{len(names)}>")
            for words in (flat(part, lists) for part in frame_parts(frame))
        )
        id_ = "" if frame.means == MEANS_NOTHING else frame.means
        kind: PhraseKind = "group" if id_ in groups else "finding"
        frames[PhraseFrame(id_, kind, tuple(sorted(parts)), frame.spread)] = None
    return tuple(frames), {name: words for words, name in names.items()}


def flat(words: Iterable[str], lists: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The words with those of the lists among them, as they are read, each once.

    >>> flat(["<hand>", "foot"], {"hand": ["hand", "<finger>"], "finger": ["thumb"]})
    ('hand', 'thumb', 'foot')
    >>> flat(["=Took", "gulp"], {})
    ('=took', 'gulp')
    """
    found: dict[str, None] = {}
    for one in words:
        name = list_named(one)
        if name is None:
            as_is = AS_IT_STANDS if one.startswith(AS_IT_STANDS) else ""
            more: Iterable[str] = (as_is + normalise(one).replace("'", ""),)
        else:
            more = flat(lists[name], lists)
        found.update(dict.fromkeys(more))
    return tuple(found)

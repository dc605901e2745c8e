"""How people are asked: every entry that is asked has its place, words and class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from minsight.compiler.checks.content import Content, dangling
from minsight.compiler.conditions import AGE_AND_SEX
from minsight.compiler.documents import GroupDocument
from minsight.compiler.layout import FREQUENCIES, HISTORY, WARNINGS, WORDINGS
from minsight.errors import Issue, Place

_WHERE = {
    HISTORY: "add it to a part of a question",
    WORDINGS: "write how it is asked",
    FREQUENCIES: "write how often it is so",
}


def interview_stands(content: Content) -> Iterator[Issue]:
    """Every id is known, stands once, and nothing that is asked is missing."""
    yield from _named(content)
    yield from _bands(content)
    for file, ids in _listed(content).items():
        yield from _twice(file, ids, content)
        yield from _missing(file, {id_ for _, id_ in ids}, content)


def _listed(content: Content) -> dict[str, list[tuple[tuple[str | int, ...], str]]]:
    """By file that is there: the entries that it places, words or counts."""
    folder = content.folder
    found: dict[str, list[tuple[tuple[str | int, ...], str]]] = {}
    if HISTORY in folder.files:
        found[HISTORY] = [
            (("questions", q, "parts", p, "items", i), id_)
            for q, question in enumerate(folder.history)
            for p, part in enumerate(question.parts)
            for i, id_ in enumerate(part.items)
        ]
    if WORDINGS in folder.files:
        found[WORDINGS] = [
            (("wordings", n, "id"), one.id) for n, one in enumerate(folder.wordings)
        ]
    if folder.frequencies is not None:
        found[FREQUENCIES] = [
            (("entries", n, "id"), one.id)
            for n, one in enumerate(folder.frequencies.entries)
        ]
    return found


def _named(content: Content) -> Iterator[Issue]:
    """Ids that nothing carries, and questions with the name of something else."""
    known = content.names.findings | content.names.groups
    places = [*_entries(content)]
    questions = {question.id for question in content.folder.history}
    for place, id_ in places:
        if id_ not in known:
            yield dangling(place, "finding or group", id_, known)
    for n, family in enumerate(content.folder.warning_signs):
        for id_ in family.beside:
            if id_ not in questions:
                place = content.folder.place(WARNINGS, "families", n, "beside")
                yield dangling(place, "question", id_, questions)
    yield from _names_once(content, known)


def _names_once(content: Content, known: AbstractSet[str]) -> Iterator[Issue]:
    """Questions and parts with names of their own."""
    seen = set(known)
    for q, question in enumerate(content.folder.history):
        named: list[tuple[tuple[str | int, ...], str]] = [(("id",), question.id)]
        named += [
            (("parts", p, "id"), part.id) for p, part in enumerate(question.parts)
        ]
        for path, id_ in named:
            if id_ in seen:
                place = content.folder.place(HISTORY, "questions", q, *path)
                yield Issue(
                    place, f"`{id_}` is the name of something else", "rename it"
                )
            seen.add(id_)


def _entries(content: Content) -> Iterator[tuple[Place, str]]:
    """Every finding or group that a file of the interview names."""
    folder = content.folder
    for file, ids in _listed(content).items():
        yield from ((folder.place(file, *path), id_) for path, id_ in ids)
    for n, question in enumerate(folder.history):
        for key in ("left_open", "affirms"):
            place = folder.place(HISTORY, "questions", n, key)
            yield from ((place, id_) for id_ in getattr(question, key))
    for n, family in enumerate(folder.warning_signs):
        place = folder.place(WARNINGS, "families", n)
        yield from ((place, id_) for id_ in family.items)
        if family.group is not None:
            yield place, family.group
    for n, one in enumerate(
        folder.frequencies.more_often if folder.frequencies else ()
    ):
        place = folder.place(FREQUENCIES, "more_often", n)
        yield from ((place, id_) for id_ in (*one.given_any, *one.entries))


def _bands(content: Content) -> Iterator[Issue]:
    """As many classes as bands, sources that exist, and a share for each class."""
    often, folder = content.folder.frequencies, content.folder
    if often is None:
        return
    for n, band in enumerate(often.bands):
        if band.group is not None and band.group not in content.names.groups:
            place = folder.place(FREQUENCIES, "bands", n, "group")
            yield dangling(place, "group", band.group, content.names.groups)
    for n, one in enumerate(often.entries):
        place = folder.place(FREQUENCIES, "entries", n, "how_often")
        if len(one.how_often) != len(often.bands):
            count = f"{len(one.how_often)} classes for {len(often.bands)} bands"
            yield Issue(place, f"there are {count}", "write one class for each band")
        for missing in sorted(set(one.how_often) - often.classes.keys()):
            yield Issue(place, f"class `{missing}` has no share", "add it to `classes`")
    cited = [(("entries", n), one.sources) for n, one in enumerate(often.entries)]
    cited += [(("more_often", n), m.sources) for n, m in enumerate(often.more_often)]
    known = {source.id for source in folder.sources}
    for path, sources in cited:
        for source in sources:
            if source not in known:
                yield dangling(
                    folder.place(FREQUENCIES, *path), "source", source, known
                )


def _twice(
    file: str, ids: Iterable[tuple[tuple[str | int, ...], str]], content: Content
) -> Iterator[Issue]:
    seen = set[str]()
    for path, id_ in ids:
        if id_ in seen:
            place = content.folder.place(file, *path)
            yield Issue(place, f"`{id_}` stands here twice", "remove one of them")
        seen.add(id_)


def _missing(file: str, listed: set[str], content: Content) -> Iterator[Issue]:
    """What can be asked of somebody and is not in the file."""
    folder = content.folder
    asked = [one.id for one in folder.findings if not one.told_only]
    asked += [one.id for one in folder.groups if not _follows(one)]
    for id_ in asked:
        if id_ not in listed:
            yield Issue(folder.place(file), f"`{id_}` is missing", _WHERE[file])


def _follows(group: GroupDocument) -> bool:
    """Whether the group follows from age and sex, so that nobody is asked."""
    derived = group.derive is not None and group.derive.when is None
    return derived or group.category == AGE_AND_SEX
